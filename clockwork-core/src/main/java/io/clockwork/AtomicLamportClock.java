package io.clockwork;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The live Lamport clock of a node, shared by its threads; linearizable and lock-free.
 *
 * <p>The times that {@code tick}, {@code send} and {@code receive} return are distinct and ascend in the order in
 * which the calls took effect.
 */
public final class AtomicLamportClock {
    private final String node;
    private final AtomicLong time;

    /** Creates a live clock that stands where {@code start} stands. */
    public AtomicLamportClock(LamportClock start) {
        node = start.node();
        time = new AtomicLong(start.time());
    }

    /** {@return a live clock of {@code node} at time 0} */
    public static AtomicLamportClock of(String node) {
        return new AtomicLamportClock(LamportClock.of(node));
    }

    /** {@return the id of the clock's node} */
    public String node() {
        return node;
    }

    /** {@return what the clock shows now} */
    public LamportTimestamp timestamp() {
        return new LamportTimestamp(node, time.get());
    }

    /** {@return the clock as an immutable value, for instance to save it} */
    public LamportClock snapshot() {
        return new LamportClock(timestamp());
    }

    /**
     * Advances by an internal event and returns its timestamp.
     *
     * @throws ClockOverflowException if the time is at its limit
     */
    public LamportTimestamp tick() {
        return advancePast(0);
    }

    /**
     * Advances by the sending of a message and returns the timestamp that it carries.
     *
     * @throws ClockOverflowException if the time is at its limit
     */
    public LamportTimestamp send() {
        return tick();
    }

    /**
     * Advances past the time of a received message and returns the timestamp of its receipt.
     *
     * @throws ClockOverflowException if the larger time is at its limit
     */
    public LamportTimestamp receive(LamportTimestamp remote) {
        return advancePast(remote.time());
    }

    private LamportTimestamp advancePast(long seen) {
        while (true) {
            long now = time.get();
            long last = Math.max(now, seen);
            if (last == Long.MAX_VALUE) {
                throw new ClockOverflowException(node);
            }
            if (time.compareAndSet(now, last + 1)) {
                return new LamportTimestamp(node, last + 1);
            }
        }
    }

    /** {@return the canonical text form of what the clock shows now} */
    @Override
    public String toString() {
        return timestamp().toString();
    }
}
