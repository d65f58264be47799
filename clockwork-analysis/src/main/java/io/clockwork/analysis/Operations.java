package io.clockwork.analysis;

import java.util.Arrays;

/**
 * The operations of a log, numbered from 0 in the order of their begin events: a parent has a smaller number than its
 * children, and of two children of one parent the one that began first has.
 */
final class Operations {
    /** The parent of an operation that is none. */
    static final int ROOT = -1;
    /** The parent of an operation whose cause would close a cycle: neither a root nor below one. */
    static final int UNREACHED = -2;

    private final EventColumns log;
    /** Per event of a task the operation that is open after it, or what set the task off: the parent of what begins. */
    private final int[] enclosing;
    /** Per task the operation that was open at its origin. */
    private final int[] outer;
    /** Per task the operation of its own that is open, or -1. */
    private final int[] open;

    private final int[] lastEvent;
    private final IntColumn joins = new IntColumn();

    final IntColumn begins = new IntColumn();
    /** Per operation its end event, or -1. */
    final IntColumn ends = new IntColumn();

    final IntColumn parents = new IntColumn();
    private int[] tasks = {};
    /** Empty, as are the ends, when no event has a time. */
    private long[] startNanos = {};

    private long[] endNanos = {};
    /** Per task whether operations outside of it wait for its operations. */
    final boolean[] awaited;
    /** Per trace how many end events have no operation to end. */
    final int[] strayEnds;

    private Operations(EventColumns log) {
        this.log = log;
        enclosing = new int[log.kinds.length];
        outer = new int[log.taskNames.length];
        open = new int[outer.length];
        lastEvent = new int[outer.length];
        awaited = new boolean[outer.length];
        strayEnds = new int[log.traceNames.length];
        Arrays.fill(open, -1);
    }

    /** {@return the operations of {@code log}, found in one pass over its events} */
    static Operations of(EventLog log) {
        Operations operations = new Operations(log.columns());
        operations.collect();
        operations.findTimes();
        operations.findAwaited();
        return operations;
    }

    int size() {
        return begins.size();
    }

    int task(int operation) {
        return tasks[operation];
    }

    int trace(int operation) {
        return log.taskTraces[task(operation)];
    }

    String name(int operation) {
        return log.names.get(nameNumber(operation));
    }

    String service(int operation) {
        return log.names.get(log.taskServices[task(operation)]);
    }

    String taskName(int operation) {
        return log.names.get(log.taskNames[task(operation)]);
    }

    /** {@return the number of the operation's name} */
    int nameNumber(int operation) {
        return log.subjects[begins.get(operation)];
    }

    long start(int operation) {
        return startNanos[operation];
    }

    /** {@return when an operation ended: with its end event, else with the last event of its task; never before start} */
    long end(int operation) {
        return endNanos[operation];
    }

    /** {@return a copy of all starts} */
    long[] starts() {
        return startNanos.clone();
    }

    /** {@return a copy of all ends} */
    long[] ends() {
        return endNanos.clone();
    }

    /** {@return whether an operation's parent waits for it; true for one without a parent} */
    boolean isBlocking(int operation) {
        int parent = parents.get(operation);
        return parent < 0 || task(parent) == task(operation) || awaited[task(operation)];
    }

    /** {@return how it is known that the parent waits} */
    PathReason reason(int operation) {
        int parent = parents.get(operation);
        boolean recorded = parent < 0 || task(parent) == task(operation) || log.taskLinks[task(operation)] == Link.FORK;
        return recorded ? PathReason.RECORDED : PathReason.INFERRED;
    }

    /** {@return the operation of its own task that is open after an event, or -1} */
    int at(int event) {
        int operation = enclosing[event];
        return operation >= 0 && task(operation) == log.tasks[event] ? operation : -1;
    }

    private void collect() {
        for (int e = 0; e < enclosing.length; e++) {
            int task = log.tasks[e];
            if (log.sequences[e] == 1) {
                outer[task] = outer(task);
            }
            switch (log.kind(e)) {
                case BEGIN -> begin(e, task);
                case END -> end(e, task);
                case JOIN -> joins.add(e);
                default -> {}
            }
            enclosing[e] = parentOfNext(task);
            lastEvent[task] = e;
        }
        tasks = new int[size()];
        for (int op = 0; op < tasks.length; op++) {
            tasks[op] = log.tasks[begins.get(op)];
        }
    }

    private void findTimes() {
        if (log.nanos.length == 0) {
            return;
        }
        startNanos = new long[size()];
        endNanos = new long[size()];
        for (int op = 0; op < startNanos.length; op++) {
            int event = ends.get(op) >= 0 ? ends.get(op) : lastEvent[tasks[op]];
            startNanos[op] = log.nanos[begins.get(op)];
            endNanos[op] = Math.max(startNanos[op], log.nanos[event]);
        }
    }

    private int outer(int task) {
        if (log.taskLinks[task] == Link.NONE) {
            return ROOT;
        }
        int origin = log.taskOrigins[task];
        return origin < 0 ? UNREACHED : enclosing[origin];
    }

    private int parentOfNext(int task) {
        return open[task] >= 0 ? open[task] : outer[task];
    }

    private void begin(int event, int task) {
        parents.add(parentOfNext(task));
        open[task] = begins.size();
        begins.add(event);
        ends.add(-1);
    }

    private void end(int event, int task) {
        int operation = open[task];
        if (operation < 0) {
            strayEnds[log.taskTraces[task]]++;
            return;
        }
        ends.set(operation, event);
        int parent = parents.get(operation);
        open[task] = parent >= 0 && log.tasks[begins.get(parent)] == task ? parent : -1;
    }

    /*
     * A fork is waited for if a join of it happens before the operation that forked it ends, in that operation's own
     * task or in another one that is waited for in turn. A join comes after all joins of which its task has taken note,
     * so going through them backwards finds the joining task decided already.
     */
    private void findAwaited() {
        for (int t = 0; t < awaited.length; t++) {
            awaited[t] = log.taskLinks[t] == Link.CALL || log.taskLinks[t] == Link.FOLLOWS;
        }
        for (int j = joins.size() - 1; j >= 0; j--) {
            int join = joins.get(j);
            for (int k = log.edgeStarts[join]; k < log.edgeStarts[join + 1]; k++) {
                int child = log.tasks[log.edgeFrom[k]];
                if (!log.edgeSync[k] && log.taskLinks[child] == Link.FORK && outer[child] >= 0) {
                    awaited[child] |= waits(join, outer[child]);
                }
            }
        }
    }

    private boolean waits(int join, int parent) {
        int joining = log.tasks[join];
        boolean parentIsOpen = ends.get(parent) < 0 || join < ends.get(parent);
        return parentIsOpen && (joining == task(parent) || awaited[joining]);
    }
}
