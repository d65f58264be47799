package io.clockwork.analysis;

import java.util.Arrays;
import java.util.Objects;

/**
 * The happens-before order of a log without what it implies: the order of each task, and of the edges between tasks those
 * that no other way leads along.
 *
 * <p>All that is drawn of an execution is here, and nothing twice: an event happened before another one if and only if a way
 * along these edges leads there. The order of a task is kept even where it is implied, by a call that came back. Building costs as
 * much as building a {@link CausalGraph}. Immutable.
 *
 * @see <a href="https://doi.org/10.1137/0201008">A. Aho, M. Garey, J. Ullman, <i>The Transitive Reduction of a Directed
 *     Graph</i>, SIAM Journal on Computing 1(2), 1972</a>
 */
public final class ReducedGraph {
    private static final int NONE = -1;

    private final int[] firstCause;
    private final int[] causes;
    private final int[] firstEffect;
    private final int[] effects;
    private final int implied;

    private ReducedGraph(int[] firstCause, int[] causes, int implied) {
        this.firstCause = firstCause;
        this.causes = causes;
        this.implied = implied;
        int events = firstCause.length - 1;
        firstEffect = new int[events + 1];
        for (int from : causes) {
            firstEffect[from + 1]++;
        }
        for (int e = 0; e < events; e++) {
            firstEffect[e + 1] += firstEffect[e];
        }
        effects = new int[causes.length];
        int[] next = firstEffect.clone();
        for (int e = 0; e < events; e++) {
            for (int k = firstCause[e]; k < firstCause[e + 1]; k++) {
                effects[next[causes[k]]++] = e;
            }
        }
    }

    /** {@return the reduced graph of a log} */
    public static ReducedGraph of(EventLog log) {
        return new Reduction(log.columns()).run();
    }

    /** {@return the number of edges between tasks} */
    public int edgeCount() {
        return causes.length;
    }

    /** {@return how many edges between tasks the log has that others imply} */
    public int impliedCount() {
        return implied;
    }

    /** {@return how many edges lead to an event from other tasks} */
    public int causeCount(int event) {
        return firstCause[event + 1] - firstCause[event];
    }

    /** {@return the event that an edge comes from, ascending; {@code index} is from 0 to below {@link #causeCount}} */
    public int cause(int event, int index) {
        return causes[firstCause[event] + Objects.checkIndex(index, causeCount(event))];
    }

    /** {@return how many edges lead from an event to other tasks} */
    public int effectCount(int event) {
        return firstEffect[event + 1] - firstEffect[event];
    }

    /** {@return the event that an edge leads to, ascending; {@code index} is from 0 to below {@link #effectCount}} */
    public int effect(int event, int index) {
        return effects[firstEffect[event] + Objects.checkIndex(index, effectCount(event))];
    }

    /** Goes through the events and keeps of each one's edges what no other one implies. */
    private static final class Reduction {
        /*
         * An edge is implied if its source is known to the event before, or to the source of another edge. So it is enough
         * to take what all of these know together, which the vectors share for the most part: that costs as much as the
         * vector of the event itself. Of two sources on one chain, the later one implies the earlier.
         */
        private final EventColumns log;
        private final Slots slots;
        private final ClockRows rows;
        private final int[] lastOfTask;
        private final int[] firstCause;
        private final IntColumn kept = new IntColumn();
        private int implied;

        /** The sources of edges into the event at hand, at most one a chain. */
        private final IntColumn sources = new IntColumn();
        /** Per chain the place of its source in {@link #sources}, or -1. */
        private final int[] placeOfSlot;

        Reduction(EventColumns log) {
            this.log = log;
            slots = Slots.of(log);
            rows = ClockRows.of(log, slots, true);
            lastOfTask = new int[log.taskNames.length];
            Arrays.fill(lastOfTask, NONE);
            firstCause = new int[log.kinds.length + 1];
            placeOfSlot = new int[slots.limit];
            Arrays.fill(placeOfSlot, NONE);
        }

        ReducedGraph run() {
            for (int e = 0; e < log.kinds.length; e++) {
                int edges = collectSources(e);
                int before = kept.size();
                if (!sources.isEmpty()) {
                    keep(lastOfTask[log.tasks[e]]);
                }
                implied += edges - (kept.size() - before);
                firstCause[e + 1] = kept.size();
                lastOfTask[log.tasks[e]] = e;
            }
            return new ReducedGraph(firstCause, kept.toArray(), implied);
        }

        /** Collects the last source of each chain, unless the event before knows it. {@return how many edges there are} */
        private int collectSources(int event) {
            int before = lastOfTask[log.tasks[event]];
            int edges = 0;
            for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1]; k++) {
                int from = log.edgeFrom[k];
                if (log.tasks[from] == log.tasks[event]) {
                    continue;
                }
                edges++;
                if (before != NONE && CausalGraph.before(log, slots, rows, from, before)) {
                    continue;
                }
                int place = placeOfSlot[slot(from)];
                if (place == NONE) {
                    placeOfSlot[slot(from)] = sources.size();
                    sources.add(from);
                } else if (slots.positions[sources.get(place)] < slots.positions[from]) {
                    sources.set(place, from);
                }
            }
            return edges;
        }

        private void keep(int before) {
            int[] candidates = sources.toArray();
            Arrays.sort(candidates);
            int together = candidates.length == 1 ? NONE : rows.together(before, candidates);
            for (int from : candidates) {
                placeOfSlot[slot(from)] = NONE;
                if (together == NONE || rows.knownOfRow(together, slot(from)) < slots.positions[from]) {
                    kept.add(from);
                }
            }
            sources.clear();
        }

        private int slot(int event) {
            return slots.ofTask[log.tasks[event]];
        }
    }
}
