package io.clockwork.text;

/** Writes counters in decimal digits, two at a time. */
final class Decimal {
    private static final byte[] PAIRS = new byte[200];
    private static final long[] POWERS = new long[19];

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

    /** {@return the number of digits} */
    static int length(long value) {
        // 1233 / 4096 is a little more than log10(2).
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        int guess = (bits * 1233) >>> 12;
        return value < POWERS[guess] ? Math.max(guess, 1) : guess + 1;
    }
}
