package io.clockwork.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one task did, or a stretch of it: what a recorder held of it, what a sink gets at a time, what a file tells. */
public interface RecordedTask {
    /** {@return the task's number, from 0 in the order of creation} */
    int id();

    /** {@return the task's name} */
    String name();

    /** {@return the number of the trace that the task belongs to, from 0 in the order of creation} */
    int trace();

    /** {@return the id of the trace, the same in all services: 32 lower-case hexadecimal digits if a recorder made it} */
    String traceId();

    /** {@return the event that set the task off; null when the task is the first of its trace} */
    @Nullable
    Dot origin();

    /** {@return whether the task began because an event came from work that no task was wrapped around} */
    boolean isUnlinked();

    /** {@return the thread that the task was on before its first event here; empty when that is not known} */
    String thread();

    /** {@return how many events the task had before the first one that is here} */
    int evicted();

    /**
     * {@return what is known of the task beside its events, by names that who wrote it and who reads it agree on; nothing of a
     * task that a recorder made}
     */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /** {@return the events in ascending order of their sequence numbers, which may have gaps where events were lost} */
    List<RecordedEvent> events();

    /**
     * Returns a task as it was read from elsewhere.
     *
     * @throws IllegalArgumentException if an event is of another task or not in order
     */
    static RecordedTask of(
            int id,
            int trace,
            String traceId,
            String name,
            @Nullable Dot origin,
            boolean unlinked,
            String thread,
            List<RecordedEvent> events) {
        return of(id, trace, traceId, name, origin, unlinked, thread, events, Map.of());
    }

    /**
     * Returns a task with attributes as it was read from elsewhere.
     *
     * @throws IllegalArgumentException if an event is of another task or not in order
     */
    static RecordedTask of(
            int id,
            int trace,
            String traceId,
            String name,
            @Nullable Dot origin,
            boolean unlinked,
            String thread,
            List<RecordedEvent> events,
            Map<String, String> attributes) {
        return new ReadTask(id, trace, traceId, name, origin, unlinked, thread, events, attributes);
    }
}
