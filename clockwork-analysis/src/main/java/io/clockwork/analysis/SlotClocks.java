package io.clockwork.analysis;

import java.util.Arrays;

/**
 * What each slot knows of the others under one order: the stamp of the last event of each that is in its past.
 *
 * <p>Of its own slot a row tells nothing: whoever asks compares slots first.
 */
final class SlotClocks {
    final ClockVersions versions;
    private int[] versionOf = new int[16];
    private int[][] rows = new int[16][];

    SlotClocks(ClockVersions versions) {
        this.versions = versions;
        Arrays.fill(rows, versions.get(ClockVersions.NOTHING));
    }

    /** Makes room for {@code slots} slots, which know nothing at first. */
    void grow(int slots) {
        int size = rows.length;
        if (slots > size) {
            rows = Arrays.copyOf(rows, Math.max(slots, size * 2));
            versionOf = Arrays.copyOf(versionOf, rows.length);
            Arrays.fill(rows, size, rows.length, versions.get(ClockVersions.NOTHING));
        }
    }

    int[] row(int slot) {
        return rows[slot];
    }

    int version(int slot) {
        return versionOf[slot];
    }

    int known(int slot, int other) {
        int[] row = rows[slot];
        return other < row.length ? row[other] : 0;
    }

    boolean knows(int slot, int other, int stamp) {
        return slot == other || known(slot, other) >= stamp;
    }

    /**
     * Adds what {@code from} knew at {@code stamp}, which is {@code version}, and itself. O(1) if that is known: whoever
     * knows of an event knows what it knew.
     */
    void learn(int slot, int version, int from, int stamp) {
        if (slot != from && known(slot, from) < stamp) {
            merge(slot, version, from, stamp);
        }
    }

    /** Adds all of {@code version}, and {@code from} at {@code stamp}; O(slots). */
    void merge(int slot, int version, int from, int stamp) {
        int[] theirs = versions.get(version);
        int[] mine = rows[slot];
        int length = Math.max(Math.max(mine.length, theirs.length), from + 1);
        int[] row = mine;
        if (mine.length < length || versions.isShared(versionOf[slot])) {
            int fresh = versions.room(mine, theirs, length);
            versions.release(versionOf[slot]);
            versionOf[slot] = fresh;
            row = versions.get(fresh);
            rows[slot] = row;
        }
        int common = Math.min(mine.length, theirs.length);
        for (int i = 0; i < common; i++) {
            row[i] = Math.max(mine[i], theirs[i]);
        }
        row[from] = Math.max(row[from], stamp);
    }

    /** Takes over the row of a slot of another order. */
    void share(int slot, SlotClocks other) {
        int version = other.versionOf[slot];
        versions.retain(version);
        versions.release(versionOf[slot]);
        versionOf[slot] = version;
        rows[slot] = versions.get(version);
    }
}
