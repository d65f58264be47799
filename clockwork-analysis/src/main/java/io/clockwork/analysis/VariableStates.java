package io.clockwork.analysis;

import java.util.Arrays;

/**
 * Tells of each access whether an earlier one races with it, in O(1) while accesses are ordered.
 *
 * <p>Of each variable the last write and the last reads are kept: an epoch (slot and stamp) while the last is ordered
 * after all others, otherwise a vector of one stamp a slot.
 */
final class VariableStates {
    /*
     * FastTrack [1] but for one thing: it overwrites its state at a racing access, and so forgets earlier accesses that
     * later ones may race with too. Here the state becomes a vector then, and an epoch again at the next ordered write:
     * whoever is not ordered after an earlier access is not ordered after that write either.
     *
     * [1] C. Flanagan, S. Freund, FastTrack: Efficient and Precise Dynamic Race Detection, PLDI 2009, Figure 5
     */
    private long[] writes = new long[64];
    private long[] reads = new long[64];

    private int[][] vectors = new int[16][];
    private int[] freeVectors = new int[16];
    private int freeCount;
    private int vectorCount = 1;

    void grow(int variables) {
        if (variables > writes.length) {
            int capacity = Math.max(variables, writes.length * 2);
            writes = Arrays.copyOf(writes, capacity);
            reads = Arrays.copyOf(reads, capacity);
        }
    }

    /** Enters a read; returns whether it races with an earlier access. {@code row} is what {@code slot} knows. */
    boolean read(int variable, int slot, int stamp, int[] row) {
        boolean racy = isUnknown(writes[variable], slot, row);
        reads[variable] = joined(reads[variable], slot, stamp, row);
        return racy;
    }

    /** Enters a write; returns whether it races with an earlier access. */
    boolean write(int variable, int slot, int stamp, int[] row) {
        if (isUnknown(writes[variable], slot, row) || isUnknown(reads[variable], slot, row)) {
            writes[variable] = joined(writes[variable], slot, stamp, row);
            return true;
        }
        writes[variable] = replaced(writes[variable], slot, stamp);
        reads[variable] = replaced(reads[variable], 0, 0);
        return false;
    }

    private static long epoch(int slot, int stamp) {
        return (long) slot << 32 | stamp;
    }

    private boolean isUnknown(long state, int slot, int[] row) {
        if (state >= 0) {
            int other = (int) (state >>> 32);
            return other != slot && (int) state > (other < row.length ? row[other] : 0);
        }
        return isUnknown(vectors[(int) -state], slot, row);
    }

    private static boolean isUnknown(int[] vector, int slot, int[] row) {
        int common = Math.min(vector.length, row.length);
        for (int s = 0; s < common; s++) {
            if (vector[s] > row[s] && s != slot) {
                return true;
            }
        }
        for (int s = common; s < vector.length; s++) {
            if (vector[s] > 0 && s != slot) {
                return true;
            }
        }
        return false;
    }

    /** {@return the state after an access that need not be ordered after those before} */
    private long joined(long state, int slot, int stamp, int[] row) {
        if (state >= 0) {
            if (!isUnknown(state, slot, row)) {
                return epoch(slot, stamp);
            }
            int other = (int) (state >>> 32);
            int number = allocate(Math.max(slot, other) + 1);
            vectors[number][other] = (int) state;
            vectors[number][slot] = stamp;
            return -number;
        }
        int number = (int) -state;
        if (slot >= vectors[number].length) {
            vectors[number] = Arrays.copyOf(vectors[number], Math.max(slot + 1, vectors[number].length * 2));
        }
        vectors[number][slot] = stamp;
        return state;
    }

    /** {@return the state after an access that is ordered after all before} */
    private long replaced(long state, int slot, int stamp) {
        if (state < 0) {
            if (freeCount == freeVectors.length) {
                freeVectors = Arrays.copyOf(freeVectors, freeCount * 2);
            }
            freeVectors[freeCount++] = (int) -state;
        }
        return epoch(slot, stamp);
    }

    private int allocate(int length) {
        int number;
        if (freeCount > 0) {
            number = freeVectors[--freeCount];
            Arrays.fill(vectors[number], 0);
        } else {
            number = vectorCount++;
            if (number == vectors.length) {
                vectors = Arrays.copyOf(vectors, number * 2);
            }
        }
        if (vectors[number] == null || vectors[number].length < length) {
            vectors[number] = new int[Math.max(length, 4)];
        }
        return number;
    }
}
