package io.clockwork.analysis;

/** By how much operations are moved because the clocks of their services differ from those of their callers. */
final class SkewShifts {
    private final EventColumns log;
    private final Operations operations;
    private final int[] children;
    private final long[] shifts;

    SkewShifts(EventLog log, Operations operations) {
        this.log = log.columns();
        this.operations = operations;
        int n = operations.size();
        shifts = new long[n];
        children = new int[n];
        for (int op = 0; op < n; op++) {
            int parent = operations.parents.get(op);
            if (parent >= 0) {
                children[parent]++;
            }
        }
    }

    /**
     * Finds out by how much an operation is moved, after that was found out for its parent, which counts from {@code from}
     * to {@code to}.
     */
    long find(int op, int parent, long from, long to) {
        long start = operations.start(op);
        long end = operations.end(op);
        boolean sameClock = service(op) == service(parent);
        if (sameClock || (!isInside(start, end, from, to) && isMovedWith(parent, start, end, from, to))) {
            shifts[op] = shifts[parent];
        } else if (!isInside(start, end, from, to) && isCalledSide(op, parent)) {
            shifts[op] = from + Math.max(0, (to - from - (end - start)) / 2) - start;
        }
        return shifts[op];
    }

    private boolean isMovedWith(int parent, long start, long end, long from, long to) {
        return shifts[parent] != 0 && isInside(start + shifts[parent], end + shifts[parent], from, to);
    }

    private static boolean isInside(long start, long end, long from, long to) {
        return start >= from && end <= to;
    }

    private boolean isCalledSide(int op, int parent) {
        return children[parent] == 1
                && log.spans.kind(operations.task(op)) == SpanKind.SERVER
                && log.spans.kind(operations.task(parent)) == SpanKind.CLIENT;
    }

    private int service(int op) {
        return log.taskServices[operations.task(op)];
    }
}
