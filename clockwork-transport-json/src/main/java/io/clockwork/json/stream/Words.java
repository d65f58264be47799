package io.clockwork.json.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time: the loops in which whoever reads JSON spends its time. */
public final class Words {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SPACES = ' ' * ONES;
    private static final long ZEROS = '0' * ONES;

    private Words() {}

    /*
     * "Is any byte special" is one expression over a word [1]: for a byte b below 0x80, b - 0x20 has its
     * high bit set iff b is a control character, and (b ^ c) - 1 iff b == c; a byte from 0x80 has it
     * anyway. A borrow only leaves a byte that is itself special, so the lowest bit set is exact, and
     * the word is little-endian so that the lowest is the first.
     *
     * [1] H. Warren, Hacker's Delight, 2nd ed., section 6-1
     */

    /** {@return the first position whose byte is not a plain ASCII character of a string, or {@code limit}} */
    public static int skipPlain(byte[] bytes, int from, int limit) {
        int p = from;
        while (p <= limit - Long.BYTES) {
            long word = (long) LONG.get(bytes, p);
            long special =
                    ((word - SPACES) | ((word ^ '"' * ONES) - ONES) | ((word ^ '\\' * ONES) - ONES) | word) & HIGHS;
            if (special != 0) {
                return p + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            p += Long.BYTES;
        }
        while (p < limit) {
            int c = bytes[p];
            if (c < ' ' || c == '"' || c == '\\') { // bytes from 0x80 are negative
                return p;
            }
            p++;
        }
        return limit;
    }

    /** {@return the first position whose byte is not a space, or {@code limit}} */
    public static int skipSpaces(byte[] bytes, int from, int limit) {
        int p = from;
        while (p <= limit - Long.BYTES) {
            long others = (long) LONG.get(bytes, p) ^ SPACES;
            if (others != 0) {
                return p + (Long.numberOfTrailingZeros(others) >>> 3);
            }
            p += Long.BYTES;
        }
        while (p < limit && bytes[p] == ' ') {
            p++;
        }
        return p;
    }

    /** {@return whether eight ASCII digits stand at {@code from}; there must be eight bytes} */
    static boolean areDigits(byte[] bytes, int from) {
        long word = (long) LONG.get(bytes, from) ^ ZEROS; // digits become 0 to 9; 0x76 + 9 stays below 0x80
        return ((word | (word & ~HIGHS) + 0x76 * ONES) & HIGHS) == 0;
    }

    /** {@return the value of the eight ASCII digits at {@code from}} */
    static long parseDigits(byte[] bytes, int from) {
        long pairs = (long) LONG.get(bytes, from) - ZEROS;
        pairs = pairs * 10 + (pairs >>> 8); // every second byte: two digits
        return ((pairs & 0x000000FF000000FFL) * (100 + (1_000_000L << 32))
                        + (pairs >>> 16 & 0x000000FF000000FFL) * (1 + (10_000L << 32)))
                >>> 32;
    }

    /** Returns up to eight bytes from {@code from} as a little-endian number; {@code length} from 0. */
    static long prefix(byte[] bytes, int from, int length) {
        if (length >= Long.BYTES) {
            return (long) LONG.get(bytes, from);
        }
        if (from <= bytes.length - Long.BYTES) {
            return (long) LONG.get(bytes, from) & ~(-1L << (length << 3));
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[from + i] & 0xFFL) << (i << 3);
        }
        return word;
    }

    /** {@return a hash of the bytes' length, their first eight and their last eight} */
    static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        long hash = prefix(bytes, from, length) + length;
        if (length > Long.BYTES) {
            hash = hash * 0x9E3779B97F4A7C15L + (long) LONG.get(bytes, to - Long.BYTES);
        }
        hash *= 0xD6E8FEB86659FD93L;
        return (int) (hash >>> 32);
    }

    /** {@return whether {@code key} is equal to the bytes from {@code from} to {@code to}} */
    public static boolean equal(byte[] key, byte[] bytes, int from, int to) {
        int length = to - from;
        if (key.length != length) {
            return false;
        }
        int p = 0;
        while (p <= length - Long.BYTES) {
            if ((long) LONG.get(key, p) != (long) LONG.get(bytes, from + p)) {
                return false;
            }
            p += Long.BYTES;
        }
        if (p == 0) {
            return prefix(key, 0, length) == prefix(bytes, from, length);
        }
        return (long) LONG.get(key, length - Long.BYTES) == (long) LONG.get(bytes, to - Long.BYTES);
    }
}
