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

    /** {@return a new version with the greater of the entries of both, that has one holder and room for {@code length}} */
    int max(int[] a, int[] b, int length) {
        int version = allocate(length);
        int[] longer = a.length >= b.length ? a : b;
        int[] shorter = a.length >= b.length ? b : a;
        int[] result = vectors[version];
        int common = shorter.length;
        for (int i = 0; i < common; i++) {
            result[i] = Math.max(longer[i], shorter[i]);
        }
        System.arraycopy(longer, common, result, common, longer.length - common);
        Arrays.fill(result, longer.length, result.length, 0);
        return version;
    }

    private int allocate(int length) {
        int version;
        if (freeCount > 0) {
            version = free[--freeCount];
        } else {
            version = size++;
            if (version == vectors.length) {
                vectors = Arrays.copyOf(vectors, size * 2);
                holders = Arrays.copyOf(holders, size * 2);
            }
        }
        int[] array = vectors[version];
        if (array == null || array.length < length) {
            array = new int[(length + ROUND) & ~ROUND];
            vectors[version] = array;
        }
        holders[version] = 1;
        return version;
    }
}
