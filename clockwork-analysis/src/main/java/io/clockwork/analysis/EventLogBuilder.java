package io.clockwork.analysis;

import io.clockwork.analysis.internal.Counted;
import io.clockwork.analysis.internal.Names;
import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import io.clockwork.record.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a source says and brings it into an order that agrees with every cause.
 *
 * <p>Events of one task are given in the order of the task; otherwise any order will do, and edges may name events that
 * are given later. Not thread-safe.
 */
public final class EventLogBuilder {
    private static final EventKind[] KINDS = EventKind.values();

    final Names names = new Names();
    final ByteColumn kinds = new ByteColumn();
    /** As many as there were events when the last one of an unusual order came; a usual order is 0. */
    final ByteColumn orders = new ByteColumn();

    final IntColumn tasks = new IntColumn();
    final IntColumn subjects = new IntColumn();
    final IntColumn sites = new IntColumn();
    final IntColumn threads = new IntColumn();
    final LongColumn nanos = new LongColumn();
    /** As many as there were events when the last value came. */
    private final List<@Nullable Object> values = new ArrayList<>();

    boolean timed;

    final IntColumn edgeFrom = new IntColumn();
    final IntColumn edgeTo = new IntColumn();
    final BitSet edgeSync = new BitSet();

    final IntColumn taskNames = new IntColumn();
    final IntColumn taskServices = new IntColumn();
    final IntColumn taskTraces = new IntColumn();
    final IntColumn taskOrigins = new IntColumn();
    final List<Link> taskLinks = new ArrayList<>();
    final SpanColumns spans = new SpanColumns();
    final IntColumn traceNames = new IntColumn();

    private final List<Diagnostic> diagnostics = new ArrayList<>();

    EventLogBuilder() {
        names.numberOf("");
    }

    /** Adds a trace; returns its number. */
    public int trace(String name) {
        traceNames.add(names.numberOf(name));
        return traceNames.size() - 1;
    }

    /** Adds a task of {@code trace} that runs in {@code service}; returns its number. */
    public int task(int trace, String service, String name) {
        Objects.checkIndex(trace, traceNames.size());
        taskNames.add(names.numberOf(name));
        taskServices.add(names.numberOf(service));
        taskTraces.add(trace);
        taskOrigins.add(-1);
        taskLinks.add(Link.NONE);
        return taskNames.size() - 1;
    }

    /** Says that {@code event} set {@code task} off: causality from it to the task's first event. */
    public void origin(int task, int event, Link link) {
        Objects.checkIndex(event, kinds.size());
        taskOrigins.set(Objects.checkIndex(task, taskNames.size()), event);
        taskLinks.set(task, Objects.requireNonNull(link, "link"));
    }

    /** Says how {@code task} was set off when the log cannot name the event: a cause that would close a cycle. */
    public void originUnknown(int task, Link link) {
        taskOrigins.set(Objects.checkIndex(task, taskNames.size()), -1);
        taskLinks.set(task, Objects.requireNonNull(link, "link"));
    }

    /** Says which side of a call or a message the span is that {@code task} stands for. */
    public void spanKind(int task, SpanKind kind) {
        spans.kind(Objects.checkIndex(task, taskNames.size()), kind);
    }

    /** Says that the span that {@code task} stands for failed. */
    public void error(int task) {
        spans.error(Objects.checkIndex(task, taskNames.size()));
    }

    /** Says that {@code task} is the called half of a span whose calling half has the same id. */
    public void shared(int task) {
        spans.shared(Objects.checkIndex(task, taskNames.size()));
    }

    /** Sets the HTTP status that a span ended with, from 1 to 32,767; another number is not kept. */
    public void status(int task, int status) {
        Objects.checkIndex(task, taskNames.size());
        if (status > 0 && status <= Short.MAX_VALUE) {
            spans.status(task, status);
        }
    }

    /** Sets the service at the other end of a span's call or message, as the span's own side names it. */
    public void peer(int task, String service) {
        spans.peer(Objects.checkIndex(task, taskNames.size()), names.numberOf(service));
    }

    /** Sets the id of a span's parent that is not in the log. */
    public void missingParent(int task, String id) {
        spans.missingParent(Objects.checkIndex(task, taskNames.size()), names.numberOf(id));
    }

    /** Adds the next event of {@code task}; returns its number, for edges; the log may number it otherwise. */
    public int event(int task, EventKind kind, String subject) {
        kinds.add((byte) kind.ordinal());
        tasks.add(Objects.checkIndex(task, taskNames.size()));
        subjects.add(names.numberOf(subject));
        sites.add(0);
        threads.add(0);
        nanos.add(0);
        return kinds.size() - 1;
    }

    /** Sets where in the source code an event happened. */
    public void site(int event, String site) {
        sites.set(event, names.numberOf(site));
    }

    /** Sets the thread that ran an event. */
    public void thread(int event, String thread) {
        threads.set(event, names.numberOf(thread));
    }

    /** Sets when an event happened, in nanoseconds since a moment that is the same for the whole log. */
    public void nanos(int event, long time) {
        timed = true;
        nanos.set(event, time);
    }

    /** Sets what was read or written. */
    public void value(int event, Object value) {
        Objects.checkIndex(event, kinds.size());
        while (values.size() <= event) {
            values.add(null);
        }
        values.set(event, value);
    }

    boolean isValued() {
        return !values.isEmpty();
    }

    @Nullable
    Object value(int event) {
        return event < values.size() ? values.get(event) : null;
    }

    /** Sets how an access is ordered with others, if that is not as {@linkplain MemoryOrder#usual usual}. */
    public void order(int event, MemoryOrder order) {
        Objects.checkIndex(event, kinds.size());
        while (orders.size() <= event) {
            orders.add((byte) 0);
        }
        orders.set(event, (byte) (order.ordinal() + 1));
    }

    /** Says that {@code from} happened before {@code to} in every schedule of the program. */
    public void causes(int from, int to) {
        edge(from, to, false);
    }

    /** Says that {@code from} happened before {@code to} in this run, as a release before an acquire. */
    public void precedes(int from, int to) {
        edge(from, to, true);
    }

    private void edge(int from, int to, boolean sync) {
        Objects.checkIndex(from, kinds.size());
        Objects.checkIndex(to, kinds.size());
        edgeSync.set(edgeFrom.size(), sync);
        edgeFrom.add(from);
        edgeTo.add(to);
    }

    /** Adds all traces, tasks and events of recordings, which belong together as {@link EventLog#of(List)} says. */
    public void recordings(List<Recording> recordings) {
        RecordingReader.read(recordings, this);
    }

    /** Adds something that the reader could not use. */
    public void diagnose(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    EventKind kind(int event) {
        return KINDS[kinds.get(event)];
    }

    /** {@return the number of events so far} */
    public int size() {
        return kinds.size();
    }

    /**
     * Returns the log; O(n log n) in events and edges.
     *
     * <p>Events whose causes form a cycle have no place in any order: they are left out, with all that depends on them,
     * and a diagnostic says how many.
     */
    public EventLog build() {
        addOriginEdges();
        int[] order = Linearization.of(this);
        if (order.length < kinds.size()) {
            diagnose(new Diagnostic(
                    "CYCLE",
                    Counted.of(
                            kinds.size() - order.length,
                            "[event was|events were] left out: [its|their] causes form a cycle, or depend on one"),
                    0));
        }
        int[] place = new int[kinds.size()];
        Arrays.fill(place, -1);
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        return new EventLog(new EventColumns(this, order, place), diagnostics);
    }

    private void addOriginEdges() {
        BitSet begun = new BitSet();
        int events = kinds.size();
        for (int e = 0; e < events; e++) {
            int task = tasks.get(e);
            if (!begun.get(task)) {
                begun.set(task);
                if (taskOrigins.get(task) >= 0) {
                    causes(taskOrigins.get(task), e);
                }
            }
        }
    }
}
