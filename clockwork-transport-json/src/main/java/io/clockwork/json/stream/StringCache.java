package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * Strings that were read lately, so that repeated ones (service names, keys) are not allocated again.
 *
 * <p>Direct-mapped: a string replaces the one in its slot, so memory is bounded whatever the input
 * holds: at most 64 bytes of text a slot; longer strings, and those written with escapes, pass by.
 * Not thread-safe: owned by one reader at a time, but it may outlive its scanner.
 */
public final class StringCache {
    private static final int MAX_BYTES = 64;
    private static final int MAX_SLOTS = 1 << 20;

    private final @Nullable String[] strings;
    private final byte[][] keys; // the UTF-8 bytes of the string in the same slot

    private StringCache(int slots) {
        this.strings = new @Nullable String[slots];
        this.keys = new byte[slots][];
    }

    /**
     * Returns an empty cache.
     *
     * @param slots the most strings it keeps, from 1 to 1,048,576; rounded up to a power of two
     */
    public static StringCache withSlots(int slots) {
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("slots must be from 1 to " + MAX_SLOTS + ", was " + slots);
        }
        return new StringCache(slots == 1 ? 1 : Integer.highestOneBit(slots - 1) << 1);
    }

    /** {@return the string of these well-formed UTF-8 bytes, the same object as last time if it is still there} */
    String get(byte[] bytes, int from, int to) {
        if (to - from > MAX_BYTES) {
            return new String(bytes, from, to - from, UTF_8);
        }
        int slot = hash(bytes, from, to) & (keys.length - 1);
        byte[] key = keys[slot];
        String cached = strings[slot];
        if (cached != null && Words.equal(key, bytes, from, to)) {
            return cached;
        }
        String text = new String(bytes, from, to - from, UTF_8);
        byte[] copy = new byte[to - from];
        System.arraycopy(bytes, from, copy, 0, copy.length);
        keys[slot] = copy;
        strings[slot] = text;
        return text;
    }

    /** All bytes count: strings that differ only in the middle, such as ids, must not fight for a slot. */
    private static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        for (int p = from; p < to; p += Long.BYTES) {
            hash = (hash ^ Words.prefix(bytes, p, to - p)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }
}
