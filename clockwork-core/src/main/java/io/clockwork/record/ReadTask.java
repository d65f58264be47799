package io.clockwork.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task that this process did not run, or not in this life. */
record ReadTask(
        int id,
        int trace,
        String traceId,
        String name,
        @Nullable Dot origin,
        boolean isUnlinked,
        String thread,
        List<RecordedEvent> events,
        Map<String, String> attributes)
        implements RecordedTask {
    ReadTask {
        events = List.copyOf(events);
        attributes = Map.copyOf(attributes);
        int last = 0;
        for (RecordedEvent event : events) {
            if (event.dot().task() != id || event.dot().sequence() <= last) {
                throw new IllegalArgumentException("events of task " + id + " must be its own, in ascending order, but "
                        + event.dot() + " comes after sequence " + last + "; sort them and leave duplicates out");
            }
            last = event.dot().sequence();
        }
    }

    @Override
    public int evicted() {
        return events.isEmpty() ? 0 : events.get(0).dot().sequence() - 1;
    }
}
