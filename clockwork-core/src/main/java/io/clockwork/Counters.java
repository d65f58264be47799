package io.clockwork;

/** Arithmetic on two columns of counters, each from 0 to 2<sup>63</sup>&minus;1, without boxing. */
final class Counters {
    /** Some counter of the left side is below its partner. */
    static final int BELOW = 1;
    /** Some counter of the left side is above its partner. */
    static final int ABOVE = 2;
    /** Both: the sides are concurrent. */
    static final int BOTH = BELOW | ABOVE;

    /** Long enough for the JIT to vectorise the inner loop, short enough to leave early. */
    private static final int BLOCK = 32;

    private Counters() {}

    /** {@return {@code seen} with what one pair adds} */
    static int pair(long a, long b, int seen) {
        return a < b ? seen | BELOW : a > b ? seen | ABOVE : seen;
    }

    /** {@return {@code seen} with what the pairs of indexes from (inclusive) to (exclusive) add; stops at BOTH} */
    static int scan(long[] a, long[] b, int from, int to, int seen) {
        int i = from;
        int found = seen;
        while (i < to && found != BOTH) {
            // Differences of non-negative longs do not overflow, so the sign bit tells the order.
            long below = 0;
            long above = 0;
            int end = Math.min(to, i + BLOCK);
            for (; i < end; i++) {
                long difference = a[i] - b[i];
                below |= difference;
                above |= -difference;
            }
            found |= below < 0 ? BELOW : 0;
            found |= above < 0 ? ABOVE : 0;
        }
        return found;
    }

    static CausalityRelation relation(int seen) {
        return switch (seen) {
            case 0 -> CausalityRelation.EQUAL;
            case BELOW -> CausalityRelation.HAPPENS_BEFORE;
            case ABOVE -> CausalityRelation.HAPPENS_AFTER;
            default -> CausalityRelation.CONCURRENT;
        };
    }

    /** {@return a new column of the larger counters} */
    static long[] max(long[] a, long[] b) {
        long[] result = new long[a.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(a[i], b[i]);
        }
        return result;
    }
}
