package io.clockwork;

import java.util.Objects;

/**
 * A node's Lamport clock: an immutable value whose operations return the next clock.
 *
 * <p>For a clock that threads share, use {@link AtomicLamportClock}.
 *
 * @param timestamp what the clock shows
 */
public record LamportClock(LamportTimestamp timestamp) {
    /** Creates a clock that shows {@code timestamp}. */
    public LamportClock {
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /** {@return a clock of {@code node} at time 0} */
    public static LamportClock of(String node) {
        return new LamportClock(new LamportTimestamp(node, 0));
    }

    /** {@return the id of the clock's node} */
    public String node() {
        return timestamp.node();
    }

    /** {@return the clock's time, from 0 to 2<sup>63</sup>&minus;1} */
    public long time() {
        return timestamp.time();
    }

    /**
     * Returns the clock after an internal event.
     *
     * @throws ClockOverflowException if the time is at its limit
     */
    public LamportClock tick() {
        return at(next(timestamp.time()));
    }

    /**
     * Returns the clock after sending a message, which carries the returned clock's {@link #timestamp()}.
     *
     * @throws ClockOverflowException if the time is at its limit
     */
    public LamportClock send() {
        return tick();
    }

    /**
     * Returns the clock after receiving a message: one more than the larger of both times.
     *
     * @throws ClockOverflowException if the larger time is at its limit
     */
    public LamportClock receive(LamportTimestamp remote) {
        return at(next(Math.max(timestamp.time(), remote.time())));
    }

    /**
     * As {@link #receive(LamportTimestamp)}, refusing a message that would push this clock too far ahead.
     *
     * @param maxAhead how far {@code remote} may be ahead of this clock, at least 0
     * @throws IllegalArgumentException if {@code remote} is farther ahead than that
     */
    public LamportClock receive(LamportTimestamp remote, long maxAhead) {
        if (maxAhead < 0) {
            throw new IllegalArgumentException("maxAhead must be at least 0, was " + maxAhead);
        }
        if (remote.time() - timestamp.time() > maxAhead) {
            throw new IllegalArgumentException("message of node \"" + Excerpt.of(remote.node()) + "\" has time "
                    + remote.time() + ", more than " + maxAhead + " ahead of this clock's " + timestamp.time()
                    + "; refuse it, or raise the bound");
        }
        return receive(remote);
    }

    private LamportClock at(long time) {
        return new LamportClock(new LamportTimestamp(timestamp.node(), time));
    }

    private long next(long time) {
        if (time == Long.MAX_VALUE) {
            throw new ClockOverflowException(timestamp.node());
        }
        return time + 1;
    }
}
