package io.clockwork.analysis.testing;

import io.clockwork.analysis.AtomicityViolation;
import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.Deadlock;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Finding;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the analyses find in a log that a test wants to be without. */
final class LogFindings {
    /** Messages of tests pass through builds and consoles of all kinds. */
    private static final TextStyle ASCII = new TextStyle(false, true);

    private static final int MAX_ROWS = 12;
    private static final int MAX_PATHS = 5;

    private LogFindings() {}

    static void requireNone(Report report, Set<Finding> kinds, Race.Verdict limit) {
        Report found = report.findings(kinds, limit);
        List<String> summary = new ArrayList<>();
        found.races().forEach(race -> summary.add(summary(race)));
        found.atomicity().forEach(violation -> summary.add(summary(violation)));
        found.deadlocks().forEach(deadlock -> summary.add(summary(deadlock)));
        if (!summary.isEmpty()) {
            String more = summary.size() == 1 ? "" : ", and " + (summary.size() - 1) + " more";
            throw new AssertionError(summary.get(0) + more + "\n\n" + found.toText(ASCII));
        }
        for (Diagnostic diagnostic : report.diagnostics()) {
            if (diagnostic.code().equals("DROPPED")) {
                throw new AssertionError("cannot tell: " + diagnostic);
            }
        }
    }

    private static String summary(Race race) {
        String places = race.witness().stream()
                .map(access -> place(access.site()))
                .distinct()
                .collect(Collectors.joining(" and "));
        return words(race.kind()) + " race on " + Shown.name(race.variable()) + ": " + places;
    }

    private static String summary(AtomicityViolation violation) {
        String between =
                violation.between().isEmpty() ? "" : violation.between().get(0).site();
        return words(violation.kind()) + " on " + Shown.name(violation.variable()) + ": "
                + place(violation.first().site()) + " to "
                + place(violation.last().site()) + " is split by "
                + place(between);
    }

    private static String summary(Deadlock deadlock) {
        return "deadlock on "
                + deadlock.sides().stream()
                        .map(side -> Shown.name(side.lock()) + " (" + place(side.site()) + ')')
                        .collect(Collectors.joining(" and "));
    }

    private static String words(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String place(String site) {
        return site.isEmpty() ? "an unknown place" : Shown.name(site);
    }

    static void requireOnPath(EventLog log, List<String> operations) {
        List<CriticalPath> paths = CriticalPath.response(log);
        for (String operation : operations) {
            if (paths.stream().noneMatch(path -> contains(path, operation))) {
                throw new AssertionError(message(paths, operation));
            }
        }
    }

    private static boolean contains(CriticalPath path, String operation) {
        return path.sections().stream()
                .anyMatch(section -> section.operation().equals(operation)
                        || (section.service() + ": " + section.operation()).equals(operation));
    }

    private static String message(List<CriticalPath> paths, String operation) {
        String expected = "expected " + Shown.name(operation) + " on the critical path, but ";
        if (paths.isEmpty()) {
            return expected + "the log has no operation that has times; record some with recorder.call(name, work)";
        }
        StringBuilder out = new StringBuilder(expected + "it had no part in the time taken.\n");
        for (CriticalPath path : paths.stream().limit(MAX_PATHS).toList()) {
            out.append("Critical path of ").append(Shown.name(path.operation())).append(", ");
            out.append(path.elapsedNanos()).append(" ns:\n");
            for (CriticalPath.Contribution part :
                    path.byOperation().stream().limit(MAX_ROWS).toList()) {
                out.append(String.format(
                        Locale.ROOT,
                        "  %5.1f%%  %d ns  %s\n",
                        part.share() * 100,
                        part.nanos(),
                        Shown.name(part.name())));
            }
        }
        return out.toString();
    }
}
