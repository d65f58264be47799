package io.clockwork.analysis;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Puts every event on a chain of causality, and uses as few chains as one pass finds.
 *
 * <p>A task starts a chain of its own unless it is known to come after the end of another task: then it goes on on that
 * task's chain. Vectors are as wide as there are chains, however many tasks there were.
 */
final class Slots {
    /** The chain of each task. */
    final int[] ofTask;
    /** The place of each event on its chain, from 1. */
    final int[] positions;

    final int width;

    private Slots(int[] ofTask, int[] positions, int width) {
        this.ofTask = ofTask;
        this.positions = positions;
        this.width = width;
    }

    static Slots of(EventColumns log) {
        int events = log.kinds.length;
        int[] slotOf = new int[log.taskNames.length];
        Arrays.fill(slotOf, -1);
        int[] remaining = new int[slotOf.length];
        for (int task : log.tasks) {
            remaining[task]++;
        }
        IntColumn length = new IntColumn();
        BitSet ended = new BitSet();
        ClockRows rows = new ClockRows(log, false);
        int[] positions = new int[events];
        for (int e = 0; e < events; e++) {
            int task = log.tasks[e];
            int[] row = rows.advance(e, slotOf, positions);
            if (slotOf[task] < 0) {
                int slot = firstKnown(ended, row, length);
                if (slot < 0) {
                    slot = length.size();
                    length.add(0);
                }
                ended.clear(slot);
                slotOf[task] = slot;
            }
            int slot = slotOf[task];
            positions[e] = length.get(slot) + 1;
            length.set(slot, positions[e]);
            if (--remaining[task] == 0) {
                ended.set(slot);
            }
        }
        for (int t = 0; t < slotOf.length; t++) {
            slotOf[t] = Math.max(slotOf[t], 0);
        }
        return new Slots(slotOf, positions, length.size());
    }

    /** {@return a chain whose last event is in the past that {@code row} describes, or -1} */
    private static int firstKnown(BitSet ended, int[] row, IntColumn length) {
        for (int s = ended.nextSetBit(0); s >= 0 && s < row.length; s = ended.nextSetBit(s + 1)) {
            if (row[s] >= length.get(s)) {
                return s;
            }
        }
        return -1;
    }
}
