package io.clockwork.analysis;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what was published without sync: a plain read that saw a plain write of another task that nothing orders with it,
 * and after it a read of what that task had written before, which nothing orders either. O(n).
 */
final class Publications {
    private final EventLog log;
    private final EventColumns columns;
    private final CausalGraph graph;
    /** By variable the last write, or -1 if that was atomic. */
    private final int[] lastWrites;

    /** By reading and writing task, the read that last saw a write of that task without any order. */
    private final Map<Long, Integer> seen = new HashMap<>();

    private final Map<Integer, Integer> seenWrite = new HashMap<>();
    private final Map<List<Integer>, Found> found = new LinkedHashMap<>();

    private static final class Found {
        final int[] events;
        int count;

        Found(int... events) {
            this.events = events;
        }
    }

    private Publications(EventLog log, CausalGraph graph) {
        this.log = log;
        this.graph = graph;
        columns = log.columns();
        lastWrites = new int[columns.names.size()];
        Arrays.fill(lastWrites, -1);
    }

    static List<UnsafePublication> of(EventLog log, CausalGraph graph) {
        Publications publications = new Publications(log, graph);
        publications.run();
        return publications.findings();
    }

    private void run() {
        for (int e = 0; e < log.size(); e++) {
            EventKind kind = log.kind(e);
            if (kind == EventKind.READ) {
                read(e);
            } else if (kind == EventKind.WRITE) {
                lastWrites[columns.subjects[e]] = e;
            } else if (kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE) {
                lastWrites[columns.subjects[e]] = -1;
            }
        }
    }

    private void read(int event) {
        int write = lastWrites[columns.subjects[event]];
        if (write < 0 || columns.tasks[write] == columns.tasks[event] || graph.happensBefore(write, event)) {
            return;
        }
        long tasks = (long) columns.tasks[event] << 32 | columns.tasks[write];
        Integer reference = seen.get(tasks);
        Integer published = reference == null ? null : seenWrite.get(reference);
        if (reference != null
                && published != null
                && write < published
                && columns.subjects[reference] != columns.subjects[event]) {
            List<Integer> key = List.of(
                    columns.subjects[reference],
                    columns.subjects[event],
                    columns.sites[write],
                    columns.sites[published],
                    columns.sites[reference],
                    columns.sites[event]);
            found.computeIfAbsent(key, k -> new Found(write, published, reference, event)).count++;
        }
        if (published == null || write > published) {
            seen.put(tasks, event);
            seenWrite.put(event, write);
        }
    }

    private List<UnsafePublication> findings() {
        BitSet wanted = new BitSet();
        for (Found one : found.values()) {
            for (int event : one.events) {
                wanted.set(event);
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        EventContexts contexts = EventContexts.of(log, wanted);
        List<UnsafePublication> publications = new ArrayList<>();
        for (Found one : found.values()) {
            publications.add(new UnsafePublication(
                    log.subject(one.events[2]),
                    log.subject(one.events[3]),
                    contexts.access(one.events[0]),
                    contexts.access(one.events[1]),
                    contexts.access(one.events[2]),
                    contexts.access(one.events[3]),
                    one.count));
        }
        return publications;
    }
}
