package io.clockwork.analysis;

import java.util.Arrays;

/**
 * Records of eight ints, numbered from 0, found by their first ints: one probe and one cache line a record.
 *
 * <p>Fields are reached by {@link #items} at the number of the record times {@link #SIZE} plus the field.
 */
final class IntRecords {
    static final int SIZE = 8;
    static final int SHIFT = 3;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    int[] items = new int[32 * SIZE];
    private int[] table = new int[64];
    private int size;

    int size() {
        return size;
    }

    private static int hash(int a, int b, int c, int d) {
        long h = ((long) a << 32 | (b & 0xFFFFFFFFL)) * MIX;
        h = (h ^ h >>> 32 ^ ((long) c << 32 | (d & 0xFFFFFFFFL))) * MIX;
        return (int) (h >>> 32);
    }

    /** {@return the record whose first two ints these are; added with the rest 0 if it is missing} */
    int find(int a, int b) {
        int at = hash(a, b, 0, 0) & table.length - 1;
        while (table[at] != 0) {
            int record = table[at] - 1;
            int i = record << SHIFT;
            if (items[i + 1] == b && items[i] == a) {
                return record;
            }
            at = at + 1 & table.length - 1;
        }
        int added = add(at);
        items[added << SHIFT] = a;
        items[(added << SHIFT) + 1] = b;
        growTable(2);
        return added;
    }

    /** {@return the record whose first four ints these are; added with the rest 0 if it is missing} */
    int find(int a, int b, int c, int d) {
        int at = hash(a, b, c, d) & table.length - 1;
        while (table[at] != 0) {
            int record = table[at] - 1;
            int i = record << SHIFT;
            if (items[i] == a && items[i + 1] == b && items[i + 2] == c && items[i + 3] == d) {
                return record;
            }
            at = at + 1 & table.length - 1;
        }
        int added = add(at);
        int i = added << SHIFT;
        items[i] = a;
        items[i + 1] = b;
        items[i + 2] = c;
        items[i + 3] = d;
        growTable(4);
        return added;
    }

    private int add(int at) {
        if (size << SHIFT == items.length) {
            items = Arrays.copyOf(items, items.length + (items.length >> 1 & -SIZE));
        }
        table[at] = ++size;
        return size - 1;
    }

    private void growTable(int keyInts) {
        if (size * 2 <= table.length) {
            return;
        }
        table = new int[table.length * 2];
        for (int record = 0; record < size; record++) {
            int i = record << SHIFT;
            int at = keyInts == 2
                    ? hash(items[i], items[i + 1], 0, 0)
                    : hash(items[i], items[i + 1], items[i + 2], items[i + 3]);
            at &= table.length - 1;
            while (table[at] != 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = record + 1;
        }
    }
}
