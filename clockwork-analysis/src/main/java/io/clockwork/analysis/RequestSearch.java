package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Looks for requests that are answered. */
final class RequestSearch {
    /*
     * Who answers has received the request and receives nothing more until the answer: so the walk from a receipt to its
     * answer passes only events that no other walk passes, and all of them together are linear.
     */
    private static final int NONE = -1;

    private final EventLog log;
    private final ReducedGraph graph;
    private final int maxWait;
    private final int maxWork;
    /** Per task its first event, or -1. */
    private final int[] firsts;
    /** Per event the next one of its task, or -1. */
    private final int[] next;

    private final BitSet taken = new BitSet();

    RequestSearch(EventLog log, ReducedGraph graph, int maxWait, int maxWork) {
        this.log = log;
        this.graph = graph;
        this.maxWait = maxWait;
        this.maxWork = maxWork;
        next = new int[log.size()];
        firsts = new int[log.taskCount()];
        Arrays.fill(firsts, NONE);
        for (int e = log.size() - 1; e >= 0; e--) {
            next[e] = firsts[log.task(e)];
            firsts[log.task(e)] = e;
        }
    }

    List<Motif> find() {
        List<Motif> motifs = new ArrayList<>();
        for (int first : firsts) {
            for (int e = first; e != NONE; e = next[e]) {
                addRequest(e, motifs);
            }
        }
        motifs.sort(Comparator.comparingInt(motif -> motif.events().get(0)));
        return motifs;
    }

    private void addRequest(int request, List<Motif> motifs) {
        if (taken.get(request) || graph.effectCount(request) != 1 || graph.causeCount(request) > 0) {
            return;
        }
        int received = graph.effect(request, 0);
        int answer = answer(received);
        if (answer == NONE || !isAnswered(request, graph.effect(answer, 0)) || isTaken(received, answer)) {
            return;
        }
        int arrival = graph.effect(answer, 0);
        taken.set(request);
        taken.set(arrival);
        for (int e = received; e != NONE && e <= answer; e = next[e]) {
            taken.set(e);
        }
        List<Integer> events =
                received == answer ? List.of(request, answer, arrival) : List.of(request, received, answer, arrival);
        motifs.add(new Motif(List.of(log.task(request), log.task(received)), events));
    }

    /** {@return the event that answers a request that was received, or -1} */
    private int answer(int received) {
        if (graph.causeCount(received) > 1) {
            return NONE;
        }
        int event = received;
        for (int work = 0; work <= maxWork && event != NONE; work++) {
            if (work > 0 && graph.causeCount(event) > 0) {
                return NONE;
            }
            if (graph.effectCount(event) > 0) {
                return graph.effectCount(event) == 1 ? event : NONE;
            }
            event = next[event];
        }
        return NONE;
    }

    private boolean isAnswered(int request, int arrival) {
        return log.task(arrival) == log.task(request)
                && graph.causeCount(arrival) == 1
                && graph.effectCount(arrival) == 0
                && log.sequence(arrival) - log.sequence(request) <= maxWait
                && !taken.get(arrival);
    }

    private boolean isTaken(int received, int answer) {
        for (int e = received; e != NONE && e <= answer; e = next[e]) {
            if (taken.get(e)) {
                return true;
            }
        }
        return false;
    }
}
