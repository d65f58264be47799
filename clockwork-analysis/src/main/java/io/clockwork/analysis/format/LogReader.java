package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.json.log.JsonLogException;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads log files into one {@link EventLog}; finds out their format by their content unless told, and unpacks gzip.
 *
 * <p>Immutable.
 */
public final class LogReader {
    private static final int LOOK_AHEAD = 4096;
    private static final int MAX_EXPECTED = 1 << 30;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final @Nullable LogFormat format;
    private final @Nullable ShiVizPattern pattern;

    private LogReader(@Nullable LogFormat format, @Nullable ShiVizPattern pattern) {
        this.format = format;
        this.pattern = pattern;
    }

    /** {@return a reader that finds out the format of each file} */
    public static LogReader create() {
        return new LogReader(null, null);
    }

    /** {@return a reader that takes every file for {@code format}} */
    public LogReader withFormat(LogFormat format) {
        return new LogReader(Objects.requireNonNull(format, "format"), pattern);
    }

    /** {@return a reader that takes every file for a ShiViz log of this pattern} */
    public LogReader withPattern(ShiVizPattern pattern) {
        return new LogReader(LogFormat.SHIVIZ, Objects.requireNonNull(pattern, "pattern"));
    }

    /**
     * Reads files into one log.
     *
     * @throws IOException if a file cannot be read
     * @throws LogFormatException if a file is none of the formats or not well-formed; the message begins with its name
     */
    public EventLog read(List<Path> files) throws IOException {
        return readSources(files.stream().map(LogSource::of).toList());
    }

    /** Reads sources into one log; see {@link #read}. */
    public EventLog readSources(List<LogSource> sources) throws IOException {
        EventLogBuilder log = EventLog.builder();
        ImportedLogs imported = new ImportedLogs();
        for (LogSource source : sources) {
            String name = source.name();
            try (InputStream in = source.open()) {
                read(name, in, log, imported, sources.size() > 1);
            } catch (UncheckedIOException e) {
                throw unreadable(name, e.getCause() == null ? new IOException(e) : e.getCause());
            } catch (ZipException | EOFException e) {
                throw unreadable(name, e);
            } catch (JsonLogException e) {
                throw new LogFormatException(String.valueOf(e.getMessage()), e);
            } catch (JsonSyntaxException | LogFormatException e) {
                throw new LogFormatException(name + ": " + e.getMessage(), e);
            }
        }
        imported.addTo(log);
        return log.build();
    }

    static InputStream openUnzipped(Path file) throws IOException {
        InputStream in = LogSource.of(file).open();
        try {
            return unzipped(new BufferedInputStream(in, 1 << 16));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** {@return whether a file that can be read twice is an execution in the std format, as told or by its content} */
    public boolean isStd(Path file) throws IOException {
        if (!Files.isRegularFile(file) || pattern != null) {
            return false;
        }
        if (format != null) {
            return format == LogFormat.STD;
        }
        try (InputStream in = openUnzipped(file)) {
            return FormatDetector.looksLikeStd(in.readNBytes(LOOK_AHEAD));
        } catch (ZipException | EOFException e) {
            return false;
        }
    }

    static IOException unreadable(String name, IOException e) {
        if (e instanceof ZipException || e instanceof EOFException) {
            throw new LogFormatException(name + ": damaged gzip: " + e.getMessage(), e);
        }
        return new IOException(name + ": " + e.getMessage(), e);
    }

    private void read(String name, InputStream raw, EventLogBuilder log, ImportedLogs imported, boolean isOneOfSeveral)
            throws IOException {
        int expected = Math.min(raw.available(), MAX_EXPECTED); // of a file, its size
        InputStream in = unzipped(new BufferedInputStream(raw));
        byte[] head = in.readNBytes(LOOK_AHEAD);
        if (head.length == 0 && isOneOfSeveral) { // a process that is killed may have begun a file just then
            log.diagnose(new Diagnostic("EMPTY_FILE", name + " is empty", 0));
            return;
        }
        if (FormatDetector.skipWhiteSpace(head, 0) == head.length) {
            throw new LogFormatException(head.length == 0 ? "is empty" : "holds only white space");
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
        LogFormat found = format != null ? format : FormatDetector.detect(head);
        switch (found) {
            case STD -> StdLog.read(whole, log);
            case SHIVIZ -> readShiViz(text(readAll(whole, expected)), log);
            default -> imported.read(found, name, whole);
        }
        if (in instanceof GzipStream gzip && gzip.isFollowed()) {
            log.diagnose(new Diagnostic(
                    "TRAILING_BYTES", name + ": what follows the end of the gzip is no gzip, and was left out", 0));
        }
    }

    private void readShiViz(String text, EventLogBuilder log) {
        ShiVizPattern fitting = pattern != null
                ? pattern
                : ShiVizPattern.detect(text)
                        .orElseThrow(() -> new LogFormatException("is none of the formats that can be read: not JSON,"
                                + " and no line holds a host and its vector clock; give the log's own expression by"
                                + " --parser"));
        if (new ShiVizReader(fitting).read(text, log) == 0) {
            throw new LogFormatException("holds no event: the expression matches nothing");
        }
    }

    private static InputStream unzipped(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return gzip ? new GzipStream(in) : in;
    }

    /** Reads all into one array where {@code expected} bytes come; otherwise as {@code readAllBytes} does. */
    private static byte[] readAll(InputStream in, int expected) throws IOException {
        byte[] bytes = new byte[expected];
        int count = in.readNBytes(bytes, 0, expected);
        byte[] rest = in.readAllBytes(); // there is more where the file is gzipped
        if (count == expected && rest.length == 0) {
            return bytes;
        }
        if (rest.length > MAX_BYTES - count) {
            throw new LogFormatException("holds more than " + MAX_BYTES + " bytes of text; split it");
        }
        byte[] all = Arrays.copyOf(bytes, count + rest.length);
        System.arraycopy(rest, 0, all, count, rest.length);
        return all;
    }

    private static String text(byte[] utf8) {
        boolean ascii = true;
        for (int i = 0; i < utf8.length; ) {
            int length = utf8[i] >= 0 ? 1 : Utf8.sequenceLength(utf8, i, utf8.length);
            if (length <= 0) {
                throw new LogFormatException("is none of the formats that can be read: neither JSON nor UTF-8 text");
            }
            ascii &= length == 1;
            i += length;
        }
        return new String(utf8, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
