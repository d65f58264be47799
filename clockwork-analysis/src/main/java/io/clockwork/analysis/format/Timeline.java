package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.record.EventKind;
import java.util.Arrays;
import java.util.Locale;

/** The operations of a log, and which one each event is in; one pass over the events. */
final class Timeline {
    static final int NONE = -1;

    final EventLog log;
    /** Per event the innermost operation that is open at it, its own if it begins or ends one; -1 if none of its task. */
    final int[] operationOf;
    /** Per operation its begin event, its end event or the last of its task, and the one around it in its task. */
    final IntList begins = new IntList();

    final IntList ends = new IntList();
    final IntList outers = new IntList();
    /** Per task its first and last event, or -1. */
    final int[] firsts;

    final int[] lasts;
    private final int[] counts;

    private Timeline(EventLog log) {
        this.log = log;
        operationOf = new int[log.size()];
        firsts = new int[log.taskCount()];
        lasts = new int[log.taskCount()];
        counts = new int[log.taskCount()];
        Arrays.fill(firsts, NONE);
        Arrays.fill(lasts, NONE);
    }

    static Timeline of(EventLog log) {
        Timeline timeline = new Timeline(log);
        timeline.collect();
        return timeline;
    }

    private void collect() {
        int[] open = new int[firsts.length];
        Arrays.fill(open, NONE);
        for (int e = 0; e < operationOf.length; e++) {
            int task = log.task(e);
            firsts[task] = firsts[task] < 0 ? e : firsts[task];
            lasts[task] = e;
            EventKind kind = log.kind(e);
            if (kind == EventKind.BEGIN) {
                outers.add(open[task]);
                open[task] = begins.size();
                begins.add(e);
                ends.add(NONE);
                counts[task]++;
            }
            operationOf[e] = open[task];
            if (kind == EventKind.END && open[task] >= 0) {
                ends.set(open[task], e);
                open[task] = outers.get(open[task]);
            }
        }
        for (int o = 0; o < ends.size(); o++) {
            if (ends.get(o) < 0) {
                ends.set(o, lasts[log.task(begins.get(o))]);
            }
        }
    }

    int size() {
        return begins.size();
    }

    /** {@return whether a task is one operation and nothing outside of it, as an imported span is} */
    boolean isOneOperation(int task) {
        int first = firsts[task];
        return counts[task] == 1
                && log.kind(first) == EventKind.BEGIN
                && log.kind(lasts[task]) == EventKind.END
                && ends.get(operationOf[first]) == lasts[task];
    }

    /** {@return when an event happened: its number in microseconds where the log has no times} */
    long nanos(int event) {
        return log.isTimed() ? log.nanos(event) : event * 1_000L;
    }

    /** {@return what an event says, in one line at most as long as it is} */
    static String text(EventLog log, int event) {
        EventKind kind = log.kind(event);
        String subject = log.subject(event);
        if (kind == EventKind.CUSTOM && log.value(event) == null) {
            return subject;
        }
        Object value = log.value(event);
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name + ' ' + subject + (value == null ? "" : " = " + value);
    }
}
