package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import io.clockwork.json.stream.StringCache;
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
    private static final NameTable TAG = NameTable.of("key", "value");
    private static final NameTable LOG = NameTable.of("timestamp", "fields");

    /** References may hold a copy of their span with its references in turn: four levels each. */
    private static final JsonLimits LIMITS =
            new JsonLimits(1 << 16, JsonLimits.DEFAULT.maxStringBytes(), JsonLimits.DEFAULT.maxNumberChars());

    private final JsonScanner json;
    private final EventLogBuilder log;
    private final SpanFaults faults = new SpanFaults();
    private final StringCache names = StringCache.withSlots(4096);
    private int traces;

    private JaegerReader(JsonScanner json, EventLogBuilder log) {
        this.json = json;
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
        if (entersArray()) {
            while (json.hasNext()) {
                object(false);
            }
            json.endArray();
        }
    }

    /** Reads a trace or, if {@code isDocument}, the object that holds the traces, which only its members tell apart. */
    private void object(boolean isDocument) {
        int line = line();
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
                case 0 -> trace.name(text(null));
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
        if (entersArray()) {
            while (json.hasNext()) {
                span(trace);
            }
            json.endArray();
        }
    }

    private void span(JaegerTrace trace) {
        int line = line();
        trace.beginSpan();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(SPAN)) {
                case 0 -> trace.spanId(text(null));
                case 1 -> trace.operation(text(names));
                case 2 -> references(trace);
                case 3 -> trace.start(nanos());
                case 4 -> trace.duration(nanos());
                case 5 -> tags(SpanTraits.KEYS, trace::tag);
                case 6 -> trace.processId(text(names));
                case 7 -> trace.service(serviceName());
                case 8 -> logs(trace);
                default -> json.skipValue();
            }
        }
        json.endObject();
        trace.endSpan(line);
    }

    private void references(JaegerTrace trace) {
        if (entersArray()) {
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
                case 0 -> type = word(REFERENCE_TYPE);
                case 1 -> id = text(null);
                default -> json.skipValue();
            }
        }
        json.endObject();
        trace.reference(id, type);
    }

    /** Takes what a tag or a field says: the index of its key, and its value or null if it is no scalar. */
    @FunctionalInterface
    private interface Tags {
        void accept(int key, @Nullable String value);
    }

    private void logs(JaegerTrace trace) {
        if (entersArray()) {
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
                case 0 -> nanos = nanos();
                case 1 -> tags(JaegerLog.KEYS, entry::field);
                default -> json.skipValue();
            }
        }
        json.endObject();
        trace.log(entry, nanos);
    }

    private void tags(NameTable keys, Tags taker) {
        if (entersArray()) {
            while (json.hasNext()) {
                tag(keys, taker);
            }
            json.endArray();
        }
    }

    private void tag(NameTable keys, Tags taker) {
        boolean hasKey = false;
        int key = NameTable.UNKNOWN;
        String value = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(TAG)) {
                case 0 -> {
                    key = word(keys);
                    hasKey = true;
                }
                case 1 -> {
                    if (hasKey && key == NameTable.UNKNOWN) {
                        json.skipValue();
                    } else {
                        value = scalar();
                    }
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (key != NameTable.UNKNOWN) {
            taker.accept(key, value);
        }
    }

    private @Nullable String scalar() {
        return json.peek() == JsonToken.BOOLEAN ? String.valueOf(json.nextBoolean()) : text(names);
    }

    private void processes(JaegerTrace trace) {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            trace.process(json.nextName(names), serviceName());
        }
        json.endObject();
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
                service = text(names);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return service;
    }

    /** {@return whether an array comes next, which is entered; null counts as none} */
    private boolean entersArray() {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return false;
        }
        json.beginArray();
        return true;
    }

    private int word(NameTable words) {
        if (json.peek() == JsonToken.STRING) {
            return json.nextString(words);
        }
        json.skipValue();
        return NameTable.UNKNOWN;
    }

    /** {@return the string or number that comes next as text, or null if it is neither} */
    private @Nullable String text(@Nullable StringCache cache) {
        return switch (json.peek()) {
            case STRING -> cache == null ? json.nextString() : json.nextString(cache);
            case NUMBER -> json.nextNumberToken();
            default -> {
                json.skipValue();
                yield null;
            }
        };
    }

    /** {@return the nanoseconds of the microseconds that come next, or {@link JaegerTrace#NO_TIME} if it is no number} */
    private long nanos() {
        if (json.peek() == JsonToken.NUMBER) {
            try {
                return Micros.toNanos(json.nextLong());
            } catch (JsonSyntaxException e) {
                // A fraction, an exponent or very large; what is ill-formed throws again below.
            }
        }
        String text = text(null);
        try {
            return text == null ? JaegerTrace.NO_TIME : Micros.toNanos(text);
        } catch (NumberFormatException e) {
            return JaegerTrace.NO_TIME;
        }
    }

    private int line() {
        return (int) Math.min(json.line(), Integer.MAX_VALUE);
    }
}
