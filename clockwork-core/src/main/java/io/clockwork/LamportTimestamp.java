package io.clockwork;

/**
 * A Lamport time together with the node that gave it: a total order that agrees with causality.
 *
 * <p>If event <i>e</i> happened before <i>f</i> then {@code e.compareTo(f) < 0}; the converse does not hold. To tell
 * order from concurrency, compare {@link VectorTimestamp}s.
 *
 * @param node who gave the time: a legal node id without {@code ':'}
 * @param time from 0 to 2<sup>63</sup>&minus;1
 * @see <a href="https://doi.org/10.1145/359545.359563">L. Lamport, <i>Time, Clocks, and the Ordering of Events in a
 *     Distributed System</i>, CACM 21(7), 1978, section "Ordering the Events Totally"</a>
 */
public record LamportTimestamp(String node, long time) implements Comparable<LamportTimestamp> {
    /** Creates a timestamp; throws {@link IllegalArgumentException} if the id or the time is illegal. */
    public LamportTimestamp {
        NodeIds.checkLamport(node);
        Check.range("time", time, 0, Long.MAX_VALUE);
    }

    /**
     * Reads the canonical text form, {@code node:time}, split at the last {@code ':'}.
     *
     * @throws CausalityCodecException if the text is not of this form
     */
    public static LamportTimestamp parse(String text) {
        return CanonicalText.parseLamport(text);
    }

    /** Orders by time, then by node id in code point order. */
    @Override
    public int compareTo(LamportTimestamp other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : NodeIds.compare(node, other.node);
    }

    /** {@return the canonical text form, {@code node:time}} */
    @Override
    public String toString() {
        return node + ':' + time;
    }
}
