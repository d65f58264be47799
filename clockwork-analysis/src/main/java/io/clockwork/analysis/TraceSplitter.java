package io.clockwork.analysis;

import io.clockwork.record.MemoryOrder;
import java.util.ArrayList;
import java.util.List;

/** Makes a log of each trace of a log. */
final class TraceSplitter {
    private TraceSplitter() {}

    static List<EventLog> split(EventColumns log) {
        int traces = log.traceNames.length;
        int[] newTask = new int[log.taskNames.length];
        int[] newEvent = new int[log.kinds.length];
        EventLogBuilder[] builders = new EventLogBuilder[traces];
        for (int trace = 0; trace < traces; trace++) {
            builders[trace] = EventLog.builder();
            builders[trace].trace(log.names.get(log.traceNames[trace]));
        }
        for (int t = 0; t < newTask.length; t++) {
            newTask[t] = builders[log.taskTraces[t]].task(
                    0, log.names.get(log.taskServices[t]), log.names.get(log.taskNames[t]));
            log.spans.copyTo(builders[log.taskTraces[t]], newTask[t], t, log.names);
        }
        for (int e = 0; e < newEvent.length; e++) {
            int task = log.tasks[e];
            int trace = log.taskTraces[task];
            EventLogBuilder to = builders[trace];
            newEvent[e] = to.event(newTask[task], log.kind(e), log.names.get(log.subjects[e]));
            to.site(newEvent[e], log.names.get(log.sites[e]));
            to.thread(newEvent[e], log.names.get(log.threads[e]));
            MemoryOrder order = log.orders.length > 0 ? log.order(e) : null;
            if (order != null) {
                to.order(newEvent[e], order);
            }
            if (log.nanos.length > 0) {
                to.nanos(newEvent[e], log.nanos[e]);
            }
            Object value = log.values.length > 0 ? log.values[e] : null;
            if (value != null) {
                to.value(newEvent[e], value);
            }
            for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
                int from = log.edgeFrom[k];
                boolean origin = from == log.taskOrigins[task] && log.sequences[e] == 1 && !log.edgeSync[k];
                if (log.taskTraces[log.tasks[from]] == trace && !origin) {
                    edge(to, newEvent[from], newEvent[e], log.edgeSync[k]);
                }
            }
        }
        List<EventLog> logs = new ArrayList<>();
        originsOf(log, builders, newTask, newEvent);
        for (EventLogBuilder builder : builders) {
            logs.add(builder.build());
        }
        return logs;
    }

    private static void edge(EventLogBuilder to, int from, int event, boolean sync) {
        if (sync) {
            to.precedes(from, event);
        } else {
            to.causes(from, event);
        }
    }

    private static void originsOf(EventColumns log, EventLogBuilder[] builders, int[] newTask, int[] newEvent) {
        for (int t = 0; t < newTask.length; t++) {
            int origin = log.taskOrigins[t];
            int trace = log.taskTraces[t];
            if (origin >= 0 && log.taskTraces[log.tasks[origin]] == trace) {
                builders[trace].origin(newTask[t], newEvent[origin], log.taskLinks[t]);
            } else if (log.taskLinks[t] != Link.NONE) {
                builders[trace].originUnknown(newTask[t], log.taskLinks[t]);
            }
        }
    }
}
