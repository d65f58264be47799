package io.clockwork.text;

/**
 * Counters in decimal digits, eight at a time: a word holds a digit a byte, the first in the lowest, and neighbours are
 * taken apart or put together in three steps.
 */
final class Decimal {
    /** What {@link #read} finds at most; longer numbers are left to the general way. */
    static final int MAX_READ = 15;
    /** Where {@link #read} puts the number of digits. */
    static final int DIGITS_MASK = 15;

    static final int DIGITS_BITS = 4;
    /** How many bytes beyond the digits {@link #write} may touch. */
    static final int SLACK = Word.BYTES;

    private static final long ZEROS = 0x3030303030303030L;
    private static final long EIGHT_DIGITS = 100_000_000;

    private Decimal() {}

    /** Writes {@code value}, not negative, from index {@code at} on; returns the index after its last digit. */
    static int write(long value, byte[] out, int at) {
        if (value >= EIGHT_DIGITS) {
            int end = write(value / EIGHT_DIGITS, out, at);
            Word.set(out, end, digits((int) (value % EIGHT_DIGITS)) | ZEROS);
            return end + Word.BYTES;
        }
        long digits = digits((int) value);
        // Of 0, the last digit is kept.
        int leadingZeros = Long.numberOfTrailingZeros(digits | 1L << 56) >>> 3;
        Word.set(out, at, (digits | ZEROS) >>> (leadingZeros * 8));
        return at + Word.BYTES - leadingZeros;
    }

    private static long digits(int value) {
        long high = value / 10_000;
        long fours = high | (value - high * 10_000) << 32;
        long hundreds = ((fours * 10_486) >>> 20) & 0x0000007F_0000007FL;
        long pairs = hundreds | (fours - hundreds * 100) << 16;
        long tens = ((pairs * 103) >>> 10) & 0x000F000F_000F000FL;
        return tens | (pairs - tens * 10) << 8;
    }

    /** {@return the digits of the largest number with no more bits than {@code value}; at most 19} */
    static int mostDigits(long value) {
        // 1233 / 4096 is a little more than the decimal logarithm of 2.
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return ((bits * 1233) >>> 12) + 1;
    }

    /**
     * Returns the number that stands from {@code at} on, shifted by {@link #DIGITS_BITS}, and in the lowest bits how many
     * digits it has: 0 when there is none, or more than {@link #MAX_READ} digits.
     */
    static long read(byte[] text, int at) {
        if (at + Word.BYTES <= text.length) {
            long values = Word.get(text, at) ^ ZEROS;
            // A value above 9 reaches the top bit, or had it. A carry only spoils the bytes that follow.
            long others = ((values + 0x7676767676767676L) | values) & 0x8080808080808080L;
            if (others != 0) {
                int bits = Long.numberOfTrailingZeros(others) & ~7;
                // The digits moved to the end of the word, behind zeros. Of no digits nothing counts.
                return number(values << (Word.BYTES * 8 - bits)) << DIGITS_BITS | bits >>> 3;
            }
        }
        int end = at;
        long value = 0;
        while (end < text.length && text[end] >= '0' && text[end] <= '9' && end - at <= MAX_READ) {
            value = value * 10 + (text[end++] - '0');
        }
        return end - at <= MAX_READ ? value << DIGITS_BITS | (end - at) : 0;
    }

    private static long number(long digits) {
        long pairs = (digits * 10 + (digits >>> 8)) & 0x00FF00FF_00FF00FFL;
        long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF_0000FFFFL;
        return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
    }
}
