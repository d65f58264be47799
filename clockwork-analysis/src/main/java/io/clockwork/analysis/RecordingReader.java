package io.clockwork.analysis;

import io.clockwork.analysis.internal.Counted;
import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recording;
import io.clockwork.record.SinkStatus;
import io.clockwork.record.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns what a recorder held into a log. */
final class RecordingReader {
    private final EventLogBuilder log;
    private final Recording recording;
    /** What tells the objects of this service from those of others; empty where there are no others. */
    private final String suffix;

    private final long timeShift;
    private final Messages messages;
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

    private RecordingReader(
            EventLogBuilder log, Recording recording, String suffix, long timeShift, Messages messages) {
        this.log = log;
        this.recording = recording;
        this.suffix = suffix;
        this.timeShift = timeShift;
        this.messages = messages;
        chains = new ReleaseChains(log);
    }

    static void read(List<Recording> recordings, EventLogBuilder log) {
        Messages messages = new Messages(log, recordings);
        Map<String, Integer> instances = new HashMap<>();
        List<RecordingReader> readers = new ArrayList<>();
        for (Recording recording : recordings) {
            int instance = instances.merge(recording.node(), 1, Integer::sum);
            String suffix = " (" + recording.node() + (instance == 1 ? ")" : " " + instance + ")");
            long timeShift = recording.epochNanos() - recordings.get(0).epochNanos();
            RecordingReader reader =
                    new RecordingReader(log, recording, recordings.size() == 1 ? "" : suffix, timeShift, messages);
            reader.read();
            readers.add(reader);
        }
        messages.addEdges();
        readers.forEach(RecordingReader::addLinks);
    }

    private void read() {
        Map<Integer, Integer> traces = new HashMap<>();
        for (RecordedTask task : recording.tasks()) {
            int trace = traces.computeIfAbsent(task.trace(), t -> messages.trace(task));
            Place place = Place.of(task, log.task(trace, recording.node(), task.name()), log.size());
            places.put(task.id(), place);
            messages.begin(task, place.task);
            TaskAttributes.add(task, log, place.task);
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

    private void addLinks() {
        places.values().forEach(place -> TaskAttributes.addLink(place.recorded, log, place.task));
    }

    private void add(int task, RecordedEvent event, String thread) {
        EventKind kind = event.kind();
        boolean local = kind.compareTo(EventKind.ACQUIRE) >= 0 && kind.compareTo(EventKind.PEEK) <= 0;
        int e = log.event(task, kind, local ? event.subject() + suffix : event.subject());
        log.thread(e, thread);
        MemoryOrder order = event.order();
        if (order != MemoryOrder.usual(kind) && order != null) {
            log.order(e, order);
        }
        Site site = event.site();
        if (site != null) {
            log.site(e, site.toString());
        }
        Object value = event.value();
        if (value != null) {
            log.value(e, value);
        }
        if (recording.timed()) {
            log.nanos(e, event.nanos() + timeShift);
        }
        messages.add(event, e);
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
                Object seen = cause >= 0 && isAtomicWrite(cause) ? log.value(cause) : null;
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
                    Counted.of(
                            recording.dropped(),
                            "[event was|events were] not kept because the recorder was full; raise maxEvents"),
                    0));
        }
        for (SinkStatus sink : recording.sinks()) {
            if (sink.lost() > 0) {
                log.diagnose(new Diagnostic(
                        "SINK_LOST",
                        sink.sink() + " lacks " + Counted.of(sink.lost(), "[event|events]: ")
                                + (sink.lastFailure() == null ? "it was too far behind" : sink.lastFailure()),
                        0));
            }
        }
        if (recording.misuses() > 0) {
            log.diagnose(new Diagnostic(
                    "SCOPE_MISUSE",
                    Counted.of(
                            recording.misuses(),
                            "[time|times] a scope was closed twice, out of order or on another thread, or a task"
                                    + " was run twice at a time"),
                    0));
        }
        if (missingCauses > 0) {
            log.diagnose(new Diagnostic(
                    "MISSING_CAUSE",
                    Counted.of(
                            missingCauses,
                            "[cause is|causes are] not in the recording: what [it|they] would order is shown as concurrent"),
                    0));
        }
        if (recording.malformed() > 0) {
            log.diagnose(new Diagnostic(
                    "MALFORMED_HEADER",
                    count(recording.malformed(), "header") + " of other services could not be read, or one of "
                            + recording.node() + " not be written: the work goes on without what they say",
                    0));
        }
        diagnoseUnlinked();
    }

    /** Tells where work was never wrapped, by thread; a thread may have run many pieces of such work. */
    private void diagnoseUnlinked() {
        Map<String, Unlinked> broken = new TreeMap<>();
        for (RecordedTask task : recording.tasks()) {
            if (task.isUnlinked()) {
                broken.computeIfAbsent(task.name(), Unlinked::new).add(task);
            }
        }
        for (Unlinked work : broken.values()) {
            if (work.events > 0) {
                log.diagnose(new Diagnostic("CHAIN_BROKEN", work.toString(), 0));
            }
        }
    }

    /** Work on one thread that no task was wrapped around. */
    private static final class Unlinked {
        private final String name;
        private int tasks;
        private int events;
        private String first = "";

        Unlinked(String name) {
            this.name = name;
        }

        /** Counts the events that say what the task did, and not only how it hangs together with others. */
        void add(RecordedTask task) {
            int before = events;
            for (RecordedEvent event : task.events()) {
                if (event.kind().compareTo(EventKind.JOIN) > 0) {
                    if (events++ == 0) {
                        Site site = event.site();
                        first = event.kind() + " " + event.subject() + (site == null ? "" : " at " + site);
                    }
                }
            }
            tasks += events > before ? 1 : 0;
        }

        @Override
        public String toString() {
            return name + " was not wrapped: " + count(events, "event") + " in " + count(tasks, "task") + " of its own "
                    + (events == 1 ? "follows" : "follow") + " from nothing that was recorded, beginning with "
                    + first + "; wrap what brought the work there: the executor, the thread factory or the callback";
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
