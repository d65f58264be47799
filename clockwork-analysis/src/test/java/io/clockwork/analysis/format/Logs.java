package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clockwork.analysis.EventLog;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes logs, reads them back, and says what is in them for comparison. */
final class Logs {
    private Logs() {}

    static String written(EventLog log, OutputFormat format) {
        StringBuilder out = new StringBuilder();
        LogWriter.write(log, format, out);
        return out.toString();
    }

    /** {@return what a log is read as after it was written} */
    static EventLog throughFile(EventLog log, OutputFormat format) {
        return read(written(log, format));
    }

    static EventLog read(String text) {
        try {
            Path file = Files.createTempFile("log", ".txt");
            try {
                Files.write(file, text.getBytes(UTF_8));
                return LogReader.create().read(List.of(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return all that is known of each span and of what caused it, to the microsecond; in an order of their own} */
    static List<String> spans(EventLog log, boolean links) {
        List<String> spans = new ArrayList<>();
        long[] ends = new long[log.taskCount()];
        for (int e = 0; e < log.size(); e++) {
            ends[log.task(e)] = micros(log, e);
        }
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) == EventKind.BEGIN) {
                int task = log.task(e);
                List<String> causes = new ArrayList<>();
                for (int k = 0; k < log.causeCount(e) && links; k++) {
                    causes.add(name(log, log.task(log.cause(e, k))));
                }
                Collections.sort(causes);
                String parent = log.origin(task) < 0 ? "-" : name(log, log.task(log.origin(task)));
                spans.add(String.join(
                        " ",
                        log.traceName(log.trace(task)),
                        name(log, task),
                        log.subject(e),
                        micros(log, e) + ".." + ends[task],
                        "parent " + parent,
                        links ? log.link(task).toString() : "",
                        log.spanKind(task).toString(),
                        log.isError(task) ? "failed" : "",
                        log.status(task) + " to " + log.peer(task),
                        log.missingParent(task),
                        "after " + causes));
            }
        }
        Collections.sort(spans);
        return spans;
    }

    /** {@return all that is known of each span and of how its parent set it off; in an order of their own} */
    static List<String> traits(EventLog log) {
        List<String> traits = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            int task = log.task(e);
            if (log.kind(e) == EventKind.BEGIN) {
                String parent = log.origin(task) < 0 ? "-" : name(log, log.task(log.origin(task)));
                traits.add(String.join(
                        " ",
                        log.traceName(log.trace(task)),
                        name(log, task),
                        log.subject(e),
                        Long.toString(log.nanos(e)),
                        "parent " + parent,
                        log.link(task).toString(),
                        log.spanKind(task).toString(),
                        log.isError(task) ? "failed" : "",
                        log.isShared(task) ? "shared" : "",
                        log.status(task) + " to " + log.peer(task),
                        log.missingParent(task)));
            }
        }
        Collections.sort(traits);
        return traits;
    }

    /** {@return what happened in each span beside its begin and end, and when, to the microsecond; in an order of their own} */
    static List<String> moments(EventLog log) {
        List<String> moments = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) != EventKind.BEGIN && log.kind(e) != EventKind.END) {
                int task = log.task(e);
                moments.add(String.join(
                        " ",
                        log.traceName(log.trace(task)),
                        name(log, task),
                        Integer.toString(log.sequence(e)),
                        log.kind(e).toString(),
                        log.subject(e),
                        Long.toString(micros(log, e)),
                        String.valueOf(log.value(e))));
            }
        }
        Collections.sort(moments);
        return moments;
    }

    private static long micros(EventLog log, int event) {
        return Math.floorDiv(log.nanos(event), 1_000);
    }

    private static String name(EventLog log, int task) {
        return log.service(task) + ":" + log.taskName(task);
    }

    /** {@return each event with its place and the places of those that it follows} */
    static List<String> events(EventLog log) {
        List<String> events = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            List<String> causes = new ArrayList<>();
            for (int k = 0; k < log.causeCount(e); k++) {
                causes.add(place(log, log.cause(e, k)));
            }
            Collections.sort(causes);
            events.add(place(log, e) + " " + log.subject(e) + " after " + causes);
        }
        Collections.sort(events);
        return events;
    }

    static String place(EventLog log, int event) {
        int task = log.task(event);
        return log.traceName(log.trace(task)) + "/" + log.taskName(task) + ":" + log.sequence(event);
    }
}
