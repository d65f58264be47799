package io.clockwork.json.log;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/** Splits a stream at its line feeds; holds one line, up to a limit. */
final class LineSplitter {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int maxBytes;
    private byte[] bytes = new byte[BUFFER];
    private int from;
    private int to;
    private int end;
    private long line;
    private boolean tooLong;
    private boolean incomplete;
    private boolean cut;

    LineSplitter(InputStream in, int maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Goes to the next complete line; returns whether there is one. */
    boolean next() throws IOException {
        from = line == 0 ? 0 : to + 1;
        int searched = from;
        tooLong = false;
        line++;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (bytes[i] == '\n') {
                    to = i;
                    tooLong |= to - from > maxBytes;
                    return true;
                }
            }
            if (end - from > maxBytes) {
                tooLong = true;
                from = end;
            }
            makeRoom();
            searched = end;
            int read = read();
            if (read < 0) {
                incomplete = cut || tooLong || end > from;
                return false;
            }
            end += read;
        }
    }

    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, end - from);
            end -= from;
            from = 0;
        }
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }

    /** A compressed file may be cut too: what can be unpacked of it counts. */
    private int read() throws IOException {
        try {
            return in.read(bytes, end, bytes.length - end);
        } catch (EOFException | ZipException e) {
            cut = true;
            return -1;
        }
    }

    boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int length() {
        return to - from;
    }

    /** {@return the number of the line, from 1} */
    long line() {
        return line;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** {@return whether something came after the last line feed} */
    boolean isIncomplete() {
        return incomplete;
    }
}
