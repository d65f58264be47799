package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for tasks that send to several other ones, or receive from several, in quick succession. */
final class FanSearch {
    /*
     * A part of a run that could be a fan could be one as well, so a run that ends too early for the tasks it needs gives up
     * only its first event that sends: both of its ends only move forward, which is linear.
     */
    private final EventLog log;
    private final ReducedGraph graph;
    private final int minTasks;
    private final int maxGap;
    private boolean gather;

    /** Per task how many events of the run have it at the other end. */
    private final int[] uses;
    /** The events of the run that send, or receive in a gather; the run is what is behind {@link #first}. */
    private final IntColumn run = new IntColumn();

    private int first;
    private int tasks;
    /** Whether the run's last event also has an edge that only the run's end may have. */
    private boolean closed;

    private final List<Motif> found = new ArrayList<>();

    FanSearch(EventLog log, ReducedGraph graph, int minTasks, int maxGap) {
        this.log = log;
        this.graph = graph;
        this.minTasks = minTasks;
        this.maxGap = maxGap;
        uses = new int[log.taskCount()];
    }

    List<Motif> broadcasts() {
        return find(false);
    }

    List<Motif> gathers() {
        return find(true);
    }

    private List<Motif> find(boolean gathers) {
        gather = gathers;
        int[][] events = eventsOfTasks();
        for (int[] task : events) {
            for (int event : task) {
                add(event);
            }
            end();
        }
        found.sort(Comparator.comparingInt(motif -> motif.events().get(0)));
        return List.copyOf(found);
    }

    private int[][] eventsOfTasks() {
        int[] counts = new int[log.taskCount()];
        for (int e = 0; e < log.size(); e++) {
            counts[log.task(e)]++;
        }
        int[][] events = new int[counts.length][];
        Arrays.setAll(events, task -> new int[counts[task]]);
        for (int e = 0; e < log.size(); e++) {
            events[log.task(e)][log.sequence(e) - 1] = e;
        }
        return events;
    }

    private int links(int event) {
        return gather ? graph.causeCount(event) : graph.effectCount(event);
    }

    private int taskAt(int event, int link) {
        return log.task(gather ? graph.cause(event, link) : graph.effect(event, link));
    }

    private int opposite(int event) {
        return gather ? graph.effectCount(event) : graph.causeCount(event);
    }

    private void add(int event) {
        boolean other = opposite(event) > 0;
        if (links(event) == 0) {
            if (other) {
                end();
            }
            return;
        }
        if (closed || (other && !gather)) {
            end();
        }
        while (!isEmpty() && !fits(event)) {
            shrink();
        }
        run.add(event);
        for (int k = 0; k < links(event); k++) {
            tasks += uses[taskAt(event, k)]++ == 0 ? 1 : 0;
        }
        closed = gather && other;
    }

    private boolean isEmpty() {
        return first == run.size();
    }

    private boolean fits(int event) {
        if (log.sequence(event) - log.sequence(run.last()) > maxGap) {
            return false;
        }
        for (int k = 0; k < links(event); k++) {
            if (uses[taskAt(event, k)] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Takes the run as it is, if it has tasks enough, or gives up its first event. */
    private void shrink() {
        if (tasks >= minTasks) {
            take();
            return;
        }
        for (int k = 0; k < links(run.get(first)); k++) {
            tasks -= --uses[taskAt(run.get(first), k)] == 0 ? 1 : 0;
        }
        first++;
    }

    private void end() {
        while (!isEmpty()) {
            shrink();
        }
        run.clear();
        first = 0;
        closed = false;
    }

    private void take() {
        Set<Integer> parts = new LinkedHashSet<>();
        Set<Integer> events = new TreeSet<>();
        parts.add(log.task(run.last()));
        for (int i = first; i < run.size(); i++) {
            int event = run.get(i);
            events.add(event);
            for (int k = 0; k < links(event); k++) {
                events.add(gather ? graph.cause(event, k) : graph.effect(event, k));
                parts.add(taskAt(event, k));
                uses[taskAt(event, k)] = 0;
            }
        }
        tasks = 0;
        first = run.size();
        found.add(new Motif(List.copyOf(parts), List.copyOf(events)));
    }
}
