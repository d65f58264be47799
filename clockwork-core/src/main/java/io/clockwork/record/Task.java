package io.clockwork.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of events in which each happened before the next: a request handler, an asynchronous stage.
 *
 * <p>A task follows its work from thread to thread; at any moment at most one thread runs it. Get one from {@link
 * Recorder#fork}, run it by {@link #open}, and tell the recorder by {@link Recorder#join} that its end was waited for.
 */
public final class Task {
    private static final int IDLE = 0;
    private static final int OPEN = 1;
    private static final int JOINED = 2;

    private static final int FIRST_CAPACITY = 16;
    private static final int MAX_CAPACITY = 1024;
    private static final int[] NONE = new int[0];
    private static final EventKind[] KINDS = EventKind.values();
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(Task.class, "published", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /*
     * The clock. The vector of an event is `base`, what the task had learned at its last fork or join, with the task's
     * own component raised to `start` + sequence: recording an event copies nothing. A component is a chain of
     * causality that several tasks use one after the other: whoever joins a task may hand its component to a task forked
     * later, so that vectors are as wide as the trace was ever concurrent. `base` and `spare` belong to the thread that
     * runs the task; taking and giving back `state` publishes them from one thread to the next.
     */
    final Recorder recorder;
    final Trace trace;
    final int id;
    final String name;
    final long origin;
    final boolean unlinked;

    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final int component;
    private final int start;
    /** Never changed in place, as the task and those set off from it share it. */
    private final int[] initialBase;

    private int[] base;
    private int[] spare = NONE;
    private int spareCount;

    private volatile Segment[] segments = new Segment[0];
    private int free;
    /** Read and written through PUBLISHED: the events below it are complete for every thread. */
    private int published;

    private Task(
            Recorder recorder,
            Trace trace,
            int id,
            String name,
            long origin,
            boolean unlinked,
            int component,
            int[] base) {
        this.recorder = recorder;
        this.trace = trace;
        this.id = id;
        this.name = name;
        this.origin = origin;
        this.unlinked = unlinked;
        this.component = component;
        initialBase = base;
        this.base = base;
        start = component < base.length ? base[component] : 0;
    }

    static Task root(Recorder recorder, Trace trace, int id, String name, boolean unlinked) {
        return new Task(recorder, trace, id, name, Dot.NONE, unlinked, trace.newComponent(), NONE);
    }

    /** {@return a task set off by the last event of this one}; to be called by the thread that runs this one. */
    Task child(int childId, String childName) {
        int childComponent = spareCount == 0 ? trace.newComponent() : spare[--spareCount];
        return new Task(recorder, trace, childId, childName, lastDot(), false, childComponent, vector());
    }

    /** {@return a task set off where this one was, which knows what was known there and no more} */
    Task sibling(int siblingId) {
        return new Task(recorder, trace, siblingId, name, origin, unlinked, trace.newComponent(), initialBase);
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

    boolean tryTake() {
        return state.compareAndSet(IDLE, OPEN);
    }

    void giveBack() {
        state.set(IDLE);
    }

    /** {@return whether the task was at its end, so that nothing more will be recorded in it} */
    boolean tryEnd() {
        return state.compareAndSet(IDLE, JOINED);
    }

    /** {@return whether no thread runs the task and nobody has waited for its end} */
    boolean isAtRest() {
        return state.get() == IDLE;
    }

    boolean isJoined() {
        return state.get() == JOINED;
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
        int[] theirs = child.vector();
        int[] merged = Arrays.copyOf(base, Math.max(base.length, theirs.length));
        for (int i = 0; i < theirs.length; i++) {
            merged[i] = Math.max(merged[i], theirs[i]);
        }
        base = merged;
        if (takeOver) {
            addSpare(child.component);
            for (int i = 0; i < child.spareCount; i++) {
                addSpare(child.spare[i]);
            }
        }
    }

    private void addSpare(int freed) {
        if (spareCount == spare.length) {
            spare = Arrays.copyOf(spare, Math.max(4, spareCount * 2));
        }
        spare[spareCount++] = freed;
    }

    /** {@return the vector of the last event, a new array indexed by component} */
    int[] vector() {
        int[] vector = Arrays.copyOf(base, Math.max(base.length, component + 1));
        vector[component] = start + published();
        return vector;
    }

    /** Adds an event; by the thread that runs the task; returns its sequence number, or 0 when it was dropped. */
    int add(EventKind kind, int subject, int site, long data, ValueType valueType, @Nullable Object object) {
        int count = published;
        if (free == 0 && !grow()) {
            return 0;
        }
        Segment segment = segments[segments.length - 1];
        int i = segment.capacity() - free;
        segment.kinds[i] = (byte) kind.ordinal();
        segment.valueTypes[i] = (byte) valueType.ordinal();
        segment.subjects[i] = subject;
        segment.sites[i] = site;
        segment.data[i] = data;
        if (object != null) {
            objects(segment)[i] = object;
        }
        if (segment.nanos.length != 0) {
            segment.nanos[i] = System.nanoTime();
        }
        free--;
        PUBLISHED.setRelease(this, count + 1);
        return count + 1;
    }

    /** {@return whether the next event will be kept}; to be called by the thread that runs the task. */
    boolean hasRoom() {
        return free > 0 || grow();
    }

    private static @Nullable Object[] objects(Segment segment) {
        Object[] objects = segment.objects;
        if (objects == null) {
            objects = new Object[segment.capacity()];
            segment.objects = objects;
        }
        return objects;
    }

    private boolean grow() {
        Segment[] old = segments;
        int capacity = old.length == 0 ? FIRST_CAPACITY : Math.min(MAX_CAPACITY, old[old.length - 1].capacity() * 2);
        int granted = recorder.reserve(capacity);
        if (granted == 0) {
            return false;
        }
        Segment[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = new Segment(granted, recorder.timed());
        segments = more;
        free = granted;
        if (old.length == 0) {
            recorder.keep(this);
        }
        return true;
    }

    int published() {
        return (int) PUBLISHED.getAcquire(this);
    }

    long lastDot() {
        return Dot.pack(id, published());
    }

    /** {@return the event at {@code index}, which is below {@link #published}} */
    RecordedEvent event(int index) {
        int i = index;
        int s = 0;
        Segment[] all = segments;
        while (i >= all[s].capacity()) {
            i -= all[s++].capacity();
        }
        Segment segment = all[s];
        EventKind kind = KINDS[segment.kinds[i]];
        ValueType type = ValueType.at(segment.valueTypes[i]);
        long data = segment.data[i];
        Object[] objects = segment.objects;
        return new RecordedEvent(
                new Dot(id, index + 1),
                kind,
                recorder.nameAt(segment.subjects[i]),
                type.hasCause() && data != Dot.NONE ? new Dot(Dot.task(data), Dot.sequence(data)) : null,
                type.value(data, objects == null ? null : objects[i]),
                recorder.siteAt(segment.sites[i]),
                segment.nanos.length == 0 ? 0 : segment.nanos[i]);
    }
}
