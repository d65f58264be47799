package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.Arrays;

/** Walks back through the operations of a trace from the one that ended last. */
final class OperationWalk {
    /*
     * In an operation the walk goes on in the waited-for child that ended last until then. At its start it goes on in its
     * parent: where the parent stood at that moment, or had ended, or, if the log says so, had set it off. Where there is no
     * parent it goes on in the operation that ended last of all that started before. An operation that was left is never
     * entered again, as nothing before its start is its own; so each is left once and each child looked at once.
     */
    private final EventColumns log;
    private final Operations operations;
    private final long[] starts;
    private final long[] ends;
    private final int[] next;
    private final int[] firstChild;
    private final int[] children;
    private final boolean[] left;
    private final int[] traceStarts;
    private final int[] byTrace;

    OperationWalk(EventColumns log, Operations operations) {
        this.log = log;
        this.operations = operations;
        int n = operations.size();
        starts = operations.starts();
        ends = operations.ends();
        left = new boolean[n];
        traceStarts = new int[log.traceNames.length + 1];
        for (int op = 0; op < n; op++) {
            traceStarts[operations.trace(op) + 1]++;
        }
        for (int trace = 1; trace < traceStarts.length; trace++) {
            traceStarts[trace] += traceStarts[trace - 1];
        }
        byTrace = new int[n];
        int[] place = traceStarts.clone();
        for (int op = 0; op < n; op++) {
            byTrace[place[operations.trace(op)]++] = op;
        }
        firstChild = new int[n + 1];
        children = new int[awaitedChildren(n)];
        collectChildren();
        next = Arrays.copyOf(firstChild, n);
    }

    private int awaitedChildren(int n) {
        for (int op = 0; op < n; op++) {
            if (isAwaited(op)) {
                firstChild[operations.parents.get(op) + 1]++;
            }
        }
        for (int op = 0; op < n; op++) {
            firstChild[op + 1] += firstChild[op];
        }
        return firstChild[n];
    }

    private boolean isAwaited(int op) {
        int parent = operations.parents.get(op);
        return parent >= 0
                && operations.trace(parent) == operations.trace(op)
                && operations.isBlocking(op)
                && ends[op] <= ends[parent]
                && ends[op] > starts[parent];
    }

    private void collectChildren() {
        int[] place = Arrays.copyOf(firstChild, starts.length);
        for (int op = starts.length - 1; op >= 0; op--) {
            if (isAwaited(op)) {
                children[place[operations.parents.get(op)]++] = op;
            }
        }
        LatestFirst.sort(children, firstChild, ends, false);
    }

    void walk(int trace, CompletionPaths.Trail trail) {
        int[] mine = Arrays.copyOfRange(byTrace, traceStarts[trace], traceStarts[trace + 1]);
        if (mine.length == 0) {
            return;
        }
        Earlier earlier = new Earlier(CompletionPaths.byTime(mine, starts));
        int op = earlier.last();
        long limit = ends[op];
        trail.end(operations.task(op), operations.nameNumber(op), limit);
        while (op >= 0) {
            int child = lastChild(op, limit);
            if (child >= 0) {
                add(trail, op, ends[child], limit, operations.reason(op));
                limit = ends[child];
                op = child;
                continue;
            }
            add(trail, op, starts[op], limit, operations.reason(op));
            trail.skewed += limit < starts[op] ? 1 : 0;
            limit = Math.min(limit, starts[op]);
            left[op] = true;
            int cause = cause(op);
            if (cause < 0) {
                cause = earlier.than(limit);
                trail.jumps += cause >= 0 ? 1 : 0;
            }
            if (cause >= 0) {
                long moment = Math.min(limit, moment(op, cause));
                add(trail, op, moment, limit, PathReason.WAITING);
                limit = moment;
            }
            op = cause;
        }
    }

    private void add(CompletionPaths.Trail trail, int op, long from, long to, PathReason reason) {
        if (from < to) {
            trail.add(operations.task(op), operations.nameNumber(op), reason, from);
        }
    }

    private int cause(int op) {
        int parent = operations.parents.get(op);
        boolean usable = parent >= 0 && operations.trace(parent) == operations.trace(op) && !left[parent];
        return usable ? parent : -1;
    }

    /** {@return when {@code cause} set {@code op} off if that was recorded, else the end of the cause} */
    private long moment(int op, int cause) {
        int task = operations.task(op);
        int origin = log.taskOrigins[task];
        boolean known = operations.parents.get(op) == cause
                && operations.task(cause) != task
                && origin >= 0
                && log.kind(origin) != EventKind.BEGIN;
        return known ? log.nanos[origin] : ends[cause];
    }

    private int lastChild(int op, long limit) {
        while (next[op] < firstChild[op + 1]) {
            int child = children[next[op]++];
            if (ends[child] <= limit && !left[child]) {
                return child;
            }
        }
        return -1;
    }

    /** What ended last of all that started before a time. */
    private final class Earlier {
        private final long[] times;
        private final int[] latest;

        Earlier(int[] byStart) {
            times = new long[byStart.length];
            latest = new int[byStart.length];
            int last = byStart[0];
            for (int i = 0; i < byStart.length; i++) {
                times[i] = starts[byStart[i]];
                last = ends[byStart[i]] > ends[last] ? byStart[i] : last;
                latest[i] = last;
            }
        }

        int last() {
            return latest[latest.length - 1];
        }

        int than(long limit) {
            int before = CompletionPaths.rank(times, limit);
            return before == 0 ? -1 : latest[before - 1];
        }
    }
}
