package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import io.clockwork.record.EventKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The spans of one trace, which may come in parts; adds them to a log once all are there. */
final class JaegerTrace {
    private static final String UNKNOWN = "unknown";
    private static final byte FOLLOWS_FROM = 1;

    private final String name;
    private final SpanFaults faults;
    private final JaegerParents parents;
    private final Deque<JaegerSpan> spans = new ArrayDeque<>();
    /** The spans of the parts before the last one. */
    private final Set<SpanIdentity> known = new HashSet<>();

    private List<JaegerSpan> lastPart = List.of();

    JaegerTrace(String name, SpanFaults faults) {
        this.name = name;
        this.faults = faults;
        parents = new JaegerParents(faults);
    }

    /**
     * Adds what one document tells of this trace.
     *
     * <p>A span that an earlier part has, too, is taken once. Within a part, spans of one id are different spans.
     */
    void add(List<JaegerSpan> part, Map<String, @Nullable String> services) {
        lastPart.forEach(span -> known.add(span.identity()));
        lastPart = part;
        for (JaegerSpan span : part) {
            String described = span.processId == null ? null : services.get(span.processId);
            span.service = described == null ? span.service : described;
            if (!known.isEmpty() && span.id != null && known.contains(span.identity())) {
                faults.add(SpanFault.DUPLICATE_SPAN, span.id, span.line);
            } else {
                String id = parents.add(span);
                check(span, id);
                spans.add(span);
            }
        }
    }

    private void check(JaegerSpan span, String id) {
        if (span.operation == null) {
            faults.add(SpanFault.MISSING_OPERATION, id, span.line);
        }
        if (span.service == null) {
            faults.add(SpanFault.UNKNOWN_PROCESS, id, span.line);
        }
        if (span.start == JaegerSpan.NO_TIME) {
            faults.add(SpanFault.MISSING_START, id, span.line);
        } else if (span.start == 0) {
            faults.add(SpanFault.START_ZERO, id, span.line);
        }
        if (span.duration == JaegerSpan.NO_TIME) {
            faults.add(SpanFault.MISSING_DURATION, id, span.line);
        } else if (span.duration < 0) {
            faults.add(SpanFault.NEGATIVE_DURATION, id, span.line);
        }
    }

    /** Adds this trace with a task per span, in the order in which they came, and lets the spans go. */
    void addTo(EventLogBuilder log) {
        lastPart = List.of();
        known.clear();
        int size = spans.size();
        long[] starts = starts();
        parents.resolve(starts);
        int trace = log.trace(name);
        int[] begins = new int[size];
        SpanKind[] kinds = new SpanKind[size];
        int firstTask = -1;
        for (int number = 0; number < size; number++) {
            JaegerSpan span = spans.remove();
            kinds[number] = span.traits.kind();
            String id = parents.id(number);
            int task = log.task(trace, span.service == null ? UNKNOWN : span.service, span.traits.idOr(id));
            firstTask = number == 0 ? task : firstTask;
            span.traits.addTo(log, task);
            String missing = parents.missing(number);
            if (missing != null) {
                log.missingParent(task, missing);
            }
            begins[number] = log.event(task, EventKind.BEGIN, span.name());
            log.nanos(begins[number], starts[number]);
            SpanMoment.addAll(span.moments, log, task);
            log.nanos(log.event(task, EventKind.END, span.name()), end(span, starts[number], id));
        }
        addOrigins(log, firstTask, begins, kinds);
        parents.links((from, to) -> log.causes(begins[from], begins[to]));
    }

    private void addOrigins(EventLogBuilder log, int firstTask, int[] begins, SpanKind[] kinds) {
        for (int number = 0; number < begins.length; number++) {
            int parent = parents.of(number);
            if (parent >= 0) {
                log.origin(firstTask + number, begins[parent], link(number, kinds[number], kinds[parent]));
            } else if (parent == JaegerParents.CUT) {
                log.originUnknown(firstTask + number, Link.CALL);
            }
        }
    }

    /** {@return the start of each span: the first one of the trace for those without} */
    private long[] starts() {
        long first = Long.MAX_VALUE;
        for (JaegerSpan span : spans) {
            first = span.start == JaegerSpan.NO_TIME ? first : Math.min(first, span.start);
        }
        long[] starts = new long[spans.size()];
        int number = 0;
        for (JaegerSpan span : spans) {
            starts[number++] = span.start != JaegerSpan.NO_TIME ? span.start : first == Long.MAX_VALUE ? 0 : first;
        }
        return starts;
    }

    private long end(JaegerSpan span, long start, String id) {
        long end = start + Math.max(0, span.duration);
        if (end >= Micros.MAX_NANOS || start <= -Micros.MAX_NANOS) {
            faults.add(SpanFault.TIME_OVERFLOW, id, span.line);
            return Math.min(end, Micros.MAX_NANOS);
        }
        return end;
    }

    private Link link(int span, SpanKind kind, SpanKind parent) {
        if (kind == SpanKind.CONSUMER && parent == SpanKind.PRODUCER) {
            return Link.MESSAGE;
        }
        return parents.type(span) == FOLLOWS_FROM ? Link.FOLLOWS : Link.CALL;
    }
}
