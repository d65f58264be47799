package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.json.stream.JsonWriter;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes spans as OpenTelemetry's collectors take them: one document, spans by service. */
final class OtlpWriter {
    private final LogSpans spans;
    private final EventLog log;
    private final SpanIds ids;
    private final List<String> traceIds = new ArrayList<>();

    OtlpWriter(LogSpans spans, Losses losses) {
        this.spans = spans;
        log = spans.log();
        ids = new SpanIds(log, SpanIds.Form.OTLP, losses);
    }

    void write(Appendable out) throws IOException {
        Map<String, List<LogSpan>> services = new LinkedHashMap<>();
        for (int t = 0; t < spans.traces().size(); t++) {
            traceIds.add(ids.trace(t));
            ids.assign(spans.traces().get(t));
            for (LogSpan span : spans.traces().get(t)) {
                services.computeIfAbsent(log.service(span.task), s -> new ArrayList<>())
                        .add(span);
            }
        }
        JsonWriter json = JsonWriter.compact(out);
        json.beginObject().name("resourceSpans").beginArray();
        services.forEach((service, own) -> {
            json.beginObject().name("resource").beginObject().name("attributes").beginArray();
            if (!service.isEmpty()) {
                attribute(json, "service.name", service);
            }
            json.endArray().endObject().name("scopeSpans").beginArray().beginObject();
            json.name("scope").beginObject().name("name").value("clockwork").endObject();
            json.name("spans").beginArray();
            own.forEach(span -> span(json, span));
            json.endArray().endObject().endArray().endObject();
        });
        json.endArray().endObject().endDocument();
        out.append('\n');
    }

    private void span(JsonWriter json, LogSpan span) {
        String traceId = traceIds.get(log.trace(span.task));
        json.beginObject().name("traceId").value(traceId).name("spanId").value(span.writtenId);
        LogSpan parent = span.parent;
        boolean here = parent != null && log.trace(parent.task) == log.trace(span.task);
        String missing = ids.missingParent(span);
        if (parent != null && here) {
            json.name("parentSpanId").value(parent.writtenId);
        } else if (!missing.isEmpty()) {
            json.name("parentSpanId").value(missing);
        }
        json.name("name").value(Text.json(span.name));
        json.name("kind").value(span.isTask ? log.spanKind(span.task).ordinal() : 0);
        json.name("startTimeUnixNano").value(Long.toString(span.start));
        json.name("endTimeUnixNano").value(Long.toString(span.end));
        json.name("attributes").beginArray();
        ids.tags(span, traceId).forEach((key, value) -> attribute(json, key, value));
        json.endArray();
        events(json, span);
        if (!span.causes.isEmpty() || (parent != null && !here)) {
            json.name("links").beginArray();
            if (parent != null && !here) {
                link(json, parent);
            }
            span.causes.forEach(cause -> link(json, cause));
            json.endArray();
        }
        json.name("status").beginObject();
        if (span.isTask && log.isError(span.task)) {
            json.name("code").value(2);
        }
        json.endObject().endObject();
    }

    private void link(JsonWriter json, LogSpan to) {
        json.beginObject().name("traceId").value(traceIds.get(log.trace(to.task)));
        json.name("spanId").value(to.writtenId).endObject();
    }

    private void events(JsonWriter json, LogSpan span) {
        if (span.moments.size() == 0) {
            return;
        }
        json.name("events").beginArray();
        for (int i = 0; i < span.moments.size(); i++) {
            int event = span.moments.get(i);
            boolean error = log.kind(event) == EventKind.ERROR;
            json.beginObject().name("timeUnixNano").value(Long.toString(spans.nanos(event)));
            json.name("name").value(error ? "exception" : Text.json(Timeline.text(log, event)));
            if (error) {
                json.name("attributes").beginArray();
                attribute(json, "exception.type", log.subject(event));
                Object message = log.value(event);
                if (message != null) {
                    attribute(json, "exception.message", message.toString());
                }
                json.endArray();
            }
            json.endObject();
        }
        json.endArray();
    }

    private static void attribute(JsonWriter json, String key, Object value) {
        json.beginObject().name("key").value(key).name("value").beginObject();
        if (value instanceof Long number) {
            json.name("intValue").value(Long.toString(number));
        } else if (value instanceof Boolean truth) {
            json.name("boolValue").value((boolean) truth);
        } else {
            json.name("stringValue").value(Text.json(value.toString()));
        }
        json.endObject().endObject();
    }
}
