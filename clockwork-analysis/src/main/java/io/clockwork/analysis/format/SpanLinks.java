package io.clockwork.analysis.format;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Causes of spans beside their parents: each becomes an edge, unless it would make a span its own cause.
 *
 * <p>Spans are placed after their parents and linked spans, as Kahn does. Where only cycles are left, the first span whose
 * parent is placed gives up the links that it still waits for. O(spans + links).
 */
final class SpanLinks {
    private final IntList from = new IntList();
    private final IntList to = new IntList();

    /** Whoever takes an edge from one span to another. */
    @FunctionalInterface
    interface Edges {
        void add(int from, int to);
    }

    void add(int fromSpan, int toSpan) {
        from.add(fromSpan);
        to.add(toSpan);
    }

    boolean isEmpty() {
        return from.size() == 0;
    }

    /**
     * Hands each link in its order to {@code edges}, or its span to {@code left} if it had to be left out.
     *
     * @param parents per span its parent, negative if it has none; without cycles
     */
    void resolve(int[] parents, int size, Edges edges, IntConsumer left) {
        if (isEmpty()) {
            return;
        }
        boolean[] kept = new Placing(parents, size).kept();
        for (int k = 0; k < kept.length; k++) {
            if (kept[k]) {
                edges.add(from.get(k), to.get(k));
            } else {
                left.accept(to.get(k));
            }
        }
    }

    private final class Placing {
        private final int[] parents;
        private final int[] firstChild;
        private final int[] nextChild;
        /** Links out of and into each span. */
        private final int[] firstOut;

        private final int[] nextOut;
        private final int[] firstIn;
        private final int[] nextIn;
        private final int[] missing;
        private final boolean[] placed;
        private final boolean[] kept;
        private final int[] queue;
        private int queued;
        /** Spans whose parent is placed and that wait for links. */
        private final IntList waiting = new IntList();

        Placing(int[] parents, int size) {
            this.parents = parents;
            firstChild = none(size);
            nextChild = none(size);
            firstOut = none(size);
            firstIn = none(size);
            nextOut = none(from.size());
            nextIn = none(from.size());
            missing = new int[size];
            placed = new boolean[size];
            kept = new boolean[from.size()];
            queue = new int[size];
        }

        private static int[] none(int size) {
            int[] links = new int[size];
            Arrays.fill(links, -1);
            return links;
        }

        boolean[] kept() {
            for (int k = from.size() - 1; k >= 0; k--) {
                nextOut[k] = firstOut[from.get(k)];
                firstOut[from.get(k)] = k;
                nextIn[k] = firstIn[to.get(k)];
                firstIn[to.get(k)] = k;
                missing[to.get(k)]++;
            }
            for (int s = missing.length - 1; s >= 0; s--) {
                if (parents[s] >= 0) {
                    nextChild[s] = firstChild[parents[s]];
                    firstChild[parents[s]] = s;
                }
            }
            for (int s = 0; s < missing.length; s++) {
                if (parents[s] < 0) {
                    reach(s);
                }
            }
            int done = 0;
            int cut = 0;
            while (done < queued || cut < waiting.size()) {
                if (done < queued) {
                    place(queue[done++]);
                } else {
                    int span = waiting.get(cut++);
                    if (missing[span] > 0) {
                        missing[span] = 0;
                        queue[queued++] = span;
                    }
                }
            }
            return kept;
        }

        /** Says that the parent of a span is placed. */
        private void reach(int span) {
            if (missing[span] == 0) {
                queue[queued++] = span;
            } else {
                waiting.add(span);
            }
        }

        private void place(int span) {
            placed[span] = true;
            for (int k = firstIn[span]; k >= 0; k = nextIn[k]) {
                kept[k] = from.get(k) != span && placed[from.get(k)];
            }
            for (int k = firstOut[span]; k >= 0; k = nextOut[k]) {
                int target = to.get(k);
                boolean open = !placed[target] && missing[target] > 0;
                if (open && --missing[target] == 0 && (parents[target] < 0 || placed[parents[target]])) {
                    queue[queued++] = target;
                }
            }
            for (int child = firstChild[span]; child >= 0; child = nextChild[child]) {
                reach(child);
            }
        }
    }
}
