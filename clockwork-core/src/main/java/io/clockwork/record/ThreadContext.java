package io.clockwork.record;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which task a thread is running, for one recorder; touched by that thread alone.
 *
 * <p>The thread-local holds JDK types only and, once all scopes are closed, no task strongly: a pool thread that lives
 * on pins neither recorded data nor a class loader.
 */
final class ThreadContext {
    /** Index of the packed dot of the last event of the task that had the thread before. */
    private static final int LAST = 0;
    /** Index of the number of open scopes. */
    private static final int DEPTH = 1;

    private static final int FIRST_TASK = 2;

    private final Recorder recorder;
    /*
     * [0] long[]{last, depth}; [1] WeakReference to the task of work that nobody wrapped; from [2] the open tasks, the
     * current one last.
     */
    private final ThreadLocal<@Nullable Object[]> stacks = ThreadLocal.withInitial(ThreadContext::newStack);

    ThreadContext(Recorder recorder) {
        this.recorder = recorder;
    }

    private static @Nullable Object[] newStack() {
        @Nullable Object[] stack = new Object[6];
        stack[0] = new long[2];
        return stack;
    }

    /** {@return the current task; where there is none, the one kept for the thread's unwrapped work} */
    Task current() {
        @Nullable Object[] stack = stacks.get();
        Task running = running(stack);
        if (running != null) {
            return running;
        }
        Task task =
                recorder.newRoot("unlinked work on " + Thread.currentThread().getName(), true);
        task.tryTake();
        stack[1] = new WeakReference<>(task);
        recordResume(stack, task);
        return task;
    }

    /** {@return the task that the thread runs: the innermost open one, else the one of its unwrapped work, else null} */
    private static @Nullable Task running(@Nullable Object[] stack) {
        int depth = depth(stack);
        if (depth > 0 && stack[FIRST_TASK + depth - 1] instanceof Task open) {
            return open;
        }
        return stack[1] instanceof WeakReference<?> kept && kept.get() instanceof Task unwrapped ? unwrapped : null;
    }

    TaskScope push(Task task) {
        @Nullable Object[] stack = stacks.get();
        int depth = depth(stack);
        if (FIRST_TASK + depth == stack.length) {
            stack = Arrays.copyOf(stack, stack.length * 2);
            stacks.set(stack);
        }
        Task interrupted = running(stack);
        if (interrupted != null) {
            numbers(stack)[LAST] = interrupted.lastDot();
        }
        stack[FIRST_TASK + depth] = task;
        numbers(stack)[DEPTH] = depth + 1L;
        recordResume(stack, task);
        return new TaskScope(this, Thread.currentThread(), task, depth);
    }

    /** Says on which thread the task goes on, and after what on that thread. */
    private void recordResume(@Nullable Object[] stack, Task task) {
        long last = numbers(stack)[LAST];
        recorder.add(
                task,
                EventKind.RESUME,
                recorder.nameNumber(Thread.currentThread().getName()),
                0,
                last != Dot.NONE && Dot.task(last) == task.id ? Dot.NONE : last,
                ValueType.CAUSE,
                null);
    }

    private void pop(TaskScope scope) {
        if (Thread.currentThread() != scope.thread) {
            recorder.countMisuse();
            return;
        }
        @Nullable Object[] stack = stacks.get();
        int depth = depth(stack);
        if (depth <= scope.depth || stack[FIRST_TASK + scope.depth] != scope.task) {
            recorder.countMisuse();
            return;
        }
        if (depth > scope.depth + 1) {
            recorder.countMisuse();
        }
        for (int i = depth - 1; i >= scope.depth; i--) {
            if (stack[FIRST_TASK + i] instanceof Task task) {
                numbers(stack)[LAST] = task.lastDot();
                stack[FIRST_TASK + i] = null;
                task.giveBack();
            }
        }
        numbers(stack)[DEPTH] = scope.depth;
        Task resumed = running(stack);
        if (resumed != null) {
            recordResume(stack, resumed);
        }
    }

    private static long[] numbers(@Nullable Object[] stack) {
        return stack[0] instanceof long[] numbers ? numbers : new long[2];
    }

    private static int depth(@Nullable Object[] stack) {
        return (int) numbers(stack)[DEPTH];
    }

    /** A task made current. */
    static final class TaskScope implements Scope {
        private final ThreadContext context;
        private final Thread thread;
        private final Task task;
        private final int depth;
        private boolean closed;

        TaskScope(ThreadContext context, Thread thread, Task task, int depth) {
            this.context = context;
            this.thread = thread;
            this.task = task;
            this.depth = depth;
        }

        Task task() {
            return task;
        }

        @Override
        public void close() {
            if (closed) {
                context.recorder.countMisuse();
                return;
            }
            if (Thread.currentThread() == thread) {
                closed = true;
            }
            context.pop(this);
        }
    }
}
