package io.clockwork.analysis;

import java.util.Arrays;

/** A growing column of longs. */
final class LongColumn {
    private long[] items = new long[16];
    private int size;

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    long get(int index) {
        return items[index];
    }

    void set(int index, long item) {
        items[index] = item;
    }

    long[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
