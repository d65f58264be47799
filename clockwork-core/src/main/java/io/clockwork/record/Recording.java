package io.clockwork.record;

import java.util.List;

/**
 * What a recorder held at one moment.
 *
 * <p>Tasks that were running go on; their later events are not part of it. An event that is part of it has its causes in
 * it too, unless they were dropped.
 *
 * @param node the name of the recorded process or service
 * @param tasks the tasks in the order of their numbers
 * @param dropped how many events were not kept because the recorder was full
 * @param misuses how often a scope or a task was used in a way that could not be followed
 * @param malformed how many headers from other services could not be used; the work they came with was recorded without
 * @param timed whether the events have times
 * @param epochNanos what makes an event's {@code nanos} nanoseconds since 1970-01-01T00:00:00Z when it is added, by the
 *     wall clock as it once was: the same for all recorders of a process
 * @param sinks how the recorder's sinks fare, in the order of their adding
 */
public record Recording(
        String node,
        List<RecordedTask> tasks,
        long dropped,
        long misuses,
        long malformed,
        boolean timed,
        long epochNanos,
        List<SinkStatus> sinks) {
    /** Creates a recording of copies of the lists. */
    public Recording {
        tasks = List.copyOf(tasks);
        sinks = List.copyOf(sinks);
    }
}
