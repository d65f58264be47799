package io.clockwork.analysis.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Strings, each with a number from 0 in the order of first use. Not thread-safe. */
public final class Names {
    /*
     * Open addressing, at most half full: a slot holds 32 bits of the string's hash and its number plus one, so that
     * nothing but the strings themselves is allocated for an entry. Strings whose hashes collide can be made at will;
     * where so many stand in a row as never happens by chance, all are hashed anew, with a random seed.
     */
    private static final int CROWD = 64;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] slots = new long[64];
    private String[] values = new String[32];
    private int size;
    /** 0 as long as nothing is crowded. */
    private long seed;

    /** {@return the number of {@code name}, which it gets now if it has none} */
    public int numberOf(String name) {
        int hash = hash(name);
        int at = find(name, hash);
        if (slots[at] != 0) {
            return number(at);
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            hashAgain();
            at = find(name, hash);
        } else if (seed == 0 && isCrowded(at, hash)) {
            seed = new SplittableRandom().nextLong() | 1;
            hashAgain();
            hash = hash(name);
            at = find(name, hash);
        }
        values[size++] = name;
        slots[at] = (long) hash << 32 | size;
        return size - 1;
    }

    /** {@return the number of {@code name}, or -1 if it has none} */
    public int find(String name) {
        int at = find(name, hash(name));
        return slots[at] == 0 ? -1 : number(at);
    }

    /** {@return the name of that number} */
    public String get(int number) {
        return values[number];
    }

    /** {@return how many names there are} */
    public int size() {
        return size;
    }

    /** {@return the slot that holds the name, or the free one where it would be} */
    private int find(String name, int hash) {
        int mask = slots.length - 1;
        int at = hash & mask;
        while (slots[at] != 0) {
            if ((int) (slots[at] >>> 32) == hash && values[number(at)].equals(name)) {
                return at;
            }
            at = at + 1 & mask;
        }
        return at;
    }

    private int number(int slot) {
        return (int) slots[slot] - 1;
    }

    private boolean isCrowded(int at, int hash) {
        return (at - hash & slots.length - 1) > CROWD;
    }

    private void hashAgain() {
        slots = new long[2 * values.length];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int hash = hash(values[number]);
            int at = hash & mask;
            while (slots[at] != 0) {
                at = at + 1 & mask;
            }
            slots[at] = (long) hash << 32 | (number + 1);
        }
    }

    private int hash(String name) {
        if (seed == 0) {
            return (int) ((name.hashCode() * MIX) >>> 32);
        }
        long hash = seed;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * MIX;
            hash ^= hash >>> 32;
        }
        return (int) ((hash * MIX) >>> 32);
    }
}
