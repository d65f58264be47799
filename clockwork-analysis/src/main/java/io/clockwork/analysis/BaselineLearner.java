package io.clockwork.analysis;

import io.clockwork.analysis.Baseline.Cell;
import io.clockwork.analysis.CalledOperations.Callee;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

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
        IdentityHashMap<Cell, Learning> cells = new IdentityHashMap<>();
        RunReader.read(log, (op, cell, run, source) -> {
            Learning learning = cells.get(cell);
            if (learning == null) {
                learning = new Learning(learned, cell);
                cells.put(cell, learning);
            }
            Usual before = learning.before;
            long nanos = source.self[op];
            if (before == null || !isUnusual(before, nanos, Baseline.MIN_SAMPLES)) {
                learning.usual(learned).add(nanos, source.failed[op]);
            }
            learning.calls.add(run);
        });
        return new Baseline(known.traces + log.traceCount(), learned.usual, learned.calls);
    }

    /** What is known of a cell and what it learns, looked up once. */
    private final class Learning {
        private final Cell cell;
        private final @Nullable Usual before;
        private final CalledOperations calls;
        private @Nullable Usual usual;

        Learning(Baseline learned, Cell cell) {
            this.cell = cell;
            before = known.usual.get(cell);
            calls = learned.calls.computeIfAbsent(caller(cell), c -> new CalledOperations());
        }

        Usual usual(Baseline learned) {
            Usual found = usual;
            if (found == null) {
                found = learned.usual.computeIfAbsent(cell, c -> new Usual());
                usual = found;
            }
            return found;
        }
    }

    static Callee caller(Cell cell) {
        return new Callee(cell.service(), cell.operation());
    }

    static boolean isUnusual(Usual usual, long nanos, int minSamples) {
        return usual.times.count() >= minSamples && Math.abs(usual.score(nanos)) > LIMIT;
    }
}
