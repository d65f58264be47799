package io.clockwork.analysis;

import java.util.Arrays;

/**
 * What each event knows of the chains other than its own: a vector of chain positions, the same for successive events
 * that learned nothing, and sharing with others what is equal.
 */
final class ClockRows {
    private final EventColumns log;
    private final boolean withSync;
    private final SharedVectors vectors;
    private int[] ofEvent;
    private int[] ofTask;

    ClockRows(EventColumns log, boolean withSync) {
        this(log, withSync, new SharedVectors(), new int[log.kinds.length], new int[log.taskNames.length]);
    }

    private ClockRows(EventColumns log, boolean withSync, SharedVectors vectors, int[] ofEvent, int[] ofTask) {
        this.log = log;
        this.withSync = withSync;
        this.vectors = vectors;
        this.ofEvent = ofEvent;
        this.ofTask = ofTask;
    }

    /** {@return the rows of all events under causality alone, or with the sync edges of the run} */
    static ClockRows of(EventColumns log, Slots slots, boolean withSync) {
        ClockRows rows = new ClockRows(log, withSync);
        for (int e = 0; e < log.kinds.length; e++) {
            rows.advance(e, slots.ofTask, slots.positions);
        }
        return rows;
    }

    /** {@return rows that are the same up to {@code event}, and may go on otherwise from there} */
    ClockRows branch(int event) {
        int[] rows = ofEvent.clone();
        int[] rowOfTask = new int[ofTask.length];
        for (int e = 0; e <= event; e++) {
            rowOfTask[log.tasks[e]] = rows[e];
        }
        return new ClockRows(log, withSync, vectors, rows, rowOfTask);
    }

    /** Computes the row of the next event. */
    void advance(int event, int[] slotOf, int[] positions) {
        int task = log.tasks[event];
        grow(event, task);
        int row = ofTask[task];
        int first = log.edgeStarts[event];
        int end = log.edgeStarts[event + 1];
        if (first < end) {
            vectors.begin(row);
            for (int k = first; k < end; k++) {
                if (withSync || !log.edgeSync[k]) {
                    learn(row, log.edgeFrom[k], slotOf, positions);
                }
            }
            row = vectors.end();
            ofTask[task] = row;
        }
        ofEvent[event] = row;
    }

    private void grow(int event, int task) {
        if (event >= ofEvent.length) {
            ofEvent = Arrays.copyOf(ofEvent, Math.max(event + 1, event * 2));
        }
        if (task >= ofTask.length) {
            ofTask = Arrays.copyOf(ofTask, Math.max(task + 1, task * 2));
        }
    }

    /** Adds a further edge into an event whose row was the last to be computed. */
    void advanceOver(int event, int from, Chains slots) {
        vectors.begin(ofEvent[event]);
        learn(ofEvent[event], from, slots.ofTask, slots.positions);
        ofEvent[event] = vectors.end();
        ofTask[log.tasks[event]] = ofEvent[event];
    }

    /** Who knows an event knows all that it knew. */
    private void learn(int row, int from, int[] slotOf, int[] positions) {
        int slot = slotOf[log.tasks[from]];
        if (vectors.get(row, slot) < positions[from]) {
            vectors.merge(ofEvent[from]);
            vectors.raise(slot, positions[from]);
        }
    }

    /** {@return how much of a chain an event knows: the position of the last event on it that is in its past} */
    int known(int event, int slot) {
        return vectors.get(ofEvent[event], slot);
    }

    /** {@return how many events of the chains from {@code from} on and below {@code to} an event knows} */
    int knownOf(int event, int from, int to) {
        return vectors.sum(ofEvent[event], from, to);
    }

    /** Gives the chains of which an event knows, and how much of each. */
    void forEachKnown(int event, SharedVectors.EntryConsumer consumer) {
        vectors.forEach(ofEvent[event], consumer);
    }

    /** {@return a number that is the same for events that know the same, as far as that is known without comparing} */
    int row(int event) {
        return ofEvent[event];
    }
}
