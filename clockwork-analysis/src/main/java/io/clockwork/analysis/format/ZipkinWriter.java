package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.SpanKind;
import io.clockwork.json.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes spans as Zipkin's API v2 takes them: one array. */
final class ZipkinWriter {
    private final LogSpans spans;
    private final EventLog log;
    private final SpanIds ids;
    private final Losses losses;

    ZipkinWriter(LogSpans spans, Losses losses) {
        this.spans = spans;
        log = spans.log();
        this.losses = losses;
        ids = new SpanIds(log, SpanIds.Form.ZIPKIN, losses);
    }

    void write(Appendable out) throws IOException {
        JsonWriter json = JsonWriter.compact(out);
        json.beginArray();
        for (int t = 0; t < spans.traces().size(); t++) {
            List<LogSpan> trace = spans.traces().get(t);
            String traceId = ids.trace(t);
            ids.assign(trace);
            for (LogSpan span : trace) {
                span(json, span, traceId);
            }
        }
        json.endArray().endDocument();
        out.append('\n');
    }

    private void span(JsonWriter json, LogSpan span, String traceId) {
        long start = ids.micros(span.start);
        json.beginObject().name("traceId").value(traceId);
        parent(json, span);
        json.name("id").value(span.writtenId);
        SpanKind kind = span.isTask ? log.spanKind(span.task) : SpanKind.UNKNOWN;
        if (kind != SpanKind.UNKNOWN && kind != SpanKind.INTERNAL) {
            json.name("kind").value(kind.name());
        }
        json.name("name").value(Text.json(span.name)).name("timestamp").value(start);
        json.name("duration").value(ids.micros(span.end) - start);
        endpoint(json, "localEndpoint", log.service(span.task));
        endpoint(json, "remoteEndpoint", span.isTask ? log.peer(span.task) : "");
        annotations(json, span);
        Map<String, Object> tags = ids.tags(span, traceId);
        if (!tags.isEmpty()) {
            json.name("tags").beginObject();
            tags.forEach((key, value) -> json.name(key).value(Text.json(value.toString())));
            json.endObject();
        }
        if (span.isTask && log.isShared(span.task)) {
            json.name("shared").value(true);
        }
        json.endObject();
        losses.add(
                "LINK_LEFT_OUT",
                span.causes.size(),
                "[link|links] beside parents [has|have] no place in Zipkin's spans");
    }

    private void parent(JsonWriter json, LogSpan span) {
        LogSpan parent = span.parent;
        String missing = ids.missingParent(span);
        if (parent != null && parent.writtenId.equals(span.writtenId)) {
            parent = parent.parent; // the halves of a call have one parent
        }
        if (parent != null) {
            if (log.trace(parent.task) == log.trace(span.task)) {
                json.name("parentId").value(parent.writtenId);
            } else {
                losses.add("PARENT_LEFT_OUT", "[parent is in another trace|parents are in other traces]");
            }
        } else if (!missing.isEmpty()) {
            json.name("parentId").value(Text.json(missing));
        }
    }

    private static void endpoint(JsonWriter json, String name, String service) {
        if (!service.isEmpty()) {
            json.name(name)
                    .beginObject()
                    .name("serviceName")
                    .value(Text.json(service))
                    .endObject();
        }
    }

    private void annotations(JsonWriter json, LogSpan span) {
        if (span.moments.size() > 0) {
            json.name("annotations").beginArray();
            for (int i = 0; i < span.moments.size(); i++) {
                int event = span.moments.get(i);
                json.beginObject().name("timestamp").value(ids.micros(spans.nanos(event)));
                json.name("value").value(Text.json(Timeline.text(log, event))).endObject();
            }
            json.endArray();
        }
    }
}
