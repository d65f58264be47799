package io.clockwork.analysis;

import java.util.Arrays;

/**
 * Vectors of stamps, one entry a slot, shared by all who know the same.
 *
 * <p>A version is changed only while it has one holder; its array is used again when it has none, so that a pass over
 * many events allocates for as many vectors as are alive at a time.
 */
final class ClockVersions {
    /** The version that knows nothing; it is never given back. */
    static final int NOTHING = 0;

    private static final int ROUND = 15;

    private int[][] vectors = new int[64][];
    private int[] holders = new int[64];
    private int[] free = new int[64];
    private int freeCount;
    private int size = 1;

    ClockVersions() {
        vectors[NOTHING] = new int[0];
        holders[NOTHING] = 1;
    }

    int[] get(int version) {
        return vectors[version];
    }

    boolean isShared(int version) {
        return holders[version] > 1;
    }

    void retain(int version) {
        holders[version]++;
    }

    void release(int version) {
        if (version != NOTHING && --holders[version] == 0) {
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, freeCount * 2);
            }
            free[freeCount++] = version;
        }
    }

    /**
     * {@return a new version with one holder and room for {@code length} entries: as in the longer of both where the shorter
     * one has none, and yet to be set before that}
     */
    int room(int[] a, int[] b, int length) {
        int version = allocate(length);
        int[] longer = a.length >= b.length ? a : b;
        int common = Math.min(a.length, b.length);
        int[] room = vectors[version];
        System.arraycopy(longer, common, room, common, longer.length - common);
        Arrays.fill(room, longer.length, room.length, 0);
        return version;
    }

    private int allocate(int length) {
        int version = freeCount > 0 ? free[--freeCount] : newVersion();
        if (vectors[version].length < length) {
            vectors[version] = new int[(length + ROUND) & ~ROUND];
        }
        holders[version] = 1;
        return version;
    }

    private int newVersion() {
        if (size == vectors.length) {
            vectors = Arrays.copyOf(vectors, size * 2);
            holders = Arrays.copyOf(holders, size * 2);
        }
        vectors[size] = vectors[NOTHING];
        return size++;
    }
}
