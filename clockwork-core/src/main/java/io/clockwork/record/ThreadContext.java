package io.clockwork.record;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Which task a thread is running, for one recorder; touched by that thread alone.
 *
 * <p>The thread-local holds JDK types only and, once all scopes are closed, no task strongly: a pool thread that lives
 * on pins neither recorded data nor a class loader.
 */
final class ThreadContext {
    /** The innermost open scope, which leads to the others. */
    private static final int TOP = 0;
    /** A weak reference to the task of work that nobody wrapped. */
    private static final int UNLINKED = 1;
    /** The name that the thread had when it was last asked for. */
    private static final int NAME = 2;
    /** Joins of work outside any task, pairs of a name's number and a packed dot, oldest first. */
    private static final int JOINS = 3;

    private static final int NUMBERS = 4;
    private static final int SIZE = 5;

    /** Index among the numbers: the packed dot of the last event that was recorded on the thread. */
    private static final int LAST = 0;
    /** Index among the numbers: that of the thread's name. */
    private static final int NAME_NUMBER = 1;

    /** No event, and not the place before the first event of any task. */
    private static final long NOTHING = -1;

    private static final int MAX_DEPTH = 1024;
    private static final int MAX_JOINS = 64;
    private static final long[] NO_JOINS = new long[0];

    private final Recorder recorder;
    /** Whether a task that goes on says so at once, which tells when; otherwise its first event does. */
    private final boolean eager;

    private final ThreadLocal<@Nullable Object[]> threads = ThreadLocal.withInitial(ThreadContext::newSlots);

    ThreadContext(Recorder recorder, boolean eager) {
        this.recorder = recorder;
        this.eager = eager;
    }

    private static @Nullable Object[] newSlots() {
        @Nullable Object[] slots = new Object[SIZE];
        slots[NUMBERS] = new long[] {NOTHING, 0};
        slots[JOINS] = NO_JOINS;
        return slots;
    }

    /** Records an event of the current task; returns its packed dot, or NONE when it was dropped. */
    long record(EventKind kind, int subject, int site, long data, ValueType type, @Nullable Object object) {
        @Nullable Object[] slots = threads.get();
        return record(slots, current(slots), kind, subject, site, data, type, object);
    }

    private long record(
            @Nullable Object[] slots,
            Task task,
            EventKind kind,
            int subject,
            int site,
            long data,
            ValueType type,
            @Nullable Object object) {
        long[] numbers = numbers(slots);
        if (numbers[LAST] != task.position()) {
            resume(slots, numbers, task);
        }
        int sequence = task.add(kind, subject, site, data, type, object);
        if (sequence == 0) {
            recorder.countDropped();
            return Dot.NONE;
        }
        long dot = Dot.pack(task.id, sequence);
        numbers[LAST] = dot;
        return dot;
    }

    /** {@return the packed dot of the current task's next event, or NONE when it will be dropped} */
    long nextDot() {
        @Nullable Object[] slots = threads.get();
        Task task = current(slots);
        long[] numbers = numbers(slots);
        if (numbers[LAST] != task.position()) {
            resume(slots, numbers, task);
        }
        return task.hasRoom() ? task.position() + 1 : Dot.NONE;
    }

    /** {@return the current task; where there is none, the one kept for the thread's unwrapped work} */
    Task current() {
        return current(threads.get());
    }

    private Task current(@Nullable Object[] slots) {
        Task running = running(slots);
        return running != null ? running : newUnlinked(slots);
    }

    /** {@return the current task, if there is one} */
    @Nullable
    Task running() {
        return running(threads.get());
    }

    private @Nullable Task running(@Nullable Object[] slots) {
        TaskScope top = top(slots);
        if (top != null) {
            return top.task;
        }
        return slots[UNLINKED] instanceof WeakReference<?> kept && kept.get() instanceof Task task ? task : null;
    }

    private @Nullable TaskScope top(@Nullable Object[] slots) {
        TaskScope top = (TaskScope) slots[TOP];
        while (top != null && top.abandoned) {
            pop(slots, top, false);
            top = (TaskScope) slots[TOP];
        }
        return top;
    }

    boolean isInScope() {
        return top(threads.get()) != null;
    }

    /** Makes a new task what the thread does outside of any scope. */
    void goOnAs(Task task) {
        task.tryTake();
        @Nullable Object[] slots = threads.get();
        endUnlinked(slots);
        slots[UNLINKED] = new WeakReference<>(task);
    }

    private static void endUnlinked(@Nullable Object[] slots) {
        if (slots[UNLINKED] instanceof WeakReference<?> kept && kept.get() instanceof Task task) {
            task.giveBack(true);
        }
        slots[UNLINKED] = null;
    }

    private Task newUnlinked(@Nullable Object[] slots) {
        Task task = recorder.newRoot("unlinked work on " + threadName(), true);
        task.tryTake();
        slots[UNLINKED] = new WeakReference<>(task);
        long[] joins = joins(slots);
        slots[JOINS] = NO_JOINS;
        for (int i = 0; i < joins.length; i += 2) {
            record(slots, task, EventKind.JOIN, (int) joins[i], 0, joins[i + 1], ValueType.CAUSE, null);
        }
        return task;
    }

    /** Keeps a join for the case that the thread records something outside any task later. */
    void joinLater(int name, long dot) {
        @Nullable Object[] slots = threads.get();
        long[] joins = joins(slots);
        for (int i = 1; i < joins.length; i += 2) {
            if (joins[i] == dot) {
                return;
            }
        }
        int lost = joins.length == 2 * MAX_JOINS ? 2 : 0;
        if (lost > 0) {
            recorder.countDropped();
        }
        long[] more = new long[joins.length - lost + 2];
        System.arraycopy(joins, lost, more, 0, joins.length - lost);
        more[more.length - 2] = name;
        more[more.length - 1] = dot;
        slots[JOINS] = more;
    }

    TaskScope push(Task task) {
        TaskScope scope = pushSilently(task);
        if (eager) {
            resume(scope.slots, numbers(scope.slots), task);
        }
        return scope;
    }

    /** As {@link #push}, for a task that is to join others first, so that it may inherit their components. */
    TaskScope pushAfter(Task task, Runnable joins) {
        TaskScope scope = pushSilently(task);
        joins.run();
        if (eager && numbers(scope.slots)[LAST] != task.position()) {
            resume(scope.slots, numbers(scope.slots), task);
        }
        return scope;
    }

    private TaskScope pushSilently(Task task) {
        @Nullable Object[] slots = threads.get();
        TaskScope scope = new TaskScope(this, slots, task, top(slots));
        if (scope.depth > MAX_DEPTH) {
            forgetOutermost(scope);
        }
        slots[TOP] = scope;
        return scope;
    }

    /** Scopes that are opened for ever and never closed must not pile up. */
    private void forgetOutermost(TaskScope top) {
        recorder.countMisuse();
        TaskScope last = top;
        for (int i = 1; i <= MAX_DEPTH / 2; i++) {
            last.depth = MAX_DEPTH / 2 + 1 - i;
            TaskScope outer = last.previous;
            if (outer == null) {
                return;
            }
            last = outer;
        }
        last.depth = 0;
        last.previous = null;
    }

    /** Says on which thread the task goes on, and after what on that thread. */
    private void resume(@Nullable Object[] slots, long[] numbers, Task task) {
        long last = numbers[LAST];
        boolean follows = Dot.sequence(last) > 0 && Dot.task(last) != task.id;
        long cause = follows ? last : Dot.NONE;
        if (task.add(EventKind.RESUME, nameNumber(slots, numbers), 0, cause, ValueType.CAUSE, null) == 0) {
            recorder.countDropped();
        }
        numbers[LAST] = task.position();
    }

    private int nameNumber(@Nullable Object[] slots, long[] numbers) {
        String name = Thread.currentThread().getName();
        if (slots[NAME] != name) {
            numbers[NAME_NUMBER] = recorder.nameNumber(threadName());
            slots[NAME] = name;
        }
        return (int) numbers[NAME_NUMBER];
    }

    /** {@return the thread's name; virtual threads have none unless they were given one} */
    private static String threadName() {
        String name = Thread.currentThread().getName();
        return name.isEmpty() ? "unnamed thread" : name;
    }

    private void close(TaskScope scope, boolean forGood) {
        if (scope.closed) {
            recorder.misuse("the scope of task \"" + scope.task.name + "\" was closed twice; close it once");
        } else if (Thread.currentThread() != scope.thread) {
            scope.abandoned = true;
            recorder.misuse("the scope of task \"" + scope.task.name
                    + "\" was closed on another thread; close it on the one that opened it");
        } else {
            closeOwn(scope.slots, scope, forGood);
        }
    }

    private void closeOwn(@Nullable Object[] slots, TaskScope scope, boolean forGood) {
        boolean inOrder = slots[TOP] == scope;
        if (inOrder || isOpen(slots, scope)) {
            while (slots[TOP] instanceof TaskScope inner && inner != scope) {
                pop(slots, inner, false);
            }
            pop(slots, scope, forGood);
        }
        if (!inOrder) {
            recorder.misuse("the scope of task \"" + scope.task.name
                    + "\" was closed before one that was opened in it; use try-with-resources");
        }
    }

    private static boolean isOpen(@Nullable Object[] slots, TaskScope scope) {
        TaskScope open = (TaskScope) slots[TOP];
        while (open != null && open != scope) {
            open = open.previous;
        }
        return open != null;
    }

    /** Ends the innermost scope. */
    private void pop(@Nullable Object[] slots, TaskScope top, boolean forGood) {
        TaskScope outer = top.previous;
        slots[TOP] = outer;
        top.previous = null;
        top.closed = true;
        top.task.giveBack(forGood || top.last);
        if (outer == null) {
            // What comes next on this thread without a task may have nothing to do with what came before.
            endUnlinked(slots);
        } else if (eager && !outer.abandoned && numbers(slots)[LAST] != outer.task.position()) {
            resume(slots, numbers(slots), outer.task);
        }
    }

    @SuppressWarnings("NullAway") // never null
    private static long[] numbers(@Nullable Object[] slots) {
        return (long[]) slots[NUMBERS];
    }

    private static long[] joins(@Nullable Object[] slots) {
        return slots[JOINS] instanceof long[] joins ? joins : NO_JOINS;
    }

    /** A task made current. */
    static final class TaskScope implements Scope {
        private final ThreadContext context;
        private final @Nullable Object[] slots;
        private final Thread thread = Thread.currentThread();
        private final Task task;
        private @Nullable TaskScope previous;
        private int depth;
        private boolean closed;
        /** Whether the task's work will have returned when the scope is closed. */
        private boolean last;
        /** Closed by another thread: the own one ends it as soon as it comes by. */
        private volatile boolean abandoned;

        TaskScope(ThreadContext context, @Nullable Object[] slots, Task task, @Nullable TaskScope previous) {
            this.context = context;
            this.slots = slots;
            this.task = task;
            this.previous = previous;
            depth = previous == null ? 0 : previous.depth + 1;
        }

        /** Closes the scope of a task whose work has returned. */
        void closeForGood() {
            context.close(this, true);
        }

        /** Makes the end of the scope that of the task, which nobody else knows. */
        TaskScope last() {
            last = true;
            return this;
        }

        @Override
        public void close() {
            context.close(this, last);
        }
    }
}
