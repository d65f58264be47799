package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The parts of tasks that are meant to happen as one: operations that have no operation inside, and outside of those all
 * that is done from the first lock that is taken to the last one given back. Whatever sets off, awaits, sends or hands over
 * inside is no block: it is not meant as one.
 */
final class Blocks {
    private final EventColumns log;
    /** For each access of a block the number of the block, from 1; otherwise 0. */
    final int[] ofEvent;
    /** The event that begins a block. */
    final IntColumn begins = new IntColumn();

    private final BitSet linked = new BitSet();

    private Blocks(EventColumns log) {
        this.log = log;
        ofEvent = new int[log.kinds.length];
        begins.add(-1);
    }

    static Blocks of(EventColumns log) {
        Blocks blocks = new Blocks(log);
        blocks.findLinked();
        blocks.enter(blocks.operationEnds());
        return blocks;
    }

    int count() {
        return begins.size() - 1;
    }

    String name(int block) {
        return log.names.get(log.subjects[begins.get(block)]);
    }

    /** Events at either end of an edge that is neither a lock's nor one from an atomic write to what reads it. */
    private void findLinked() {
        for (int e = 0; e < log.kinds.length; e++) {
            for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
                int from = log.edgeFrom[k];
                boolean plain = log.edgeSync[k] && (isOfLock(e) || Accesses.isAccess(log.kind(e)));
                if (!plain && log.tasks[from] != log.tasks[e]) {
                    linked.set(from);
                    linked.set(e);
                }
            }
        }
    }

    private boolean isOfLock(int event) {
        EventKind kind = log.kind(event);
        return kind == EventKind.ACQUIRE || kind == EventKind.ACQUIRE_SHARED;
    }

    /** {@return for the begin event of each innermost operation that is a block its end event, otherwise 0} */
    private int[] operationEnds() {
        int[] ends = new int[log.kinds.length];
        int[] open = new int[log.taskNames.length];
        Arrays.fill(open, -1);
        for (int e = 0; e < ends.length; e++) {
            int task = log.tasks[e];
            EventKind kind = log.kind(e);
            if (kind == EventKind.BEGIN) {
                open[task] = e;
            } else if (kind == EventKind.END && open[task] >= 0) {
                ends[open[task]] = e;
                open[task] = -1;
            } else if (linked.get(e)) {
                open[task] = -1;
            }
        }
        return ends;
    }

    private void enter(int[] operationEnds) {
        HeldLocks held = new HeldLocks(log);
        int[] endOf = new int[log.taskNames.length];
        int[] blockOf = new int[log.taskNames.length];
        Map<Integer, Region> regions = new HashMap<>();
        for (int e = 0; e < ofEvent.length; e++) {
            int set = held.advance(e);
            int task = log.tasks[e];
            int thread = held.thread(e);
            if (operationEnds[e] > 0) {
                endOf[task] = operationEnds[e];
                blockOf[task] = begin(e);
                regions.remove(thread);
            }
            boolean inOperation = e <= endOf[task] && endOf[task] > 0;
            Region region = regions.get(thread);
            if (region == null && set != 0 && isOfLock(e) && !inOperation) {
                regions.put(thread, new Region(task, begin(e)));
            } else if (region != null && (set == 0 || linked.get(e) || region.task != task)) {
                regions.remove(thread);
            }
            if (Accesses.isAccess(log.kind(e))) {
                Region inside = regions.get(thread);
                ofEvent[e] = inOperation ? blockOf[task] : inside == null ? 0 : inside.block;
            }
        }
    }

    private record Region(int task, int block) {}

    private int begin(int event) {
        begins.add(event);
        return begins.size() - 1;
    }
}
