package io.clockwork.text;

/** Counters in decimal digits: written two at a time, read eight at a time. */
final class Decimal {
    private static final byte[] PAIRS = new byte[200];
    private static final long[] POWERS = new long[19];
    private static final long ZEROS = 0x3030303030303030L;

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Decimal() {}

    /** Writes {@code value}, not negative, from index {@code at} on; returns the index after its last digit. */
    static int write(long value, byte[] out, int at) {
        int end = at + length(value);
        int i = end;
        long rest = value;
        while (rest >= 10) {
            long quotient = rest / 100;
            int pair = (int) (rest - quotient * 100) * 2;
            out[--i] = PAIRS[pair + 1];
            out[--i] = PAIRS[pair];
            rest = quotient;
        }
        if (i > at) {
            out[at] = (byte) ('0' + rest);
        }
        return end;
    }

    /** {@return the number of digits of {@code value}, not negative} */
    static int length(long value) {
        int most = mostDigits(value);
        return most > 1 && value < POWERS[most - 1] ? most - 1 : most;
    }

    /** {@return the digits of the largest number with no more bits than {@code value}; at most 19} */
    static int mostDigits(long value) {
        // 1233 / 4096 is a little more than the decimal logarithm of 2.
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return ((bits * 1233) >>> 12) + 1;
    }

    /** {@return how many digits stand from {@code at} on; 0 as well when they are more than 18} */
    static int digits(byte[] text, int at) {
        if (at + Word.BYTES <= text.length) {
            long others = othersThanDigits(Word.get(text, at));
            if (others != 0) {
                return Long.numberOfTrailingZeros(others) >>> 3;
            }
        }
        int end = at;
        while (end < text.length && text[end] >= '0' && text[end] <= '9') {
            end++;
        }
        return end - at <= 18 ? end - at : 0;
    }

    /** {@return a word whose lowest set bit is in the first byte of {@code word} that is no digit; 0 if all are} */
    private static long othersThanDigits(long word) {
        long values = word ^ ZEROS;
        // A value above 9 reaches the top bit, or had it. A carry only spoils the bytes that follow.
        return ((values + 0x7676767676767676L) | values) & 0x8080808080808080L;
    }

    /** {@return the number that {@code digits} digits from {@code at} on make; at most 18} */
    static long read(byte[] text, int at, int digits) {
        if (digits <= Word.BYTES && at + Word.BYTES <= text.length) {
            // The digits, each a byte, moved to the end of the word behind zeros; then neighbours are added up.
            long values = (Word.get(text, at) ^ ZEROS) << ((Word.BYTES - digits) * 8);
            long pairs = (values * 10 + (values >>> 8)) & 0x00FF00FF00FF00FFL;
            long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
            return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
        }
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }
}
