package io.clockwork.analysis;

import java.util.Arrays;

/**
 * What each event knows of the chains other than its own: one row of chain positions, shared by successive events that
 * learned nothing.
 */
final class ClockRows {
    private static final int[] NOTHING = new int[0];

    private final EventColumns log;
    private final boolean withSync;
    private final int[][] ofEvent;
    private final int[][] ofTask;

    ClockRows(EventColumns log, boolean withSync) {
        this.log = log;
        this.withSync = withSync;
        ofEvent = new int[log.kinds.length][];
        ofTask = new int[log.taskNames.length][];
        Arrays.fill(ofTask, NOTHING);
    }

    /** {@return the rows of all events under causality alone, or with the sync edges of the run} */
    static ClockRows of(EventColumns log, Slots slots, boolean withSync) {
        ClockRows rows = new ClockRows(log, withSync);
        for (int e = 0; e < log.kinds.length; e++) {
            rows.advance(e, slots.ofTask, slots.positions);
        }
        return rows;
    }

    /** Computes the row of the next event; returns it; not to be changed. */
    int[] advance(int event, int[] slotOf, int[] positions) {
        int task = log.tasks[event];
        int[] row = ofTask[task];
        boolean own = false;
        for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1]; k++) {
            if (withSync || !log.edgeSync[k]) {
                int[] learned = learn(row, own, log.edgeFrom[k], slotOf, positions);
                own |= learned != row;
                row = learned;
            }
        }
        ofTask[task] = row;
        ofEvent[event] = row;
        return row;
    }

    /** Adds a further edge into an event whose row was the last to be computed. */
    void advanceOver(int event, int from, Slots slots) {
        int[] row = learn(ofEvent[event], false, from, slots.ofTask, slots.positions);
        ofTask[log.tasks[event]] = row;
        ofEvent[event] = row;
    }

    private int[] learn(int[] row, boolean own, int from, int[] slotOf, int[] positions) {
        int[] theirs = ofEvent[from];
        int slot = slotOf[log.tasks[from]];
        int position = positions[from];
        int[] result = row;
        boolean writable = own;
        if (slot >= row.length || row[slot] < position) {
            result = Arrays.copyOf(row, Math.max(Math.max(row.length, slot + 1), theirs.length));
            writable = true;
            result[slot] = position;
        }
        for (int s = 0; s < theirs.length; s++) {
            int known = s < result.length ? result[s] : 0;
            if (theirs[s] > known) {
                if (!writable || s >= result.length) {
                    result = Arrays.copyOf(result, Math.max(result.length, theirs.length));
                    writable = true;
                }
                result[s] = theirs[s];
            }
        }
        return result;
    }

    /** {@return how much of a chain an event knows: the position of the last event on it that is in its past} */
    int known(int event, int slot) {
        int[] row = ofEvent[event];
        return slot < row.length ? row[slot] : 0;
    }

    int[] row(int event) {
        return ofEvent[event];
    }
}
