package io.clockwork.analysis;

import java.util.Arrays;
import java.util.BitSet;

/** Puts events on chains of causality as they come: a task goes on on the chain of one whose end it is known to follow. */
final class LiveChains extends Chains {
    /** How many ended chains a new task looks at before it starts one of its own. */
    private static final int MAX_TRIES = 16;

    final ClockRows causality;
    private final LiveColumns log;
    private int width;
    private int[] lengths = new int[16];
    /** The last task of each chain. */
    private int[] owners = new int[16];

    /** Per trace the chains whose last task was joined, the latest last. */
    private IntColumn[] ended = new IntColumn[0];

    private final BitSet isEnded = new BitSet();

    LiveChains(LiveColumns log) {
        super(16, 16);
        this.log = log;
        causality = new ClockRows(log, false);
    }

    /** Passes the next event. */
    void advance(int event) {
        int task = log.tasks[event];
        grow(task, event);
        causality.advance(event, ofTask, positions);
        if (ofTask[task] < 0) {
            ofTask[task] = chainFor(event, ended(log.taskTraces[task]));
            owners[ofTask[task]] = task;
        } else if (isEnded.get(ofTask[task])) {
            goOn(task);
        }
        positions[event] = ++lengths[ofTask[task]];
    }

    /** Says that a task is not expected to go on. */
    void end(int task) {
        int chain = ofTask[task];
        if (!isReplaced(task) && !isEnded.get(chain)) {
            isEnded.set(chain);
            ended(log.taskTraces[task]).add(chain);
        }
    }

    /** A task goes on that was joined, and whose chain nobody has taken. */
    private void goOn(int task) {
        isEnded.clear(ofTask[task]);
        IntColumn free = ended(log.taskTraces[task]);
        for (int i = free.size() - 1; i >= 0; i--) {
            if (free.get(i) == ofTask[task]) {
                free.removeAt(i);
                return;
            }
        }
    }

    /** {@return whether another task has gone on on the chain of this one, which must not do so itself any more} */
    boolean isReplaced(int task) {
        return task < ofTask.length && ofTask[task] >= 0 && owners[ofTask[task]] != task;
    }

    private IntColumn ended(int trace) {
        int size = ended.length;
        if (trace >= size) {
            ended = Arrays.copyOf(ended, Math.max(trace + 1, size * 2));
            Arrays.setAll(ended, t -> t < size ? ended[t] : new IntColumn());
        }
        return ended[trace];
    }

    private int chainFor(int event, IntColumn free) {
        int last = free.size() - 1;
        for (int i = last; i >= 0 && i > last - MAX_TRIES; i--) {
            int chain = free.get(i);
            if (causality.known(event, chain) >= lengths[chain]) {
                free.removeAt(i);
                isEnded.clear(chain);
                return chain;
            }
        }
        if (width == lengths.length) {
            lengths = Arrays.copyOf(lengths, width * 2);
            owners = Arrays.copyOf(owners, width * 2);
        }
        return width++;
    }
}
