package io.clockwork;

/**
 * Thrown when a message knows more of this node than the node itself; the clock is left as it was.
 *
 * <p>Only the node itself advances its counter, so the message was forged or the node restarted and lost its state.
 * If it was a restart, adopt the counter with {@code recover}; better, start each instance under an id of its own.
 */
public final class OwnCounterAheadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long ownCounter;
    private final long remoteCounter;

    OwnCounterAheadException(String node, long ownCounter, long remoteCounter) {
        super("message claims counter " + remoteCounter + " for this node \"" + Excerpt.of(node)
                + "\", whose own counter is " + ownCounter
                + ": forged, or this node restarted and lost its state; refuse it, or adopt it with recover()");
        this.ownCounter = ownCounter;
        this.remoteCounter = remoteCounter;
    }

    /** {@return the counter that this node has reached} */
    public long ownCounter() {
        return ownCounter;
    }

    /** {@return the counter that the message claims for this node} */
    public long remoteCounter() {
        return remoteCounter;
    }
}
