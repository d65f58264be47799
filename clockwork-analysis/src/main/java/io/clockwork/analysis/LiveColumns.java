package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Columns that grow at the end: all have room for more events than there are. */
final class LiveColumns extends EventColumns {
    private static final int FIRST_ROOM = 64;

    private int events;
    private int taskCount;
    private int traces;
    private int edges;

    LiveColumns() {
        super(new Names());
        names.numberOf("");
        grow(FIRST_ROOM);
        growTasks(FIRST_ROOM);
        edgeFrom = new int[FIRST_ROOM];
        edgeSync = new boolean[FIRST_ROOM];
    }

    int events() {
        return events;
    }

    int tasks() {
        return taskCount;
    }

    int traces() {
        return traces;
    }

    /** Adds a trace; returns its number. */
    int trace() {
        return traces++;
    }

    /** Adds a task; returns its number. */
    int task(int trace, String service, String name) {
        if (taskCount == taskNames.length) {
            growTasks(taskCount * 2);
        }
        taskNames[taskCount] = names.numberOf(name);
        taskServices[taskCount] = names.numberOf(service);
        taskTraces[taskCount] = trace;
        return taskCount++;
    }

    /** Adds the next event; returns its number. */
    int event(int task, EventKind kind, String subject, int site, int thread, @Nullable Object value) {
        if (events == kinds.length) {
            grow(events * 2);
        }
        int event = events++;
        kinds[event] = (byte) kind.ordinal();
        tasks[event] = task;
        subjects[event] = names.numberOf(subject);
        sites[event] = site;
        threads[event] = thread;
        edgeStarts[events] = edges;
        if (value != null) {
            value(event, value);
        }
        return event;
    }

    void value(int event, Object value) {
        if (values.length < kinds.length) {
            values = Arrays.copyOf(values, kinds.length);
        }
        values[event] = value;
    }

    /** Adds an edge from an earlier event to the last one. */
    void edge(int from, boolean sync) {
        if (edges == edgeFrom.length) {
            edgeFrom = Arrays.copyOf(edgeFrom, edges * 2);
            edgeSync = Arrays.copyOf(edgeSync, edges * 2);
        }
        edgeFrom[edges] = from;
        edgeSync[edges] = sync;
        edgeStarts[events] = ++edges;
    }

    private void grow(int room) {
        kinds = Arrays.copyOf(kinds, room);
        tasks = Arrays.copyOf(tasks, room);
        subjects = Arrays.copyOf(subjects, room);
        sites = Arrays.copyOf(sites, room);
        threads = Arrays.copyOf(threads, room);
        edgeStarts = Arrays.copyOf(edgeStarts, room + 1);
        if (values.length > 0) {
            values = Arrays.copyOf(values, room);
        }
    }

    private void growTasks(int room) {
        taskNames = Arrays.copyOf(taskNames, room);
        taskServices = Arrays.copyOf(taskServices, room);
        taskTraces = Arrays.copyOf(taskTraces, room);
    }
}
