package io.clockwork.analysis;

import java.util.Arrays;

/** A growing column of bytes. */
final class ByteColumn {
    private byte[] items = new byte[16];
    private int size;

    void add(byte item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    void set(int index, byte item) {
        items[index] = item;
    }

    byte get(int index) {
        return items[index];
    }

    int size() {
        return size;
    }

    byte[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
