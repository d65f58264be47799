package io.clockwork.analysis;

import io.clockwork.analysis.internal.Counted;
import io.clockwork.record.EventSink;
import io.clockwork.record.EventSource;
import io.clockwork.record.MessageId;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The races of a program that still runs: events are appended, and what they change is found at a cost that depends on
 * them, not on all that was before.
 *
 * <p>As a sink of a recorder it gets events by itself: {@code Recorder.builder("bank").sink(live)}. Elsewhere stretches of
 * tasks are given to {@link #write} in any order. An event is held back until those that it follows have come, or until two
 * calls of {@link #flush} brought none. At any time the report is the one of a log of the events that were not held back, in
 * the order in which they went on: by time inside a batch.
 *
 * <p>Appending costs what {@link Report#of(EventLog)} pays for the same events to find races, and keeps them. All methods are
 * safe for use by any thread; one waits for another.
 */
public final class LiveRaces implements EventSink {
    private final LiveLog log = new LiveLog();
    private final LiveQueue queue = new LiveQueue(new Taker());
    private @Nullable EventSource source;
    private String service = "";

    private final class Taker implements LiveQueue.Taker {
        @Override
        public void take(RecordedTask task, RecordedEvent event) {
            log.add(task, service, event);
        }

        @Override
        public boolean hasSent(MessageId message) {
            return log.hasSent(message);
        }
    }

    /** Creates an analysis of no events. */
    public LiveRaces() {}

    @Override
    public synchronized void open(EventSource opened) {
        source = opened;
        service = opened.node();
    }

    /** Appends events of one recorder: stretches of tasks, those of one task in its order. */
    @Override
    public synchronized void write(List<RecordedTask> batch) {
        queue.add(batch);
    }

    /** Gives up waiting for events that others named as their causes before the last call and that did not come since. */
    @Override
    public synchronized void flush() {
        queue.flush();
    }

    /** Gives up waiting for any events. */
    @Override
    public synchronized void close() {
        queue.close();
    }

    /** {@return how many events are part of the report} */
    public synchronized int events() {
        return log.columns.events();
    }

    /** {@return how many events are held back} */
    public synchronized int waiting() {
        return queue.size();
    }

    /** {@return what was found so far: races, shared variables and diagnostics; all else of the report is empty} */
    public Report report() {
        return report(Suppressions.none());
    }

    /** Returns what was found so far, without the races that are accepted; O(races + variables), whatever the events. */
    public synchronized Report report(Suppressions suppressions) {
        RaceDetector.Result result = log.races();
        SuppressionFilter filter = new SuppressionFilter(suppressions);
        List<Race> kept = filter.filter(result.races(), FindingIds::of, FindingsText::words);
        List<Diagnostic> diagnostics = new ArrayList<>(diagnostics());
        diagnostics.addAll(result.diagnostics());
        diagnostics.addAll(filter.unused());
        return Report.ofFindings(
                log.columns.events(),
                log.columns.tasks(),
                log.columns.traces(),
                kept,
                List.of(),
                List.of(),
                filter.suppressed(),
                result.variables(),
                diagnostics);
    }

    private List<Diagnostic> diagnostics() {
        List<Diagnostic> found = new ArrayList<>();
        long dropped = source == null ? 0 : source.dropped();
        if (dropped > 0) {
            found.add(new Diagnostic(
                    "DROPPED",
                    Counted.of(
                            dropped, "[event was|events were] not kept because the recorder was full; raise maxEvents"),
                    0));
        }
        if (log.missingCauses() > 0) {
            found.add(new Diagnostic(
                    "MISSING_CAUSE",
                    Counted.of(
                            log.missingCauses(),
                            "[cause|causes] did not come: what [it|they] would order is shown as concurrent"),
                    0));
        }
        if (log.missingSends() > 0) {
            found.add(new Diagnostic(
                    "MISSING_SEND",
                    Counted.of(
                            log.missingSends(),
                            "[message was|messages were] received whose sending did not come: what that would order is"
                                    + " shown as concurrent"),
                    0));
        }
        if (queue.repeated() > 0) {
            found.add(
                    new Diagnostic("REPEATED", Counted.of(queue.repeated(), "[event|events] came more than once"), 0));
        }
        return found;
    }

    @Override
    public String toString() {
        return "LiveRaces";
    }
}
