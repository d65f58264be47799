package io.clockwork.analysis;

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

    private final EventColumns log;

    private CallTimes(EventLog log) {
        this.log = log.columns();
        operations = Operations.of(log);
        int n = operations.size();
        self = new long[n];
        onPath = new long[n];
        charged = new int[n];
        calls = new int[n];
        charge();
        if (log.isTimed()) {
            measure();
            ResponsePaths.walk(log, operations, (op, from, to) -> onPath[op] += to - from);
        }
    }

    static CallTimes of(EventLog log) {
        return new CallTimes(log);
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
