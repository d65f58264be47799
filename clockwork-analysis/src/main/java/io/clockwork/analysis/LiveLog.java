package io.clockwork.analysis;

import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.MessageId;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Site;
import java.util.HashMap;
import java.util.Map;

/** A log to which recorded events are added, each after what it follows, and the races in it. */
final class LiveLog {
    final LiveColumns columns = new LiveColumns();
    private final LiveChains chains = new LiveChains(columns);
    private final ClockRows happensBefore = new ClockRows(columns, true);
    private final RaceDetector detector = new RaceDetector(columns, chains, chains.causality, happensBefore, false);
    private final LiveReleases releases = new LiveReleases(columns);

    private final Map<Integer, LiveTask> tasks = new HashMap<>();
    private final Map<String, Integer> traces = new HashMap<>();
    private final Map<Site, Integer> sites = new HashMap<>();
    private final Map<MessageId, Integer> sent = new HashMap<>();
    private int missingCauses;
    private int missingSends;

    /** A task and its events in the log, by their sequence numbers, which may have gaps. */
    private static final class LiveTask {
        final IntColumn sequences = new IntColumn();
        final IntColumn events = new IntColumn();
        int number;
        /** The number of the name of its thread. */
        int thread;

        LiveTask(int number, int thread) {
            this.number = number;
            this.thread = thread;
        }

        int event(int sequence) {
            int low = 0;
            int high = sequences.size() - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sequences.get(middle) < sequence) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return high >= 0 && sequences.get(low) == sequence ? events.get(low) : -1;
        }
    }

    RaceDetector.Result races() {
        return detector.result();
    }

    int missingCauses() {
        return missingCauses;
    }

    int missingSends() {
        return missingSends;
    }

    boolean hasSent(MessageId message) {
        return sent.containsKey(message);
    }

    /** Adds the next event of a task. */
    void add(RecordedTask recorded, String service, RecordedEvent event) {
        LiveTask task = tasks.get(recorded.id());
        boolean first = task == null;
        if (task == null) {
            int trace = traces.computeIfAbsent(recorded.traceId(), id -> columns.trace());
            task = new LiveTask(
                    columns.task(trace, service, recorded.name()), columns.names.numberOf(recorded.thread()));
            tasks.put(recorded.id(), task);
        }
        if (event.kind() == EventKind.RESUME) {
            task.thread = columns.names.numberOf(event.subject());
        }
        int before = -1;
        if (chains.isReplaced(task.number)) {
            // It was joined and goes on all the same: from here on it is a task of its own that follows itself.
            before = task.events.last();
            int ended = task.number;
            task.number = columns.task(columns.taskTraces[ended], service, recorded.name());
            detector.contexts.goOn(ended, task.number);
        }
        Site site = event.site();
        int place = site == null ? 0 : sites.computeIfAbsent(site, s -> columns.names.numberOf(s.toString()));
        int number = columns.event(task.number, event.kind(), event.subject(), place, task.thread, event.value());
        Dot origin = recorded.origin();
        if (before >= 0) {
            columns.edge(before, false);
        } else if (first && origin != null) {
            follow(find(origin), number, false);
        }
        addEdges(event, number);
        task.sequences.add(event.dot().sequence());
        task.events.add(number);
        chains.advance(number);
        happensBefore.advance(number, chains.ofTask, chains.positions);
        detector.advance(number);
        if (event.kind() == EventKind.JOIN) {
            end(event);
        }
    }

    private void addEdges(RecordedEvent event, int number) {
        addMessage(event, number);
        Dot dot = event.cause();
        if (event.kind() == EventKind.FORK) {
            return;
        }
        int cause = dot == null || dot.sequence() == 0 ? -1 : find(dot);
        switch (event.kind()) {
            case RELEASE_SHARED, RELEASE_PERMITS, COUNT_DOWN -> releases.release(number, cause);
            case ACQUIRE, ACQUIRE_PERMITS, AWAIT -> {
                if (!releases.acquire(number, cause)) {
                    follow(cause, number, true);
                }
            }
            case JOIN -> {
                if (cause >= 0) {
                    columns.edge(cause, false);
                }
            }
            case ATOMIC_READ -> {
                follow(cause, number, true);
                Object seen = cause >= 0 && isAtomicWrite(cause) ? columns.value(cause) : null;
                if (seen != null) {
                    columns.value(number, seen);
                }
            }
            default -> follow(cause, number, true);
        }
    }

    private void addMessage(RecordedEvent event, int number) {
        MessageId message = event.message();
        if (message == null) {
            return;
        }
        switch (event.kind()) {
            case SEND, REQUEST -> sent.putIfAbsent(message, number);
            case RECEIVE, RESPONSE -> {
                Integer sending = sent.get(message);
                if (sending == null) {
                    missingSends++;
                } else {
                    columns.edge(sending, false);
                }
            }
            default -> {
                // names a message in passing
            }
        }
    }

    private boolean isAtomicWrite(int event) {
        EventKind kind = columns.kind(event);
        return kind == EventKind.ATOMIC_WRITE || kind == EventKind.ATOMIC_UPDATE;
    }

    private void follow(int cause, int number, boolean sync) {
        if (cause >= 0 && columns.tasks[cause] != columns.tasks[number]) {
            columns.edge(cause, sync);
        }
    }

    private int find(Dot dot) {
        LiveTask task = tasks.get(dot.task());
        int event = task == null ? -1 : task.event(dot.sequence());
        missingCauses += event < 0 ? 1 : 0;
        return event;
    }

    /** Gives up the chain of a task that was joined at its last event. */
    private void end(RecordedEvent join) {
        Dot dot = join.cause();
        LiveTask joined = dot == null ? null : tasks.get(dot.task());
        int last = joined == null || joined.sequences.isEmpty() ? 0 : joined.sequences.last();
        if (dot != null && joined != null && last == dot.sequence()) {
            chains.end(joined.number);
        }
    }
}
