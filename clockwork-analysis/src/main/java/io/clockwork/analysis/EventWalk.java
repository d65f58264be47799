package io.clockwork.analysis;

import java.util.Arrays;

/** Walks back through the events of a trace from the last one, always to the cause that came last. */
final class EventWalk {
    /*
     * An event happened when the last of what it needed had: the event before it in its task, or one that an edge comes
     * from. Time since the former is its operation's, time since the latter was spent on the edge. The numbers of events are
     * a linear extension, so the walk passes each at most once. Without times an event is one later than the last of its
     * causes.
     */
    private final EventColumns log;
    private final Operations operations;
    private final boolean timed;
    private final long[] times;
    /** Per event the one before it in its task, or -1. */
    private final int[] previous;
    /** Per event the latest of those of its trace that have smaller numbers, or -1. */
    private final int[] earlier;

    private final int[] last;
    private final long[] first;

    EventWalk(EventColumns log, Operations operations, boolean timed) {
        this.log = log;
        this.operations = operations;
        this.timed = timed;
        int n = log.kinds.length;
        times = timed ? log.nanos : new long[n];
        previous = new int[n];
        earlier = new int[n];
        last = new int[log.traceNames.length];
        Arrays.fill(last, -1);
        first = new long[last.length];
        Arrays.fill(first, Long.MAX_VALUE);
        int[] lastOfTask = new int[log.taskNames.length];
        for (int e = 0; e < n; e++) {
            int task = log.tasks[e];
            int trace = log.taskTraces[task];
            previous[e] = log.sequences[e] == 1 ? -1 : lastOfTask[task];
            lastOfTask[task] = e;
            if (!timed) {
                times[e] = 1 + longest(e, trace);
            }
            first[trace] = Math.min(first[trace], times[e]);
            earlier[e] = last[trace];
            last[trace] = last[trace] < 0 || times[e] >= times[last[trace]] ? e : last[trace];
        }
    }

    private long longest(int e, int trace) {
        long longest = previous[e] < 0 ? 0 : times[previous[e]];
        for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
            int from = log.edgeFrom[k];
            longest = log.taskTraces[log.tasks[from]] == trace ? Math.max(longest, times[from]) : longest;
        }
        return longest;
    }

    void walk(int trace, CompletionPaths.Trail trail) {
        int event = last[trace];
        if (event < 0) {
            return;
        }
        long limit = times[event];
        trail.end(log.tasks[event], operation(event), limit);
        while (event >= 0) {
            int from = latestCause(event, trace);
            boolean jump = from < 0 && timed && earlier[event] >= 0;
            if (jump) {
                from = earlier[event];
                trail.jumps++;
            }
            long moment = from >= 0 ? Math.min(limit, times[from]) : timed ? limit : 0;
            trail.skewed += from >= 0 && times[from] > limit ? 1 : 0;
            boolean own = !timed || from == previous[event];
            add(trail, own && from >= 0 ? from : event, event, moment, limit, own);
            limit = moment;
            if (from < 0 && timed) {
                // By a skewed clock something without a cause may be earlier than what all the rest follows from.
                add(trail, event, event, first[trace], limit, false);
            }
            event = from;
        }
    }

    private int latestCause(int event, int trace) {
        int latest = previous[event];
        for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1]; k++) {
            int from = log.edgeFrom[k];
            boolean same = log.taskTraces[log.tasks[from]] == trace;
            latest = same && (latest < 0 || times[from] > times[latest]) ? from : latest;
        }
        return latest;
    }

    private void add(CompletionPaths.Trail trail, int inside, int event, long from, long to, boolean own) {
        if (from < to) {
            int task = log.tasks[event];
            int operation = log.tasks[inside] == task ? operation(inside) : operation(event);
            trail.add(task, operation, own ? PathReason.RECORDED : PathReason.WAITING, from);
        }
    }

    /** {@return the number of the name of the operation that is open after an event, else of its task} */
    private int operation(int event) {
        int open = operations.at(event);
        return open >= 0 ? operations.nameNumber(open) : log.taskNames[log.tasks[event]];
    }
}
