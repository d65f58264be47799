package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLogBuilder;
import java.util.EnumMap;
import java.util.Map;

/** Counts faults and keeps the first of each kind, so that a bad file does not bring as many diagnostics as spans. */
final class SpanFaults {
    private static final int MAX_CHARS = 40;

    private final Map<SpanFault, Found> found = new EnumMap<>(SpanFault.class);

    private static final class Found {
        private final String first;
        private final int line;
        private int count = 1;

        private Found(String first, int line) {
            this.first = first;
            this.line = line;
        }
    }

    /** Counts a fault of the span or trace that is called {@code where}; {@code line} is 0 where it is not known. */
    void add(SpanFault fault, String where, int line) {
        Found before = found.get(fault);
        if (before == null) {
            found.put(fault, new Found(printable(where), line));
        } else {
            before.count++;
        }
    }

    void diagnose(EventLogBuilder log) {
        found.forEach((fault, f) -> log.diagnose(new Diagnostic(
                fault.name(),
                fault == SpanFault.NO_TRACES
                        ? fault.sentence()
                        : f.count + " " + fault.sentence() + "; the first is \"" + f.first + '"',
                f.line)));
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
            char c = text.charAt(i);
            out.append(c >= 0x20 && c < 0x7F && c != '"' ? c : '?');
        }
        return text.length() > MAX_CHARS ? out.append("...").toString() : out.toString();
    }
}
