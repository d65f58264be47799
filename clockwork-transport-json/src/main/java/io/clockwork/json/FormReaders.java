package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Supplier;

/** How each type of value is read; always through the factory that checks it. */
final class FormReaders {
    private FormReaders() {}

    /** A well-formed document, and what it is read with. */
    static final class Source {
        private final byte[] json;
        private final CodecLimits limits;
        private final VectorJson vectors;

        Source(byte[] json, CodecLimits limits, VectorJson vectors) {
            this.json = json;
            this.limits = limits;
            this.vectors = vectors;
        }

        private VectorTimestamp vector(JsonFields fields, String name) {
            return vectors.read(fields.path(name), json, fields.place(name));
        }
    }

    static LamportTimestamp lamportTimestamp(Source source, int at) {
        JsonFields fields = JsonFields.of(source.json, at, "", "node_id", "time");
        String node = fields.id("node_id", source.limits);
        long time = fields.counter("time");
        return checked(fields, "node_id", () -> new LamportTimestamp(node, time));
    }

    static LamportClock lamportClock(Source source, int at) {
        return new LamportClock(lamportTimestamp(source, at));
    }

    static VectorTimestamp vectorTimestamp(Source source, int at) {
        return source.vector(JsonFields.of(source.json, at, "", "clocks"), "clocks");
    }

    static VectorClock vectorClock(Source source, int at) {
        JsonFields fields = JsonFields.of(source.json, at, "", "node_id", "clocks");
        String node = fields.id("node_id", source.limits);
        VectorTimestamp clocks = source.vector(fields, "clocks");
        return checked(fields, "node_id", () -> VectorClock.restore(node, clocks));
    }

    private static <T> T checked(JsonFields fields, String id, Supplier<T> factory) {
        try {
            return factory.get();
        } catch (IllegalArgumentException e) {
            throw new JsonFault(Reason.ILLEGAL_ID, fields.path(id), fields.place(id), String.valueOf(e.getMessage()));
        }
    }

    static TracedEvent tracedEvent(Source source, int at) {
        JsonFields fields =
                JsonFields.of(source.json, at, "", "event_type", "payload", "causality", "event_id", "timestamp_utc");
        String type = fields.nonEmptyText("event_type", source.limits);
        byte[] payload = fields.bytes("payload");
        JsonFields causality = JsonFields.of(source.json, fields.place("causality"), "causality", "clocks");
        VectorTimestamp clocks = source.vector(causality, "clocks");
        TracedEvent event = TracedEvent.of(fields.nonEmptyText("event_id", source.limits), type, payload, clocks);
        return fields.has("timestamp_utc") ? event.withInstant(instant(fields, source.limits)) : event;
    }

    private static Instant instant(JsonFields fields, CodecLimits limits) {
        String text = fields.text("timestamp_utc", limits);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new JsonFault(
                    Reason.WRONG_TYPE,
                    fields.path("timestamp_utc"),
                    fields.place("timestamp_utc"),
                    "expected an instant such as 2026-01-31T12:00:00Z, or null");
        }
    }

    static TracedEvent envelope(String name, Source source, int at) {
        JsonFields fields = JsonFields.of(source.json, at, "", name, "payload");
        JsonFields causality = JsonFields.of(source.json, fields.place(name), name, "vector", "event_id", "event_type");
        VectorTimestamp vector = source.vector(causality, "vector");
        String id = causality.nonEmptyText("event_id", source.limits);
        String type = causality.nonEmptyText("event_type", source.limits);
        return TracedEvent.of(id, type, fields.bytes("payload"), vector);
    }

    static CausalityRelation relation(Source source, int at) {
        byte[] json = source.json;
        if (json[at] != '"') {
            throw new JsonFault(Reason.WRONG_TYPE, JsonFault.DOCUMENT, at, "expected a relation's name in quotes");
        }
        int to = JsonSyntax.skipString(json, at + 1, json.length) - 1;
        CausalityRelation relation = to - at > source.limits.maxValueBytes()
                ? null
                : RelationNames.relation(JsonText.read(json, at + 1, to));
        if (relation == null) {
            throw new JsonFault(
                    Reason.WRONG_TYPE,
                    JsonFault.DOCUMENT,
                    at,
                    "expected \"HappensBefore\", \"HappensAfter\", \"Concurrent\" or \"Equal\"");
        }
        return relation;
    }
}
