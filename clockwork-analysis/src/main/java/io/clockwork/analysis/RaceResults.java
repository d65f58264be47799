package io.clockwork.analysis;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pass over a log found, with names. */
final class RaceResults {
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final Kind[] KINDS = Kind.values();

    private final EventColumns log;
    private final RaceDetector detector;
    private final RaceFindings findings;
    private final AccessContexts contexts;

    RaceResults(EventColumns log, RaceDetector detector) {
        this.log = log;
        this.detector = detector;
        findings = detector.findings;
        contexts = detector.contexts;
    }

    RaceDetector.Result build() {
        List<Race> races = new ArrayList<>();
        for (int finding = 0; finding < findings.size(); finding++) {
            races.add(race(finding));
        }
        races.sort(Comparator.comparing(Race::verdict)
                .thenComparing(Race::kind)
                .thenComparing(Race::variable)
                .thenComparing(race -> race.first().event())
                .thenComparing(race -> race.second().event()));
        return new RaceDetector.Result(races, sharedVariables(races), detector.diagnostics());
    }

    private Race race(int finding) {
        int first = findings.stamp(finding, false);
        int second = findings.stamp(finding, true);
        Kind kind = KINDS[findings.rank(finding) % RaceDetector.KINDS];
        List<Integer> events = new ArrayList<>(List.of(first, second));
        if (kind == Kind.LOST_UPDATE) {
            events.add(contexts.readBefore(first));
            events.add(contexts.readBefore(second));
            // Both reads, then both writes: the order in which the update is lost, whatever this run's was.
            events.sort(Comparator.<Integer, Boolean>comparing(e -> Accesses.writes(log.kind(e)))
                    .thenComparing(Comparator.naturalOrder()));
        }
        return new Race(
                log.names.get(findings.variable(finding)),
                VERDICTS[findings.rank(finding) / RaceDetector.KINDS],
                kind,
                access(first),
                access(second),
                events.stream().map(this::access).toList(),
                (int) Math.min(findings.count(finding), Integer.MAX_VALUE));
    }

    private Access access(int event) {
        int task = log.tasks[event];
        return new Access(
                event,
                task,
                log.names.get(log.taskNames[task]),
                log.names.get(contexts.operation(event)),
                log.names.get(log.taskServices[task]),
                log.names.get(log.threads[event]),
                log.names.get(log.sites[event]),
                Accesses.writes(log.kind(event)),
                log.value(event),
                contexts.held.names(contexts.lockSet(event)));
    }

    private List<SharedVariable> sharedVariables(List<Race> races) {
        Map<String, Integer> raceCounts = new HashMap<>();
        races.forEach(race -> raceCounts.merge(race.variable(), 1, Integer::sum));
        List<SharedVariable> shared = new ArrayList<>();
        for (RaceVariable variable : detector.variables) {
            if (variable.tasks > 1 && variable.lastWrite >= 0) {
                String name = log.names.get(variable.name);
                List<String> locks = Arrays.stream(contexts.held.locks(variable.commonLocks))
                        .mapToObj(log.names::get)
                        .sorted()
                        .toList();
                shared.add(new SharedVariable(
                        name, variable.tasks, variable.accesses, raceCounts.getOrDefault(name, 0), locks));
            }
        }
        shared.sort(Comparator.comparing(SharedVariable::name));
        return shared;
    }
}
