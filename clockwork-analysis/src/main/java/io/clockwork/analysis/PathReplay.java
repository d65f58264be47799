package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Replays the operations of a log with other own times of one of them. */
final class PathReplay {
    /*
     * How long an operation takes then depends on what it calls alone, and callers have smaller numbers than what they call:
     * one loop backwards. In an operation, its children are gone through in the order of their starts. Where one begins
     * moves with the end of the child that ended last before it, or stays if it may not have waited for that; what the
     * operation does itself between the two is scaled. The end moves with that of the last child, and comes after all.
     */
    private final EventLog log;
    private final Operations operations;
    private final ResponsePaths paths;
    private final double factor;
    private final boolean[] scaled;
    /** By how much the end of each operation moves when its start does not. */
    private final double[] inOrder;

    private final double[] independent;
    private final int[] byStart;

    PathReplay(EventLog log, String service, String operation, double factor) {
        this.log = log;
        this.factor = factor;
        operations = Operations.of(log);
        paths = new ResponsePaths(log, operations);
        int n = operations.size();
        scaled = new boolean[n];
        inOrder = new double[n];
        independent = new double[n];
        byStart = new int[paths.children.length];
        int[] next = Arrays.copyOf(paths.firstChild, n);
        for (int op = 0; op < n; op++) {
            scaled[op] = operations.name(op).equals(operation)
                    && operations.service(op).equals(service);
            if (paths.rootOf[op] >= 0 && paths.rootOf[op] != op) {
                byStart[next[operations.parents.get(op)]++] = op;
            }
        }
    }

    List<WhatIf> replay() {
        for (int op = scaled.length - 1; op >= 0; op--) {
            if (paths.rootOf[op] >= 0) {
                inOrder[op] = moved(op, inOrder, true);
                independent[op] = moved(op, independent, false);
            }
        }
        List<WhatIf> answers = new ArrayList<>();
        for (int root : paths.roots()) {
            long nanos = paths.ends[root] - paths.starts[root];
            answers.add(new WhatIf(
                    log.traceName(operations.trace(root)),
                    operations.service(root),
                    operations.name(root),
                    nanos,
                    Math.max(0, Math.round(nanos + inOrder[root])),
                    Math.max(0, Math.round(nanos + independent[root]))));
        }
        return List.copyOf(answers);
    }

    /** {@return by how much the end of an operation moves} */
    private double moved(int op, double[] moves, boolean waits) {
        int from = paths.firstChild[op];
        int to = paths.firstChild[op + 1];
        double ownMove = scaled[op] ? factor - 1 : 0;
        long covered = paths.starts[op];
        long own = 0;
        int ended = to - 1;
        long lastEnd = paths.starts[op];
        double lastMove = 0;
        long ownAtLast = 0;
        double latest = Double.NEGATIVE_INFINITY;
        double[] starts = new double[to - from];
        long[] ownAtEnd = new long[to - from];
        for (int i = from; i < to; i++) {
            int child = byStart[i];
            long start = paths.starts[child];
            own += Math.max(0, start - covered);
            covered = Math.max(covered, paths.ends[child]);
            // Children are by end, the latest first: those that ended until now are at the tail.
            while (ended >= from && paths.ends[paths.children[ended]] <= start && paths.children[ended] < child) {
                int before = paths.children[ended--];
                int index = Arrays.binarySearch(byStart, from, to, before) - from;
                lastEnd = paths.ends[before];
                lastMove = starts[index] + moves[before];
                ownAtLast = ownAtEnd[index];
            }
            boolean chained = waits || operations.task(child) == operations.task(op);
            starts[i - from] = chained && lastEnd > paths.starts[op]
                    ? lastMove + ownMove * Math.max(0, own - ownAtLast)
                    : ownMove * own;
            ownAtEnd[i - from] = own;
            latest = Math.max(latest, paths.ends[child] + starts[i - from] + moves[child]);
        }
        if (from == to) {
            return ownMove * (paths.ends[op] - paths.starts[op]);
        }
        long tail = Math.max(0, paths.ends[op] - covered);
        int last = paths.children[from];
        int index = Arrays.binarySearch(byStart, from, to, last) - from;
        double end = waits ? paths.ends[last] + starts[index] + moves[last] : latest;
        return Math.max(end + tail * (1 + ownMove), latest) - paths.ends[op];
    }
}
