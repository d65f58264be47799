package io.clockwork;

import io.clockwork.CausalityCodecException.Reason;

/**
 * A hybrid logical clock reading: wall time plus a counter that orders readings of one millisecond.
 *
 * <p>If event <i>e</i> happened before <i>f</i> then {@code e.compareTo(f) < 0} (Theorem 1); the converse does not hold.
 * To tell order from concurrency, compare {@link VectorTimestamp}s.
 *
 * <p>Unlike in the paper, a full counter carries into the wall time instead of growing without bound: the reading after
 * (7, 65535) is (8, 0). The order stays; the wall time then runs ahead of the clock it was read from for as long as
 * readings are taken faster than 65,536 a millisecond.
 *
 * @param wallMillis milliseconds since 1970-01-01T00:00:00Z, from 0 to 2<sup>48</sup>&minus;1
 * @param counter readings already taken at {@code wallMillis}, from 0 to 65,535
 * @see <a href="https://doi.org/10.1007/978-3-319-14472-6_2">S. Kulkarni, M. Demirbas, D. Madappa, B. Avva and M. Leone,
 *     <i>Logical Physical Clocks</i>, OPODIS 2014, Figure 5</a>
 */
public record HybridTimestamp(long wallMillis, int counter) implements Comparable<HybridTimestamp> {
    /** The largest wall time, in the year 10889. */
    public static final long MAX_WALL_MILLIS = (1L << 48) - 1;

    /** The largest counter. */
    public static final int MAX_COUNTER = (1 << 16) - 1;

    private static final String KEY = "hybrid timestamp";
    private static final int COUNTER_BITS = 16;
    private static final int WALL_DIGITS = 15;
    private static final int COUNTER_DIGITS = 5;

    /** Creates a reading; throws {@link IllegalArgumentException} if a component is out of range. */
    public HybridTimestamp {
        Check.range("wallMillis", wallMillis, 0, MAX_WALL_MILLIS);
        Check.range("counter", counter, 0, MAX_COUNTER);
    }

    /** {@return the first reading at {@code wallMillis}} */
    public static HybridTimestamp at(long wallMillis) {
        return new HybridTimestamp(wallMillis, 0);
    }

    /** {@return the reading whose {@link #toLong()} is {@code packed}; every {@code long} is one} */
    public static HybridTimestamp ofLong(long packed) {
        return new HybridTimestamp(packed >>> COUNTER_BITS, (int) packed & MAX_COUNTER);
    }

    /**
     * Reads the text form that {@link #toString()} writes.
     *
     * @throws CausalityCodecException if the text is not of this form
     */
    public static HybridTimestamp parse(String text) {
        if (text.length() != WALL_DIGITS + 1 + COUNTER_DIGITS || text.charAt(WALL_DIGITS) != '.') {
            throw new CausalityCodecException(
                    Reason.MISSING_DELIMITER, KEY, -1, "expected 15 digits, '.' and 5 digits", text);
        }
        long wallMillis = digits(text, 0, WALL_DIGITS, MAX_WALL_MILLIS);
        long counter = digits(text, WALL_DIGITS + 1, text.length(), MAX_COUNTER);
        return new HybridTimestamp(wallMillis, (int) counter);
    }

    /**
     * {@return the wall time in the upper 48 bits and the counter in the lower 16} Readings order as these longs do by
     * {@link Long#compareUnsigned}; up to the year 6429 also by {@link Long#compare}.
     */
    public long toLong() {
        return wallMillis << COUNTER_BITS | counter;
    }

    /**
     * Returns the reading after this one; a wall clock that stepped back only advances the counter.
     *
     * @param nowMillis what the wall clock shows, from 0 to 2<sup>48</sup>&minus;1
     * @throws IllegalArgumentException if {@code nowMillis} is out of range
     * @throws IllegalStateException if this is the last of all readings
     */
    public HybridTimestamp next(long nowMillis) {
        return ofLong(next(toLong(), at(nowMillis).toLong()));
    }

    /**
     * Returns the reading of the receipt of {@code remote}: after this one and after that one.
     *
     * @param nowMillis what the wall clock shows, from 0 to 2<sup>48</sup>&minus;1
     * @throws IllegalArgumentException if {@code nowMillis} is out of range
     * @throws IllegalStateException if one of both is the last of all readings
     */
    public HybridTimestamp receive(HybridTimestamp remote, long nowMillis) {
        return compareTo(remote) >= 0 ? next(nowMillis) : remote.next(nowMillis);
    }

    /*
     * Figure 5 on the packed form. Its cases all say: the counter restarts where the wall clock leads, else it is one
     * above the largest counter beside the largest l. That is the larger of the packed wall time and the largest packed
     * reading plus one, and the carry comes for free.
     */
    static long next(long last, long nowPacked) {
        if (Long.compareUnsigned(nowPacked, last) > 0) {
            return nowPacked;
        }
        if (last == -1) {
            throw new IllegalStateException("hybrid timestamp is at its limit of " + ofLong(last)
                    + " and cannot advance; a wall clock was set millennia ahead: set it right and restore an earlier"
                    + " reading");
        }
        return last + 1;
    }

    /** Orders by wall time, then by counter. */
    @Override
    public int compareTo(HybridTimestamp other) {
        return Long.compareUnsigned(toLong(), other.toLong());
    }

    /**
     * {@return the text form, {@code 001700000000000.00042}: 15 digits of wall milliseconds, 5 of the counter} Texts sort
     * as the readings do.
     */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(WALL_DIGITS + 1 + COUNTER_DIGITS);
        pad(out, Long.toString(wallMillis), WALL_DIGITS);
        out.append('.');
        pad(out, Integer.toString(counter), COUNTER_DIGITS);
        return out.toString();
    }

    private static long digits(String text, int from, int to, long max) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new CausalityCodecException(Reason.BAD_NUMBER, KEY, i, "expected a digit", text);
            }
            value = value * 10 + digit;
        }
        if (value > max) {
            throw new CausalityCodecException(Reason.COUNTER_OUT_OF_RANGE, KEY, from, "number is above " + max, text);
        }
        return value;
    }

    private static void pad(StringBuilder out, String digits, int width) {
        out.append("0".repeat(width - digits.length())).append(digits);
    }
}
