package io.clockwork.json.jackson3;

import io.clockwork.CausalityRelation;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonForm;
import tools.jackson.core.JsonGenerator;

/** How each type of value is written. */
final class ValueWriters {
    private ValueWriters() {}

    static void lamportTimestamp(LamportTimestamp timestamp, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("node_id", timestamp.node());
        out.writeNumberProperty("time", timestamp.time());
        out.writeEndObject();
    }

    static void lamportClock(LamportClock clock, JsonGenerator out) {
        lamportTimestamp(clock.timestamp(), out);
    }

    static void vectorTimestamp(VectorTimestamp timestamp, JsonGenerator out) {
        out.writeStartObject();
        clocks(timestamp, out);
        out.writeEndObject();
    }

    private static void clocks(VectorTimestamp timestamp, JsonGenerator out) {
        out.writeObjectPropertyStart("clocks");
        for (int i = 0; i < timestamp.size(); i++) {
            out.writeNumberProperty(timestamp.nodeAt(i), timestamp.counterAt(i));
        }
        out.writeEndObject();
    }

    static void vectorClock(VectorClock clock, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("node_id", clock.node());
        clocks(clock.timestamp(), out);
        out.writeEndObject();
    }

    static void tracedEvent(TracedEvent event, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("event_type", event.type());
        out.writeArrayPropertyStart("payload");
        for (byte b : event.payload()) {
            out.writeNumber(b & 0xFF);
        }
        out.writeEndArray();
        out.writeName("causality");
        vectorTimestamp(event.causality(), out);
        out.writeStringProperty("event_id", event.id());
        if (event.instant().isPresent()) {
            out.writeStringProperty("timestamp_utc", event.instant().get().toString());
        } else {
            out.writeNullProperty("timestamp_utc");
        }
        out.writeEndObject();
    }

    static void relation(CausalityRelation relation, JsonGenerator out) {
        String quoted = JsonForm.CAUSALITY_RELATION.write(relation);
        out.writeString(quoted.substring(1, quoted.length() - 1));
    }
}
