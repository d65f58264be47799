package io.clockwork.analysis;

import io.clockwork.record.EventKind;

/** What each operation spent by itself, and which service that time is charged to. */
final class CallTimes {
    /*
     * An operation that does nothing but wait for one call to another service spends its own time on the way there and
     * back: what is slow about it is the network or the other service before it takes note of the call. So it counts for
     * the service that was called.
     */

    final Operations operations;
    /** The time in which no operation that it waits for ran. */
    final long[] self;
    /** The part of the response paths that is spent in it. */
    final long[] onPath;
    /** The service that {@link #self} counts for, as a number of the log's names. */
    final int[] charged;
    /** How many operations it called. */
    final int[] calls;
    /** Whether it failed: its span says so, or an error was recorded in it. */
    final boolean[] failed;

    private final EventColumns log;

    private CallTimes(OperationPaths paths) {
        log = paths.log().columns();
        operations = paths.operations();
        int n = operations.size();
        self = new long[n];
        onPath = new long[n];
        charged = new int[n];
        calls = new int[n];
        failed = new boolean[n];
        findFailures();
        charge();
        if (paths.log().isTimed()) {
            measure();
            paths.walks().walk((op, from, to) -> onPath[op] += to - from);
        }
    }

    static CallTimes of(EventLog log) {
        return of(new OperationPaths(log));
    }

    static CallTimes of(OperationPaths paths) {
        return new CallTimes(paths);
    }

    int size() {
        return self.length;
    }

    int service(int operation) {
        return log.taskServices[operations.task(operation)];
    }

    long duration(int operation) {
        return log.nanos.length == 0 ? 0 : operations.end(operation) - operations.start(operation);
    }

    private void charge() {
        int[] callee = new int[self.length];
        for (int op = 0; op < self.length; op++) {
            int parent = operations.parents.get(op);
            if (parent >= 0) {
                calls[parent]++;
                callee[parent] = service(op);
            }
        }
        for (int op = 0; op < self.length; op++) {
            charged[op] = calls[op] == 1 ? callee[op] : service(op);
        }
    }

    private void findFailures() {
        for (int op = 0; op < failed.length; op++) {
            int parent = operations.parents.get(op);
            boolean outermost = parent < 0 || operations.task(parent) != operations.task(op);
            failed[op] = outermost && log.spans.isError(operations.task(op));
        }
        for (int e = 0; e < log.kinds.length; e++) {
            int op = log.kind(e) == EventKind.ERROR ? operations.at(e) : -1;
            if (op >= 0) {
                failed[op] = true;
            }
        }
    }

    /** {@return where the calls of each operation start in {@link #children}; one entry more than operations} */
    int[] childStarts() {
        int[] starts = new int[calls.length + 1];
        for (int op = 0; op < calls.length; op++) {
            starts[op + 1] = starts[op] + calls[op];
        }
        return starts;
    }

    /** {@return the called operations, by caller} */
    int[] children(int[] starts) {
        int[] children = new int[starts[calls.length]];
        int[] next = starts.clone();
        for (int op = 0; op < calls.length; op++) {
            int parent = operations.parents.get(op);
            if (parent >= 0) {
                children[next[parent]++] = op;
            }
        }
        return children;
    }

    /** One pass: children of one parent are numbered in the order in which they began, so what they cover only grows. */
    private void measure() {
        long[] coveredUntil = new long[self.length];
        for (int op = 0; op < self.length; op++) {
            self[op] = duration(op);
            coveredUntil[op] = operations.start(op);
            int parent = operations.parents.get(op);
            if (parent >= 0 && operations.isBlocking(op)) {
                long end = Math.min(operations.end(op), operations.end(parent));
                self[parent] -= Math.max(0, end - Math.max(operations.start(op), coveredUntil[parent]));
                coveredUntil[parent] = Math.max(coveredUntil[parent], end);
            }
        }
    }
}
