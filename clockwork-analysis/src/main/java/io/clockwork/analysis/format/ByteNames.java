package io.clockwork.analysis.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names as bytes, each with a number from 0 in the order of first use.
 *
 * <p>Open addressing over 64 bits of each name: of up to seven bytes these are the name itself, of a longer one its hash.
 */
final class ByteNames {
    private static final int MAX_NAMES = 1 << 24;
    private static final int MAX_BYTES = 1 << 29;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long LONG_NAME = 0xFFL << 56;
    private static final int SHORT = 7;

    private final String what;
    private long[] keys = new long[128];
    /** The number of the name plus one; 0 where there is none. */
    private int[] numbers = new int[128];

    private int[] ends = new int[64];
    private byte[] bytes = new byte[512];
    private int size;

    ByteNames(String what) {
        this.what = what;
    }

    int size() {
        return size;
    }

    /** {@return the number of the name that stands in {@code text} from {@code from} to {@code to}} */
    int numberOf(TextBuffer text, int from, int to) {
        long key = key(text, from, to - from);
        int mask = numbers.length - 1;
        int at = slot(key, mask);
        while (numbers[at] != 0) {
            if (keys[at] == key) {
                int number = numbers[at] - 1;
                if (to - from <= SHORT || isName(number, text, from, to)) {
                    return number;
                }
            }
            at = at + 1 & mask;
        }
        return add(key, at, text, from, to);
    }

    /** {@return the number of the name that is the first bytes of a word, at most seven; -1 if it has none yet} */
    int numberOf(long word, int length) {
        long key = shortKey(word, length);
        int mask = numbers.length - 1;
        int at = slot(key, mask);
        while (keys[at] != key) {
            if (numbers[at] == 0) {
                return -1;
            }
            at = at + 1 & mask;
        }
        return numbers[at] - 1;
    }

    private static long shortKey(long word, int length) {
        return (word & ((1L << (length << 3)) - 1)) | (long) length << 56;
    }

    private static int slot(long key, int mask) {
        long h = key * MIX;
        return (int) ((h ^ h >>> 29) >>> 20) & mask;
    }

    private static long key(TextBuffer text, int from, int length) {
        if (length <= SHORT) {
            return shortKey(text.word(from), length);
        }
        long hash = length;
        int i = from;
        int last = from + length - Long.BYTES;
        for (; i < last; i += Long.BYTES) {
            hash = (hash ^ text.word(i)) * MIX;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ text.word(last)) * MIX;
        return (hash ^ hash >>> 32) | LONG_NAME;
    }

    private boolean isName(int number, TextBuffer text, int from, int to) {
        int start = number == 0 ? 0 : ends[number - 1];
        return Arrays.equals(bytes, start, ends[number], text.bytes, from, to);
    }

    private int add(long key, int at, TextBuffer text, int from, int to) {
        if (size == MAX_NAMES) {
            throw new LogFormatException("more than " + MAX_NAMES + " different " + what);
        }
        int end = size == 0 ? 0 : ends[size - 1];
        int length = to - from;
        if (length > MAX_BYTES - end) {
            throw new LogFormatException("names of " + what + " take more than " + MAX_BYTES + " bytes");
        }
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + length, bytes.length * 2));
        }
        System.arraycopy(text.bytes, from, bytes, end, length);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        ends[size] = end + length;
        keys[at] = key;
        numbers[at] = ++size;
        int number = size - 1;
        if (size * 2 > numbers.length) {
            grow();
        }
        return number;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[keys.length];
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int at = slot(oldKeys[i], mask);
                while (numbers[at] != 0) {
                    at = at + 1 & mask;
                }
                keys[at] = oldKeys[i];
                numbers[at] = oldNumbers[i];
            }
        }
    }

    String get(int number) {
        int start = number == 0 ? 0 : ends[number - 1];
        return new String(bytes, start, ends[number] - start, StandardCharsets.UTF_8);
    }
}
