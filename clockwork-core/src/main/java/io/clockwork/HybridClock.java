package io.clockwork;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The live hybrid logical clock of a node, shared by its threads; linearizable and lock-free.
 *
 * <p>The readings that {@code now} and {@code update} return are distinct and ascend in the order in which the calls took
 * effect, also while the wall clock stands still or steps back. A message whose wall time is farther ahead of this
 * node's than {@code maxDrift} is refused, so that no peer with a wrong clock can set this one far ahead.
 *
 * <pre>{@code
 * HybridClock clock = new HybridClock(InstantSource.system(), Duration.ofMillis(500));
 * HybridTimestamp sent = clock.now();
 * HybridTimestamp received = clock.update(message.timestamp());
 * }</pre>
 *
 * @see HybridTimestamp
 */
public final class HybridClock {
    private final InstantSource wallClock;
    private final long maxDriftMillis;
    /** The last reading, packed. */
    private final AtomicLong last;

    /**
     * Creates a clock.
     *
     * @param wallClock read at each call; {@code InstantSource.system()} does so without allocation
     * @param maxDrift how far messages may be ahead of the wall clock, in whole milliseconds; not negative
     */
    public HybridClock(InstantSource wallClock, Duration maxDrift) {
        this(wallClock, maxDrift, HybridTimestamp.ofLong(0));
    }

    /**
     * Creates a clock that goes on after {@code last}, as saved before a restart.
     *
     * @param wallClock read at each call; {@code InstantSource.system()} does so without allocation
     * @param maxDrift how far messages may be ahead of the wall clock, in whole milliseconds; not negative
     */
    public HybridClock(InstantSource wallClock, Duration maxDrift, HybridTimestamp last) {
        this.wallClock = Objects.requireNonNull(wallClock, "wallClock");
        if (maxDrift.isNegative()) {
            throw new IllegalArgumentException("maxDrift must not be negative, was " + maxDrift);
        }
        this.maxDriftMillis = maxDrift.toMillis();
        this.last = new AtomicLong(last.toLong());
    }

    /** {@return the last reading, without taking one} */
    public HybridTimestamp last() {
        return HybridTimestamp.ofLong(last.get());
    }

    /** {@return a reading for a local event or the sending of a message} */
    public HybridTimestamp now() {
        return HybridTimestamp.ofLong(nowLong());
    }

    /** {@return as {@link #now()}, packed as by {@link HybridTimestamp#toLong()}; allocates nothing} */
    public long nowLong() {
        return advancePast(0, wallMillis());
    }

    /**
     * Returns a reading for the receipt of a message: after {@code remote} and after all readings of this clock.
     *
     * @throws ClockDriftException if {@code remote} is more than {@code maxDrift} ahead of the wall clock
     */
    public HybridTimestamp update(HybridTimestamp remote) {
        return HybridTimestamp.ofLong(updateLong(remote.toLong()));
    }

    /**
     * As {@link #update}, packed as by {@link HybridTimestamp#toLong()}; allocates nothing.
     *
     * @throws ClockDriftException if {@code remote} is more than {@code maxDrift} ahead of the wall clock
     */
    public long updateLong(long remote) {
        long nowMillis = wallMillis();
        refuseTooFarAhead(remote, nowMillis);
        return advancePast(remote, nowMillis);
    }

    /**
     * Learns of {@code remote} without taking a reading, and returns the last reading or {@code remote}, whichever is
     * later; all further readings are after both. Does not look at the wall clock when there is nothing to learn.
     *
     * @throws ClockDriftException if {@code remote} is later than this clock's last reading and more than
     *     {@code maxDrift} ahead of the wall clock
     */
    public HybridTimestamp merge(HybridTimestamp remote) {
        long remotePacked = remote.toLong();
        while (true) {
            long seen = last.get();
            if (Long.compareUnsigned(remotePacked, seen) <= 0) {
                return HybridTimestamp.ofLong(seen);
            }
            refuseTooFarAhead(remotePacked, wallMillis());
            if (last.compareAndSet(seen, remotePacked)) {
                return remote;
            }
        }
    }

    private void refuseTooFarAhead(long remote, long nowMillis) {
        if ((remote >>> 16) - nowMillis > maxDriftMillis) {
            throw new ClockDriftException(HybridTimestamp.ofLong(remote), nowMillis, maxDriftMillis);
        }
    }

    private long advancePast(long remote, long nowMillis) {
        long nowPacked = nowMillis << 16;
        while (true) {
            long seen = last.get();
            long latest = Long.compareUnsigned(remote, seen) > 0 ? remote : seen;
            long next = HybridTimestamp.next(latest, nowPacked);
            if (last.compareAndSet(seen, next)) {
                return next;
            }
        }
    }

    private long wallMillis() {
        long millis = wallClock.millis();
        if (millis < 0 || millis > HybridTimestamp.MAX_WALL_MILLIS) {
            throw new IllegalStateException("the wall clock shows " + millis + " ms since 1970, must be from 0 to "
                    + HybridTimestamp.MAX_WALL_MILLIS + "; set it right");
        }
        return millis;
    }

    /** {@return the last reading} */
    @Override
    public String toString() {
        return last().toString();
    }
}
