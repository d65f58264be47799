package io.clockwork.analysis;

import io.clockwork.CausalityRelation;
import java.util.BitSet;
import java.util.Objects;

/**
 * The order of a log's events: asks in O(1) whether one event is in the past of another.
 *
 * <p><em>Causality</em> holds in every schedule of the program: program order of a task, fork, join, message.
 * <em>Happens-before</em> adds the sync edges that only this run had, such as a lock's release before its next acquire.
 *
 * <p>Building costs O(n + m·w) for n events, m edges between tasks and w chains of causality.
 *
 * @see <a href="https://doi.org/10.1145/359545.359563">L. Lamport, <i>Time, Clocks, and the Ordering of Events in a
 *     Distributed System</i>, CACM 21(7), 1978</a>
 */
public final class CausalGraph {
    private final EventColumns log;
    private final Slots slots;
    private final ClockRows causality;
    private final ClockRows happensBefore;

    private CausalGraph(EventColumns log) {
        this.log = log;
        slots = Slots.of(log);
        causality = ClockRows.of(log, slots, false);
        happensBefore = hasSync(log) ? ClockRows.of(log, slots, true) : causality;
    }

    private static boolean hasSync(EventColumns log) {
        for (boolean sync : log.edgeSync) {
            if (sync) {
                return true;
            }
        }
        return false;
    }

    /** {@return the graph of a log} */
    public static CausalGraph of(EventLog log) {
        return new CausalGraph(log.columns());
    }

    Slots slots() {
        return slots;
    }

    /** {@return the number of chains of causality: how wide a vector of the log is} */
    public int width() {
        return slots.width;
    }

    /** {@return whether {@code a} precedes {@code b} in every schedule of the program} */
    public boolean causes(int a, int b) {
        return before(a, b, causality);
    }

    /** {@return whether {@code a} happened before {@code b} in this run} */
    public boolean happensBefore(int a, int b) {
        return before(a, b, happensBefore);
    }

    /** {@return how two events relate under happens-before} */
    public CausalityRelation relation(int a, int b) {
        if (a == b) {
            return CausalityRelation.EQUAL;
        }
        if (happensBefore(a, b)) {
            return CausalityRelation.HAPPENS_BEFORE;
        }
        return happensBefore(b, a) ? CausalityRelation.HAPPENS_AFTER : CausalityRelation.CONCURRENT;
    }

    private boolean before(int a, int b, ClockRows rows) {
        Objects.checkIndex(a, log.kinds.length);
        Objects.checkIndex(b, log.kinds.length);
        return before(log, slots, rows, a, b);
    }

    static boolean before(EventColumns log, Slots slots, ClockRows rows, int a, int b) {
        int slot = slots.ofTask[log.tasks[a]];
        int position = slots.positions[a];
        return slot == slots.ofTask[log.tasks[b]] ? position < slots.positions[b] : rows.known(b, slot) >= position;
    }

    /**
     * Returns the shape of one trace's order under happens-before; O(n·w + m). Concurrent pairs are counted, not listed.
     *
     * @throws IndexOutOfBoundsException if there is no such trace
     */
    public CausalOrder order(int trace) {
        Objects.checkIndex(trace, log.traceNames.length);
        BitSet chains = new BitSet();
        BitSet hosts = new BitSet();
        for (int t = 0; t < log.taskNames.length; t++) {
            if (log.taskTraces[t] == trace) {
                chains.set(slots.ofTask[t]);
                hosts.set(log.taskServices[t]);
            }
        }
        int events = 0;
        long ordered = 0;
        int[] lengths = new int[log.kinds.length];
        int[] lastOfTask = new int[log.taskNames.length];
        int longest = 0;
        for (int e = 0; e < lengths.length; e++) {
            if (log.taskTraces[log.tasks[e]] != trace) {
                continue;
            }
            events++;
            ordered += past(e, chains);
            int before = lastOfTask[log.tasks[e]];
            for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
                before = Math.max(before, lengths[log.edgeFrom[k]]);
            }
            lengths[e] = before + 1;
            lastOfTask[log.tasks[e]] = before + 1;
            longest = Math.max(longest, before + 1);
        }
        long pairs = (long) events * (events - 1) / 2 - ordered;
        return new CausalOrder(log.names.get(log.traceNames[trace]), hosts.cardinality(), events, pairs, longest);
    }

    /** {@return how many events on {@code chains} happened before {@code event}} */
    private long past(int event, BitSet chains) {
        int own = slots.ofTask[log.tasks[event]];
        long past = slots.positions[event] - 1L;
        int[] row = happensBefore.row(event);
        for (int s = chains.nextSetBit(0); s >= 0 && s < row.length; s = chains.nextSetBit(s + 1)) {
            past += s == own ? 0 : row[s];
        }
        return past;
    }
}
