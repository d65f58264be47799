package io.clockwork.analysis;

/** What becomes of operations that seem to run outside of the operations that waited for them. */
public enum ClockSkew {
    /** They are cut to the time of their callers, or left out if they lie wholly outside: times are taken as they are. */
    CLIP,
    /**
     * Clocks of services may differ: what a service ran for a call of another one is moved into that call.
     *
     * <p>An operation of another service that is the only one below a call, and the called side of it by their {@link SpanKind}s,
     * is moved into its middle, or to its start if it is longer. What it called in its own service is moved with it, and so is what
     * other services ran for it if that fits. All else is cut.
     */
    SHIFT
}
