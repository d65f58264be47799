package io.clockwork.analysis;

import java.util.Arrays;

/** Which chain of causality each event is on: on one chain, each event is a cause of all behind it. */
class Chains {
    /** The chain of each task, or -1. */
    int[] ofTask;
    /** The place of each event on its chain, from 1. */
    int[] positions;

    Chains(int tasks, int events) {
        ofTask = new int[tasks];
        Arrays.fill(ofTask, -1);
        positions = new int[events];
    }

    /** Makes room for a task and an event. */
    final void grow(int task, int event) {
        int tasks = ofTask.length;
        if (task >= tasks) {
            ofTask = Arrays.copyOf(ofTask, Math.max(task + 1, tasks * 2));
            Arrays.fill(ofTask, tasks, ofTask.length, -1);
        }
        if (event >= positions.length) {
            positions = Arrays.copyOf(positions, Math.max(event + 1, positions.length * 2));
        }
    }

    /** {@return whether one event precedes another one under the order of {@code rows}} */
    final boolean isBefore(EventColumns log, ClockRows rows, int a, int b) {
        int slot = ofTask[log.tasks[a]];
        return slot == ofTask[log.tasks[b]] ? positions[a] < positions[b] : rows.known(b, slot) >= positions[a];
    }
}
