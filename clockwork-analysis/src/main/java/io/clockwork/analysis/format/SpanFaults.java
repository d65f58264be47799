package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLogBuilder;
import java.util.EnumMap;
import java.util.Map;

/** Counts faults and keeps the first of each kind, so that a bad file does not bring as many diagnostics as spans. */
final class SpanFaults {
    private static final int MAX_CHARS = 40;

    private final Map<SpanFault, Found> found = new EnumMap<>(SpanFault.class);
    private String file = "";
    private int files;

    private static final class Found {
        private final String first;
        private final int line;
        private final String file;
        private int count = 1;

        private Found(String first, int line, String file) {
            this.first = first;
            this.line = line;
            this.file = file;
        }
    }

    /** Says which file is read from now on. */
    void reading(String name) {
        file = name;
        files++;
    }

    /** {@return the file that is read} */
    String file() {
        return file;
    }

    /** Counts a fault of the span or trace that is called {@code where}; {@code line} is 0 where it is not known. */
    void add(SpanFault fault, String where, int line) {
        add(fault, where, line, file);
    }

    /** Counts a fault of the span {@code row}, which may be one of a file that was read before. */
    void add(SpanFault fault, String where, SpanRow row) {
        add(fault, where, row.line, row.file);
    }

    /** Counts a fault of something that stands in the file {@code in}. */
    void add(SpanFault fault, String where, int line, String in) {
        Found before = found.get(fault);
        if (before == null) {
            found.put(fault, new Found(printable(where), line, in));
        } else {
            before.count++;
        }
    }

    /** Tells the log; where there are several files, in which one the first fault of a kind is. */
    void diagnose(EventLogBuilder log) {
        found.forEach((fault, first) -> log.diagnose(new Diagnostic(fault.name(), message(fault, first), first.line)));
    }

    private String message(SpanFault fault, Found found) {
        if (fault == SpanFault.NO_TRACES && files <= 1) {
            return "the document holds no trace";
        }
        String what = found.first.isEmpty() ? "" : '"' + found.first + '"';
        String where = files > 1 ? (what.isEmpty() ? "" : " in ") + found.file : "";
        return fault.sentence(found.count) + "; the first is " + what + where;
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
