package io.clockwork.record;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tasks whose ends one task is going to wait for together; bounded. Safe for use by any number of threads. */
final class Group {
    private static final int MAX_TASKS = 100_000;
    private static final int MIN_PRUNED = 64;

    private final Recorder recorder;
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private volatile boolean closed;

    Group(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Enters a task; when there are too many, the oldest one goes, and its join, if it was still due, is lost. */
    void add(Task task) {
        if (closed) {
            return;
        }
        tasks.add(task);
        int now = size.incrementAndGet();
        if (now > MIN_PRUNED) {
            prune();
            prune();
        }
        if (now > MAX_TASKS) {
            Task oldest = poll();
            if (oldest != null && !oldest.isJoined()) {
                recorder.countDropped();
            }
        }
    }

    /** Lets the oldest task go if it was joined; two a task that comes are more than can pile up. */
    private void prune() {
        Task oldest = tasks.poll();
        if (oldest != null) {
            if (oldest.isJoined()) {
                size.decrementAndGet();
            } else {
                tasks.add(oldest);
            }
        }
    }

    private @Nullable Task poll() {
        Task task = tasks.poll();
        if (task != null) {
            size.decrementAndGet();
        }
        return task;
    }

    /** Joins those that are at their end into the current task. */
    void join() {
        for (Task task = poll(); task != null; task = poll()) {
            if (task.isAtRest() && task.published() > 0) {
                recorder.observe(task);
            }
        }
    }

    void close() {
        join();
        closed = true;
        tasks.clear();
    }
}
