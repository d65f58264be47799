package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces as Jaeger exports them: {@code {"data": [trace, ...]}}, an array of traces, or one trace.
 *
 * <p>One pass, without a tree; members may come in any order. What is missing or odd in a span is repaired and counted;
 * what is not JSON or has another structure is an error.
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

    private final JsonScanner json;
    private final JsonForms forms;
    private final EventLogBuilder log;
    private final SpanFaults faults = new SpanFaults();
    private int traces;

    private JaegerReader(JsonScanner json, EventLogBuilder log) {
        this.json = json;
        forms = new JsonForms(json);
        this.log = log;
    }

    /**
     * Adds the traces of {@code in}, which stays open, to {@code log}.
     *
     * @throws JsonSyntaxException if it is not JSON, or something in it has another type than it must have
     * @throws LogFormatException if it holds neither traces nor a trace
     */
    // The caller closes what it opened; the scanner holds nothing else.
    @SuppressWarnings("resource")
    static void read(InputStream in, EventLogBuilder log) {
        new JaegerReader(JsonScanner.of(in, LIMITS), log).document();
    }

    private void document() {
        if (json.peek() == JsonToken.BEGIN_ARRAY) {
            traces();
        } else {
            object(true);
        }
        json.endDocument();
        if (traces == 0) {
            faults.add(SpanFault.NO_TRACES, "", 0);
        }
        faults.diagnose(log);
    }

    private void traces() {
        if (forms.entersArray()) {
            while (json.hasNext()) {
                object(false);
            }
            json.endArray();
        }
    }

    /** Reads a trace or, if {@code isDocument}, the object that holds the traces, which only its members tell apart. */
    private void object(boolean isDocument) {
        int line = forms.line();
        JaegerTrace trace = new JaegerTrace(faults);
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
                case 0 -> trace.name(forms.scalar(null));
                case 1 -> spans(trace);
                case 2 -> processes(trace);
                default -> json.skipValue();
            }
            isTrace |= member == 1;
        }
        json.endObject();
        if (isTrace) {
            trace.addTo(log, ++traces, line);
        } else if (!hasData) {
            throw new LogFormatException("at line " + line + ", $: expected a member \"data\" with Jaeger's traces,"
                    + " or \"spans\" of one trace");
        }
    }

    private void spans(JaegerTrace trace) {
        if (forms.entersArray()) {
            while (json.hasNext()) {
                span(trace);
            }
            json.endArray();
        }
    }

    private void span(JaegerTrace trace) {
        int line = forms.line();
        trace.beginSpan();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(SPAN)) {
                case 0 -> trace.spanId(forms.scalar(null));
                case 1 -> trace.operation(forms.name());
                case 2 -> references(trace);
                case 3 -> trace.start(forms.micros());
                case 4 -> trace.duration(forms.micros());
                case 5 -> forms.attributes(SpanTraits.KEYS, trace::tag, forms::name);
                case 6 -> trace.processId(forms.name());
                case 7 -> trace.service(serviceName());
                case 8 -> logs(trace);
                default -> json.skipValue();
            }
        }
        json.endObject();
        trace.endSpan(line);
    }

    private void references(JaegerTrace trace) {
        if (forms.entersArray()) {
            while (json.hasNext()) {
                reference(trace);
            }
            json.endArray();
        }
    }

    private void reference(JaegerTrace trace) {
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
        trace.reference(id, type);
    }

    private void logs(JaegerTrace trace) {
        if (forms.entersArray()) {
            while (json.hasNext()) {
                log(trace);
            }
            json.endArray();
        }
    }

    private void log(JaegerTrace trace) {
        JaegerLog entry = new JaegerLog();
        long nanos = JaegerTrace.NO_TIME;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(LOG)) {
                case 0 -> nanos = forms.micros();
                case 1 -> forms.attributes(JaegerLog.KEYS, entry::field, forms::name);
                default -> json.skipValue();
            }
        }
        json.endObject();
        trace.log(entry, nanos);
    }

    private void processes(JaegerTrace trace) {
        if (forms.entersObject()) {
            while (json.hasNext()) {
                trace.process(json.nextName(forms.names()), serviceName());
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
