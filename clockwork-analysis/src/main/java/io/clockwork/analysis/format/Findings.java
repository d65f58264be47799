package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.internal.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with one file, in the order of its lines; so many of each kind are told, the others counted. */
final class Findings {
    private static final int MAX_PER_CODE = 10_000;

    private final List<Diagnostic> told = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /** {@return whether another finding of this kind will be told; counts it} */
    boolean wants(String code) {
        return counts.merge(code, 1, Integer::sum) <= MAX_PER_CODE;
    }

    /** Adds a finding that {@link #wants} asked for. */
    void add(String code, String message, int line) {
        told.add(new Diagnostic(code, message, line));
    }

    /** Hands everything to the log. */
    void addTo(EventLogBuilder log) {
        told.sort(Comparator.comparingInt(Diagnostic::line));
        told.forEach(log::diagnose);
        counts.forEach((code, count) -> {
            if (count > MAX_PER_CODE) {
                log.diagnose(new Diagnostic(
                        "NOT_LISTED",
                        Counted.of(count - MAX_PER_CODE, "more [finding|findings] " + code + " [is|are] not listed"),
                        0));
            }
        });
    }
}
