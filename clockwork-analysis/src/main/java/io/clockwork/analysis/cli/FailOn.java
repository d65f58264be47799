package io.clockwork.analysis.cli;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.Report;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What makes the exit status 1. Several are joined by or. */
enum FailOn {
    /** A race, a split step or a deadlock that is certain. */
    CERTAIN,
    /** One that is likely or certain. */
    LIKELY,
    /** One of any verdict. */
    POSSIBLE,
    /** Any race. */
    RACE,
    /** Any split step. */
    ATOMICITY,
    /** Any deadlock. */
    DEADLOCK,
    /** Any unsafe publication. */
    PUBLICATION,
    /** Anything unusual by the baseline. */
    ANOMALY,
    /** Nothing. */
    NEVER;

    private static final String OPTION = "--fail-on";

    /** {@return what the option names, several of which may stand in one word with commas between} */
    static Set<FailOn> of(Arguments arguments) {
        Set<FailOn> all = EnumSet.noneOf(FailOn.class);
        for (String words : arguments.values(OPTION)) {
            for (String word : List.of(words.split(",", -1))) {
                all.add(Arguments.constant(FailOn.class, OPTION, word.strip()));
            }
        }
        if (all.contains(NEVER) && all.size() > 1) {
            throw new UsageException(OPTION + " never goes with nothing else");
        }
        if (all.contains(ANOMALY) && !arguments.has("--baseline")) {
            throw new UsageException(OPTION + " anomaly needs --baseline FILE");
        }
        return all;
    }

    boolean holds(Report report) {
        return switch (this) {
            case CERTAIN -> report.hasFindings(Verdict.CERTAIN);
            case LIKELY -> report.hasFindings(Verdict.LIKELY);
            case POSSIBLE -> report.hasFindings(Verdict.POSSIBLE);
            case RACE -> !report.races().isEmpty();
            case ATOMICITY -> !report.atomicity().isEmpty();
            case DEADLOCK -> !report.deadlocks().isEmpty();
            case PUBLICATION -> !report.publications().isEmpty();
            case ANOMALY -> !report.anomalies().anomalies().isEmpty();
            case NEVER -> false;
        };
    }
}
