package io.clockwork.record;

import io.clockwork.HeaderCodec;
import io.clockwork.VectorTimestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what a program does, task by task, with a clock that follows the work from thread to thread.
 *
 * <p>Safe for use by any number of threads: each event is written by the thread that runs its task, into memory that no
 * other thread writes. Recording throws nothing into the application and waits for nothing. Memory is bounded; events
 * beyond the bound are dropped and counted. One event costs O(1), whatever the number of tasks.
 */
/*
 * Long, because it is the one place where an application begins: nearly all methods are a line or two.
 */
public final class Recorder {
    private static final int MIN_NAMES = 1 << 16;
    private static final long EPOCH_NANOS = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
    static final String EXECUTED = "executed work";
    private static final String WRAPPED = "wrapped work";

    private final String node;
    private final boolean timed;
    private final boolean strict;
    private final @Nullable Prelude prelude;

    final ThreadContext context;
    private final Room room;
    private final Sinks sinks;
    private final Interner<String> names;
    private final Interner<Site> sites;
    private final ObjectNames syncNames = new ObjectNames();
    private final ObjectNames variableNames = new ObjectNames();
    private final AtomicInteger nextTask = new AtomicInteger();
    final Traces traces;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder misuses = new LongAdder();
    /** How many headers could not be used. */
    final LongAdder malformed = new LongAdder();

    private Recorder(Builder builder) {
        node = builder.node;
        timed = builder.timed;
        context = new ThreadContext(this, timed);
        sinks = new Sinks(this, builder.sinks, new Source(node, timed, dropped, misuses, malformed));
        room = new Room(builder.maxEvents, builder.overflow, timed, dropped, sinks.waker());
        traces = new Traces(room, node);
        int maxNames = Math.min(Segment.MAX_SUBJECT, Math.max(MIN_NAMES, builder.maxEvents / 4));
        names = new Interner<>(maxNames);
        sites = new Interner<>(maxNames);
        strict = builder.strict;
        prelude = Prelude.of(this, builder.captureSites, builder.perturbation);
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
        return openForGood(newRoot(Objects.requireNonNull(name, "name"), false));
    }

    /**
     * Returns a new task set off by the current one; it begins when it is opened. Where no task is current it is the
     * first one of a new trace.
     */
    public Task fork(String name) {
        return fork(name, false);
    }

    Task fork(String name, boolean detached) {
        Objects.requireNonNull(name, "name");
        Task parent = context.running();
        if (parent == null) {
            return newRoot(name, false);
        }
        int id = newTaskId();
        context.record(EventKind.FORK, names.numberOf(name), siteNumber(), Dot.pack(id, 0), ValueType.CAUSE, null);
        return parent.child(id, name, detached);
    }

    /** Says that the current task has waited for the end of {@code task}: all it did is now in the past. */
    public void join(Task task) {
        Joins.join(this, context, task, false);
    }

    /** As {@link #join}, where it may have been said before, perhaps many times. */
    void observe(Task task) {
        Joins.join(this, context, task, true);
    }

    /** {@return {@code work} to run later, perhaps on another thread, as a task set off here} */
    public Runnable wrap(Runnable work) {
        return wrap(WRAPPED, work);
    }

    /** {@return {@code work} to run later, perhaps on another thread, as a task of this name set off here} */
    public Runnable wrap(String name, Runnable work) {
        Objects.requireNonNull(work, "work");
        return new WrappedRunnable(fork(name), work);
    }

    /** {@return {@code work} to run later, perhaps on another thread, as a task set off here} */
    public <T> Callable<T> wrap(Callable<T> work) {
        return wrap(WRAPPED, work);
    }

    /** {@return {@code work} to run later, perhaps on another thread, as a task of this name set off here} */
    public <T> Callable<T> wrap(String name, Callable<T> work) {
        Objects.requireNonNull(work, "work");
        return new WrappedCallable<>(fork(name), work);
    }

    /** {@return {@code work}, each call of which is a task set off here} */
    public <T> Supplier<T> wrapSupplier(Supplier<T> work) {
        Objects.requireNonNull(work, "work");
        Task task = fork(WRAPPED);
        return () -> task.claim().finish(work::get);
    }

    /** {@return {@code work}, each call of which is a task set off here} */
    public <T, R> Function<T, R> wrapFunction(Function<T, R> work) {
        Objects.requireNonNull(work, "work");
        Task task = fork(WRAPPED);
        return argument -> task.claim().finish(() -> work.apply(argument));
    }

    /** {@return {@code work}, each call of which is a task set off here} */
    public <T, U, R> BiFunction<T, U, R> wrapBiFunction(BiFunction<T, U, R> work) {
        Objects.requireNonNull(work, "work");
        Task task = fork(WRAPPED);
        return (first, second) -> task.claim().finish(() -> work.apply(first, second));
    }

    /** {@return {@code work}, each call of which is a task set off here} */
    public <T> Consumer<T> wrapConsumer(Consumer<T> work) {
        Objects.requireNonNull(work, "work");
        Task task = fork(WRAPPED);
        return argument -> task.claim().finish(() -> work.accept(argument));
    }

    /** {@return an executor that runs work on {@code executor}, each piece as a task set off where it was given} */
    public Executor wrap(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return work -> {
            Objects.requireNonNull(work, "work");
            executor.execute(new WrappedRunnable(fork(EXECUTED, true), work));
        };
    }

    /**
     * Returns an executor that runs work on {@code executor}, each piece as a task set off where it was submitted. Who
     * gets its future's result, or sees that it is done, has joined it; so has who sees that the executor terminated.
     */
    public ExecutorService wrap(ExecutorService executor) {
        return new TrackedExecutor(this, Objects.requireNonNull(executor, "executor"));
    }

    /** As {@link #wrap(ExecutorService)}; the runs of periodic work are one task, as each follows the one before. */
    public ScheduledExecutorService wrap(ScheduledExecutorService executor) {
        return new TrackedScheduler(this, Objects.requireNonNull(executor, "executor"));
    }

    /**
     * Returns a factory of threads that each run as a task set off where the thread was made.
     *
     * <p>For threads that have one thing to do: virtual threads, those of a structured scope. Of a pool, whose threads
     * do many, wrap the executor instead.
     */
    public ThreadFactory wrapFactory(ThreadFactory factory) {
        Objects.requireNonNull(factory, "factory");
        return work -> factory.newThread(wrap("thread", work));
    }

    /**
     * Returns a future that ends as {@code stage} does, and whose dependent stages, theirs and so on are tasks: each set
     * off where it was added and run after the stages that it depends on, on whatever thread. Who gets a result, or
     * sees that it is there, has joined its stage. What ended {@code stage} before this call is not known; begin a chain
     * by {@link #supplyAsync}.
     */
    public <T> CompletableFuture<T> wrap(CompletionStage<T> stage) {
        return TrackedFuture.of(this, Objects.requireNonNull(stage, "stage"));
    }

    /** As {@link CompletableFuture#supplyAsync(Supplier, Executor)}, of a future as {@link #wrap(CompletionStage)} gives. */
    public <T> CompletableFuture<T> supplyAsync(Supplier<T> work, Executor executor) {
        return new TrackedFuture<T>(this).completeAsync(work, executor);
    }

    /** As {@link CompletableFuture#runAsync(Runnable, Executor)}, of a future as {@link #wrap(CompletionStage)} gives. */
    public CompletableFuture<Void> runAsync(Runnable work, Executor executor) {
        Objects.requireNonNull(work, "work");
        return TrackedFuture.run(this, work, executor);
    }

    /** As {@link CompletableFuture#allOf}; who sees the end has joined all of {@code futures}. */
    public CompletableFuture<Void> allOf(CompletableFuture<?>... futures) {
        return TrackedFuture.allOf(this, futures.clone());
    }

    /** As {@link CompletableFuture#anyOf}; who sees the end has joined the future whose result it is. */
    public CompletableFuture<Object> anyOf(CompletableFuture<?>... futures) {
        return TrackedFuture.anyOf(this, futures.clone());
    }

    /**
     * Returns a subscriber that hands all signals on to {@code subscriber}, in one task that was set off here; each
     * signal follows what the task that gave it had done.
     */
    public <T> Flow.Subscriber<T> wrap(Flow.Subscriber<T> subscriber) {
        return new TrackedSubscriber<>(this, Objects.requireNonNull(subscriber, "subscriber"));
    }

    /** {@return what takes traces to other services and receives theirs, in headers that {@code codec} can write} */
    public <V> Crossing<V> crossing(HeaderCodec<V> codec) {
        return new Crossing<>(this, Objects.requireNonNull(codec, "codec"));
    }

    /** {@return the variable of this name; keep it where the accesses are} */
    public Variable variable(String name) {
        return new Variable(this, Objects.requireNonNull(name, "name"), names.numberOf(name), 0);
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
        kind.requireSimple();
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

    /**
     * Runs {@code work}, which waits for all that it sets off before it returns, as an operation of the current task:
     * whatever was set off in it by the current task, and has ended, is joined. For parallel streams, threads and
     * scopes whose waiting cannot be seen otherwise.
     */
    public <T, X extends Exception> T callStructured(String operation, Operation<T, X> work) throws X {
        Scope scope = begin(operation);
        Task task = context.current();
        Group outer = task.group;
        Group group = new Group(this);
        task.group = group;
        try {
            return work.run();
        } finally {
            task.group = outer;
            group.close();
            scope.close();
        }
    }

    /** Begins an operation of the current task, which ends when the scope is closed. */
    public Scope begin(String operation) {
        int number = names.numberOf(Objects.requireNonNull(operation, "operation"));
        context.record(EventKind.BEGIN, number, siteNumber(), 0, ValueType.NONE, null);
        return new OperationScope(this, context.current(), number);
    }

    void end(Task task, int operation, AtomicBoolean ended) {
        if (context.running() != task || ended.getAndSet(true)) {
            misuse("operation \"" + nameAt(operation)
                    + "\" was ended twice or by another task; end it once, by the task that began it");
        } else {
            context.record(EventKind.END, operation, 0, 0, ValueType.NONE, null);
        }
    }

    /**
     * Returns the causal timestamp of the last event of the current task.
     *
     * <p>Its nodes are the vector components of the trace, {@code node/0}, {@code node/1} and so on, or {@code
     * node#run/0} where the trace began in another service; there are as many as the trace ever had tasks at a time.
     * Compare it only with timestamps of the same trace, of any service. O(components).
     */
    public VectorTimestamp timestamp() {
        Task task = context.current();
        return task.trace.timestamp(task.vector());
    }

    /** {@return the wall clock, in milliseconds, at a time of {@code System.nanoTime}} */
    static long epochMillis(long nanos) {
        return Math.floorDiv(EPOCH_NANOS + nanos, 1_000_000);
    }

    /** {@return what the recorder holds now; O(tasks)} */
    public Recording recording() {
        return new Recording(
                node, room.tasks(), dropped.sum(), misuses.sum(), malformed.sum(), timed, EPOCH_NANOS, sinks.status());
    }

    /**
     * Waits until all that was recorded before has gone to the sinks, and through them to where it outlives the process.
     *
     * @return whether it did so in time and no sink has failed since the flush before, or ever if this is the first one;
     *     true where there are no sinks
     */
    public boolean flush(Duration deadline) {
        return sinks.flush(deadline);
    }

    /**
     * As {@link #flush}, and closes the sinks; what is recorded afterwards stays in memory. A sink that still blocks at
     * the deadline is interrupted and left to itself.
     */
    public boolean close(Duration deadline) {
        return sinks.close(deadline);
    }

    Task newRoot(String name, boolean unlinked) {
        return Task.root(this, traces.begin(), newTaskId(), name, unlinked);
    }

    int newTaskId() {
        return nextTask.getAndIncrement();
    }

    ThreadContext.TaskScope open(Task task) {
        return context.push(take(task));
    }

    /** As {@link #open}, for a task that nobody can open again. */
    Scope openForGood(Task task) {
        return open(task).last();
    }

    ThreadContext.TaskScope openAfter(Task task, Runnable joins) {
        return context.pushAfter(take(task), joins);
    }

    private Task take(Task task) {
        if (task.tryTake()) {
            return task;
        }
        misuse("task \"" + task.name + "\" is run by another thread or was joined; fork a task for each piece of work");
        Task sibling = task.sibling(newTaskId());
        sibling.tryTake();
        return sibling;
    }

    /** {@return a task that stands for what the current one has done so far; null where no task is current} */
    @Nullable
    Task handOff(String name) {
        return context.running() == null ? null : fork(name);
    }

    boolean isCurrent(Task task) {
        return context.running() == task;
    }

    /** Records an event of the current task; returns its packed dot, or NONE when it was dropped. */
    long record(EventKind kind, int subject, long data, ValueType valueType, @Nullable Object object) {
        return record(kind, subject, 0, data, valueType, object);
    }

    /** As the other one, for an event at a place whose number is known; 0 where it is to be found, if at all. */
    long record(EventKind kind, int subject, int site, long data, ValueType valueType, @Nullable Object object) {
        if (subject == 0) {
            // There was no room for the name: better no event than one about something else of no name.
            dropped.increment();
            return Dot.NONE;
        }
        return context.record(kind, subject, site == 0 ? siteNumber() : at(site), data, valueType, object);
    }

    Room room() {
        return room;
    }

    void countDropped() {
        dropped.increment();
    }

    int nameNumber(String name) {
        return names.numberOf(name);
    }

    String nameAt(int number) {
        String name = names.get(number);
        return name == null ? "(name not kept)" : name;
    }

    @Nullable
    Site siteAt(int number) {
        return sites.get(number);
    }

    void countMisuse() {
        misuses.increment();
    }

    /** Counts a misuse, and throws if the recorder is strict; so it comes last, when everything is in order again. */
    void misuse(String what) {
        misuses.increment();
        if (strict) {
            throw new IllegalStateException(what);
        }
    }

    int siteNumber(Site place) {
        return sites.numberOf(place);
    }

    int siteNumber() {
        return prelude == null ? 0 : prelude.siteNumber();
    }

    private int at(int site) {
        if (prelude != null) {
            prelude.holdUp();
        }
        return site;
    }

    /** Builds recorders. */
    public static final class Builder {
        private final String node;
        private int maxEvents = 1_000_000;
        private boolean timed = true;
        private boolean captureSites;
        private boolean strict;
        private @Nullable Perturbation perturbation;
        private Overflow overflow = Overflow.DROP_NEWEST;
        private final List<EventSink> sinks = new ArrayList<>();

        private Builder(String node) {
            this.node = Objects.requireNonNull(node, "node");
            VectorTimestamp.builder().put(node + "#000000/0", 0);
        }

        /** Sets how many events are kept; from 1. Those beyond are dropped and counted. */
        public Builder maxEvents(int maxEvents) {
            if (maxEvents < 1) {
                throw new IllegalArgumentException("maxEvents must be at least 1, was " + maxEvents);
            }
            this.maxEvents = maxEvents;
            return this;
        }

        /** Sets what is given up when there are that many events; {@link Overflow#DROP_NEWEST} otherwise. */
        public Builder whenFull(Overflow overflow) {
            this.overflow = Objects.requireNonNull(overflow, "overflow");
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

        /**
         * Throws {@link IllegalStateException} where a scope or task is misused, besides counting it: closed twice, on
         * another thread or out of order, run twice at a time, joined before its end. For tests.
         */
        public Builder strict() {
            strict = true;
            return this;
        }

        /**
         * Holds tasks up before their events, so that they meet in orders that are rare otherwise. For tests.
         *
         * <p>Where, and for how long, follows from the seed, the task's number and the event's place in the task: below a
         * millisecond each, rarer the more events the task has, by yielding the processor. The orders that come of it are not
         * wholly the seed's, for the system's scheduler is not replaced.
         */
        public Builder perturbed(long seed) {
            perturbation = new Perturbation(seed);
            return this;
        }

        /**
         * Adds a sink, which a daemon thread feeds with all events until {@link Recorder#close}. Once a sink is there, what
         * all sinks have goes from memory first when room is needed, whatever else the recorder would give up.
         */
        public Builder sink(EventSink sink) {
            sinks.add(Objects.requireNonNull(sink, "sink"));
            return this;
        }

        /** {@return the recorder} */
        public Recorder build() {
            Recorder recorder = new Recorder(this);
            recorder.sinks.start();
            return recorder;
        }
    }
}
