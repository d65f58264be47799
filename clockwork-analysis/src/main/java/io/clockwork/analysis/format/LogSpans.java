package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Link;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a log, by trace and task: those that were imported as they were, and of other tasks one for the task and one
 * for each of its operations.
 */
final class LogSpans {
    private final EventLog log;
    private final Timeline timeline;
    private final Losses losses;
    private final List<List<LogSpan>> traces = new ArrayList<>();
    /** Per task the span that stands for it, or null. */
    private final @Nullable LogSpan[] taskSpans;

    private final @Nullable LogSpan[] operationSpans;

    private LogSpans(EventLog log, Losses losses) {
        this.log = log;
        this.losses = losses;
        timeline = Timeline.of(log);
        taskSpans = new @Nullable LogSpan[log.taskCount()];
        operationSpans = new @Nullable LogSpan[timeline.size()];
    }

    static LogSpans of(EventLog log, Losses losses) {
        LogSpans spans = new LogSpans(log, losses);
        spans.make();
        spans.addParents();
        spans.addEvents();
        return spans;
    }

    EventLog log() {
        return log;
    }

    /** {@return when an event happened: its number in microseconds where the log has no times} */
    long nanos(int event) {
        return timeline.nanos(event);
    }

    /** {@return the spans of each trace, in the order of their tasks} */
    List<List<LogSpan>> traces() {
        return traces;
    }

    private void make() {
        for (int trace = 0; trace < log.traceCount(); trace++) {
            traces.add(new ArrayList<>());
        }
        for (int task = 0; task < taskSpans.length; task++) {
            int first = timeline.firsts[task];
            if (first >= 0) {
                boolean whole = timeline.isOneOperation(task);
                String name = whole ? log.subject(first) : log.taskName(task);
                LogSpan span = new LogSpan(
                        task,
                        log.taskName(task),
                        name,
                        timeline.nanos(first),
                        timeline.nanos(timeline.lasts[task]),
                        true);
                taskSpans[task] = span;
                traces.get(log.trace(task)).add(span);
                if (whole) {
                    operationSpans[timeline.operationOf[first]] = span;
                }
            } else {
                losses.add("EMPTY_TASK", "[task has|tasks have] no events: left out");
            }
        }
        for (int o = 0; o < operationSpans.length; o++) {
            if (operationSpans[o] == null) {
                int begin = timeline.begins.get(o);
                int task = log.task(begin);
                String id = log.taskName(task) + ' ' + log.sequence(begin);
                LogSpan span = new LogSpan(
                        task,
                        id,
                        log.subject(begin),
                        timeline.nanos(begin),
                        timeline.nanos(timeline.ends.get(o)),
                        false);
                operationSpans[o] = span;
                int outer = timeline.outers.get(o);
                span.parent = outer >= 0 ? operationSpans[outer] : taskSpans[task];
                span.link = Link.CALL;
                traces.get(log.trace(task)).add(span);
            }
        }
    }

    private void addParents() {
        for (int task = 0; task < taskSpans.length; task++) {
            LogSpan span = taskSpans[task];
            int origin = log.origin(task);
            if (span == null) {
                continue;
            }
            if (origin >= 0) {
                span.parent = spanOf(origin);
            }
            span.link = log.link(task);
        }
    }

    private @Nullable LogSpan spanOf(int event) {
        int operation = timeline.operationOf[event];
        return operation >= 0 ? operationSpans[operation] : taskSpans[log.task(event)];
    }

    private void addEvents() {
        for (int e = 0; e < log.size(); e++) {
            LogSpan span = spanOf(e);
            int task = log.task(e);
            boolean first = log.sequence(e) == 1;
            addEdges(e, first ? taskSpans[task] : null);
            boolean structure = log.kind(e) == EventKind.BEGIN || log.kind(e) == EventKind.END;
            if (span != null && !structure) {
                span.moment(e);
            }
        }
    }

    /** What led to the first event of a span led to the span; other edges have no place between spans. */
    private void addEdges(int event, @Nullable LogSpan begun) {
        Set<LogSpan> known = null;
        boolean origin = begun != null && log.origin(log.task(event)) >= 0;
        for (int k = log.causeCount(event) - 1; k >= 0; k--) {
            int from = log.cause(event, k);
            LogSpan cause = spanOf(from);
            if (origin && from == log.origin(log.task(event)) && !log.isSync(event, k)) {
                origin = false; // the parent's, which comes last
            } else if (begun != null && cause != null && !log.isSync(event, k)) {
                known = known == null ? new HashSet<>() : known;
                if (known.add(cause)) {
                    begun.cause(cause);
                }
            } else {
                losses.add(
                        "EDGE_LEFT_OUT",
                        "[edge|edges] between events inside of spans, such as joins and locks, [has|have] no place in the form");
            }
        }
    }
}
