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
    /** Of each variable the writes, and then the reads. */
    private long[] states = new long[128];

    private int[][] vectors = new int[16][];
    private int[] freeVectors = new int[16];
    private int freeCount;
    private int vectorCount = 1;

    void grow(int variables) {
        if (variables > states.length / 2) {
            states = Arrays.copyOf(states, Math.max(variables * 2, states.length * 2));
        }
    }

    /** Enters a read; returns whether it races with an earlier access. {@code row} is what {@code slot} knows. */
    boolean read(int variable, int slot, int stamp, int[] row) {
        int at = 2 * variable;
        long earlier = states[at + 1];
        states[at + 1] = isKnownEpoch(earlier, slot, row) ? epoch(slot, stamp) : joined(earlier, slot, stamp);
        return isUnknown(states[at], slot, row);
    }

    /** Enters a write; returns whether it races with an earlier access. */
    boolean write(int variable, int slot, int stamp, int[] row) {
        int at = 2 * variable;
        long write = states[at];
        long read = states[at + 1];
        if (isUnknown(write, slot, row) || isUnknown(read, slot, row)) {
            states[at] = isKnownEpoch(write, slot, row) ? epoch(slot, stamp) : joined(write, slot, stamp);
            return true;
        }
        states[at] = epoch(slot, stamp);
        states[at + 1] = 0;
        if ((write | read) < 0) {
            free(write);
            free(read);
        }
        return false;
    }

    private static long epoch(int slot, int stamp) {
        return (long) slot << 32 | stamp;
    }

    private static boolean isKnownEpoch(long state, int slot, int[] row) {
        int other = (int) (state >>> 32);
        return state >= 0 && (other == slot || (int) state <= (other < row.length ? row[other] : 0));
    }

    private boolean isUnknown(long state, int slot, int[] row) {
        return !isKnownEpoch(state, slot, row) && (state >= 0 || isUnknown(vectors[(int) -state], slot, row));
    }

    private static boolean isUnknown(int[] vector, int slot, int[] row) {
        for (int s = 0; s < vector.length; s++) {
            if (vector[s] > (s < row.length ? row[s] : 0) && s != slot) {
                return true;
            }
        }
        return false;
    }

    /** {@return the state, a vector, after an access that is not ordered after an epoch before} */
    private long joined(long state, int slot, int stamp) {
        if (state >= 0) {
            return vector((int) (state >>> 32), (int) state, slot, stamp);
        }
        int number = (int) -state;
        if (slot >= vectors[number].length) {
            widen(number, slot);
        }
        vectors[number][slot] = stamp;
        return state;
    }

    private long vector(int slotA, int stampA, int slotB, int stampB) {
        int number = allocate(Math.max(slotA, slotB) + 1);
        vectors[number][slotA] = stampA;
        vectors[number][slotB] = stampB;
        return -number;
    }

    private void widen(int number, int slot) {
        vectors[number] = Arrays.copyOf(vectors[number], Math.max(slot + 1, vectors[number].length * 2));
    }

    private void free(long state) {
        if (state < 0) {
            if (freeCount == freeVectors.length) {
                freeVectors = Arrays.copyOf(freeVectors, freeCount * 2);
            }
            freeVectors[freeCount++] = (int) -state;
        }
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
