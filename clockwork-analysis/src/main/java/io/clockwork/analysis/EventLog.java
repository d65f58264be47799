package io.clockwork.analysis;

import io.clockwork.TracedEvent;
import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import io.clockwork.record.Recorder;
import io.clockwork.record.Recording;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened, from whatever source: events in columns, in an order that agrees with every recorded cause.
 *
 * <p>Events, tasks and traces are numbered from 0. An event's number is greater than those of all its causes, so one
 * pass over the numbers is a pass in a linear extension of happens-before. Immutable.
 */
public final class EventLog {
    private final EventColumns columns;
    private final List<Diagnostic> diagnostics;

    EventLog(EventColumns columns, List<Diagnostic> diagnostics) {
        this.columns = columns;
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** {@return the log of what {@code recorder} holds now} */
    public static EventLog of(Recorder recorder) {
        return of(recorder.recording());
    }

    /** {@return the log of a recording} */
    public static EventLog of(Recording recording) {
        return of(List.of(recording));
    }

    /**
     * Returns the log of what several services recorded.
     *
     * <p>Who received a message comes after who sent it, and traces of one id are one trace. What orders tasks inside a
     * service orders nothing in another: locks of one name are told apart by service. Variables of one name are one
     * variable, which the services share.
     */
    public static EventLog of(List<Recording> recordings) {
        EventLogBuilder log = builder();
        log.recordings(recordings);
        return log.build();
    }

    /**
     * Returns the log of events that have nothing but vectors: a task for each node. Whose event each is, is found from the
     * vectors where they do not say. Events may come in any order, more than once, or be missing; diagnostics say so. O(n·w) for
     * vectors of w nodes, but for sorting.
     */
    public static EventLog of(Collection<TracedEvent> events) {
        return TracedEventReader.read(events);
    }

    /** {@return a builder for readers of other sources} */
    public static EventLogBuilder builder() {
        return new EventLogBuilder();
    }

    /**
     * Returns a log for each trace, by trace: its events and the edges between them. Edges between traces are left out, and
     * so are diagnostics, which tell of the whole log. O(n + m).
     */
    public List<EventLog> byTrace() {
        return TraceSplitter.split(columns);
    }

    EventColumns columns() {
        return columns;
    }

    /** {@return what could not be used as it was} */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** {@return the number of events} */
    public int size() {
        return columns.kinds.length;
    }

    /** {@return the number of tasks} */
    public int taskCount() {
        return columns.taskNames.length;
    }

    /** {@return the number of traces} */
    public int traceCount() {
        return columns.traceNames.length;
    }

    /** {@return whether events have times} */
    public boolean isTimed() {
        return columns.nanos.length != 0 || size() == 0;
    }

    /** {@return the kind of an event} */
    public EventKind kind(int event) {
        return columns.kind(event);
    }

    /** {@return how a memory access is ordered with others; null for an event that is none} */
    public @Nullable MemoryOrder order(int event) {
        return columns.order(event);
    }

    /** {@return the task of an event} */
    public int task(int event) {
        return columns.tasks[event];
    }

    /** {@return the place of an event in its task, from 1} */
    public int sequence(int event) {
        return columns.sequences[event];
    }

    /** {@return what an event is about: the name of a variable, lock, operation, task or thread} */
    public String subject(int event) {
        return columns.names.get(columns.subjects[event]);
    }

    /** {@return where in the source code an event happened; empty when that is not known} */
    public String site(int event) {
        return columns.names.get(columns.sites[event]);
    }

    /** {@return what was read or written; null when that is not known} */
    public @Nullable Object value(int event) {
        return columns.value(event);
    }

    /** {@return when an event happened, in nanoseconds since a moment that is the same for the whole log} */
    public long nanos(int event) {
        return columns.nanos.length == 0 ? 0 : columns.nanos[event];
    }

    /** {@return the name of the thread that ran an event; empty when that is not known} */
    public String thread(int event) {
        return columns.names.get(columns.threads[event]);
    }

    /** {@return the name of a task} */
    public String taskName(int task) {
        return columns.names.get(columns.taskNames[task]);
    }

    /** {@return the service or host that ran a task} */
    public String service(int task) {
        return columns.names.get(columns.taskServices[task]);
    }

    /** {@return the trace of a task} */
    public int trace(int task) {
        return columns.taskTraces[task];
    }

    /** {@return the event that set a task off, or -1} */
    public int origin(int task) {
        return columns.taskOrigins[task];
    }

    /** {@return how a task was set off} */
    public Link link(int task) {
        return columns.taskLinks[task];
    }

    /** {@return which side of a call or a message the span is that a task stands for} */
    public SpanKind spanKind(int task) {
        return columns.spans.kind(Objects.checkIndex(task, taskCount()));
    }

    /** {@return whether the span that a task stands for failed} */
    public boolean isError(int task) {
        return columns.spans.isError(Objects.checkIndex(task, taskCount()));
    }

    /** {@return whether a task is the called half of a span whose calling half has the same id} */
    public boolean isShared(int task) {
        return columns.spans.isShared(Objects.checkIndex(task, taskCount()));
    }

    /** {@return the HTTP status that a span ended with; 0 when that is not known} */
    public int status(int task) {
        return columns.spans.status(Objects.checkIndex(task, taskCount()));
    }

    /** {@return the service at the other end of a span, as the span names it; empty when it does not} */
    public String peer(int task) {
        return columns.names.get(columns.spans.peer(Objects.checkIndex(task, taskCount())));
    }

    /** {@return the id of a span's parent that is not in the log; empty when there is none} */
    public String missingParent(int task) {
        return columns.names.get(columns.spans.missingParent(Objects.checkIndex(task, taskCount())));
    }

    /** {@return how many edges lead to an event, beside the order of its task; the edge from its task's origin is one} */
    public int causeCount(int event) {
        return columns.edgeStarts[event + 1] - columns.edgeStarts[event];
    }

    /** {@return the event that an edge comes from; {@code index} is from 0 to below {@link #causeCount}} */
    public int cause(int event, int index) {
        return columns.edgeFrom[columns.edgeStarts[event] + Objects.checkIndex(index, causeCount(event))];
    }

    /** {@return whether an edge is order that only this run had, such as of a release before an acquire} */
    public boolean isSync(int event, int index) {
        return columns.edgeSync[columns.edgeStarts[event] + Objects.checkIndex(index, causeCount(event))];
    }

    /** {@return the name of a trace} */
    public String traceName(int trace) {
        return columns.names.get(columns.traceNames[trace]);
    }
}
