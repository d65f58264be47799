package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the spans of one trace in columns; adds them to a log once their processes and parents are all known. */
final class JaegerTrace {
    /** In place of a time that is missing or no number. */
    static final long NO_TIME = Long.MIN_VALUE;

    private static final String UNKNOWN = "unknown";
    private static final byte FOLLOWS_FROM = 1;

    private final SpanFaults faults;
    private final Map<String, @Nullable String> services = new HashMap<>();
    private final JaegerParents parents;
    private @Nullable String name;

    private int size;
    private @Nullable String[] operations = new String[16];
    private @Nullable String[] processIds = new String[16];
    private @Nullable String[] ownServices = new String[16];
    private long[] starts = new long[16];
    private long[] durations = new long[16];
    private SpanTraits[] traits = new SpanTraits[16];
    /** Per span what happened in it, or null. */
    private @Nullable List<SpanMoment>[] moments = newMoments(16);

    private @Nullable String spanId;

    JaegerTrace(SpanFaults faults) {
        this.faults = faults;
        parents = new JaegerParents(faults);
    }

    void name(@Nullable String traceId) {
        name = traceId;
    }

    void process(String id, @Nullable String service) {
        services.put(id, service);
    }

    void beginSpan() {
        if (size == starts.length) {
            grow(size * 2);
        }
        starts[size] = NO_TIME;
        durations[size] = NO_TIME;
        traits[size] = new SpanTraits();
        spanId = null;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable List<SpanMoment>[] newMoments(int capacity) {
        return (List<SpanMoment>[]) new List<?>[capacity];
    }

    private void grow(int capacity) {
        moments = Arrays.copyOf(moments, capacity);
        operations = Arrays.copyOf(operations, capacity);
        processIds = Arrays.copyOf(processIds, capacity);
        ownServices = Arrays.copyOf(ownServices, capacity);
        starts = Arrays.copyOf(starts, capacity);
        durations = Arrays.copyOf(durations, capacity);
        traits = Arrays.copyOf(traits, capacity);
    }

    void spanId(@Nullable String id) {
        spanId = id;
    }

    void operation(@Nullable String operation) {
        operations[size] = operation;
    }

    void processId(@Nullable String id) {
        processIds[size] = id;
    }

    /** Sets the service of a process that stands in the span itself. */
    void service(@Nullable String service) {
        ownServices[size] = service;
    }

    void start(long nanos) {
        starts[size] = nanos;
    }

    void duration(long nanos) {
        durations[size] = nanos;
    }

    /** Takes a tag of the current span whose key is one of {@link SpanTraits#KEYS}. */
    void tag(int key, @Nullable String value) {
        traits[size].tag(key, value);
    }

    /** Adds a log of the current span; one without a time has no place. */
    void log(JaegerLog entry, long nanos) {
        if (nanos == NO_TIME) {
            faults.add(SpanFault.MISSING_LOG_TIME, Objects.requireNonNullElse(spanId, "?"), 0);
            return;
        }
        List<SpanMoment> own = moments[size];
        if (own == null) {
            own = new ArrayList<>(2);
            moments[size] = own;
        }
        own.add(entry.at(nanos));
    }

    /** Adds a reference of the current span: 0 is CHILD_OF, 1 is FOLLOWS_FROM, -1 another. */
    void reference(@Nullable String id, int type) {
        parents.reference(id, type);
    }

    void endSpan(int line) {
        String id = parents.endSpan(spanId, line);
        if (operations[size] == null) {
            faults.add(SpanFault.MISSING_OPERATION, id, line);
        }
        if (starts[size] == NO_TIME) {
            faults.add(SpanFault.MISSING_START, id, line);
        } else if (starts[size] == 0) {
            faults.add(SpanFault.START_ZERO, id, line);
        }
        if (durations[size] == NO_TIME) {
            faults.add(SpanFault.MISSING_DURATION, id, line);
            durations[size] = 0;
        } else if (durations[size] < 0) {
            faults.add(SpanFault.NEGATIVE_DURATION, id, line);
            durations[size] = 0;
        }
        size++;
    }

    /** Adds this trace, which is the document's {@code number}th, with a task per span in the order of the file. */
    void addTo(EventLogBuilder log, int number, int line) {
        if (name == null) {
            faults.add(SpanFault.MISSING_TRACE_ID, "trace " + number, line);
        }
        if (size == 0) {
            faults.add(SpanFault.MISSING_SPANS, Objects.requireNonNullElse(name, "trace " + number), line);
        }
        fillStarts();
        parents.resolve(starts);
        int trace = log.trace(Objects.requireNonNullElse(name, "trace " + number));
        int[] begins = new int[size];
        int firstTask = -1;
        for (int span = 0; span < size; span++) {
            int task = log.task(trace, service(span), traits[span].idOr(parents.id(span)));
            firstTask = span == 0 ? task : firstTask;
            traits[span].addTo(log, task);
            String missing = parents.missing(span);
            if (missing != null) {
                log.missingParent(task, missing);
            }
            String operation = Objects.requireNonNullElse(operations[span], UNKNOWN);
            begins[span] = log.event(task, EventKind.BEGIN, operation);
            log.nanos(begins[span], starts[span]);
            SpanMoment.addAll(moments[span], log, task);
            log.nanos(log.event(task, EventKind.END, operation), end(span));
        }
        for (int span = 0; span < size; span++) {
            int parent = parents.of(span);
            if (parent >= 0) {
                log.origin(firstTask + span, begins[parent], link(span, parent));
            } else if (parent == JaegerParents.CUT) {
                log.originUnknown(firstTask + span, Link.CALL);
            }
        }
        parents.links((from, to) -> log.causes(begins[from], begins[to]));
    }

    private void fillStarts() {
        long first = Long.MAX_VALUE;
        for (int span = 0; span < size; span++) {
            first = starts[span] == NO_TIME ? first : Math.min(first, starts[span]);
        }
        for (int span = 0; span < size; span++) {
            if (starts[span] == NO_TIME) {
                starts[span] = first == Long.MAX_VALUE ? 0 : first;
            }
        }
    }

    private long end(int span) {
        long end = starts[span] + durations[span];
        if (end >= Micros.MAX_NANOS || starts[span] <= -Micros.MAX_NANOS) {
            faults.add(SpanFault.TIME_OVERFLOW, parents.id(span), 0);
            return Math.min(end, Micros.MAX_NANOS);
        }
        return end;
    }

    private String service(int span) {
        String process = processIds[span];
        String service = process == null ? null : services.get(process);
        if (service == null) {
            service = ownServices[span];
        }
        if (service == null) {
            faults.add(SpanFault.UNKNOWN_PROCESS, parents.id(span), 0);
            return UNKNOWN;
        }
        return service;
    }

    private Link link(int span, int parent) {
        if (traits[span].kind() == SpanKind.CONSUMER && traits[parent].kind() == SpanKind.PRODUCER) {
            return Link.MESSAGE;
        }
        return parents.type(span) == FOLLOWS_FROM ? Link.FOLLOWS : Link.CALL;
    }
}
