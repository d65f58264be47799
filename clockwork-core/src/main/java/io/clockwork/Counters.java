package io.clockwork;

import java.util.Arrays;

/** Arithmetic on two columns of counters, each from 0 to 2<sup>63</sup>&minus;1, of one length and without boxing. */
final class Counters {
    /*
     * Once some entry has shown one direction, only the other is still of interest, so each scan looks for one
     * direction: one comparison an entry that the processor predicts, left at the first find. Collecting the signs of
     * differences without a branch was measured and is slower on JDK 17, as are blocks and unrolling by hand.
     */

    /** Some counter of the left side is below its partner. */
    static final int BELOW = 1;
    /** Some counter of the left side is above its partner. */
    static final int ABOVE = 2;
    /** Both: the sides are concurrent. */
    static final int BOTH = BELOW | ABOVE;

    /** Up to this length a plain loop finds the first difference sooner than the call of the vectorised stub. */
    private static final int SHORT = 8;

    private Counters() {}

    /** {@return {@code seen} with what one pair adds} */
    static int pair(long a, long b, int seen) {
        return a < b ? seen | BELOW : a > b ? seen | ABOVE : seen;
    }

    /** {@return {@code seen} with what the pairs of both columns add} */
    static int scan(long[] a, long[] b, int seen) {
        int from = 0;
        int found = seen;
        if (found == 0) {
            int first = mismatch(a, b);
            if (first < 0) {
                return 0;
            }
            found = a[first] < b[first] ? BELOW : ABOVE;
            from = first + 1;
        }
        return switch (found) {
            case BELOW -> anyAbove(a, b, from) ? BOTH : BELOW;
            case ABOVE -> anyAbove(b, a, from) ? BOTH : ABOVE;
            default -> BOTH;
        };
    }

    private static int mismatch(long[] a, long[] b) {
        if (a.length > SHORT) {
            return Arrays.mismatch(a, b);
        }
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return i;
            }
        }
        return -1;
    }

    /** {@return whether a counter of {@code a}, from index {@code from} on, is above its partner in {@code b}} */
    static boolean anyAbove(long[] a, long[] b, int from) {
        for (int i = from; i < a.length; i++) {
            if (a[i] > b[i]) {
                return true;
            }
        }
        return false;
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
            // Math.max, written so that the JIT vectorises it: b where a - b is negative, else a.
            long difference = a[i] - b[i];
            result[i] = a[i] - (difference & -(difference >>> 63));
        }
        return result;
    }
}
