package io.clockwork.json;

import io.clockwork.CausalityRelation;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.time.Instant;

/** How each type of value is written. */
final class FormWriters {
    private FormWriters() {}

    static void lamportTimestamp(LamportTimestamp timestamp, JsonOut out) {
        out.raw("{\"node_id\":").string("node_id", timestamp.node());
        out.raw(",\"time\":").number(timestamp.time()).raw("}");
    }

    static void lamportClock(LamportClock clock, JsonOut out) {
        lamportTimestamp(clock.timestamp(), out);
    }

    static void vectorTimestamp(VectorTimestamp timestamp, JsonOut out) {
        out.raw("{\"clocks\":").vector("clocks", timestamp).raw("}");
    }

    static void vectorClock(VectorClock clock, JsonOut out) {
        out.raw("{\"node_id\":").string("node_id", clock.node());
        out.raw(",\"clocks\":").vector("clocks", clock.timestamp()).raw("}");
    }

    static void tracedEvent(TracedEvent event, JsonOut out) {
        out.raw("{\"event_type\":").string("event_type", event.type());
        out.raw(",\"payload\":").array(event.payload());
        out.raw(",\"causality\":{\"clocks\":").vector("causality.clocks", event.causality());
        out.raw("},\"event_id\":").string("event_id", event.id());
        out.raw(",\"timestamp_utc\":");
        String instant = event.instant().map(Instant::toString).orElse("");
        if (instant.isEmpty()) {
            out.raw("null}");
        } else {
            out.string("timestamp_utc", instant).raw("}");
        }
    }

    static void envelope(String name, TracedEvent event, JsonOut out) {
        out.raw("{").string(name, name).raw(":{\"vector\":").vector(name + ".vector", event.causality());
        out.raw(",\"event_type\":").string(name + ".event_type", event.type());
        out.raw(",\"event_id\":").string(name + ".event_id", event.id());
        out.raw("},\"payload\":").array(event.payload()).raw("}");
    }

    static void relation(CausalityRelation relation, JsonOut out) {
        out.string(JsonFault.DOCUMENT, RelationNames.name(relation));
    }
}
