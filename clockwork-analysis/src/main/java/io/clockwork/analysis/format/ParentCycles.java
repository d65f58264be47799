package io.clockwork.analysis.format;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Finds spans that are each other's ancestors, and cuts each such cycle at the span that starts first. */
final class ParentCycles {
    private static final int UNSEEN = -1;

    private final int[] parents;
    private final long[] starts;
    private final IntConsumer cutter;

    private ParentCycles(int[] parents, long[] starts, IntConsumer cutter) {
        this.parents = parents;
        this.starts = starts;
        this.cutter = cutter;
    }

    /** Calls {@code cutter} for one span of each cycle; it makes the span's parent negative. O(n). */
    static void cut(int[] parents, int size, long[] starts, IntConsumer cutter) {
        new ParentCycles(parents, starts, cutter).cut(size);
    }

    private void cut(int size) {
        int[] seenFrom = new int[size];
        Arrays.fill(seenFrom, UNSEEN);
        for (int from = 0; from < size; from++) {
            int span = from;
            while (span >= 0 && seenFrom[span] == UNSEEN) {
                seenFrom[span] = from;
                span = parents[span];
            }
            if (span >= 0 && seenFrom[span] == from) {
                cutter.accept(first(span));
            }
        }
    }

    private int first(int onCycle) {
        int first = onCycle;
        for (int span = parents[onCycle]; span != onCycle; span = parents[span]) {
            if (starts[span] < starts[first] || (starts[span] == starts[first] && span < first)) {
                first = span;
            }
        }
        return first;
    }
}
