package io.clockwork.analysis;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Puts every event on a chain of causality, and uses as few chains as one pass finds.
 *
 * <p>A task starts a chain of its own unless it is known to come after the end of another task of its trace: then it goes
 * on on that task's chain. Vectors are as wide as there are chains, however many tasks there were. The chains of one
 * trace have numbers that stand together, so that what a trace knows of itself fits in few blocks.
 */
final class Slots extends Chains {
    /** How many ended chains a new task looks at before it starts one of its own. */
    private static final int MAX_TRIES = 16;

    /** The causality of the events, by these chains. */
    final ClockRows causality;
    /** The number of chains. */
    int width;
    /** Above all numbers of chains. */
    int limit;

    /** Where the numbers of each trace's chains begin; those of tasks that nobody learns of come behind all others. */
    final int[] firstOfTrace;

    private final EventColumns log;
    private final int[] remaining;
    private final BitSet sources = new BitSet();
    private final int[] nextOfTrace;
    private final int[] lengths;

    /*
     * Chains whose last task ended, in lists of the tasks that know of that end, the latest first: whoever is set off by
     * such a task later on knows it too.
     */
    private final int[] firstFree;
    private final int[] lastFree;
    private final int[] nextFree;
    private final BitSet free = new BitSet();

    private Slots(EventColumns log) {
        super(log.taskNames.length, log.kinds.length);
        this.log = log;
        int tasks = log.taskNames.length;
        causality = new ClockRows(log, false);
        remaining = new int[tasks];
        for (int task : log.tasks) {
            remaining[task]++;
        }
        for (int from : log.edgeFrom) {
            sources.set(log.tasks[from]);
        }
        firstOfTrace = new int[log.traceNames.length + 1];
        for (int task = sources.nextSetBit(0); task >= 0; task = sources.nextSetBit(task + 1)) {
            firstOfTrace[log.taskTraces[task] + 1]++;
        }
        for (int trace = 0; trace < log.traceNames.length; trace++) {
            firstOfTrace[trace + 1] += firstOfTrace[trace];
        }
        nextOfTrace = firstOfTrace.clone();
        int numbers = firstOfTrace[log.traceNames.length];
        lengths = new int[numbers];
        nextFree = new int[numbers];
        firstFree = new int[tasks];
        lastFree = new int[tasks];
        Arrays.fill(firstFree, -1);
    }

    static Slots of(EventColumns log) {
        Slots slots = new Slots(log);
        slots.run();
        return slots;
    }

    private void run() {
        int leaves = lengths.length;
        for (int e = 0; e < positions.length; e++) {
            int task = log.tasks[e];
            causality.advance(e, ofTask, positions);
            collectEnded(e, task);
            if (!sources.get(task)) {
                if (ofTask[task] < 0) {
                    ofTask[task] = leaves++;
                    width++;
                }
                positions[e] = log.sequences[e];
                continue;
            }
            if (ofTask[task] < 0) {
                ofTask[task] = chainFor(e, task);
            }
            positions[e] = ++lengths[ofTask[task]];
            remaining[task]--;
        }
        for (int task = 0; task < ofTask.length; task++) {
            ofTask[task] = Math.max(ofTask[task], 0);
        }
        limit = leaves;
    }

    /** Takes over the chains that an event knows to have ended because it follows the last event of a task. */
    private void collectEnded(int event, int task) {
        for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1]; k++) {
            int from = log.edgeFrom[k];
            int other = log.tasks[from];
            int slot = ofTask[other];
            boolean last = !log.edgeSync[k]
                    && other != task
                    && remaining[other] == 0
                    && log.taskTraces[other] == log.taskTraces[task]
                    && positions[from] == lengths[slot];
            if (last && !free.get(slot)) {
                free.set(slot);
                nextFree[slot] = firstFree[other];
                if (firstFree[other] < 0) {
                    lastFree[other] = slot;
                }
                firstFree[other] = slot;
                giveFree(other, task);
            }
        }
    }

    private void giveFree(int giver, int taker) {
        nextFree[lastFree[giver]] = firstFree[taker];
        if (firstFree[taker] < 0) {
            lastFree[taker] = lastFree[giver];
        }
        firstFree[taker] = firstFree[giver];
        firstFree[giver] = -1;
    }

    private int chainFor(int event, int task) {
        int slot = takeFree(event, task);
        for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1] && slot < 0; k++) {
            int other = log.tasks[log.edgeFrom[k]];
            if (!log.edgeSync[k] && log.taskTraces[other] == log.taskTraces[task]) {
                slot = takeFree(event, other);
            }
        }
        if (slot >= 0) {
            free.clear(slot);
            return slot;
        }
        width++;
        return nextOfTrace[log.taskTraces[task]]++;
    }

    /** {@return a chain of an owner's list whose end is in the past of {@code event}, taken out of it, or -1} */
    private int takeFree(int event, int owner) {
        int previous = -1;
        int slot = firstFree[owner];
        for (int tries = 0; slot >= 0 && tries < MAX_TRIES; tries++) {
            if (causality.known(event, slot) >= lengths[slot]) {
                if (previous < 0) {
                    firstFree[owner] = nextFree[slot];
                } else {
                    nextFree[previous] = nextFree[slot];
                }
                if (lastFree[owner] == slot) {
                    lastFree[owner] = previous;
                }
                return slot;
            }
            previous = slot;
            slot = nextFree[slot];
        }
        return -1;
    }
}
