package io.clockwork.analysis;

import io.clockwork.CausalityRelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The order of a log's events: asks in O(1) whether one event is in the past of another.
 *
 * <p><em>Causality</em> holds in every schedule of the program: program order of a task, fork, join, message.
 * <em>Happens-before</em> adds the sync edges that only this run had, such as a lock's release before its next acquire.
 *
 * <p>Building costs O(n + m·log w) for n events, m edges between tasks and w chains of causality as long as what an edge
 * tells is mostly all new or all known, as with forks, joins, locks and calls, and O(n + m·w) at worst; so does its memory.
 * A query takes a step for each factor of eight of w, whatever the size of the log. The numbers of a log's events are a
 * linear extension of the order.
 *
 * @see <a href="https://doi.org/10.1145/359545.359563">L. Lamport, <i>Time, Clocks, and the Ordering of Events in a
 *     Distributed System</i>, CACM 21(7), 1978</a>
 */
public final class CausalGraph {
    private final EventColumns log;
    private final Slots slots;
    private final ClockRows causality;
    private final ClockRows happensBefore;
    private final CausalPaths paths;

    private CausalGraph(EventColumns log) {
        this.log = log;
        slots = Slots.of(log);
        causality = slots.causality;
        happensBefore = hasSync(log) ? ClockRows.of(log, slots, true) : causality;
        paths = new CausalPaths(log, slots, causality, happensBefore);
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
        return slots.isBefore(log, rows, a, b);
    }

    ClockRows rows(boolean withSync) {
        return withSync ? happensBefore : causality;
    }

    /**
     * Returns the steps by which {@code a} led to {@code b}: each hop is the one by which the task that it comes to first
     * learned of {@code a}. By causality alone if that leads there, otherwise with the sync edges of the run; empty if
     * {@code a} did not happen before {@code b}. O(log n) a step; the first call prepares an index in O(n).
     */
    public List<CausalStep> path(int a, int b) {
        if (!happensBefore(a, b)) {
            return List.of();
        }
        return paths.path(a, b, causes(a, b));
    }

    /**
     * Returns the cut of all that happened before an event, with the event: the last event of each chain of causality that
     * it knows, ascending. O(w); the first call prepares an index in O(n).
     */
    public List<Integer> frontier(int event) {
        Objects.checkIndex(event, log.kinds.length);
        return paths.frontier(event);
    }

    /**
     * Returns the smallest consistent cut that has all of {@code events} in it: the last event of each chain of causality that
     * is in it, ascending. A cut is consistent if it has, with an event, all that happened before that. O(k·w) for k events.
     *
     * @see <a href="https://doi.org/10.1145/214451.214456">K. M. Chandy, L. Lamport, <i>Distributed Snapshots</i>, ACM TOCS
     *     3(1), 1985</a>
     */
    public List<Integer> cut(Collection<Integer> events) {
        events.forEach(event -> Objects.checkIndex(event, log.kinds.length));
        return paths.cut(events);
    }

    /**
     * Returns whether {@code events}, the last of each chain that is in a cut, are a consistent one: each message that was
     * received in it was sent in it, and so for all edges. O(k·w).
     */
    public boolean isConsistentCut(Collection<Integer> events) {
        return cut(events).equals(events.stream().sorted().distinct().toList());
    }

    /** {@return how many events happened before {@code event}} */
    public int pastSize(int event) {
        return past(Objects.checkIndex(event, log.kinds.length), 0, slots.limit);
    }

    /** {@return how many events of the chains from {@code from} on and below {@code to}, or of its own, are before one} */
    private int past(int event, int from, int to) {
        int own = slots.ofTask[log.tasks[event]];
        int seenOfOwn = own >= from && own < to ? happensBefore.known(event, own) : 0;
        return slots.positions[event] - 1 + happensBefore.knownOf(event, from, to) - seenOfOwn;
    }

    /**
     * Returns the shape of each trace's order under happens-before, by trace; O(n + m·log w). Concurrent pairs are counted,
     * not listed.
     */
    public List<CausalOrder> orders() {
        int traces = log.traceNames.length;
        int[] hosts = hosts();
        int[] events = new int[traces];
        long[] ordered = new long[traces];
        int[] longest = new int[traces];
        int[] lengths = new int[log.kinds.length];
        int[] lastOfTask = new int[log.taskNames.length];
        int[] rowOfTask = new int[log.taskNames.length];
        int[] pastOfTask = new int[log.taskNames.length];
        for (int e = 0; e < lengths.length; e++) {
            int task = log.tasks[e];
            int trace = log.taskTraces[task];
            int row = happensBefore.row(e);
            if (row != rowOfTask[task] || events[trace] == 0) {
                rowOfTask[task] = row;
                int others = past(e, slots.firstOfTrace[trace], slots.firstOfTrace[trace + 1]);
                pastOfTask[task] = others - slots.positions[e] + 1;
            }
            events[trace]++;
            ordered[trace] += pastOfTask[task] + slots.positions[e] - 1;
            int before = lastOfTask[task];
            for (int k = log.edgeStarts[e]; k < log.edgeStarts[e + 1]; k++) {
                int from = log.edgeFrom[k];
                before = log.taskTraces[log.tasks[from]] == trace ? Math.max(before, lengths[from]) : before;
            }
            lengths[e] = before + 1;
            lastOfTask[task] = before + 1;
            longest[trace] = Math.max(longest[trace], before + 1);
        }
        List<CausalOrder> orders = new ArrayList<>();
        for (int trace = 0; trace < traces; trace++) {
            long pairs = (long) events[trace] * (events[trace] - 1) / 2 - ordered[trace];
            String name = log.names.get(log.traceNames[trace]);
            orders.add(new CausalOrder(name, hosts[trace], events[trace], pairs, longest[trace]));
        }
        return orders;
    }

    /** {@return per trace how many services or hosts its tasks have} */
    private int[] hosts() {
        long[] pairs = new long[log.taskNames.length];
        for (int t = 0; t < pairs.length; t++) {
            pairs[t] = (long) log.taskTraces[t] << 32 | log.taskServices[t];
        }
        Arrays.sort(pairs);
        int[] hosts = new int[log.traceNames.length];
        for (int i = 0; i < pairs.length; i++) {
            hosts[(int) (pairs[i] >>> 32)] += i == 0 || pairs[i] != pairs[i - 1] ? 1 : 0;
        }
        return hosts;
    }
}
