package io.clockwork.analysis;

import io.clockwork.record.EventKind;

/** Builds logs of spans for tests: a span is a task with one operation; all names of a span are its id. */
final class SpanLog {
    final EventLogBuilder builder = EventLog.builder();
    private int trace = builder.trace("t");

    /** Goes on with another trace. */
    SpanLog trace(String name) {
        trace = builder.trace(name);
        return this;
    }

    /** {@return the begin event of a new root} */
    int root(String id, long start, long end) {
        int task = builder.task(trace, "s-" + id, id);
        int begin = builder.event(task, EventKind.BEGIN, id);
        builder.nanos(begin, start);
        builder.nanos(builder.event(task, EventKind.END, id), end);
        return begin;
    }

    /** {@return the begin event of a new child of the span that {@code parent} began} */
    int child(int parent, String id, long start, long end, Link link) {
        int begin = root(id, start, end);
        builder.origin(builder.tasks.get(begin), parent, link);
        return begin;
    }

    /** {@return the begin event of a new child that is called} */
    int child(int parent, String id, long start, long end) {
        return child(parent, id, start, end, Link.CALL);
    }

    EventLog build() {
        return builder.build();
    }
}
