package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.internal.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a format cannot hold. */
final class Losses {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, String> sentences = new LinkedHashMap<>();

    /** Counts one more; {@code sentence} follows the count. */
    void add(String code, String sentence) {
        add(code, 1, sentence);
    }

    void add(String code, long count, String sentence) {
        if (count > 0) {
            counts.merge(code, count, Long::sum);
            sentences.putIfAbsent(code, sentence);
        }
    }

    List<Diagnostic> told() {
        List<Diagnostic> told = new ArrayList<>();
        counts.forEach((code, count) ->
                told.add(new Diagnostic(code, Counted.of(count, sentences.getOrDefault(code, "")), 0)));
        return told;
    }
}
