package io.clockwork.analysis.html;

import java.util.function.IntToLongFunction;

/** Columns of integers as text: short for what is small or grows evenly, and fast to read in a browser. */
final class NumberText {
    /*
     * A mode, then the numbers. Each is folded to be unsigned (0, -1, 1, -2, ...) and cut into groups of five bits, the lowest
     * first; the bit above a group says that more follow. That is the numeral of source maps.
     */
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final char PLAIN = '=';
    private static final char DIFFERENCES = '~';
    private static final char CONSTANT = '*';
    private static final int GROUP_BITS = 5;
    private static final int MORE = 1 << GROUP_BITS;

    private NumberText() {}

    /** {@return {@code size} numbers as text, in the shortest of the modes} */
    static String of(int size, IntToLongFunction numbers) {
        if (size == 0) {
            return "";
        }
        boolean constant = true;
        int plain = 0;
        int differences = 0;
        long before = 0;
        for (int i = 0; i < size; i++) {
            long number = numbers.applyAsLong(i);
            constant &= i == 0 || number == before;
            plain += length(number);
            differences += length(number - before);
            before = number;
        }
        StringBuilder text = new StringBuilder(1 + Math.min(plain, differences));
        if (constant) {
            append(text.append(CONSTANT), before);
            return text.toString();
        }
        boolean byDifference = differences < plain;
        text.append(byDifference ? DIFFERENCES : PLAIN);
        before = 0;
        for (int i = 0; i < size; i++) {
            long number = numbers.applyAsLong(i);
            append(text, byDifference ? number - before : number);
            before = number;
        }
        return text.toString();
    }

    private static long folded(long number) {
        return (number << 1) ^ (number >> (Long.SIZE - 1));
    }

    private static int length(long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(folded(number) | 1);
        return (bits + GROUP_BITS - 1) / GROUP_BITS;
    }

    private static void append(StringBuilder text, long number) {
        long rest = folded(number);
        while (rest >>> GROUP_BITS != 0) {
            text.append(DIGITS.charAt(MORE | ((int) rest & (MORE - 1))));
            rest >>>= GROUP_BITS;
        }
        text.append(DIGITS.charAt((int) rest));
    }
}
