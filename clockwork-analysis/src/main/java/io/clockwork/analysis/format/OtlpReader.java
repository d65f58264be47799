package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.SpanKind;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenTelemetry's traces in JSON: one document, or one a line as collectors write files.
 *
 * <p>One pass over each file, without a tree. Traces may be spread over lines and files. What is told of a resource holds
 * for all of its spans, wherever in the document it stands.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OpenTelemetry Protocol, JSON
 *     Protobuf encoding</a>
 */
final class OtlpReader {
    private static final NameTable DOCUMENT = NameTable.of("resourceSpans");
    private static final NameTable RESOURCE_SPANS =
            NameTable.of("resource", "scopeSpans", "instrumentationLibrarySpans");
    private static final NameTable RESOURCE = NameTable.of("attributes");
    private static final NameTable SCOPE_SPANS = NameTable.of("spans");
    private static final NameTable SPAN = NameTable.of(
            "traceId",
            "spanId",
            "parentSpanId",
            "name",
            "kind",
            "startTimeUnixNano",
            "endTimeUnixNano",
            "attributes",
            "events",
            "links",
            "status");
    private static final NameTable LINK = NameTable.of("traceId", "spanId", "attributes");
    private static final NameTable LINK_KEYS = NameTable.of("opentracing.ref_type");
    private static final NameTable EVENT = NameTable.of("timeUnixNano", "name", "attributes");
    private static final NameTable STATUS = NameTable.of("code");
    private static final NameTable RESOURCE_KEYS = NameTable.of("service.name");
    private static final NameTable EXCEPTION_KEYS = NameTable.of("exception.type", "exception.message");
    private static final SpanKind[] KINDS = SpanKind.values();

    private final SpanBatch batch = new SpanBatch(false);
    private boolean used;

    SpanFaults faults() {
        return batch.faults();
    }

    /**
     * Reads what {@code in} gives, which stays open.
     *
     * @throws JsonSyntaxException if it is not JSON, or something in it has another type than it must have
     * @throws LogFormatException if a document of it is none of OpenTelemetry's
     */
    void read(InputStream in) throws IOException {
        used = true;
        int spans = 0;
        JsonStreams documents = new JsonStreams(in);
        while (documents.next()) {
            int line = documents.lines();
            Reading reading = new Reading(documents, line);
            try {
                reading.document();
            } catch (JsonSyntaxException e) {
                if (line == 0) {
                    throw e;
                }
                throw new LogFormatException("in the document of line " + (line + 1) + ": " + e.getMessage(), e);
            }
            spans += reading.spans;
        }
        if (spans == 0) {
            faults().add(SpanFault.NO_TRACES, "", 0);
        }
    }

    /** Adds all spans that were read to a log. */
    void addTo(EventLogBuilder log) {
        if (used) {
            batch.addTo(log);
        }
    }

    private final class Reading {
        private final JsonScanner json;
        private final JsonForms forms;
        private final int linesBefore;
        private int spans;
        private @Nullable String traceId;

        // The caller closes what it opened; the scanner holds nothing else.
        @SuppressWarnings("resource")
        Reading(InputStream in, int linesBefore) {
            json = JsonScanner.of(in);
            forms = new JsonForms(json);
            this.linesBefore = linesBefore;
        }

        void document() {
            boolean fits = false;
            json.beginObject();
            while (json.hasNext()) {
                if (json.nextName(DOCUMENT) == 0) {
                    fits = true;
                    each(this::resourceSpans);
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
            json.endDocument();
            if (!fits) {
                throw new LogFormatException(
                        "at line " + (linesBefore + 1) + ", $: expected a member \"resourceSpans\"");
            }
        }

        private void each(Runnable element) {
            if (forms.entersArray()) {
                while (json.hasNext()) {
                    element.run();
                }
                json.endArray();
            }
        }

        private void resourceSpans() {
            SpanRow.Instance process = new SpanRow.Instance();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(RESOURCE_SPANS)) {
                    case 0 -> resource(process);
                    case 1, 2 -> each(() -> scopeSpans(process));
                    default -> json.skipValue();
                }
            }
            json.endObject();
        }

        private void resource(SpanRow.Instance process) {
            if (forms.entersObject()) {
                while (json.hasNext()) {
                    if (json.nextName(RESOURCE) == 0) {
                        attributes(RESOURCE_KEYS, (key, value) -> process.service = value == null ? "" : value);
                    } else {
                        json.skipValue();
                    }
                }
                json.endObject();
            }
        }

        private void scopeSpans(SpanRow.Instance process) {
            json.beginObject();
            while (json.hasNext()) {
                if (json.nextName(SCOPE_SPANS) == 0) {
                    each(() -> span(process));
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        }

        private void span(SpanRow.Instance process) {
            SpanRow row = new SpanRow(linesBefore + forms.line(), faults().file());
            row.process = process;
            traceId = null;
            json.beginObject();
            while (json.hasNext()) {
                member(json.nextName(SPAN), row);
            }
            json.endObject();
            String trace = JsonForms.id(traceId);
            if (trace == null) {
                faults().add(SpanFault.MISSING_TRACE_ID, Objects.requireNonNullElse(row.id, "?"), row);
                trace = "unknown";
            }
            row.takeFollowed(trace);
            batch.add(trace, trace, row);
            spans++;
        }

        private void member(int member, SpanRow row) {
            switch (member) {
                case 0 -> traceId = forms.name();
                case 1 -> row.id = JsonForms.id(forms.scalar(null));
                case 2 -> row.parentId = JsonForms.id(forms.scalar(null));
                case 3 -> row.name = forms.name();
                case 4 -> row.traits.kind(kind(forms.name()));
                case 5 -> row.start = forms.nanos();
                case 6 -> row.end = forms.nanos();
                case 7 -> attributes(SpanTraits.KEYS, row.traits::tag);
                case 8 -> each(() -> event(row));
                case 9 -> each(() -> link(row));
                case 10 -> status(row);
                default -> json.skipValue();
            }
        }

        private SpanKind kind(@Nullable String text) {
            if (text == null || text.isEmpty()) {
                return SpanKind.UNKNOWN;
            }
            boolean number = text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) - '0' < KINDS.length;
            return number ? KINDS[text.charAt(0) - '0'] : SpanTraits.kindOf(text.replace("SPAN_KIND_", ""));
        }

        private void status(SpanRow row) {
            if (forms.entersObject()) {
                while (json.hasNext()) {
                    if (json.nextName(STATUS) == 0) {
                        String code = forms.name();
                        if ("2".equals(code) || "STATUS_CODE_ERROR".equals(code)) {
                            row.traits.error();
                        }
                    } else {
                        json.skipValue();
                    }
                }
                json.endObject();
            }
        }

        private void link(SpanRow row) {
            String trace = null;
            String span = null;
            @Nullable String[] type = new @Nullable String[1];
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(LINK)) {
                    case 0 -> trace = JsonForms.id(forms.name());
                    case 1 -> span = JsonForms.id(forms.scalar(null));
                    case 2 -> attributes(LINK_KEYS, (key, value) -> type[key] = value);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (SpanTraits.FOLLOWS_FROM.equals(type[0])) {
                row.followed = span;
                row.followedTrace = trace;
            }
            row.link(String.valueOf(trace), String.valueOf(span));
        }

        private void event(SpanRow row) {
            long nanos = SpanRow.NO_TIME;
            String name = "";
            @Nullable String[] exception = new @Nullable String[2];
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName(EVENT)) {
                    case 0 -> nanos = forms.nanos();
                    case 1 -> name = Objects.requireNonNullElse(forms.name(), "");
                    case 2 -> attributes(EXCEPTION_KEYS, (key, value) -> exception[key] = value);
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (nanos != SpanRow.NO_TIME) {
                row.moment(
                        exception[0] == null
                                ? new SpanMoment(nanos, EventKind.CUSTOM, name, null)
                                : new SpanMoment(nanos, EventKind.ERROR, exception[0], exception[1]));
            }
        }

        private void attributes(NameTable keys, JsonForms.Attributes taker) {
            forms.attributes(keys, taker, this::anyValue);
        }

        /** {@return the scalar in an object such as {@code {"stringValue": "x"}}, or null} */
        private @Nullable String anyValue() {
            String value = null;
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                return forms.name();
            }
            json.beginObject();
            while (json.hasNext()) {
                json.nextName(forms.names());
                value = forms.name();
            }
            json.endObject();
            return value;
        }
    }
}
