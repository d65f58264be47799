package io.clockwork.record;

import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records what a program does, task by task, with a clock that follows the work from thread to thread.
 *
 * <p>Safe for use by any number of threads: each event is written by the thread that runs its task, into memory that no
 * other thread writes. Recording throws nothing into the application and waits for nothing. Memory is bounded; events
 * beyond the bound are dropped and counted. One event costs O(1), whatever the number of tasks.
 */
public final class Recorder {
    private final String node;
    private final int maxEvents;
    private final boolean timed;
    private final @Nullable CallSites callSites;

    private final ThreadContext context = new ThreadContext(this);
    private final Interner<String> names = new Interner<>();
    private final Interner<Site> sites = new Interner<>();
    private final ObjectNames syncNames = new ObjectNames();
    private final ObjectNames variableNames = new ObjectNames();
    private final AtomicInteger nextTask = new AtomicInteger();
    private final AtomicInteger nextTrace = new AtomicInteger();
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicLong reserved = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder misuses = new LongAdder();

    private Recorder(Builder builder) {
        node = builder.node;
        maxEvents = builder.maxEvents;
        timed = builder.timed;
        callSites = builder.captureSites ? new CallSites() : null;
    }

    /** {@return a recorder for the process or service {@code node}, with times and without source locations} */
    public static Recorder create(String node) {
        return builder(node).build();
    }

    /** {@return a builder of recorders for the process or service {@code node}} */
    public static Builder builder(String node) {
        return new Builder(node);
    }

    /** {@return the name of the recorded process or service} */
    public String node() {
        return node;
    }

    /** Starts a trace whose first task is current on the calling thread until the scope is closed. */
    public Scope openTrace(String name) {
        return open(newRoot(Objects.requireNonNull(name, "name"), false));
    }

    /** {@return a new task set off by the current one; it begins when it is opened} */
    public Task fork(String name) {
        Objects.requireNonNull(name, "name");
        Task parent = context.current();
        int id = nextTask.getAndIncrement();
        add(parent, EventKind.FORK, names.numberOf(name), siteNumber(), Dot.pack(id, 0), ValueType.CAUSE, null);
        return parent.child(id, name);
    }

    /** Says that the current task has waited for the end of {@code task}: all it did is now in the past. */
    public void join(Task task) {
        Task current = context.current();
        if (task == current) {
            misuses.increment();
            return;
        }
        boolean first = task.tryEnd();
        boolean ended = first || task.isJoined();
        if (ended) {
            current.learn(task, first);
        } else {
            misuses.increment();
        }
        long end = ended ? task.lastDot() : Dot.NONE;
        add(current, EventKind.JOIN, names.numberOf(task.name), siteNumber(), end, ValueType.CAUSE, null);
    }

    /** {@return {@code work} to run later, perhaps on another thread, as a task set off here} */
    public Runnable wrap(Runnable work) {
        Objects.requireNonNull(work, "work");
        Wrapped wrapped = new Wrapped(fork("wrapped work"));
        return () -> wrapped.next().run(work);
    }

    /** {@return {@code work} to run later, perhaps on another thread, as a task set off here} */
    public <T> Callable<T> wrap(Callable<T> work) {
        Objects.requireNonNull(work, "work");
        Wrapped wrapped = new Wrapped(fork("wrapped work"));
        return () -> wrapped.next().call(work::call);
    }

    /**
     * Returns an executor that runs work on {@code executor}, each piece as a task set off where it was submitted;
     * whoever gets its future's result has joined it.
     */
    public ExecutorService wrap(ExecutorService executor) {
        return new TrackedExecutor(this, Objects.requireNonNull(executor, "executor"));
    }

    /** {@return the variable of this name; keep it where the accesses are} */
    public Variable variable(String name) {
        return new Variable(this, Objects.requireNonNull(name, "name"), names.numberOf(name));
    }

    /*
     * Objects beside those of java.util.concurrent. Of several locks, latches, semaphores and queues of one name the
     * later ones are called name#2, name#3, ...; likewise of several variables that hold their values.
     */

    /** {@return a new lock} */
    public TrackedLock lock(String name) {
        return lock(name, false);
    }

    /** {@return a new lock; a fair one goes to those who wait in the order of their coming} */
    public TrackedLock lock(String name, boolean fair) {
        return new TrackedLock(syncPoint(name), fair);
    }

    /** {@return a new read-write lock} */
    public TrackedReadWriteLock readWriteLock(String name) {
        return readWriteLock(name, false);
    }

    /** {@return a new read-write lock; a fair one goes to those who wait in the order of their coming} */
    public TrackedReadWriteLock readWriteLock(String name, boolean fair) {
        return new TrackedReadWriteLock(syncPoint(name), fair);
    }

    /** {@return a new semaphore with so many permits, which may be negative: then releases must come first} */
    public TrackedSemaphore semaphore(String name, int permits) {
        return semaphore(name, permits, false);
    }

    /** {@return a new semaphore; a fair one gives permits to those who wait in the order of their coming} */
    public TrackedSemaphore semaphore(String name, int permits, boolean fair) {
        return new TrackedSemaphore(syncPoint(name), permits, fair);
    }

    /** {@return a new latch that opens after {@code count} count-downs, from 0} */
    public TrackedLatch latch(String name, int count) {
        return new TrackedLatch(syncPoint(name), count);
    }

    /** {@return a new unbounded queue} */
    public <E> TrackedQueue<E> queue(String name) {
        return queue(name, Integer.MAX_VALUE);
    }

    /** {@return a new queue for at most {@code capacity} elements, from 1} */
    public <E> TrackedQueue<E> queue(String name, int capacity) {
        return new TrackedQueue<>(syncPoint(name), capacity);
    }

    /** {@return a new variable that holds {@code initial}, which is not recorded} */
    public <T extends @Nullable Object> Tracked<T> tracked(String name, T initial) {
        return new Tracked<>(held(name), initial, null);
    }

    /** {@return a new variable whose values are recorded as {@code description} gives them, application code or not} */
    public <T extends @Nullable Object> Tracked<T> tracked(String name, T initial, Function<? super T, ?> description) {
        return new Tracked<>(held(name), initial, Objects.requireNonNull(description, "description"));
    }

    /** {@return a new atomic variable that holds {@code initial}, which is not recorded} */
    public TrackedAtomicInteger atomicInteger(String name, int initial) {
        return new TrackedAtomicInteger(held(name), initial);
    }

    /** {@return a new atomic variable that holds {@code initial}, which is not recorded} */
    public TrackedAtomicLong atomicLong(String name, long initial) {
        return new TrackedAtomicLong(held(name), initial);
    }

    /** {@return a new atomic variable that holds {@code initial}, which is not recorded} */
    public <T extends @Nullable Object> TrackedAtomicReference<T> atomicReference(String name, T initial) {
        return new TrackedAtomicReference<>(held(name), initial);
    }

    private SyncPoint syncPoint(String name) {
        return new SyncPoint(this, syncNames.next(Objects.requireNonNull(name, "name")));
    }

    private Subject held(String name) {
        return new Subject(this, variableNames.next(Objects.requireNonNull(name, "name")));
    }

    /**
     * Records that something happened in the current task.
     *
     * @param kind one of FENCE, REQUEST, RESPONSE, SEND, RECEIVE, QUERY, RESULT, ERROR and CUSTOM
     * @param subject what it is about; kept for ever, so names and no data
     * @param value what {@link Variable} would keep of it is kept
     * @throws IllegalArgumentException if the kind is another one, which says more than that it happened
     */
    public void event(EventKind kind, String subject, @Nullable Object value) {
        if (kind.compareTo(EventKind.REQUEST) < 0 && kind != EventKind.FENCE) {
            throw new IllegalArgumentException(
                    "kind must be FENCE, REQUEST, RESPONSE, SEND, RECEIVE, QUERY, RESULT, ERROR or CUSTOM, was "
                            + kind);
        }
        Subject about = new Subject(this, Objects.requireNonNull(subject, "subject"));
        if (value == null) {
            about.record(kind, Dot.NONE, ValueType.NONE, null);
        } else {
            about.recordValue(kind, value);
        }
    }

    /** Runs {@code work} as an operation of the current task, with a begin and an end, and returns its result. */
    public <T, X extends Exception> T call(String operation, Operation<T, X> work) throws X {
        Scope scope = begin(operation);
        try {
            return work.run();
        } finally {
            scope.close();
        }
    }

    /** Begins an operation of the current task, which ends when the scope is closed. */
    public Scope begin(String operation) {
        int number = names.numberOf(Objects.requireNonNull(operation, "operation"));
        Task task = context.current();
        add(task, EventKind.BEGIN, number, siteNumber(), 0, ValueType.NONE, null);
        return new OperationScope(this, task, number);
    }

    /**
     * Returns the causal timestamp of the last event of the current task.
     *
     * <p>Its nodes are the vector components of the trace, {@code node/0}, {@code node/1} and so on; there are as many
     * as the trace ever had tasks at a time. Compare it only with timestamps of the same trace. O(components).
     */
    public VectorTimestamp timestamp() {
        int[] vector = context.current().vector();
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (int i = 0; i < vector.length; i++) {
            if (vector[i] != 0) {
                builder.put(node + '/' + i, vector[i]);
            }
        }
        return builder.build();
    }

    /** {@return what the recorder holds now; O(tasks)} */
    public Recording recording() {
        List<Task> all = new ArrayList<>(tasks);
        all.sort(Comparator.comparingInt(task -> task.id));
        return new Recording(node, all.stream().map(RecordedTask::new).toList(), dropped.sum(), misuses.sum(), timed);
    }

    Task newRoot(String name, boolean unlinked) {
        Trace trace = new Trace(nextTrace.getAndIncrement());
        return Task.root(this, trace, nextTask.getAndIncrement(), name, unlinked);
    }

    Scope open(Task task) {
        if (task.tryTake()) {
            return context.push(task);
        }
        misuses.increment();
        Task sibling = task.sibling(nextTask.getAndIncrement());
        sibling.tryTake();
        return context.push(sibling);
    }

    /** Records an event of the current task; returns its packed dot, or NONE when it was dropped. */
    long record(EventKind kind, int subject, long data, ValueType valueType, @Nullable Object object) {
        Task task = context.current();
        int sequence = add(task, kind, subject, siteNumber(), data, valueType, object);
        return sequence == 0 ? Dot.NONE : Dot.pack(task.id, sequence);
    }

    /** {@return the packed dot of the last event kept of the current task} */
    long lastDot() {
        return context.current().lastDot();
    }

    /** {@return whether the next event of the current task will be kept} */
    boolean hasRoom() {
        return context.current().hasRoom();
    }

    /** {@return the packed dot of the next event of the current task, or NONE when it would be dropped} */
    long nextDot() {
        Task task = context.current();
        return task.hasRoom() ? task.lastDot() + 1 : Dot.NONE;
    }

    void countDropped() {
        dropped.increment();
    }

    int add(Task task, EventKind kind, int subject, int site, long data, ValueType valueType, @Nullable Object object) {
        int sequence = task.add(kind, subject, site, data, valueType, object);
        if (sequence == 0) {
            dropped.increment();
        }
        return sequence;
    }

    /** Asks for room for {@code wanted} events; returns how many of them there is room for. */
    int reserve(int wanted) {
        long before = reserved.getAndUpdate(used -> Math.min(maxEvents, used + wanted));
        return (int) Math.min(wanted, maxEvents - before);
    }

    /** Keeps a task from its first event on, so that the bound on events bounds the tasks too. */
    void keep(Task task) {
        tasks.add(task);
    }

    boolean timed() {
        return timed;
    }

    int nameNumber(String name) {
        return names.numberOf(name);
    }

    String nameAt(int number) {
        return names.get(number);
    }

    @Nullable
    Site siteAt(int number) {
        return number == 0 ? null : sites.get(number);
    }

    void countMisuse() {
        misuses.increment();
    }

    private int siteNumber() {
        if (callSites == null) {
            return 0;
        }
        Site site = callSites.caller();
        return site == null ? 0 : sites.numberOf(site);
    }

    /** Work that may be run more than once: each run is a task of its own, set off where the work was wrapped. */
    private final class Wrapped {
        private final Task first;
        private final AtomicBoolean taken = new AtomicBoolean();

        Wrapped(Task first) {
            this.first = first;
        }

        Task next() {
            return taken.getAndSet(true) ? first.sibling(nextTask.getAndIncrement()) : first;
        }
    }

    /** An operation that goes on. */
    static final class OperationScope implements Scope {
        private final Recorder recorder;
        private final Task task;
        private final int operation;
        private final AtomicBoolean ended = new AtomicBoolean();

        OperationScope(Recorder recorder, Task task, int operation) {
            this.recorder = recorder;
            this.task = task;
            this.operation = operation;
        }

        @Override
        public void close() {
            if (recorder.context.current() != task || ended.getAndSet(true)) {
                recorder.countMisuse();
                return;
            }
            recorder.add(task, EventKind.END, operation, 0, 0, ValueType.NONE, null);
        }
    }

    /** Builds recorders. */
    public static final class Builder {
        private final String node;
        private int maxEvents = 1_000_000;
        private boolean timed = true;
        private boolean captureSites;

        private Builder(String node) {
            this.node = Objects.requireNonNull(node, "node");
            VectorTimestamp.builder().put(node + "/0", 0);
        }

        /** Sets how many events are kept; from 1. Later ones are dropped and counted. */
        public Builder maxEvents(int maxEvents) {
            if (maxEvents < 1) {
                throw new IllegalArgumentException("maxEvents must be at least 1, was " + maxEvents);
            }
            this.maxEvents = maxEvents;
            return this;
        }

        /** Records no times: cheaper, and enough for everything but latencies and critical paths. */
        public Builder withoutTimes() {
            timed = false;
            return this;
        }

        /** Records the source location of each event by walking the stack, which costs about a microsecond. */
        public Builder captureSites() {
            captureSites = true;
            return this;
        }

        /** {@return the recorder} */
        public Recorder build() {
            return new Recorder(this);
        }
    }
}
