package io.clockwork.analysis.format;

import java.util.Comparator;

/**
 * What spans have in common that are one and the same: one that merely has the id of another differs in the rest.
 *
 * <p>Ordered, so that a hash table of many whose hashes collide stays fast: they come from outside.
 */
record SpanIdentity(String id, long start, long end, String operation, String service)
        implements Comparable<SpanIdentity> {
    private static final Comparator<SpanIdentity> ORDER = Comparator.comparing(SpanIdentity::id)
            .thenComparingLong(SpanIdentity::start)
            .thenComparingLong(SpanIdentity::end)
            .thenComparing(SpanIdentity::operation)
            .thenComparing(SpanIdentity::service);

    @Override
    public int compareTo(SpanIdentity other) {
        return ORDER.compare(this, other);
    }
}
