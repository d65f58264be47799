package io.clockwork.analysis;

import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.record.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns events that have nothing but vectors into a log: a task for each node, its events by their own counters, and an
 * edge from what each event newly learned of another node.
 */
final class TracedEventReader {
    private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 1;

    private final EventLogBuilder log = EventLog.builder();
    private final List<TracedEvent> events = new ArrayList<>();
    /** By node its events by their own counters. */
    private final Map<String, TreeMap<Long, Integer>> nodes = new TreeMap<>();

    private final List<Integer> unplaced = new ArrayList<>();
    private int duplicates;
    private int conflictingIds;
    private int conflictingDots;
    private int regressed;
    private final Set<String> missing = new HashSet<>();

    private TracedEventReader() {}

    static EventLog read(Collection<TracedEvent> events) {
        TracedEventReader reader = new TracedEventReader();
        reader.collect(events);
        return reader.build();
    }

    private void collect(Collection<TracedEvent> all) {
        Map<String, TracedEvent> byId = new HashMap<>();
        for (TracedEvent event : all) {
            TracedEvent before = byId.putIfAbsent(event.id(), event);
            if (before == null) {
                events.add(event);
            } else if (before.causality().equals(event.causality())) {
                duplicates++;
            } else {
                conflictingIds++;
            }
        }
        VectorOwners owners =
                VectorOwners.of(events.stream().map(TracedEvent::causality).toList());
        for (int e = 0; e < events.size(); e++) {
            String owner = owners.owners[e];
            if (owner == null) {
                unplaced.add(e);
                continue;
            }
            long own = events.get(e).causality().get(owner);
            if (nodes.computeIfAbsent(owner, node -> new TreeMap<>()).putIfAbsent(own, e) != null) {
                conflictingDots++;
            }
        }
        diagnose(
                owners.guessed,
                "OWNER_GUESSED",
                "have timestamps that fit several nodes, because others are missing:" + " the likeliest was taken");
    }

    private EventLog build() {
        int trace = log.trace("");
        boolean timed = !events.isEmpty() && events.stream().allMatch(TracedEventReader::hasUsableInstant);
        int[] numbers = new int[events.size()];
        nodes.forEach((node, own) -> {
            int task = log.task(trace, node, node);
            own.values().forEach(e -> numbers[e] = add(task, e, timed));
        });
        for (int e : unplaced) {
            numbers[e] = add(log.task(trace, "", events.get(e).type()), e, timed);
        }
        nodes.forEach((node, own) -> {
            VectorTimestamp before = null;
            for (int e : own.values()) {
                addEdges(node, e, before, numbers);
                before = events.get(e).causality();
            }
        });
        unplaced.forEach(e -> addEdges("", e, null, numbers));
        diagnose();
        return log.build();
    }

    private static boolean hasUsableInstant(TracedEvent event) {
        Instant instant = event.instant().orElse(Instant.MAX);
        return Math.abs(instant.getEpochSecond()) < MAX_SECONDS;
    }

    private int add(int task, int e, boolean timed) {
        TracedEvent event = events.get(e);
        int number = log.event(task, EventKind.CUSTOM, event.type());
        if (timed) {
            Instant instant = event.instant().orElse(Instant.EPOCH);
            log.nanos(number, instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
        }
        return number;
    }

    private void addEdges(String node, int e, @Nullable VectorTimestamp before, int[] numbers) {
        VectorTimestamp timestamp = events.get(e).causality();
        boolean regresses = false;
        for (int i = 0; i < timestamp.size(); i++) {
            String other = timestamp.nodeAt(i);
            long counter = timestamp.counterAt(i);
            long known = before == null ? 0 : before.get(other);
            regresses |= counter < known;
            if (other.equals(node) || counter <= known) {
                continue;
            }
            TreeMap<Long, Integer> theirs = nodes.get(other);
            Map.Entry<Long, Integer> last = theirs == null ? null : theirs.floorEntry(counter);
            if (last == null || last.getKey() != counter) {
                missing.add(other + ' ' + counter);
            }
            if (last != null
                    && last.getKey() > known
                    && !(node.isEmpty()
                            && events.get(last.getValue()).causality().equals(timestamp))) {
                log.causes(numbers[last.getValue()], numbers[e]);
            }
        }
        if (before != null) {
            for (int i = 0; i < before.size() && !regresses; i++) {
                regresses = timestamp.get(before.nodeAt(i)) < before.counterAt(i);
            }
        }
        regressed += regresses ? 1 : 0;
    }

    private void diagnose() {
        diagnose(duplicates, "DUPLICATE", "came more than once: they count once");
        diagnose(conflictingIds, "CONFLICTING_ID", "have the id of an earlier one and another timestamp: left out");
        diagnose(
                conflictingDots,
                "CONFLICTING_DOT",
                "have the counter of an earlier one of their node: left out; a node counts each event of its own");
        diagnose(
                unplaced.size(), "NO_OWNER", "have timestamps that are no node's own: nothing is known to follow them");
        diagnose(regressed, "REGRESSED", "know less than the event before them of their node: its clock was set back");
        diagnose(
                missing.size(),
                "MISSING_EVENT",
                "are named by timestamps but are not here; order through them is kept");
    }

    private void diagnose(int count, String code, String what) {
        if (count > 0) {
            log.diagnose(new Diagnostic(code, count + (count == 1 ? " event" : " events") + ": " + what, 0));
        }
    }
}
