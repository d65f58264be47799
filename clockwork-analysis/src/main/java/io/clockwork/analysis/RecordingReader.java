package io.clockwork.analysis;

import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recording;
import io.clockwork.record.SinkStatus;
import io.clockwork.record.Site;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns what a recorder held into a log. */
final class RecordingReader {
    private final EventLogBuilder log;
    private final Recording recording;
    /** Where in the recording and in the log each task is, by its number in the recording. */
    private final Map<Integer, Place> places = new LinkedHashMap<>();

    private final ReleaseChains chains;
    private int missingCauses;

    /**
     * @param gapless whether the task's events have all sequence numbers from the first one's on
     * @param task the task's number in the log
     * @param firstEvent the number in the log of its first event that is there
     */
    private record Place(RecordedTask recorded, List<RecordedEvent> events, boolean gapless, int task, int firstEvent) {
        static Place of(RecordedTask recorded, int task, int firstEvent) {
            List<RecordedEvent> events = recorded.events();
            int size = events.size();
            boolean gapless = size == 0 || events.get(size - 1).dot().sequence() == recorded.evicted() + size;
            return new Place(recorded, events, gapless, task, firstEvent);
        }

        /** {@return the index of the event of this sequence number, negative if it is not there} */
        int indexOf(int sequence) {
            int index = sequence - recorded.evicted() - 1;
            if (gapless || index < 0) {
                return index < events.size() ? index : -1;
            }
            int low = 0;
            int high = events.size() - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (events.get(middle).dot().sequence() < sequence) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return events.get(low).dot().sequence() == sequence ? low : -1;
        }
    }

    private RecordingReader(Recording recording, EventLogBuilder log) {
        this.recording = recording;
        this.log = log;
        chains = new ReleaseChains(log);
    }

    static void read(Recording recording, EventLogBuilder log) {
        new RecordingReader(recording, log).read();
    }

    private void read() {
        Map<Integer, Integer> traces = new HashMap<>();
        for (RecordedTask task : recording.tasks()) {
            int trace = traces.computeIfAbsent(task.trace(), t -> log.trace(task.name()));
            Place place = Place.of(task, log.task(trace, recording.node(), task.name()), log.size());
            places.put(task.id(), place);
            String thread = task.thread();
            for (RecordedEvent event : place.events) {
                if (event.kind() == EventKind.RESUME) {
                    thread = event.subject();
                }
                add(place.task, event, thread);
            }
        }
        places.values().forEach(this::addEdges);
        chains.addEdges();
        diagnose();
    }

    private void add(int task, RecordedEvent event, String thread) {
        int e = log.event(task, event.kind(), event.subject());
        log.thread(e, thread);
        Site site = event.site();
        if (site != null) {
            log.site(e, site.toString());
        }
        Object value = event.value();
        if (value != null) {
            log.value(e, value);
        }
        if (recording.timed()) {
            log.nanos(e, event.nanos());
        }
    }

    private void addEdges(Place place) {
        Dot origin = place.recorded.origin();
        if (origin != null) {
            int cause = find(origin);
            if (cause >= 0) {
                log.origin(place.task, cause, Link.FORK);
            }
        }
        int effect = place.firstEvent;
        for (RecordedEvent event : place.events) {
            if (event.kind() != EventKind.FORK) {
                addEdge(event, effect);
            }
            effect++;
        }
    }

    private void addEdge(RecordedEvent event, int effect) {
        Dot dot = event.cause();
        int cause = dot == null || dot.sequence() == 0 ? -1 : find(dot);
        boolean chained = cause >= 0 && isChained(cause) && log.subjects.get(cause) == log.subjects.get(effect);
        switch (event.kind()) {
            case RELEASE_SHARED, RELEASE_PERMITS, COUNT_DOWN -> {
                if (chained) {
                    chains.release(effect, cause);
                } else {
                    chains.firstRelease(effect, cause);
                }
            }
            case ACQUIRE, ACQUIRE_PERMITS, AWAIT -> {
                if (chained) {
                    chains.acquire(effect, cause);
                } else {
                    precedes(cause, effect);
                }
            }
            case JOIN -> {
                if (cause >= 0) {
                    log.causes(cause, effect);
                }
            }
            case ATOMIC_READ -> {
                precedes(cause, effect);
                Object seen = cause >= 0 && isAtomicWrite(cause) ? log.values.get(cause) : null;
                if (seen != null) {
                    log.value(effect, seen);
                }
            }
            default -> precedes(cause, effect);
        }
    }

    private void precedes(int cause, int effect) {
        if (cause >= 0 && log.tasks.get(cause) != log.tasks.get(effect)) {
            log.precedes(cause, effect);
        }
    }

    private boolean isChained(int event) {
        return switch (log.kind(event)) {
            case RELEASE_SHARED, RELEASE_PERMITS, COUNT_DOWN -> true;
            default -> false;
        };
    }

    private boolean isAtomicWrite(int event) {
        EventKind kind = log.kind(event);
        return kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE;
    }

    private int find(Dot dot) {
        Place place = places.get(dot.task());
        int index = place == null ? -1 : place.indexOf(dot.sequence());
        if (place == null || index < 0) {
            missingCauses++;
            return -1;
        }
        return place.firstEvent + index;
    }

    private void diagnose() {
        if (recording.dropped() > 0) {
            log.diagnose(new Diagnostic(
                    "DROPPED",
                    recording.dropped() + " events were not kept because the recorder was full; raise maxEvents",
                    0));
        }
        for (SinkStatus sink : recording.sinks()) {
            if (sink.lost() > 0) {
                log.diagnose(new Diagnostic(
                        "SINK_LOST",
                        sink.sink() + " lacks " + sink.lost() + " events: "
                                + (sink.lastFailure() == null ? "it was too far behind" : sink.lastFailure()),
                        0));
            }
        }
        if (recording.misuses() > 0) {
            log.diagnose(new Diagnostic(
                    "SCOPE_MISUSE",
                    recording.misuses()
                            + " times a scope was closed twice, out of order or on another thread, or a task"
                            + " was run twice at a time",
                    0));
        }
        if (missingCauses > 0) {
            log.diagnose(new Diagnostic(
                    "MISSING_CAUSE",
                    missingCauses + " causes are not in the recording: what they would order is shown as concurrent",
                    0));
        }
        diagnoseUnlinked();
    }

    /** Tells where work was never wrapped, by thread; a thread may have run many pieces of such work. */
    private void diagnoseUnlinked() {
        Map<String, int[]> broken = new TreeMap<>();
        for (RecordedTask task : recording.tasks()) {
            int events = task.isUnlinked() ? ownEvents(task) : 0;
            if (events > 0) {
                int[] counts = broken.computeIfAbsent(task.name(), name -> new int[2]);
                counts[0]++;
                counts[1] += events;
            }
        }
        broken.forEach((name, counts) -> log.diagnose(new Diagnostic(
                "CHAIN_BROKEN",
                name + " was not wrapped: " + count(counts[1], "event") + " in " + count(counts[0], "task")
                        + " of its own " + (counts[1] == 1 ? "follows" : "follow") + " from nothing that was recorded",
                0)));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** {@return how many events say what the task did, and not only how it hangs together with others} */
    private static int ownEvents(RecordedTask task) {
        int count = 0;
        for (RecordedEvent event : task.events()) {
            EventKind kind = event.kind();
            count += kind == EventKind.RESUME || kind == EventKind.FORK || kind == EventKind.JOIN ? 0 : 1;
        }
        return count;
    }
}
