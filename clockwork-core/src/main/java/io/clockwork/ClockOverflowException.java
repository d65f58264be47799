package io.clockwork;

/**
 * Thrown when a counter would pass 2<sup>63</sup>&minus;1; the clock is left as it was.
 *
 * <p>A counter never gets there by ticking: a peer sent a value at the limit. Retire the component and go on with a
 * new instance id.
 */
public final class ClockOverflowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClockOverflowException(String node) {
        super("counter of node \"" + Excerpt.of(node) + "\" is at its limit of " + Long.MAX_VALUE
                + " and cannot advance; retire this node id and start a new one");
    }
}
