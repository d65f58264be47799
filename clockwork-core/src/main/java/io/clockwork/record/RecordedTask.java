package io.clockwork.record;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** What one task had done when the recording was taken. */
public final class RecordedTask {
    private final Task task;
    private final int last;
    private final Segment[] segments;

    RecordedTask(Task task) {
        this.task = task;
        last = task.published();
        segments = task.pinned();
    }

    /** {@return the task's number, from 0 in the order of creation} */
    public int id() {
        return task.id;
    }

    /** {@return the task's name} */
    public String name() {
        return task.name;
    }

    /** {@return the number of the trace that the task belongs to, from 0 in the order of creation} */
    public int trace() {
        return task.trace.id;
    }

    /** {@return the id of the trace, the same in all services: 32 lower-case hexadecimal digits} */
    public String traceId() {
        return task.trace.context.traceId();
    }

    /** {@return the event that set the task off; null when the task is the first of its trace} */
    public @Nullable Dot origin() {
        return task.origin == Dot.NONE ? null : new Dot(Dot.task(task.origin), Dot.sequence(task.origin));
    }

    /** {@return whether the task began because an event came from work that no task was wrapped around} */
    public boolean isUnlinked() {
        return task.unlinked;
    }

    /** {@return how many events the task had before the first one that is here: they were dropped to make room} */
    public int evicted() {
        return segments.length == 0 ? last : Math.min(last, segments[0].first);
    }

    /** {@return the events in order; a view that makes each event when it is asked for} */
    public List<RecordedEvent> events() {
        return new EventList();
    }

    private final class EventList extends AbstractList<RecordedEvent> implements RandomAccess {
        private final int before = evicted();

        @Override
        public RecordedEvent get(int index) {
            if (index < 0 || index >= size()) {
                throw new IndexOutOfBoundsException("event " + index + " of " + size());
            }
            return task.event(segments, before + index + 1);
        }

        @Override
        public int size() {
            return last - before;
        }
    }
}
