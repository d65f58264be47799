package io.clockwork.analysis;

import java.util.Arrays;

/**
 * What whoever acquires a lock learns under one order: what its last releaser knew.
 *
 * <p>That is all that was released before, but for odd input, where a lock is released by one that did not acquire it.
 */
final class LockClocks {
    private final SlotClocks clocks;
    private int[] versionOf = new int[16];
    private int[] slotOf = new int[16];
    /** The stamp of the last release; 0 for none. */
    private int[] stampOf = new int[16];

    private int size;

    LockClocks(SlotClocks clocks) {
        this.clocks = clocks;
    }

    void grow(int locks) {
        if (locks > versionOf.length) {
            int capacity = Math.max(locks, versionOf.length * 2);
            versionOf = Arrays.copyOf(versionOf, capacity);
            slotOf = Arrays.copyOf(slotOf, capacity);
            stampOf = Arrays.copyOf(stampOf, capacity);
        }
        size = Math.max(size, locks);
    }

    int size() {
        return size;
    }

    /** {@return the stamp of the last release if it was by {@code slot}, otherwise what it knew of it} */
    int stampOf(int lock, int slot) {
        if (slotOf[lock] == slot) {
            return stampOf[lock];
        }
        int[] vector = clocks.versions.get(versionOf[lock]);
        return slot < vector.length ? vector[slot] : 0;
    }

    void acquire(int lock, int slot) {
        int stamp = stampOf[lock];
        if (stamp > 0) {
            clocks.learn(slot, versionOf[lock], slotOf[lock], stamp);
        }
    }

    void release(int lock, int slot, int stamp) {
        int version = clocks.version(slot);
        if (version != versionOf[lock]) {
            clocks.versions.retain(version);
            clocks.versions.release(versionOf[lock]);
            versionOf[lock] = version;
        }
        slotOf[lock] = slot;
        stampOf[lock] = stamp;
    }

    /** Takes over what {@code other}, which is of another order, has of all locks. */
    void share(LockClocks other) {
        grow(other.size);
        for (int lock = 0; lock < other.size; lock++) {
            clocks.versions.retain(other.versionOf[lock]);
            clocks.versions.release(versionOf[lock]);
            versionOf[lock] = other.versionOf[lock];
            slotOf[lock] = other.slotOf[lock];
            stampOf[lock] = other.stampOf[lock];
        }
    }
}
