package io.clockwork.json.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The file that is being written, and those before it. */
final class LogOutput {
    private static final int MAX_TRIES = 1_000;

    private final LogFiles files;
    private final long maxBytes;
    private final int maxFiles;
    private final boolean sync;
    private @Nullable FileChannel channel;
    private volatile Path current;
    private long size;

    LogOutput(LogFiles files, long maxBytes, int maxFiles, boolean sync) {
        this.files = files;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
        this.sync = sync;
        current = files.first();
    }

    boolean isOpen() {
        return channel != null;
    }

    /** Begins the next file with {@code header}. */
    void begin(byte[] header) throws IOException {
        SortedMap<Integer, Path> existing = files.existing();
        int number = existing.isEmpty() ? 0 : existing.lastKey() + 1;
        channel = create(number);
        size = 0;
        try {
            append(header);
        } catch (Throwable e) {
            // No empty file for each time that a full disk is tried.
            closeQuietly();
            Files.deleteIfExists(current);
            throw e;
        }
        for (Path oldest : existing.headMap(number - maxFiles + 1).values()) {
            Files.deleteIfExists(oldest);
        }
    }

    /** Another process may use the same name: each file has one writer. */
    private FileChannel create(int from) throws IOException {
        for (int number = from; ; number++) {
            try {
                Path file = files.file(number);
                FileChannel created = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                current = file;
                return created;
            } catch (FileAlreadyExistsException e) {
                if (number - from > MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Writes all of {@code lines} or, as far as can be, nothing. */
    void write(byte[] lines) throws IOException {
        append(lines);
        if (size >= maxBytes) {
            close();
        }
    }

    private void append(byte[] lines) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("no file is open");
        }
        try {
            ByteBuffer rest = ByteBuffer.wrap(lines);
            while (rest.hasRemaining()) {
                open.write(rest);
            }
            size += lines.length;
        } catch (Throwable e) {
            takeBack(open);
            throw e;
        }
    }

    /** Removes what was written of a batch; where that fails, the next batch begins a new file. */
    private void takeBack(FileChannel open) {
        try {
            open.truncate(size);
            open.position(size);
        } catch (IOException | RuntimeException e) {
            closeQuietly();
        }
    }

    void flush() throws IOException {
        FileChannel open = channel;
        if (open != null && sync) {
            open.force(false);
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // What went wrong before is told already.
        }
    }

    void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            channel = null;
            try (open) {
                if (sync) {
                    open.force(false);
                }
            }
        }
    }

    @Override
    public String toString() {
        return current.toString();
    }
}
