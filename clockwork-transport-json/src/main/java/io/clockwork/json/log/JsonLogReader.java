package io.clockwork.json.log;

import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.record.Recording;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads event logs: the files of one run, or those of several runs and services, in any order.
 *
 * <pre>{@code
 * JsonLog log = JsonLogReader.readAll(JsonLogReader.files(Path.of("bank.jsonl")));
 * }</pre>
 *
 * <p>One pass; memory is linear in the events, beside one line. Lines that cannot be used are left out and counted, so is
 * the incomplete last line that a killed process leaves, which may be the first one of a file that it had just begun. Takes
 * gzip too. Not thread-safe.
 */
public final class JsonLogReader {
    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_FAULTS = 100;

    private final LogLine line = new LogLine(MAX_LINE);
    private final Map<String, LogRun> runs = new LinkedHashMap<>();
    private final List<JsonLog.Fault> faults = new ArrayList<>();
    private @Nullable LogRun current;
    private long malformed;
    private long incomplete;

    private JsonLogReader() {}

    /** {@return a reader that has read nothing} */
    public static JsonLogReader create() {
        return new JsonLogReader();
    }

    /** {@return the files there are of the log that {@link JsonLogSink#to} would begin with {@code file}, oldest first} */
    public static List<Path> files(Path file) throws IOException {
        return List.copyOf(new LogFiles(file).existing().values());
    }

    /** As {@link #read(Path)} for each file, then {@link #log()}. */
    public static JsonLog readAll(List<Path> files) throws IOException {
        JsonLogReader reader = create();
        for (Path file : files) {
            reader.read(file);
        }
        return reader.log();
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws JsonLogException if it is no event log, one of a later version, or empty and the first; what was read before it
     *     stays
     */
    public void read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            read(file.toString(), gzip ? new GZIPInputStream(in) : in);
        }
    }

    /** As {@link #read(Path)}, of what the stream gives up to its end; {@code name} is for messages. */
    public void read(String name, InputStream in) throws IOException {
        current = null;
        LineSplitter lines = new LineSplitter(in, MAX_LINE);
        while (lines.next()) {
            if (!lines.isBlank()) {
                String fault = use(name, lines);
                if (fault != null) {
                    refuse(name, lines.line(), fault);
                }
            }
        }
        boolean holdsNone = current == null && !lines.isIncomplete();
        if (lines.isIncomplete() || (holdsNone && !runs.isEmpty())) {
            incomplete++;
        } else if (holdsNone) {
            throw new JsonLogException(name, 1, "is no event log: it holds no line");
        }
    }

    private void refuse(String file, long number, String reason) {
        malformed++;
        if (faults.size() < MAX_FAULTS) {
            faults.add(new JsonLog.Fault(file, number, reason));
        }
    }

    /** {@return why the line cannot be used, or null} */
    private @Nullable String use(String file, LineSplitter lines) {
        String fault = null;
        if (lines.isTooLong()) {
            fault = "is longer than " + MAX_LINE + " bytes";
        } else {
            try {
                line.read(lines.bytes(), lines.from(), lines.length());
                use(file, lines.line());
            } catch (JsonSyntaxException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
                fault = String.valueOf(e.getMessage());
            }
        }
        if (fault != null && current == null) {
            throw new JsonLogException(file, lines.line(), "is no event log: " + fault);
        }
        return fault;
    }

    private void use(String file, long number) {
        LogRun run = current;
        if (line.clockwork != null) {
            current = run(file, number);
        } else if (run == null) {
            throw new IllegalArgumentException("a header must come first, {\"clockwork\":\"events\",...}");
        } else if (line.sequence > 0) {
            run.addEvent(line);
        } else if (line.task >= 0 && line.trace >= 0 && line.name != null) {
            run.addTask(line);
        } else if (line.dropped >= 0) {
            run.addCounts(line);
        } else {
            throw new IllegalArgumentException("is neither a header nor a task nor an event nor counts");
        }
    }

    private LogRun run(String file, long number) {
        String node = line.node;
        String id = line.run;
        if (line.version > LogEncoder.VERSION) {
            throw new JsonLogException(
                    file,
                    number,
                    "version must be at most " + LogEncoder.VERSION + ", was " + line.version + "; use a newer reader");
        }
        if (!"events".equals(line.clockwork) || line.version < 1 || node == null || id == null || line.start == null) {
            throw new IllegalArgumentException("a header has clockwork \"events\", a version, node, run and start");
        }
        Instant start = Instant.parse(line.start);
        long nanos = Math.addExact(Math.multiplyExact(start.getEpochSecond(), 1_000_000_000L), start.getNano());
        boolean timed = line.timed;
        return runs.computeIfAbsent(node + '\n' + id, key -> new LogRun(node, id, timed, nanos));
    }

    /** {@return what was read; the reader begins anew} */
    public JsonLog log() {
        List<Recording> recordings = new ArrayList<>();
        long duplicates = 0;
        long missing = 0;
        long lost = 0;
        for (LogRun run : runs.values()) {
            recordings.add(run.recording());
            duplicates += run.duplicates();
            missing += run.missing();
            lost += run.lost();
        }
        JsonLog log = new JsonLog(recordings, malformed, incomplete, duplicates, missing, lost, faults);
        runs.clear();
        faults.clear();
        malformed = 0;
        incomplete = 0;
        return log;
    }
}
