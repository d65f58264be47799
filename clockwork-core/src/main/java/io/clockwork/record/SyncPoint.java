package io.clockwork.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock, semaphore, latch or queue whose events are recorded, and its last release.
 *
 * <p>A release is entered before the object is really released, an acquire after it was really acquired: so an acquire
 * names a release that really came before it.
 */
final class SyncPoint extends Subject {
    private static final VarHandle LAST;

    static {
        try {
            LAST = MethodHandles.lookup().findVarHandle(SyncPoint.class, "last", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /*
     * Releases by holders who share the object are not ordered with each other, and the next exclusive holder follows
     * them all. Each names the one entered before it, so this dot stands for the whole chain, whatever its length. The
     * dot of such a release is entered before the event is: nobody follows the chain before the object is really
     * released, which comes after both.
     */
    private volatile long last = Dot.NONE;
    /** The last release by an exclusive holder; guarded by the object. */
    private long lastExclusive = Dot.NONE;

    SyncPoint(Recorder recorder, String name) {
        super(recorder, name);
    }

    /** {@return the last release, which stands for all that it is chained to} */
    long last() {
        return last;
    }

    /** {@return the last release by an exclusive holder; for those who hold the object} */
    long lastExclusive() {
        return lastExclusive;
    }

    /** Enters a release by the exclusive holder, who still holds the object. */
    void releaseExclusive(EventKind kind) {
        long dot = recordOrLast(kind, Dot.NONE, ValueType.CAUSE, null);
        lastExclusive = dot;
        LAST.setRelease(this, dot);
    }

    /** Enters a release that is not ordered with others of its kind. */
    void releaseShared(EventKind kind) {
        long dot = nextDot();
        if (dot == Dot.NONE) {
            record(kind, Dot.NONE, ValueType.CAUSE, null);
        } else {
            record(kind, (long) LAST.getAndSet(this, dot), ValueType.CAUSE, null);
        }
    }

    /** Forgets the releases so far: no acquire from here on may owe anything to them. */
    void forget() {
        last = Dot.NONE;
    }

    void acquire(EventKind kind, long release) {
        record(kind, release, ValueType.CAUSE, null);
    }

    void block() {
        record(EventKind.BLOCK, Dot.NONE, ValueType.CAUSE, null);
    }

    void giveUp() {
        record(EventKind.GIVE_UP, Dot.NONE, ValueType.CAUSE, null);
    }
}
