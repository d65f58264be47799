package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Takes out of the findings what rules name, and keeps account of both. */
final class SuppressionFilter {
    private final Map<String, Suppressions.Rule> rules = new HashMap<>();
    private final Suppressions suppressions;
    private final Set<String> used = new HashSet<>();
    private final List<Suppressed> suppressed = new ArrayList<>();

    SuppressionFilter(Suppressions suppressions) {
        this.suppressions = suppressions;
        suppressions.rules().forEach(rule -> rules.put(rule.id(), rule));
    }

    <T> List<T> filter(List<T> findings, Function<T, String> id, Function<T, String> words) {
        if (rules.isEmpty()) {
            return findings;
        }
        List<T> kept = new ArrayList<>();
        for (T finding : findings) {
            Suppressions.Rule rule = rules.get(id.apply(finding));
            if (rule == null) {
                kept.add(finding);
            } else {
                used.add(rule.id());
                suppressed.add(new Suppressed(rule.id(), rule.reason(), words.apply(finding)));
            }
        }
        return kept;
    }

    List<Suppressed> suppressed() {
        return suppressed;
    }

    List<Diagnostic> unused() {
        List<Diagnostic> unused = new ArrayList<>();
        for (Suppressions.Rule rule : suppressions.rules()) {
            if (!used.contains(rule.id())) {
                unused.add(new Diagnostic(
                        "SUPPRESSION_UNUSED",
                        "no finding has the id " + rule.id() + " (" + rule.reason() + "): remove the suppression",
                        0));
            }
        }
        return unused;
    }
}
