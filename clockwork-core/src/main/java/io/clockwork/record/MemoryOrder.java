package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/**
 * How a memory access is ordered with others: the access modes of {@link java.lang.invoke.VarHandle}.
 *
 * <p>An access that acquires follows the write that it saw if that one releases; no other pair orders anything.
 */
public enum MemoryOrder {
    /** Not at all. */
    PLAIN,
    /** As {@link #PLAIN} towards other variables; accesses of the same one are seen in a single order. */
    OPAQUE,
    /** What comes after it in the task cannot come before it. Of reads and updates. */
    ACQUIRE,
    /** What came before it in the task cannot come after it. Of writes and updates. */
    RELEASE,
    /** It acquires and releases, and all such accesses have one order. */
    VOLATILE;

    /** {@return whether a read in this order follows the write that it sees, if that one {@link #releases}} */
    public boolean acquires() {
        return this == ACQUIRE || this == VOLATILE;
    }

    /** {@return whether a write in this order is followed by reads that see it and {@link #acquires acquire}} */
    public boolean releases() {
        return this == RELEASE || this == VOLATILE;
    }

    /** {@return the order of an access of which no other one is known; null for a kind that is no memory access} */
    public static @Nullable MemoryOrder usual(EventKind kind) {
        return switch (kind) {
            case READ, WRITE -> PLAIN;
            case ATOMIC_READ, ATOMIC_WRITE, ATOMIC_UPDATE -> VOLATILE;
            default -> null;
        };
    }

    /** {@return the order in which a compare-and-set of this one reads, if that is all it does} */
    MemoryOrder ofFailure() {
        return this == RELEASE ? PLAIN : this;
    }
}
