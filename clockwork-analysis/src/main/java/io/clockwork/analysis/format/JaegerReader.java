package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces as Jaeger exports them: {@code {"data": [trace, ...]}}, an array of traces, or one trace.
 *
 * <p>One pass over each file, without a tree; members may come in any order. Traces may be spread over documents and files.
 * What is missing or odd in a span is repaired and counted; what is not JSON or has another structure is an error.
 */
final class JaegerReader {
    private static final NameTable TRACE = NameTable.of("traceID", "spans", "processes", "data");
    private static final NameTable SPAN = NameTable.of(
            "spanID", "operationName", "references", "startTime", "duration", "tags", "processID", "process", "logs");
    private static final NameTable REFERENCE = NameTable.of("refType", "spanID");
    private static final NameTable REFERENCE_TYPE = NameTable.of("CHILD_OF", "FOLLOWS_FROM");
    private static final NameTable PROCESS = NameTable.of("serviceName");
    private static final NameTable LOG = NameTable.of("timestamp", "fields");

    /** References may hold a copy of their span with its references in turn: four levels each. */
    private static final JsonLimits LIMITS =
            new JsonLimits(1 << 16, JsonLimits.DEFAULT.maxStringBytes(), JsonLimits.DEFAULT.maxNumberChars());

    private final SpanFaults faults = new SpanFaults();
    private final Map<String, JaegerTrace> named = new HashMap<>();
    private final Deque<JaegerTrace> traces = new ArrayDeque<>();
    private boolean used;

    SpanFaults faults() {
        return faults;
    }

    /**
     * Reads what {@code in} gives, which stays open.
     *
     * @throws JsonSyntaxException if it is not JSON, or something in it has another type than it must have
     * @throws LogFormatException if it holds neither traces nor a trace
     */
    void read(InputStream in) {
        used = true;
        new Reading(in).document();
    }

    /** Adds all traces that were read to a log, in the order of their first parts. */
    void addTo(EventLogBuilder log) {
        if (used) {
            named.clear();
            for (JaegerTrace trace = traces.poll(); trace != null; trace = traces.poll()) {
                trace.addTo(log);
            }
            faults.diagnose(log);
        }
    }

    /** Takes a part of a trace; one that has no name is a trace of its own. */
    private void take(@Nullable String name, List<JaegerSpan> part, Map<String, @Nullable String> services, int line) {
        JaegerTrace trace = name == null ? null : named.get(name);
        if (trace == null) {
            String shown = Objects.requireNonNullElseGet(name, () -> "trace " + (traces.size() + 1));
            trace = new JaegerTrace(shown, faults);
            traces.add(trace);
            if (name == null) {
                faults.add(SpanFault.MISSING_TRACE_ID, shown, line);
            } else {
                named.put(name, trace);
            }
            if (part.isEmpty()) {
                faults.add(SpanFault.MISSING_SPANS, shown, line);
            }
        }
        trace.add(part, services);
    }

    private final class Reading {
        private final JsonScanner json;
        private final JsonForms forms;
        private boolean hasTraces;

        // The caller closes what it opened; the scanner holds nothing else.
        @SuppressWarnings("resource")
        Reading(InputStream in) {
            json = JsonScanner.of(in, LIMITS);
            forms = new JsonForms(json);
        }

        void document() {
            if (json.peek() == JsonToken.BEGIN_ARRAY) {
                traces();
            } else {
                object(true);
            }
            json.endDocument();
            if (!hasTraces) {
                faults.add(SpanFault.NO_TRACES, "", 0);
            }
        }

        private void traces() {
            each(() -> object(false));
        }

        private void each(Runnable element) {
            if (forms.entersArray()) {
                while (json.hasNext()) {
                    element.run();
                }
                json.endArray();
            }
        }

        /** Reads a trace or, if {@code isDocument}, the object that holds the traces, which only its members tell apart. */
        private void object(boolean isDocument) {
            int line = forms.line();
            String name = null;
            List<JaegerSpan> part = new ArrayList<>();
            Map<String, @Nullable String> services = new HashMap<>();
            boolean isTrace = !isDocument;
            boolean hasData = false;
            json.beginObject();
            while (json.hasNext()) {
                int member = json.nextName(TRACE);
                if (member == 3 && isDocument) {
                    traces();
                    hasData = true;
                    continue;
                }
                switch (member) {
                    case 0 -> name = forms.scalar(null);
                    case 1 -> each(() -> part.add(span()));
                    case 2 -> processes(services);
                    default -> json.skipValue();
                }
                isTrace |= member == 1;
            }
            json.endObject();
            if (isTrace) {
                hasTraces = true;
                take(name, part, services, line);
            } else if (!hasData) {
                throw new LogFormatException("at line " + line + ", $: expected a member \"data\" with Jaeger's traces,"
                        + " or \"spans\" of one trace");
            }
        }

        private JaegerSpan span() {
            JaegerSpan span = new JaegerSpan(forms.line());
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(SPAN)) {
                    case 0 -> span.id = forms.scalar(null);
                    case 1 -> span.operation = forms.name();
                    case 2 -> each(() -> reference(span));
                    case 3 -> span.start = forms.micros();
                    case 4 -> span.duration = forms.micros();
                    case 5 -> forms.attributes(SpanTraits.KEYS, span.traits::tag, forms::name);
                    case 6 -> span.processId = forms.name();
                    case 7 -> span.service = serviceName();
                    case 8 -> each(() -> log(span));
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return span;
        }

        private void reference(JaegerSpan span) {
            int type = NameTable.UNKNOWN;
            String id = null;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(REFERENCE)) {
                    case 0 -> type = forms.word(REFERENCE_TYPE);
                    case 1 -> id = forms.scalar(null);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            span.reference(id, type);
        }

        private void log(JaegerSpan span) {
            JaegerLog entry = new JaegerLog();
            long nanos = JaegerSpan.NO_TIME;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(LOG)) {
                    case 0 -> nanos = forms.micros();
                    case 1 -> forms.attributes(JaegerLog.KEYS, entry::field, forms::name);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (!span.log(entry, nanos)) {
                faults.add(SpanFault.MISSING_LOG_TIME, Objects.requireNonNullElse(span.id, "?"), span.line);
            }
        }

        private void processes(Map<String, @Nullable String> services) {
            if (forms.entersObject()) {
                while (json.hasNext()) {
                    services.put(json.nextName(forms.names()), serviceName());
                }
                json.endObject();
            }
        }

        private @Nullable String serviceName() {
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                json.skipValue();
                return null;
            }
            String service = null;
            json.beginObject();
            while (json.hasNext()) {
                if (json.nextName(PROCESS) == 0) {
                    service = forms.name();
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
            return service;
        }
    }
}
