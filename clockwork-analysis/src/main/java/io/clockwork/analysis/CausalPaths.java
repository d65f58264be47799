package io.clockwork.analysis;

import io.clockwork.analysis.CausalStep.Via;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chains of edges between events, and the last events of the chains that an event knows. */
final class CausalPaths {
    private final EventColumns log;
    private final Slots slots;
    private final ClockRows causality;
    private final ClockRows happensBefore;
    /** Made at the first question; two threads that both make it make the same. */
    private volatile @Nullable Index index;

    /** The events of each chain. */
    private static final class Index {
        /** Where each chain's events start in {@code events}, in the order of their positions. */
        private final int[] starts;

        private final int[] events;

        Index(int[] starts, int[] events) {
            this.starts = starts;
            this.events = events;
        }

        int event(int slot, int position) {
            return events[starts[slot] + position - 1];
        }
    }

    CausalPaths(EventColumns log, Slots slots, ClockRows causality, ClockRows happensBefore) {
        this.log = log;
        this.slots = slots;
        this.causality = causality;
        this.happensBefore = happensBefore;
    }

    private Index index() {
        Index made = index;
        if (made == null) {
            made = makeIndex();
            index = made;
        }
        return made;
    }

    private Index makeIndex() {
        int[] starts = new int[slots.limit + 2];
        for (int task : log.tasks) {
            starts[slots.ofTask[task] + 1]++;
        }
        for (int slot = 0; slot <= slots.limit; slot++) {
            starts[slot + 1] += starts[slot];
        }
        int[] events = new int[log.kinds.length];
        for (int e = 0; e < events.length; e++) {
            events[starts[slots.ofTask[log.tasks[e]]] + slots.positions[e] - 1] = e;
        }
        return new Index(starts, events);
    }

    List<CausalStep> path(int a, int b, boolean causal) {
        ClockRows rows = causal ? causality : happensBefore;
        Index events = index();
        List<CausalStep> backwards = new ArrayList<>();
        int to = b;
        while (log.tasks[to] != log.tasks[a]) {
            int learned = firstThatKnows(rows, events, a, to);
            if (learned != to) {
                backwards.add(new CausalStep(learned, to, Via.TASK));
            }
            int edge = edgeFromPast(rows, a, learned, causal);
            backwards.add(new CausalStep(log.edgeFrom[edge], learned, log.edgeSync[edge] ? Via.SYNC : Via.CAUSE));
            to = log.edgeFrom[edge];
        }
        if (to != a) {
            backwards.add(new CausalStep(a, to, Via.TASK));
        }
        Collections.reverse(backwards);
        return backwards;
    }

    /** {@return the first event of the task of {@code to} that has {@code a} in its past; what one knows all later do} */
    private int firstThatKnows(ClockRows rows, Index events, int a, int to) {
        int slot = slots.ofTask[log.tasks[to]];
        int high = slots.positions[to];
        int low = high - log.sequences[to] + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slots.isBefore(log, rows, a, events.event(slot, middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return events.event(slot, low);
    }

    /** {@return the first edge into an event that comes from {@code a} or what follows it} */
    private int edgeFromPast(ClockRows rows, int a, int event, boolean causal) {
        for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1]; k++) {
            int from = log.edgeFrom[k];
            boolean counts = !causal || !log.edgeSync[k];
            if (counts && (from == a || slots.isBefore(log, rows, a, from))) {
                return k;
            }
        }
        throw new IllegalStateException("event " + event + " knows of event " + a + " but no edge told it");
    }

    List<Integer> frontier(int event) {
        Index events = index();
        int own = slots.ofTask[log.tasks[event]];
        List<Integer> frontier = new ArrayList<>();
        frontier.add(event);
        happensBefore.forEachKnown(event, (slot, position) -> {
            if (slot != own) {
                frontier.add(events.event(slot, position));
            }
        });
        Collections.sort(frontier);
        return frontier;
    }

    List<Integer> cut(Collection<Integer> events) {
        Map<Integer, Integer> last = new HashMap<>();
        for (int event : events) {
            last.merge(slots.ofTask[log.tasks[event]], slots.positions[event], Math::max);
            happensBefore.forEachKnown(event, (slot, position) -> last.merge(slot, position, Math::max));
        }
        Index index = index();
        List<Integer> cut = new ArrayList<>();
        last.forEach((slot, position) -> cut.add(index.event(slot, position)));
        Collections.sort(cut);
        return cut;
    }
}
