package io.clockwork.analysis;

import io.clockwork.CausalityRelation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
     * Returns the shape of each trace's order under happens-before, by trace; O(n·w + m). Concurrent pairs are counted,
     * not listed.
     */
    public List<CausalOrder> orders() {
        int traces = log.traceNames.length;
        int[] traceOfChain = new int[slots.width];
        List<BitSet> hosts = new ArrayList<>();
        for (int trace = 0; trace < traces; trace++) {
            hosts.add(new BitSet());
        }
        for (int t = 0; t < log.taskNames.length; t++) {
            hosts.get(log.taskTraces[t]).set(log.taskServices[t]);
        }
        for (int e = 0; e < log.kinds.length; e++) {
            traceOfChain[slots.ofTask[log.tasks[e]]] = log.taskTraces[log.tasks[e]];
        }
        int[] events = new int[traces];
        long[] ordered = new long[traces];
        int[] longest = new int[traces];
        int[] lengths = new int[log.kinds.length];
        int[] lastOfTask = new int[log.taskNames.length];
        for (int e = 0; e < lengths.length; e++) {
            int trace = log.taskTraces[log.tasks[e]];
            events[trace]++;
            ordered[trace] += past(e, trace, traceOfChain);
            int before = lastOfTask[log.tasks[e]];
            for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
                int from = log.edgeFrom[k];
                before = log.taskTraces[log.tasks[from]] == trace ? Math.max(before, lengths[from]) : before;
            }
            lengths[e] = before + 1;
            lastOfTask[log.tasks[e]] = before + 1;
            longest[trace] = Math.max(longest[trace], before + 1);
        }
        List<CausalOrder> orders = new ArrayList<>();
        for (int trace = 0; trace < traces; trace++) {
            long pairs = (long) events[trace] * (events[trace] - 1) / 2 - ordered[trace];
            String name = log.names.get(log.traceNames[trace]);
            orders.add(new CausalOrder(name, hosts.get(trace).cardinality(), events[trace], pairs, longest[trace]));
        }
        return orders;
    }

    /** {@return how many events of {@code trace} happened before {@code event}, which is one of them} */
    private long past(int event, int trace, int[] traceOfChain) {
        int own = slots.ofTask[log.tasks[event]];
        long past = slots.positions[event] - 1L;
        int[] row = happensBefore.row(event);
        for (int s = 0; s < row.length; s++) {
            past += s != own && traceOfChain[s] == trace ? row[s] : 0;
        }
        return past;
    }
}
