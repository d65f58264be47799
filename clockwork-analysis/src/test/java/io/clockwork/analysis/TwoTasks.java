package io.clockwork.analysis;

import io.clockwork.record.EventKind;

/** A log of two tasks of one trace, to which a test adds events. */
abstract class TwoTasks {
    final EventLogBuilder log = EventLog.builder();
    final int trace = log.trace("t");
    final int one = log.task(trace, "s", "one");
    final int other = log.task(trace, "s", "other");

    int add(int task, EventKind kind, String subject) {
        return log.event(task, kind, subject);
    }
}
