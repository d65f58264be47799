package io.clockwork.record;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Events of a task that the recorder has in memory, from some point on up to another. */
final class TaskView implements RecordedTask {
    private final Task task;
    private final Segment[] segments;
    private final int before;
    private final int last;
    private final String thread;

    /** @param segments those that hold the events after the first {@code before} up to {@code last}; they stay as they are */
    TaskView(Task task, Segment[] segments, int before, int last, String thread) {
        this.task = task;
        this.segments = segments;
        this.before = before;
        this.last = last;
        this.thread = thread;
    }

    /** {@return all that is there of the task now} */
    static TaskView of(Task task) {
        int last = task.published();
        Segment[] segments = task.pinned();
        int before = segments.length == 0 ? last : Math.min(last, segments[0].first);
        return new TaskView(task, segments, before, last, "");
    }

    @Override
    public int id() {
        return task.id;
    }

    @Override
    public String name() {
        return task.name;
    }

    @Override
    public int trace() {
        return task.trace.id;
    }

    @Override
    public String traceId() {
        return task.trace.context.traceId();
    }

    @Override
    public @Nullable Dot origin() {
        return task.origin == Dot.NONE ? null : new Dot(Dot.task(task.origin), Dot.sequence(task.origin));
    }

    @Override
    public boolean isUnlinked() {
        return task.unlinked;
    }

    @Override
    public String thread() {
        return thread;
    }

    @Override
    public int evicted() {
        return before;
    }

    int size() {
        return last - before;
    }

    @Override
    public List<RecordedEvent> events() {
        return new EventList();
    }

    private final class EventList extends AbstractList<RecordedEvent> implements RandomAccess {
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
