package io.clockwork.analysis;

import io.clockwork.analysis.Anomaly.Kind;
import io.clockwork.analysis.Anomaly.Severity;
import io.clockwork.analysis.Baseline.Cell;
import io.clockwork.analysis.CalledOperations.Callee;
import io.clockwork.analysis.CalledOperations.Run;
import io.clockwork.analysis.CalledOperations.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the operations of a log with what is usual. */
final class AnomalyDetector {
    /** An operation that failed less often than this is not expected to. */
    private static final double RARE_ERRORS = 0.05;

    private final Baseline baseline;
    private final int minSamples;
    private final Map<Callee, Long> samples = new HashMap<>();
    private final Set<List<String>> edges = new HashSet<>();
    private final Map<Key, Found> found = new HashMap<>();
    private final IdentityHashMap<Cell, Known> cells = new IdentityHashMap<>();
    private long judged;
    private long unjudged;

    private record Key(Kind kind, String service, String operation, String callee) {}

    /** What the baseline has of a cell, looked up once: also the calls that every run made, if enough runs were seen. */
    private record Known(
            @Nullable Usual usual, @Nullable CalledOperations calls, Map<Callee, Usage> always, boolean sampled) {}

    private Known known(Cell cell) {
        Known known = cells.get(cell);
        if (known == null) {
            CalledOperations calls = baseline.calls.get(BaselineLearner.caller(cell));
            calls = calls != null && calls.runs >= minSamples ? calls : null;
            known = new Known(
                    baseline.usual.get(cell),
                    calls,
                    calls != null ? calls.always() : Map.of(),
                    samples.getOrDefault(new Callee(cell.service(), ""), 0L) >= minSamples);
            cells.put(cell, known);
        }
        return known;
    }

    /** The occurrences of one anomaly, and the best of them to show. */
    private static final class Found {
        private int count;
        private int operation;
        private double merit = Double.NEGATIVE_INFINITY;
        private double score;
        private long value;
        private long usual;
    }

    AnomalyDetector(Baseline baseline, int minSamples) {
        this.baseline = baseline;
        this.minSamples = minSamples;
        baseline.calls.forEach((caller, calls) -> {
            samples.merge(new Callee(caller.service(), ""), calls.runs, Long::sum);
            calls.callees.keySet().forEach(callee -> edges.add(List.of(caller.service(), callee.service())));
        });
    }

    Anomalies check(EventLog log) {
        Operations operations = Operations.of(log);
        int[] sizes = new int[log.traceCount()];
        for (int op = 0; op < operations.size(); op++) {
            sizes[operations.trace(op)]++;
        }
        RunReader.read(log, (op, cell, run, source) -> {
            int size = sizes[source.operations.trace(op)];
            Known known = known(cell);
            checkTime(op, cell, known.usual(), source);
            checkCalls(op, cell, known, run, size);
            if (known.sampled() && !run.counts.isEmpty()) {
                checkEdges(op, cell, run, size);
            }
            if (source.failed[op]) {
                checkError(op, cell, known.usual(), run, size);
            }
        });
        return new Anomalies(anomalies(log, operations), judged, unjudged);
    }

    private void checkTime(int op, Cell cell, @Nullable Usual usual, CallTimes source) {
        if (usual == null || usual.times.count() < minSamples) {
            unjudged++;
            return;
        }
        judged++;
        long nanos = source.self[op];
        if (BaselineLearner.isUnusual(usual, nanos, minSamples)) {
            double score = usual.score(nanos);
            Kind kind = score > 0 ? Kind.SLOW : Kind.FAST;
            String charged = cell.charged().equals(cell.service()) ? "" : cell.charged();
            add(kind, cell, charged, op, Math.abs(score), nanos, Math.round(usual.median())).score = score;
        }
    }

    private void checkCalls(int op, Cell cell, Known known, Run run, int size) {
        known.always().forEach((callee, usage) -> {
            if (!run.counts.containsKey(callee)) {
                add(Kind.MISSING_CALL, cell, callee.label(), op, -size, 0, usage.most);
            }
        });
        CalledOperations usual = known.calls();
        if (usual == null || run.counts.isEmpty()) {
            return;
        }
        run.counts.forEach((callee, count) -> {
            Usage usage = usual.callees.get(callee);
            if (usage != null && count[0] > 2 * usage.most) {
                Kind kind = count[1] > 0 ? Kind.RETRY_STORM : Kind.FAN_OUT;
                add(kind, cell, callee.label(), op, -size, count[0], usage.most);
            }
        });
    }

    private void checkEdges(int op, Cell cell, Run run, int size) {
        for (Callee callee : run.counts.keySet()) {
            if (!callee.service().equals(cell.service())
                    && !edges.contains(List.of(cell.service(), callee.service()))) {
                add(
                        Kind.UNSEEN_EDGE,
                        cell,
                        callee.label(),
                        op,
                        -size,
                        run.counts.get(callee)[0],
                        0);
            }
        }
    }

    /** Told of the innermost operation that failed: callers fail because of it. */
    private void checkError(int op, Cell cell, @Nullable Usual usual, Run run, int size) {
        boolean innermost = run.counts.values().stream().allMatch(count -> count[1] == 0);
        if (innermost
                && usual != null
                && usual.times.count() >= minSamples
                && usual.errors < RARE_ERRORS * usual.times.count()) {
            add(Kind.ERROR, cell, "", op, -size, 1, usual.errors);
        }
    }

    /** Counts an occurrence; the one of most merit, the first of several, becomes the witness. */
    private Found add(Kind kind, Cell cell, String callee, int op, double merit, long value, long usual) {
        Found known = found.computeIfAbsent(new Key(kind, cell.service(), cell.operation(), callee), k -> new Found());
        known.count++;
        if (merit <= known.merit) {
            return new Found();
        }
        known.merit = merit;
        known.operation = op;
        known.value = value;
        known.usual = usual;
        return known;
    }

    private List<Anomaly> anomalies(EventLog log, Operations operations) {
        List<Anomaly> anomalies = new ArrayList<>();
        found.forEach((key, known) -> anomalies.add(new Anomaly(
                key.kind(),
                severity(key.kind(), known.score),
                key.service(),
                key.operation(),
                key.callee(),
                known.count,
                log.traceName(operations.trace(known.operation)),
                operations.taskName(known.operation),
                known.value,
                known.usual,
                known.score)));
        anomalies.sort(Comparator.comparing(Anomaly::severity)
                .reversed()
                .thenComparing(Anomaly::kind)
                .thenComparing(anomaly -> -Math.abs(anomaly.score()))
                .thenComparing(Anomaly::service)
                .thenComparing(Anomaly::operation)
                .thenComparing(Anomaly::callee));
        return anomalies;
    }

    /** Of times by how many times the limit they are off. */
    private static Severity severity(Kind kind, double score) {
        return switch (kind) {
            case SLOW, FAST ->
                Math.abs(score) > 4 * BaselineLearner.LIMIT
                        ? Severity.CRITICAL
                        : Math.abs(score) > 2 * BaselineLearner.LIMIT ? Severity.WARNING : Severity.MINOR;
            case ERROR, RETRY_STORM -> Severity.CRITICAL;
            case MISSING_CALL, UNSEEN_EDGE, FAN_OUT -> Severity.WARNING;
        };
    }
}
