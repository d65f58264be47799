package io.clockwork;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The live vector clock of a node, shared by its threads; linearizable and lock-free.
 *
 * <p>Each call takes effect at one moment between its start and its end. The timestamps that {@code tick}, {@code send}
 * and {@code receive} return are distinct, and totally ordered in the order in which they took effect.
 */
public final class AtomicVectorClock {
    /*
     * One reference to the immutable state, which is itself the timestamp that callers get: one allocation and one
     * compare-and-set an event. The own counter is not split off into an atomic of its own: reading the base first
     * could give own 7 without what own 6 received, reading the counter first could claim a cause that came later.
     */
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(AtomicVectorClock.class, "state", VectorTimestamp.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile VectorTimestamp state;

    /** Creates a live clock that stands where {@code start} stands. */
    public AtomicVectorClock(VectorClock start) {
        state = start.timestamp();
    }

    /** {@return a live clock of {@code node} that knows only itself, at 0} */
    public static AtomicVectorClock of(String node) {
        return new AtomicVectorClock(VectorClock.of(node));
    }

    /** {@return the id of the clock's node} */
    public String node() {
        return state.owner().orElseThrow();
    }

    /** {@return what the clock shows now} */
    public VectorTimestamp timestamp() {
        return state;
    }

    /** {@return the clock as an immutable value, for instance to save it} */
    public VectorClock snapshot() {
        return new VectorClock(state);
    }

    /**
     * Advances by an internal event and returns its timestamp.
     *
     * @throws ClockOverflowException if the own counter is at its limit
     */
    public VectorTimestamp tick() {
        while (true) {
            VectorTimestamp now = state;
            VectorTimestamp next = now.next();
            if (STATE.compareAndSet(this, now, next)) {
                return next;
            }
        }
    }

    /**
     * Advances by the sending of a message and returns the timestamp that it carries.
     *
     * @throws ClockOverflowException if the own counter is at its limit
     */
    public VectorTimestamp send() {
        return tick();
    }

    /**
     * Advances by the receipt of a message and returns the timestamp of that event.
     *
     * @throws OwnCounterAheadException if {@code remote} knows more of this node than the node itself
     * @throws ClockOverflowException if the own counter is at its limit
     */
    public VectorTimestamp receive(VectorTimestamp remote) {
        while (true) {
            VectorTimestamp now = state;
            VectorTimestamp next = now.received(remote);
            if (STATE.compareAndSet(this, now, next)) {
                return next;
            }
        }
    }

    /**
     * Learns what {@code remote} knows, without an event, and returns what the clock shows then.
     *
     * @throws OwnCounterAheadException if {@code remote} knows more of this node than the node itself
     */
    public VectorTimestamp merge(VectorTimestamp remote) {
        while (true) {
            VectorTimestamp now = state;
            VectorTimestamp next = now.learned(remote);
            if (STATE.compareAndSet(this, now, next)) {
                return next;
            }
        }
    }

    /** As {@link #merge}, taking over the own counter when {@code remote} has a larger one. */
    public VectorTimestamp recover(VectorTimestamp remote) {
        while (true) {
            VectorTimestamp now = state;
            VectorTimestamp next = now.recovered(remote);
            if (STATE.compareAndSet(this, now, next)) {
                return next;
            }
        }
    }

    /**
     * Drops {@code node}, which is gone for good, and returns what the clock shows then; see {@link
     * VectorClock#retire}.
     *
     * @throws IllegalArgumentException if {@code node} is no legal id, or the clock's own
     */
    public VectorTimestamp retire(String node) {
        while (true) {
            VectorTimestamp now = state;
            VectorTimestamp next = now.retiring(node);
            if (STATE.compareAndSet(this, now, next)) {
                return next;
            }
        }
    }

    /** {@return the node and what its clock shows now} */
    @Override
    public String toString() {
        return snapshot().toString();
    }
}
