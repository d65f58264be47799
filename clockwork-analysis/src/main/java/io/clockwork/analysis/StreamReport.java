package io.clockwork.analysis;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a stream of operations found, with names, as a report. */
final class StreamReport {
    private static final Verdict[] VERDICTS = Verdict.values();

    private final RaceStream stream;
    private final RaceStream.Names names;
    private final RaceFindings findings;

    StreamReport(RaceStream stream, RaceStream.Names names) {
        this.stream = stream;
        this.names = names;
        findings = stream.engine().findings;
    }

    Report build(List<Diagnostic> diagnostics, Suppressions suppressions) {
        List<Race> races = new ArrayList<>();
        for (int finding = 0; finding < findings.size(); finding++) {
            races.add(race(finding));
        }
        races.sort(Comparator.comparing(Race::verdict)
                .thenComparing(Race::kind)
                .thenComparing(Race::variable)
                .thenComparing(race -> race.first().event())
                .thenComparing(race -> race.second().event()));
        SuppressionFilter filter = new SuppressionFilter(suppressions);
        List<Race> kept = filter.filter(races, FindingIds::of, FindingsText::words);
        diagnostics.addAll(filter.unused());
        return new Report(
                stream.events(),
                stream.threads(),
                1,
                kept,
                List.of(),
                List.of(),
                List.of(),
                filter.suppressed(),
                sharedVariables(races),
                List.of(),
                List.of(),
                List.of(),
                PathProfile.none(),
                ServiceGraph.none(),
                List.of(),
                Anomalies.none(),
                diagnostics);
    }

    private Race race(int finding) {
        Access first = access(finding, false);
        Access second = access(finding, true);
        return new Race(
                names.variable(findings.variable(finding)),
                VERDICTS[findings.rank(finding)],
                first.write() && second.write() ? Kind.WRITE_WRITE : Kind.READ_WRITE,
                first,
                second,
                List.of(first, second),
                (int) Math.min(findings.count(finding), Integer.MAX_VALUE));
    }

    private Access access(int finding, boolean later) {
        int thread = findings.task(finding, later);
        String name = names.thread(thread);
        return new Access(
                findings.stamp(finding, later) - 1,
                thread,
                name,
                "",
                "",
                name,
                names.site(findings.site(finding, later)),
                RaceEngine.writes(findings.kind(finding, later)),
                null,
                locks(findings.locks(finding, later)));
    }

    private List<String> locks(int set) {
        return Arrays.stream(stream.lockSets().holds(set))
                .mapToObj(hold -> names.lock(hold >> 1))
                .sorted()
                .toList();
    }

    private List<SharedVariable> sharedVariables(List<Race> races) {
        Map<String, Integer> raceCounts = new HashMap<>();
        races.forEach(race -> raceCounts.merge(race.variable(), 1, Integer::sum));
        List<SharedVariable> shared = new ArrayList<>();
        for (int variable = 0; variable < stream.variables(); variable++) {
            addShared(variable, raceCounts, shared);
        }
        shared.sort(Comparator.comparing(SharedVariable::name));
        return shared;
    }

    private void addShared(int variable, Map<String, Integer> raceCounts, List<SharedVariable> shared) {
        VariableUse uses = stream.uses();
        if (uses.isShared(variable)) {
            String name = names.variable(variable);
            shared.add(new SharedVariable(
                    name,
                    uses.slots(variable),
                    uses.accesses(variable),
                    raceCounts.getOrDefault(name, 0),
                    locks(uses.commonLocks(variable))));
        }
    }
}
