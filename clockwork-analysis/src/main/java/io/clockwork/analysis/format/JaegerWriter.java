package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.json.stream.JsonWriter;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes spans as Jaeger's API gives them and its UI takes them. */
final class JaegerWriter {
    private final LogSpans spans;
    private final EventLog log;
    private final SpanIds ids;

    JaegerWriter(LogSpans spans, Losses losses) {
        this.spans = spans;
        log = spans.log();
        ids = new SpanIds(log, SpanIds.Form.JAEGER, losses);
    }

    void write(Appendable out) throws IOException {
        List<String> traceIds = new ArrayList<>();
        for (int t = 0; t < spans.traces().size(); t++) {
            traceIds.add(ids.trace(t));
            ids.assign(spans.traces().get(t));
        }
        JsonWriter json = JsonWriter.compact(out);
        json.beginObject().name("data").beginArray();
        for (int t = 0; t < traceIds.size(); t++) {
            trace(json, traceIds, t);
        }
        json.endArray().endObject().endDocument();
        out.append('\n');
    }

    private void trace(JsonWriter json, List<String> traceIds, int trace) {
        Map<String, String> processes = new LinkedHashMap<>();
        json.beginObject().name("traceID").value(Text.json(traceIds.get(trace)));
        json.name("spans").beginArray();
        for (LogSpan span : spans.traces().get(trace)) {
            String process = processes.computeIfAbsent(log.service(span.task), service -> "p" + (processes.size() + 1));
            span(json, span, traceIds, process);
        }
        json.endArray().name("processes").beginObject();
        processes.forEach((service, process) -> {
            json.name(process).beginObject().name("serviceName").value(Text.json(service));
            json.name("tags").beginArray().endArray().endObject();
        });
        json.endObject().endObject();
    }

    private void span(JsonWriter json, LogSpan span, List<String> traceIds, String process) {
        String traceId = traceIds.get(log.trace(span.task));
        long start = ids.micros(span.start);
        json.beginObject()
                .name("traceID")
                .value(Text.json(traceId))
                .name("spanID")
                .value(Text.json(span.writtenId));
        json.name("operationName")
                .value(Text.json(span.name))
                .name("references")
                .beginArray();
        String missing = ids.missingParent(span);
        if (span.parent != null) {
            reference(json, ids.follows(span) ? "FOLLOWS_FROM" : "CHILD_OF", span.parent, traceIds);
        } else if (!missing.isEmpty()) {
            reference(json, "CHILD_OF", traceId, missing);
        }
        for (LogSpan cause : span.causes) {
            reference(json, "FOLLOWS_FROM", cause, traceIds);
        }
        json.endArray().name("startTime").value(start);
        json.name("duration").value(ids.micros(span.end) - start);
        json.name("tags").beginArray();
        ids.tags(span, traceId).forEach((key, value) -> tag(json, key, value));
        json.endArray().name("logs").beginArray();
        for (int i = 0; i < span.moments.size(); i++) {
            int event = span.moments.get(i);
            json.beginObject().name("timestamp").value(ids.micros(spans.nanos(event)));
            json.name("fields").beginArray();
            fields(json, event);
            json.endArray().endObject();
        }
        json.endArray().name("processID").value(process).name("warnings").nullValue();
        json.endObject();
    }

    private void fields(JsonWriter json, int event) {
        if (log.kind(event) != EventKind.ERROR) {
            tag(json, "event", Timeline.text(log, event));
            return;
        }
        tag(json, "event", "exception");
        tag(json, "exception.type", log.subject(event));
        Object message = log.value(event);
        if (message != null) {
            tag(json, "exception.message", message.toString());
        }
    }

    private void reference(JsonWriter json, String type, LogSpan to, List<String> traceIds) {
        reference(json, type, traceIds.get(log.trace(to.task)), to.writtenId);
    }

    private static void reference(JsonWriter json, String type, String trace, String span) {
        json.beginObject().name("refType").value(type);
        json.name("traceID")
                .value(Text.json(trace))
                .name("spanID")
                .value(Text.json(span))
                .endObject();
    }

    private static void tag(JsonWriter json, String key, Object value) {
        json.beginObject().name("key").value(key).name("type");
        if (value instanceof Long number) {
            json.value("int64").name("value").value((long) number);
        } else if (value instanceof Boolean truth) {
            json.value("bool").name("value").value((boolean) truth);
        } else {
            json.value("string").name("value").value(Text.json(value.toString()));
        }
        json.endObject();
    }
}
