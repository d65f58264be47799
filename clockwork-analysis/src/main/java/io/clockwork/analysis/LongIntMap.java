package io.clockwork.analysis;

import java.util.Arrays;

/** A growing map from longs to ints without boxing: open addressing, at most half full; nothing is taken out. */
final class LongIntMap {
    /** No key is this. */
    private static final long FREE = Long.MIN_VALUE;

    private long[] keys = new long[16];
    private int[] values = new int[16];
    private int size;

    LongIntMap() {
        Arrays.fill(keys, FREE);
    }

    int getOrDefault(long key, int absent) {
        int place = place(key);
        return keys[place] == FREE ? absent : values[place];
    }

    void put(long key, int value) {
        int place = place(key);
        if (keys[place] == FREE) {
            if (++size * 2 > keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
        }
        values[place] = value;
    }

    private int place(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int place = (int) (mixed >>> 32) & mask;
        while (keys[place] != key && keys[place] != FREE) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[keys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
