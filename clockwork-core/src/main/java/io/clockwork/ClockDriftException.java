package io.clockwork;

/**
 * Thrown when a message's wall time is farther ahead of this node's than allowed; the clock is left as it was.
 *
 * <p>Taking it over would set this clock, and those of all who hear from it, ahead for good. Either clock may be wrong.
 */
public final class ClockDriftException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long aheadMillis;
    private final long maxDriftMillis;

    ClockDriftException(HybridTimestamp remote, long nowMillis, long maxDriftMillis) {
        super("hybrid timestamp " + remote + " of a message is " + (remote.wallMillis() - nowMillis)
                + " ms ahead of this node's wall clock, the limit is " + maxDriftMillis
                + " ms; refuse the message and check the time synchronisation of both nodes, or raise maxDrift");
        aheadMillis = remote.wallMillis() - nowMillis;
        this.maxDriftMillis = maxDriftMillis;
    }

    /** {@return how far the message is ahead of this node's wall clock, in milliseconds} */
    public long aheadMillis() {
        return aheadMillis;
    }

    /** {@return how far it may be ahead, in milliseconds} */
    public long maxDriftMillis() {
        return maxDriftMillis;
    }
}
