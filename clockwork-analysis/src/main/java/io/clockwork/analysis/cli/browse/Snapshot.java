package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.AuditTrail;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.TraceTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log as it was read once, with what pages need to know of it; the dear parts are made when they are asked for. */
final class Snapshot {
    final EventLog log;
    final Report report;
    /** Per trace. */
    final int[] events;

    final int[] tasks;
    final int[] failed;
    final long[] first;
    final long[] last;
    /** When the log begins. */
    final long start;

    private @Nullable List<TraceTree> trees;
    private @Nullable List<Variable> variables;
    private @Nullable AuditTrail trail;
    private int @Nullable [] traceEvents;
    private int traceOfEvents = -1;

    /** A variable and how often it was read or written. */
    record Variable(String name, int accesses) {}

    Snapshot(Contents contents) {
        log = contents.log();
        report = contents.report();
        int traces = log.traceCount();
        events = new int[traces];
        tasks = new int[traces];
        failed = new int[traces];
        first = new long[traces];
        last = new long[traces];
        long least = Long.MAX_VALUE;
        for (int task = 0; task < log.taskCount(); task++) {
            tasks[log.trace(task)]++;
            failed[log.trace(task)] += log.isError(task) ? 1 : 0;
        }
        for (int event = 0; event < log.size(); event++) {
            int trace = trace(event);
            long nanos = log.nanos(event);
            boolean none = events[trace]++ == 0;
            first[trace] = none ? nanos : Math.min(first[trace], nanos);
            last[trace] = none ? nanos : Math.max(last[trace], nanos);
            least = Math.min(least, nanos);
        }
        start = log.size() == 0 ? 0 : least;
    }

    int trace(int event) {
        return log.trace(log.task(event));
    }

    String traceName(int trace) {
        String name = log.traceName(trace);
        return name.isEmpty() ? "trace " + (trace + 1) : name;
    }

    String taskName(int task) {
        return "task " + task + ": " + log.taskName(task);
    }

    static boolean isAccess(EventLog log, int event) {
        return switch (log.kind(event)) {
            case READ, WRITE, ATOMIC_READ, ATOMIC_WRITE, ATOMIC_UPDATE -> true;
            default -> false;
        };
    }

    TraceTree tree(int trace) {
        List<TraceTree> all = trees;
        if (all == null) {
            all = TraceTree.of(log);
            trees = all;
        }
        return all.get(trace);
    }

    /** {@return all that was read or written, by name} */
    List<Variable> variables() {
        List<Variable> all = variables;
        if (all == null) {
            Map<String, Integer> counts = new HashMap<>();
            for (int event = 0; event < log.size(); event++) {
                if (isAccess(log, event)) {
                    counts.merge(log.subject(event), 1, Integer::sum);
                }
            }
            all = counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> new Variable(entry.getKey(), entry.getValue()))
                    .toList();
            variables = all;
        }
        return all;
    }

    /** The last one is kept: one looks at one variable for a while. */
    AuditTrail trail(String variable) {
        AuditTrail latest = trail;
        if (latest == null || !latest.variable().equals(variable)) {
            latest = AuditTrail.of(log, variable);
            trail = latest;
        }
        return latest;
    }

    /** {@return the events of a trace, in order} */
    int[] eventsOf(int trace) {
        int[] all = traceEvents;
        if (all == null || traceOfEvents != trace) {
            all = new int[events[trace]];
            int count = 0;
            for (int event = 0; event < log.size(); event++) {
                if (trace(event) == trace) {
                    all[count++] = event;
                }
            }
            traceEvents = all;
            traceOfEvents = trace;
        }
        return all;
    }

    Page page(Place place, Pen pen) {
        return Pages.of(this, place, pen);
    }
}
