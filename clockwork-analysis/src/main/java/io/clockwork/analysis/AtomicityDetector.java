package io.clockwork.analysis;

import io.clockwork.analysis.AtomicityViolation.Kind;
import io.clockwork.analysis.AtomicityViolation.Step;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.internal.Counted;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what splits updates and blocks, one finding for each set of places. */
final class AtomicityDetector {
    private final EventLog log;
    private final EventColumns columns;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /** What was found, and what was not looked at. */
    record Result(List<AtomicityViolation> violations, List<Diagnostic> diagnostics) {}

    /** A violation by its events. */
    private record Finding(Verdict verdict, Kind kind, String block, List<Integer> events, int count) {}

    private AtomicityDetector(EventLog log) {
        this.log = log;
        columns = log.columns();
    }

    static Result run(EventLog log, CausalGraph graph) {
        AtomicityDetector detector = new AtomicityDetector(log);
        detector.splitUpdates(graph);
        detector.splitBlocks();
        return new Result(detector.violations(), detector.diagnostics);
    }

    private void splitUpdates(CausalGraph graph) {
        SplitUpdates updates = SplitUpdates.of(log, graph);
        for (SplitUpdates.Split split : updates.splits().values()) {
            findings.add(new Finding(
                    split.certain ? Verdict.CERTAIN : Verdict.POSSIBLE,
                    split.remoteUpdates ? Kind.LOST_UPDATE : Kind.CHECK_THEN_ACT,
                    "",
                    List.of(split.read, split.remote, split.write),
                    split.count));
        }
        if (updates.dropped() > 0) {
            diagnostics.add(new Diagnostic(
                    "ATOMICITY_CUT",
                    Counted.of(
                            updates.dropped(),
                            "[access|accesses] of variables with very many tasks and sites [was|were] not kept: some reads"
                                    + " and writes that others can come between may be missing"),
                    0));
        }
    }

    private void splitBlocks() {
        BlockConflicts conflicts = BlockConflicts.of(columns);
        Map<List<Integer>, int[]> counts = new LinkedHashMap<>();
        Map<List<Integer>, Finding> examples = new LinkedHashMap<>();
        BitSet violated = conflicts.violated();
        for (int node = violated.nextSetBit(0); node >= 0; node = violated.nextSetBit(node + 1)) {
            List<Integer> events = conflicts.cycle(node);
            if (!events.isEmpty()) {
                List<Integer> key = key(columns.subjects[conflicts.begin(conflicts.block(node))], events);
                counts.computeIfAbsent(key, k -> new int[1])[0]++;
                examples.putIfAbsent(
                        key,
                        new Finding(
                                Verdict.CERTAIN,
                                Kind.NOT_SERIALIZABLE,
                                conflicts.name(conflicts.block(node)),
                                events,
                                1));
            }
        }
        examples.forEach((key, finding) -> {
            int count = counts.getOrDefault(key, new int[1])[0];
            findings.add(new Finding(finding.verdict, finding.kind, finding.block, finding.events, count));
        });
        if (conflicts.isExhausted()) {
            diagnostics.add(new Diagnostic(
                    "BLOCKS_CUT",
                    "there are more blocks that are not serializable than were followed: some are missing",
                    0));
        }
    }

    private List<Integer> key(int name, List<Integer> events) {
        List<Integer> key = new ArrayList<>();
        key.add(name);
        for (int event : events) {
            key.add(columns.subjects[event]);
            key.add(columns.sites[event]);
        }
        return key;
    }

    private List<AtomicityViolation> violations() {
        BitSet wanted = new BitSet();
        findings.forEach(finding -> finding.events.forEach(wanted::set));
        if (wanted.isEmpty()) {
            return List.of();
        }
        EventContexts contexts = EventContexts.of(log, wanted);
        List<AtomicityViolation> violations = new ArrayList<>();
        for (Finding finding : findings) {
            List<Step> steps = finding.events.stream()
                    .map(event -> new Step(log.subject(event), contexts.access(event)))
                    .toList();
            violations.add(new AtomicityViolation(finding.verdict, finding.kind, finding.block, steps, finding.count));
        }
        violations.sort(Comparator.comparing(AtomicityViolation::verdict)
                .thenComparing(AtomicityViolation::kind)
                .thenComparing(AtomicityViolation::variable)
                .thenComparing(violation -> violation.first().event())
                .thenComparing(violation -> violation.between().get(0).event())
                .thenComparing(violation -> violation.last().event()));
        return violations;
    }
}
