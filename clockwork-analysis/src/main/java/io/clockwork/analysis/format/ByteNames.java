package io.clockwork.analysis.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names as bytes, each with a number from 0 in the order of first use.
 *
 * <p>Open addressing over 64 bits of each name: of up to seven bytes these are the name itself, of a longer one its hash.
 * Names that are a certain letter, or none, and a decimal number are also found by that.
 */
final class ByteNames {
    private static final int MAX_NAMES = 1 << 24;
    private static final int MAX_BYTES = 1 << 29;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long LONG_NAME = 0xFFL << 56;
    private static final int SHORT = 7;
    private static final int MAX_DIGITS = 7;
    /** Greater values are kept only if there are many names, lest few names take much memory. */
    private static final int SMALL_VALUE = 1 << 16;

    private static final int MAX_SPREAD = 8;

    private final String what;
    private final int letters;
    private final int letter;
    /** By the value of a name its number plus one; 0 where there is none. */
    private int[] byValue = new int[256];

    private long[] keys = new long[128];
    /** The number of the name plus one; 0 where there is none. */
    private int[] numbers = new int[128];

    private int[] ends = new int[64];
    private byte[] bytes = new byte[512];
    private int size;

    /** Names that may begin with {@code letter}, if that is not 0, and then are numbers. */
    ByteNames(String what, int letter) {
        this.what = what;
        this.letter = letter;
        letters = letter == 0 ? 0 : 1;
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

    /** {@return the number of the name that is the letter and {@code value} without zeros in front; -1 if not known by that} */
    int ofValue(int value) {
        return value >= 0 && value < byValue.length ? byValue[value] - 1 : -1;
    }

    /** Makes the name of {@code number} known by its value, if it has one. */
    private void keepValue(byte[] from, int start, int end, int number) {
        int digits = end - start - letters;
        if (digits <= 0 || digits > MAX_DIGITS || (letters == 1 && from[start] != letter)) {
            return;
        }
        int first = start + letters;
        int value = 0;
        for (int i = first; i < end; i++) {
            int digit = from[i] - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            value = value * 10 + digit;
        }
        boolean isVain = digits > 1 && from[first] == '0';
        if (!isVain && value < Math.max(SMALL_VALUE, (long) MAX_SPREAD * size)) {
            if (value >= byValue.length) {
                byValue = Arrays.copyOf(byValue, Math.max(value + 1, byValue.length * 2));
            }
            byValue[value] = number + 1;
        }
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
        keepValue(text.bytes, from, to, number);
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
