package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.internal.Counted;
import io.clockwork.json.log.JsonLog;
import io.clockwork.json.log.JsonLogReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Files that recorders wrote; those of one run belong together, so all are read before any is used. */
final class RecordedLogs {
    private static final byte[] BEGIN = "{\"clockwork\":\"events\"".getBytes(UTF_8);

    private final JsonLogReader reader = JsonLogReader.create();

    /** {@return whether a file that begins so is one, after white space up to {@code from}} */
    static boolean areIn(byte[] head, int from) {
        int to = from + BEGIN.length;
        return to <= head.length && Arrays.equals(head, from, to, BEGIN, 0, BEGIN.length);
    }

    void read(String file, InputStream in) throws IOException {
        reader.read(file, in);
    }

    void addTo(EventLogBuilder log) {
        JsonLog read = reader.log();
        log.recordings(read.recordings());
        read.faults().forEach(fault -> log.diagnose(new Diagnostic("MALFORMED_LINE", fault.toString(), 0)));
        tell(
                log,
                "MALFORMED_LINES",
                read.malformed() - read.faults().size(),
                "more malformed [line is|lines are] not listed");
        tell(log, "INCOMPLETE", read.incomplete(), "[file ends|files end] in the middle of a line, which was left out");
        tell(
                log,
                "DUPLICATES",
                read.duplicates(),
                "[event is|events are] there more than once, and [was|were] taken once");
        tell(
                log,
                "MISSING_EVENTS",
                read.missing(),
                "[event is|events are] missing: dropped by the recorder, not written, or in files that were not given");
        tell(log, "SINK_LOST", read.lost(), "[event|events] could not be written when they were recorded");
    }

    private static void tell(EventLogBuilder log, String code, long count, String what) {
        if (count > 0) {
            log.diagnose(new Diagnostic(code, Counted.of(count, what), 0));
        }
    }
}
