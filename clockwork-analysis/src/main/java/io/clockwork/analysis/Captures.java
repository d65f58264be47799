package io.clockwork.analysis;

import java.util.Arrays;

/** What some events knew, under each order, kept for those who may follow them later. */
final class Captures {
    private final ClockVersions versions;
    private int[] causality = new int[16];
    private int[] happensBefore = new int[16];
    private int[] schedulable = new int[16];
    private int[] slotOf = new int[16];
    private int[] stampOf = new int[16];
    private final IntColumn free = new IntColumn();
    private int size;

    Captures(ClockVersions versions) {
        this.versions = versions;
    }

    int add(int slot, int stamp, int causalityVersion, int happensBeforeVersion, int schedulableVersion) {
        int capture = free.isEmpty() ? size++ : free.removeLast();
        if (capture == slotOf.length) {
            causality = Arrays.copyOf(causality, size * 2);
            happensBefore = Arrays.copyOf(happensBefore, size * 2);
            schedulable = Arrays.copyOf(schedulable, size * 2);
            slotOf = Arrays.copyOf(slotOf, size * 2);
            stampOf = Arrays.copyOf(stampOf, size * 2);
        }
        slotOf[capture] = slot;
        stampOf[capture] = stamp;
        causality[capture] = causalityVersion;
        happensBefore[capture] = happensBeforeVersion;
        schedulable[capture] = schedulableVersion;
        versions.retain(causalityVersion);
        versions.retain(happensBeforeVersion);
        versions.retain(schedulableVersion);
        return capture;
    }

    void remove(int capture) {
        versions.release(causality[capture]);
        versions.release(happensBefore[capture]);
        versions.release(schedulable[capture]);
        causality[capture] = ClockVersions.NOTHING;
        happensBefore[capture] = ClockVersions.NOTHING;
        schedulable[capture] = ClockVersions.NOTHING;
        stampOf[capture] = 0;
        free.add(capture);
    }

    /** {@return how many captures there can be: numbers are below} */
    int limit() {
        return size;
    }

    int slot(int capture) {
        return slotOf[capture];
    }

    int stamp(int capture) {
        return stampOf[capture];
    }

    int causality(int capture) {
        return causality[capture];
    }

    int happensBefore(int capture) {
        return happensBefore[capture];
    }

    int schedulable(int capture) {
        return schedulable[capture];
    }

    /** {@return the last stamp of {@code slot} that whoever follows a capture learns of by happens-before} */
    int stampOf(int capture, int slot) {
        if (slotOf[capture] == slot) {
            return stampOf[capture];
        }
        int[] vector = versions.get(happensBefore[capture]);
        return slot < vector.length ? vector[slot] : 0;
    }

    /** {@return the last stamp of {@code slot} that whoever follows a capture learns of by causality} */
    int causalStampOf(int capture, int slot) {
        int[] vector = versions.get(causality[capture]);
        return slot < vector.length ? vector[slot] : 0;
    }
}
