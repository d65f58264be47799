package io.clockwork.analysis;

import java.util.Arrays;

/** The last write of each variable, and what its task knew: a read that sees it learns that. */
final class LastWrites {
    private final ClockVersions versions;
    private int[] versionOf = new int[64];
    private int[] slotOf = new int[64];
    private int[] stampOf = new int[64];

    LastWrites(ClockVersions versions) {
        this.versions = versions;
    }

    void grow(int variables) {
        if (variables > versionOf.length) {
            int capacity = Math.max(variables, versionOf.length * 2);
            versionOf = Arrays.copyOf(versionOf, capacity);
            slotOf = Arrays.copyOf(slotOf, capacity);
            stampOf = Arrays.copyOf(stampOf, capacity);
        }
    }

    int slot(int variable) {
        return slotOf[variable];
    }

    /** {@return the stamp of the write; 0 if there was none} */
    int stamp(int variable) {
        return stampOf[variable];
    }

    int version(int variable) {
        return versionOf[variable];
    }

    void set(int variable, int slot, int stamp, int version) {
        if (version != versionOf[variable]) {
            versions.retain(version);
            versions.release(versionOf[variable]);
            versionOf[variable] = version;
        }
        slotOf[variable] = slot;
        stampOf[variable] = stamp;
    }
}
