package io.clockwork.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of events in which each happened before the next: a request handler, an asynchronous stage.
 *
 * <p>A task follows its work from thread to thread; at any moment at most one thread runs it. Get one from {@link
 * Recorder#fork}, run it by {@link #open}, and tell the recorder by {@link Recorder#join} that its end was waited for.
 */
public final class Task extends EventStore {
    private static final int IDLE = 0;
    private static final int OPEN = 1;
    /** As IDLE; and who runs it next leaves its last segment, all of which the sinks have, for others to use. */
    private static final int RESTING = 2;
    /** Its work has returned, and nothing more will be recorded in it. */
    private static final int ENDED = 3;

    private static final int JOINED = 4;

    private static final int[] NO_COMPONENTS = new int[0];
    private static final int UNDECIDED = -1;
    private static final VarHandle STATE;
    private static final VarHandle CLAIMED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Task.class, "state", int.class);
            CLAIMED = lookup.findVarHandle(Task.class, "claimed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /*
     * The clock. The vector of an event is `base`, what the task had learned at its last fork or join, with the task's
     * own component raised to `start` + sequence: recording an event copies nothing.
     *
     * A component is a chain of causality that several tasks use one after the other, so that vectors are as wide as the
     * trace was ever concurrent, not as long as its list of tasks. Whoever joins a task inherits its component and may
     * hand it to a task forked later. And where nobody joins, as in work that submits itself again, a task gives the
     * child its own component, and goes on with a new one if it goes on at all. It does so once for children that may
     * be joined and once for others: one that forks for ever would learn of a new component each time.
     *
     * What is neither final nor a handle belongs to the thread that runs the task; taking and giving back `state`
     * publishes it from one thread to the next.
     */
    final String name;
    final long origin;
    final boolean unlinked;

    /** Where tasks forked from here on are entered, while the task runs work that waits for all that it sets off. */
    @Nullable
    Group group;

    /** Where this task is entered, if anywhere. */
    private volatile @Nullable Group entered;

    private volatile int state = IDLE;

    @SuppressWarnings("UnusedVariable") // read through CLAIMED
    private volatile boolean claimed;

    /** The number of the task that joined this one last; a hint that saves repetitions. */
    int lastJoiner = -1;

    private final long[] initialBase;
    private long[] base;
    private int component;
    private long start;
    private int[] spare = NO_COMPONENTS;
    private int spareCount;

    /** Whether the component is a child's now, and the next event needs another one. */
    private boolean left;

    private boolean gaveJoinable;
    private boolean gaveDetached;

    private Task(
            Recorder recorder,
            Trace trace,
            int id,
            String name,
            long origin,
            boolean unlinked,
            int component,
            long[] base) {
        super(recorder, trace, id);
        this.name = name;
        this.origin = origin;
        this.unlinked = unlinked;
        this.component = component;
        initialBase = base;
        this.base = base;
        start = component == UNDECIDED ? 0 : Knowledge.get(base, component);
    }

    static Task root(Recorder recorder, Trace trace, int id, String name, boolean unlinked) {
        return new Task(recorder, trace, id, name, Dot.NONE, unlinked, trace.newComponent(), Knowledge.NONE);
    }

    /** {@return a task that something from outside set off, which knew this} */
    static Task arrived(Recorder recorder, Trace trace, int id, String name, long[] known) {
        return new Task(recorder, trace, id, name, Dot.NONE, false, UNDECIDED, known);
    }

    /**
     * Returns a task set off by the last event of this one; to be called by the thread that runs this one.
     *
     * @param detached whether nobody will join it, as far as can be told
     */
    Task child(int childId, String childName, boolean detached) {
        boolean gives =
                !left && component != UNDECIDED && (detached ? !gaveDetached : !gaveJoinable && spareCount == 0);
        int given = gives ? component : detached || spareCount == 0 ? UNDECIDED : spare[--spareCount];
        Task child = new Task(recorder, trace, childId, childName, lastDot(), false, given, vector());
        if (gives) {
            left = true;
            if (detached) {
                gaveDetached = true;
                child.spare = spare;
                child.spareCount = spareCount;
                spare = NO_COMPONENTS;
                spareCount = 0;
            } else {
                gaveJoinable = true;
            }
        }
        child.enter(group);
        return child;
    }

    private void enter(@Nullable Group waiting) {
        if (waiting != null) {
            entered = waiting;
            waiting.add(this);
        }
    }

    /** {@return a task set off where this one was, which knows what was known there and no more} */
    Task sibling(int siblingId) {
        Task sibling = new Task(recorder, trace, siblingId, name, origin, unlinked, UNDECIDED, initialBase);
        sibling.enter(entered);
        return sibling;
    }

    /** {@return the task for one run of work that may be run several times: this one at first, then siblings} */
    Task claim() {
        return CLAIMED.compareAndSet(this, false, true) ? this : sibling(recorder.newTaskId());
    }

    /** {@return the task's name} */
    public String name() {
        return name;
    }

    /**
     * Makes this the current task of the calling thread until the scope is closed.
     *
     * <p>When another thread runs the task at this moment, or its end was already waited for, the work gets a task of
     * its own, set off where this one was: no order is claimed that is not there.
     */
    public Scope open() {
        return recorder.open(this);
    }

    /** Runs {@code work} as this task. */
    public void run(Runnable work) {
        Scope scope = open();
        try {
            work.run();
        } finally {
            scope.close();
        }
    }

    /** Runs {@code work} as this task and returns its result. */
    public <T, X extends Exception> T call(Operation<T, X> work) throws X {
        Scope scope = open();
        try {
            return work.run();
        } finally {
            scope.close();
        }
    }

    /** As {@link #finish(Operation)}, for work that comes after what {@code first} joins into the task. */
    <T, X extends Exception> T finishAfter(Runnable first, Operation<T, X> work) throws X {
        ThreadContext.TaskScope scope = recorder.openAfter(this, first);
        try {
            return work.run();
        } finally {
            scope.closeForGood();
        }
    }

    /** As {@link #run}, for work that is all there is of the task. */
    void finish(Runnable work) {
        ThreadContext.TaskScope scope = recorder.open(this);
        try {
            work.run();
        } finally {
            scope.closeForGood();
        }
    }

    /** As {@link #call}, for work that is all there is of the task. */
    <T, X extends Exception> T finish(Operation<T, X> work) throws X {
        ThreadContext.TaskScope scope = recorder.open(this);
        try {
            return work.run();
        } finally {
            scope.closeForGood();
        }
    }

    boolean tryTake() {
        if (STATE.compareAndSet(this, IDLE, OPEN)) {
            return true;
        }
        if (STATE.compareAndSet(this, RESTING, OPEN)) {
            leaveTail();
            return true;
        }
        return false;
    }

    /** @param forGood whether the work has returned, so that the task will not go on */
    void giveBack(boolean forGood) {
        STATE.setRelease(this, forGood ? ENDED : IDLE);
    }

    /** {@return whether the task was at its end and nobody had waited for it} */
    boolean tryEnd() {
        return STATE.compareAndSet(this, ENDED, JOINED)
                || STATE.compareAndSet(this, IDLE, JOINED)
                || STATE.compareAndSet(this, RESTING, JOINED);
    }

    /** {@return whether no thread runs the task and nobody has waited for its end} */
    boolean isAtRest() {
        int now = state;
        return now == IDLE || now == RESTING || now == ENDED;
    }

    boolean isJoined() {
        return state == JOINED;
    }

    @Override
    boolean isFinished() {
        return state >= ENDED;
    }

    @Override
    boolean isSettled() {
        return state >= RESTING;
    }

    @Override
    boolean settle() {
        return STATE.compareAndSet(this, IDLE, RESTING) || isSettled();
    }

    private int freeComponent() {
        return spareCount == 0 ? trace.newComponent() : spare[--spareCount];
    }

    /** Learns what came in from outside; by the thread that runs this task. */
    void learn(long[] known) {
        base = Knowledge.merge(base, known);
    }

    /**
     * Learns what {@code child} knew at its end; by the thread that runs this task, for a child that is at its end.
     *
     * @param takeOver whether this task is the first to wait for the child and so inherits its components
     */
    void learn(Task child, boolean takeOver) {
        if (child.trace != trace) {
            return;
        }
        base = Knowledge.merge(base, child.vector());
        if (takeOver) {
            if (!child.left && child.component != UNDECIDED) {
                addSpare(child.component);
            }
            for (int i = 0; i < child.spareCount; i++) {
                addSpare(child.spare[i]);
            }
            child.spareCount = 0;
        }
    }

    /** {@return whether the end of {@code task}, which was reached, is in the past of this one's next event} */
    boolean knows(Task task) {
        return task.trace == trace
                && task.component != UNDECIDED
                && Knowledge.get(base, task.component) >= task.start + task.published();
    }

    private void addSpare(int freed) {
        if (spareCount == spare.length) {
            spare = Arrays.copyOf(spare, Math.max(4, spareCount * 2));
        }
        spare[spareCount++] = freed;
    }

    /** {@return the vector of the last event} */
    long[] vector() {
        return component == UNDECIDED ? base : Knowledge.with(base, component, start + published());
    }

    /** Adds an event; by the thread that runs the task; returns its sequence number, or 0 when it was dropped. */
    int add(EventKind kind, int subject, int site, long data, ValueType valueType, @Nullable Object object) {
        if ((left || component == UNDECIDED) && hasRoom()) {
            chooseComponent();
        }
        return append(kind, subject, site, data, valueType, object);
    }

    /** The next event is the first one, or comes after the component was given to a child. */
    private void chooseComponent() {
        base = vector();
        left = false;
        component = freeComponent();
        start = Knowledge.get(base, component) - published();
    }

    /**
     * {@return the packed dot of the last event kept, or that of the origin when there is none: all that the task did is
     * not before it}
     */
    long lastDot() {
        return published() == 0 ? origin : position();
    }
}
