package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import org.jspecify.annotations.Nullable;

/** The columns of a log; whoever holds them does not change them. Text columns hold numbers of {@link #names}. */
class EventColumns {
    private static final EventKind[] KINDS = EventKind.values();
    private static final MemoryOrder[] ORDERS = MemoryOrder.values();

    final Names names;

    byte[] kinds;
    /** Empty when all are as usual for their kinds, which is 0 here; otherwise one more than the ordinal. */
    final byte[] orders;

    int[] tasks;
    final int[] sequences;
    int[] subjects;
    int[] sites;
    int[] threads;
    /** Empty when no event has a time. */
    final long[] nanos;
    /** Empty when no event has a value. */
    @Nullable
    Object[] values;

    /** Where the causes of event {@code e} start in {@link #edgeFrom}; one entry more than events. */
    int[] edgeStarts;

    int[] edgeFrom;
    /** Whether the edge is a sync edge of this run; otherwise it is causality. */
    boolean[] edgeSync;

    int[] taskNames;
    int[] taskServices;
    int[] taskTraces;
    final int[] taskOrigins;
    final Link[] taskLinks;
    final SpanColumns spans;
    final int[] traceNames;

    /** Creates columns of nothing, for {@link LiveColumns} to fill. */
    EventColumns(Names names) {
        this.names = names;
        kinds = new byte[0];
        orders = new byte[0];
        tasks = new int[0];
        sequences = new int[0];
        subjects = new int[0];
        sites = new int[0];
        threads = new int[0];
        nanos = new long[0];
        values = new Object[0];
        edgeStarts = new int[1];
        edgeFrom = new int[0];
        edgeSync = new boolean[0];
        taskNames = new int[0];
        taskServices = new int[0];
        taskTraces = new int[0];
        taskOrigins = new int[0];
        taskLinks = new Link[0];
        spans = new SpanColumns();
        traceNames = new int[0];
    }

    EventColumns(EventLogBuilder b, int[] order, int[] place) {
        names = b.names;
        int n = order.length;
        kinds = new byte[n];
        orders = new byte[b.orders.size() == 0 ? 0 : n];
        tasks = new int[n];
        sequences = new int[n];
        subjects = new int[n];
        sites = new int[n];
        threads = new int[n];
        nanos = new long[b.timed ? n : 0];
        values = new Object[b.valued ? n : 0];
        taskNames = b.taskNames.toArray();
        taskServices = b.taskServices.toArray();
        taskTraces = b.taskTraces.toArray();
        taskLinks = b.taskLinks.toArray(new Link[0]);
        spans = b.spans.copy();
        traceNames = b.traceNames.toArray();
        taskOrigins = b.taskOrigins.toArray();
        for (int t = 0; t < taskOrigins.length; t++) {
            taskOrigins[t] = taskOrigins[t] < 0 ? -1 : place[taskOrigins[t]];
        }
        int[] counts = new int[taskNames.length];
        for (int i = 0; i < n; i++) {
            int from = order[i];
            kinds[i] = b.kinds.get(from);
            if (from < b.orders.size()) {
                orders[i] = b.orders.get(from);
            }
            tasks[i] = b.tasks.get(from);
            sequences[i] = ++counts[tasks[i]];
            subjects[i] = b.subjects.get(from);
            sites[i] = b.sites.get(from);
            threads[i] = b.threads.get(from);
            if (b.timed) {
                nanos[i] = b.nanos.get(from);
            }
            if (b.valued) {
                values[i] = b.values.get(from);
            }
        }
        edgeStarts = new int[n + 1];
        for (int k = 0; k < b.edgeTo.size(); k++) {
            int to = place[b.edgeTo.get(k)];
            if (to >= 0) {
                edgeStarts[to + 1]++;
            }
        }
        for (int i = 0; i < n; i++) {
            edgeStarts[i + 1] += edgeStarts[i];
        }
        edgeFrom = new int[edgeStarts[n]];
        edgeSync = new boolean[edgeStarts[n]];
        int[] next = edgeStarts.clone();
        for (int k = 0; k < b.edgeTo.size(); k++) {
            int to = place[b.edgeTo.get(k)];
            if (to >= 0) {
                edgeFrom[next[to]] = place[b.edgeFrom.get(k)];
                edgeSync[next[to]++] = b.edgeSync.get(k);
            }
        }
    }

    EventKind kind(int event) {
        return KINDS[kinds[event]];
    }

    @Nullable
    Object value(int event) {
        return values.length == 0 ? null : values[event];
    }

    @Nullable
    MemoryOrder order(int event) {
        int order = orders.length == 0 ? 0 : orders[event];
        return order == 0 ? MemoryOrder.usual(kind(event)) : ORDERS[order - 1];
    }
}
