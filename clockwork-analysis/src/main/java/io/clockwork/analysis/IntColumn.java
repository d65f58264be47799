package io.clockwork.analysis;

import java.util.Arrays;

/** A growing column of ints. */
final class IntColumn {
    private int[] items = new int[16];
    private int size;

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    int get(int index) {
        return items[index];
    }

    void set(int index, int item) {
        items[index] = item;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int removeLast() {
        return items[--size];
    }

    void clear() {
        size = 0;
    }

    /** Removes an item; those behind it move up. */
    void removeAt(int index) {
        System.arraycopy(items, index + 1, items, index, --size - index);
    }

    int last() {
        return items[size - 1];
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
