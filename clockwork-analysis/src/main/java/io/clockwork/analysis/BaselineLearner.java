package io.clockwork.analysis;

import io.clockwork.analysis.Baseline.Cell;
import io.clockwork.analysis.CalledOperations.Callee;

/** Adds the operations of a log to a copy of a baseline. */
final class BaselineLearner {
    /** Farther off than this is unusual. */
    static final double LIMIT = 3.5;

    private final Baseline known;

    BaselineLearner(Baseline known) {
        this.known = known;
    }

    Baseline learn(EventLog log) {
        Baseline learned = known.copy();
        RunReader.read(log, (op, cell, run, source) -> {
            Usual before = known.usual.get(cell);
            long nanos = source.self[op];
            if (before == null || !isUnusual(before, nanos, Baseline.MIN_SAMPLES)) {
                learned.usual.computeIfAbsent(cell, c -> new Usual()).add(nanos, source.failed[op]);
            }
            learned.calls
                    .computeIfAbsent(caller(cell), c -> new CalledOperations())
                    .add(run);
        });
        return new Baseline(known.traces + log.traceCount(), learned.usual, learned.calls);
    }

    static Callee caller(Cell cell) {
        return new Callee(cell.service(), cell.operation());
    }

    static boolean isUnusual(Usual usual, long nanos, int minSamples) {
        return usual.times.count() >= minSamples && Math.abs(usual.score(nanos)) > LIMIT;
    }
}
