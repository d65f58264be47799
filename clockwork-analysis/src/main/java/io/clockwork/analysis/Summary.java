package io.clockwork.analysis;

import io.clockwork.analysis.CriticalPath.Contribution;
import io.clockwork.analysis.Race.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** One sentence about a report. */
final class Summary {
    private static final int MAX_NAME = 60;
    private static final int MAX_NAMES = 4;

    private final Report report;
    private final boolean ascii;

    private Summary(Report report, boolean ascii) {
        this.report = report;
        this.ascii = ascii;
    }

    static String of(Report report, boolean ascii) {
        return new Summary(report, ascii).sentence();
    }

    private String sentence() {
        if (report.events() == 0) {
            return "There are no events.";
        }
        List<AtomicityViolation> split = splitWithoutRace(report);
        List<String> found = new ArrayList<>();
        verdicts(found, report.races(), Race::verdict, "race");
        verdicts(found, split, AtomicityViolation::verdict, "split step");
        verdicts(found, report.deadlocks(), Deadlock::verdict, "deadlock");
        counted(found, report.publications().size(), "unsafe publication");
        counted(found, report.anomalies().anomalies().size(), "anomaly");
        if (found.isEmpty()) {
            return nothingFound();
        }
        String first = first(split);
        String which = first.isEmpty()
                ? "."
                : (found.size() == 1 && found.get(0).startsWith("1 ") ? ": " : "; the first: ") + first + '.';
        return "Found " + and(found) + which;
    }

    /** {@return the split steps that a lock against a race on the same variable would not mend at once} */
    static List<AtomicityViolation> splitWithoutRace(Report report) {
        Set<String> racing = new HashSet<>();
        report.races().forEach(race -> racing.add(race.variable()));
        return report.atomicity().stream()
                .filter(violation -> !racing.contains(violation.variable()))
                .toList();
    }

    private static <F> void verdicts(List<String> found, List<F> findings, Function<F, Verdict> verdict, String noun) {
        for (Verdict each : Verdict.values()) {
            long number = findings.stream()
                    .filter(finding -> verdict.apply(finding) == each)
                    .count();
            counted(found, number, each.name().toLowerCase(Locale.ROOT) + ' ' + noun);
        }
    }

    private static void counted(List<String> found, long number, String noun) {
        if (number > 0) {
            found.add(TextPage.count(number, noun));
        }
    }

    private static String and(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    private String first(List<AtomicityViolation> split) {
        if (!report.races().isEmpty()) {
            Race race = report.races().get(0);
            String kind = switch (race.kind()) {
                case LOST_UPDATE -> "a lost update";
                case WRITE_WRITE -> "two writes";
                case READ_WRITE -> "a read and a write";
            };
            return kind + " on " + cut(race.variable());
        }
        if (!split.isEmpty()) {
            AtomicityViolation violation = split.get(0);
            return cut(violation.block().isEmpty() ? violation.variable() : violation.block());
        }
        if (!report.deadlocks().isEmpty()) {
            List<String> locks = report.deadlocks().get(0).sides().stream()
                    .map(Deadlock.Side::lock)
                    .distinct()
                    .map(Summary::cut)
                    .limit(MAX_NAMES)
                    .toList();
            return "on " + and(locks);
        }
        if (!report.publications().isEmpty()) {
            return cut(report.publications().get(0).content());
        }
        return AnomaliesText.words(report.anomalies().anomalies().get(0));
    }

    private String nothingFound() {
        if (!report.variables().isEmpty() || report.contention().size() > 0) {
            boolean racesOnly =
                    report.diagnostics().stream().anyMatch(note -> note.code().equals("RACES_ONLY"));
            String accepted = report.suppressed().isEmpty()
                    ? ""
                    : " but for " + TextPage.count(report.suppressed().size(), "accepted one");
            return "Found no race" + (racesOnly ? "" : ", split step or deadlock") + accepted + " among "
                    + TextPage.count(report.events(), "event") + " of " + TextPage.count(report.tasks(), "task") + '.';
        }
        PathProfile profile = report.profile();
        if (profile.elapsedNanos() > 0 && !profile.operations().isEmpty()) {
            return time(profile);
        }
        if (!report.orders().isEmpty()) {
            long pairs = 0;
            int chain = 0;
            for (CausalOrder order : report.orders()) {
                pairs += order.concurrentPairs();
                chain = Math.max(chain, order.longestChain());
            }
            return TextPage.count(report.events(), "event") + " of " + TextPage.count(report.tasks(), "task") + ": "
                    + TextPage.count(pairs, "concurrent pair") + ", longest chain " + chain + '.';
        }
        return "Found nothing to tell of " + TextPage.count(report.events(), "event") + " of "
                + TextPage.count(report.tasks(), "task") + '.';
    }

    private String time(PathProfile profile) {
        Contribution most = profile.operations().get(0);
        String who = profile.paths() == 1 && !report.criticalPaths().isEmpty()
                ? cut(report.criticalPaths().get(0).operation())
                : TextPage.count(profile.paths(), "request");
        String took = new TextPage(new TextStyle(false, ascii)).duration(profile.elapsedNanos());
        return String.format(
                Locale.ROOT,
                "%s took %s%s; %.1f%% of that was %s.",
                who,
                took,
                profile.paths() == 1 ? "" : " in all",
                100 * most.share(),
                cut(most.name()));
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : TextWidth.head(name, MAX_NAME - 3) + "...";
    }
}
