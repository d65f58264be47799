package io.clockwork.analysis;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Puts every event on a chain of causality, and uses as few chains as one pass finds.
 *
 * <p>A task starts a chain of its own unless it is known to come after the end of another task: then it goes on on that
 * task's chain, if both are of one trace. Vectors are as wide as there are chains, however many tasks there were.
 */
final class Slots {
    /** The first of the numbers, downwards, of chains that nobody learns of; in the end they come behind all others. */
    private static final int LEAF = -2;

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
        BitSet sources = sources(log);
        IntColumn length = new IntColumn();
        IntColumn traces = new IntColumn();
        int leaves = 0;
        BitSet ended = new BitSet();
        ClockRows rows = new ClockRows(log, false);
        int[] positions = new int[events];
        for (int e = 0; e < events; e++) {
            int task = log.tasks[e];
            int[] row = rows.advance(e, slotOf, positions);
            if (slotOf[task] == -1) {
                int slot = firstKnown(ended, row, length, traces, log.taskTraces[task]);
                if (slot < 0 && sources.get(task)) {
                    slot = length.size();
                    length.add(0);
                    traces.add(log.taskTraces[task]);
                }
                if (slot < 0) {
                    slotOf[task] = LEAF - leaves++;
                } else {
                    ended.clear(slot);
                    slotOf[task] = slot;
                }
            }
            int slot = slotOf[task];
            if (slot <= LEAF) {
                positions[e] = log.sequences[e];
                continue;
            }
            positions[e] = length.get(slot) + 1;
            length.set(slot, positions[e]);
            if (--remaining[task] == 0) {
                ended.set(slot);
            }
        }
        for (int t = 0; t < slotOf.length; t++) {
            slotOf[t] = slotOf[t] <= LEAF ? length.size() + LEAF - slotOf[t] : Math.max(slotOf[t], 0);
        }
        return new Slots(slotOf, positions, length.size() + leaves);
    }

    /** {@return the tasks that an edge leaves: others are in nobody's row} */
    private static BitSet sources(EventColumns log) {
        BitSet sources = new BitSet();
        for (int from : log.edgeFrom) {
            sources.set(log.tasks[from]);
        }
        return sources;
    }

    /** {@return a chain of {@code trace} whose last event is in the past that {@code row} describes, or -1} */
    private static int firstKnown(BitSet ended, int[] row, IntColumn length, IntColumn traces, int trace) {
        for (int s = ended.nextSetBit(0); s >= 0 && s < row.length; s = ended.nextSetBit(s + 1)) {
            if (row[s] >= length.get(s) && traces.get(s) == trace) {
                return s;
            }
        }
        return -1;
    }
}
