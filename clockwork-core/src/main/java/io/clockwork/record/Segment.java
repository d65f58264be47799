package io.clockwork.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a task's events, one column a member; written by the thread that runs the task.
 *
 * <p>12 bytes an event, 8 more with times and 4 more with source locations; values that are no longs apart.
 */
final class Segment {
    static final Segment EMPTY = new Segment(0, false);

    private static final int SUBJECT_BITS = 23;
    private static final int SUBJECT_MASK = (1 << SUBJECT_BITS) - 1;
    private static final int TYPE_BITS = 3;
    private static final EventKind[] KINDS = EventKind.values();
    private static final MemoryOrder[] ORDERS = MemoryOrder.values();
    private static final int FIRST_ATOMIC = EventKind.ATOMIC_READ.ordinal();

    private static final int LIVE = 0;
    private static final int PINNED = 1;
    private static final int RECYCLED = 2;
    /** Of a recorder with sinks: just read for them, or just taken away unread. */
    private static final int CLAIMED = 3;
    /** Of a recorder with sinks: all its events were read, and no more will come. */
    private static final int SEALED = 4;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Segment.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The greatest number of a name that an event can have. */
    static final int MAX_SUBJECT = SUBJECT_MASK;

    /*
     * Codes of kinds beyond the last one stand for atomic accesses of another order than the usual one, which is the
     * last of all: ATOMIC_READ in each of the others, then ATOMIC_WRITE, then ATOMIC_UPDATE.
     */
    private static final int OTHER_ORDERS = ORDERS.length - 1;

    /** Code of the kind, value type and subject. */
    private final int[] heads;
    /** A primitive value, or the packed dot of the cause. */
    private final long[] data;

    private final long @Nullable [] nanos;
    /** Made when the first source location comes. */
    private int @Nullable [] sites;
    /** Values that are no longs; made when the first one comes. */
    private @Nullable Object @Nullable [] objects;

    /** Whose events these are, and how many it had before; they change only between two lives of the segment. */
    @Nullable
    EventStore owner;

    int first;
    /** Its place in the order in which segments were begun. */
    long number;
    /** Read and written through STATE. */
    @SuppressWarnings("UnusedVariable")
    private volatile int state;

    Segment(int capacity, boolean timed) {
        heads = new int[capacity];
        data = new long[capacity];
        nanos = timed ? new long[capacity] : null;
    }

    int capacity() {
        return heads.length;
    }

    /** {@return the number of a subject as {@link #set} takes it for an access in this order; only atomic ones keep it} */
    static int marked(int subject, MemoryOrder order) {
        return subject == 0 || order == MemoryOrder.VOLATILE
                ? subject
                : subject | ((order.ordinal() + 1) << SUBJECT_BITS);
    }

    private static int code(EventKind kind, int mark) {
        return mark == 0 || kind.ordinal() < FIRST_ATOMIC
                ? kind.ordinal()
                : KINDS.length + (kind.ordinal() - FIRST_ATOMIC) * OTHER_ORDERS + (mark - 1);
    }

    private int code(int i) {
        return heads[i] >>> (SUBJECT_BITS + TYPE_BITS);
    }

    /** @param subject its number, which may be {@link #marked} */
    void set(int i, EventKind kind, int subject, int site, long datum, ValueType type, @Nullable Object object) {
        int code = code(kind, subject >>> SUBJECT_BITS);
        heads[i] = (((code << TYPE_BITS) | type.ordinal()) << SUBJECT_BITS) | (subject & SUBJECT_MASK);
        data[i] = datum;
        if (nanos != null) {
            nanos[i] = System.nanoTime();
        }
        if (site != 0 || sites != null) {
            if (sites == null) {
                sites = new int[heads.length];
            }
            sites[i] = site;
        }
        if (object != null || objects != null) {
            if (objects == null) {
                objects = new Object[heads.length];
            }
            objects[i] = object;
        }
    }

    EventKind kind(int i) {
        int code = code(i);
        return KINDS[code < KINDS.length ? code : FIRST_ATOMIC + (code - KINDS.length) / OTHER_ORDERS];
    }

    @Nullable
    MemoryOrder order(int i) {
        int code = code(i);
        return code < KINDS.length ? MemoryOrder.usual(KINDS[code]) : ORDERS[(code - KINDS.length) % OTHER_ORDERS];
    }

    ValueType type(int i) {
        return ValueType.at((heads[i] >>> SUBJECT_BITS) & ((1 << TYPE_BITS) - 1));
    }

    int subject(int i) {
        return heads[i] & SUBJECT_MASK;
    }

    int site(int i) {
        int[] all = sites;
        return all == null ? 0 : all[i];
    }

    long data(int i) {
        return data[i];
    }

    long nanos(int i) {
        return nanos == null ? 0 : nanos[i];
    }

    @Nullable
    Object object(int i) {
        @Nullable Object[] all = objects;
        return all == null ? null : all[i];
    }

    /** Keeps the events as they are, for a reader, even when their task must give up the segment. */
    void pin() {
        STATE.compareAndSet(this, LIVE, PINNED);
    }

    /** {@return whether the segment may be written anew: nobody reads it} */
    boolean tryRecycle() {
        if (!STATE.compareAndSet(this, LIVE, RECYCLED)) {
            return false;
        }
        sites = null;
        objects = null;
        return true;
    }

    /**
     * {@return whether the caller alone may now say how many of the events sinks were given, or take the segment away}
     * Where this is called, segments are never written anew.
     */
    boolean tryClaim() {
        return STATE.compareAndSet(this, LIVE, CLAIMED) || STATE.compareAndSet(this, PINNED, CLAIMED);
    }

    void endClaim() {
        STATE.setRelease(this, PINNED);
    }

    /** Ends a claim: the segment is no longer in the way of anybody. */
    void seal() {
        STATE.setRelease(this, SEALED);
    }

    boolean isSealed() {
        return state == SEALED;
    }

    void begin(EventStore newOwner, int firstEvent) {
        owner = newOwner;
        first = firstEvent;
        state = LIVE;
    }
}
