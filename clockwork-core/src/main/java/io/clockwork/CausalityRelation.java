package io.clockwork;

/**
 * How two timestamps relate in the happens-before order.
 *
 * <p>For any two timestamps exactly one of the four holds, and {@code a.compare(b)} is always the
 * {@link #inverse()} of {@code b.compare(a)}.
 *
 * @see <a href="https://doi.org/10.1145/359545.359563">L. Lamport, <i>Time, Clocks, and the Ordering
 *     of Events in a Distributed System</i>, CACM 21(7), 1978</a>
 */
public enum CausalityRelation {
    /** The left side is in the past of the right side: it may have caused it. */
    HAPPENS_BEFORE("\u2192"),
    /** The right side is in the past of the left side. */
    HAPPENS_AFTER("\u2190"),
    /** Neither side knew of the other: neither can have caused the other. */
    CONCURRENT("\u2225"),
    /** Both sides know exactly the same past. */
    EQUAL("=");

    private final String symbol;

    CausalityRelation(String symbol) {
        this.symbol = symbol;
    }

    /** {@return the relation of the two sides exchanged} */
    public CausalityRelation inverse() {
        return switch (this) {
            case HAPPENS_BEFORE -> HAPPENS_AFTER;
            case HAPPENS_AFTER -> HAPPENS_BEFORE;
            case CONCURRENT, EQUAL -> this;
        };
    }

    /** {@return whether one side is in the past of the other} */
    public boolean isCausal() {
        return this == HAPPENS_BEFORE || this == HAPPENS_AFTER;
    }

    /** {@return whether neither side is in the past of the other and they differ} */
    public boolean isConcurrent() {
        return this == CONCURRENT;
    }

    /** {@return the sign used in reports: {@code →}, {@code ←}, {@code ∥} or {@code =}} */
    public String symbol() {
        return symbol;
    }
}
