package io.clockwork.json.jackson2;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clockwork.CausalityRelation;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonForm;
import java.io.IOException;

/** How each type of value is written. */
final class ValueWriters {
    private ValueWriters() {}

    static void lamportTimestamp(LamportTimestamp timestamp, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("node_id", timestamp.node());
        out.writeNumberField("time", timestamp.time());
        out.writeEndObject();
    }

    static void lamportClock(LamportClock clock, JsonGenerator out) throws IOException {
        lamportTimestamp(clock.timestamp(), out);
    }

    static void vectorTimestamp(VectorTimestamp timestamp, JsonGenerator out) throws IOException {
        out.writeStartObject();
        clocks(timestamp, out);
        out.writeEndObject();
    }

    private static void clocks(VectorTimestamp timestamp, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("clocks");
        for (int i = 0; i < timestamp.size(); i++) {
            out.writeNumberField(timestamp.nodeAt(i), timestamp.counterAt(i));
        }
        out.writeEndObject();
    }

    static void vectorClock(VectorClock clock, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("node_id", clock.node());
        clocks(clock.timestamp(), out);
        out.writeEndObject();
    }

    static void tracedEvent(TracedEvent event, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("event_type", event.type());
        out.writeArrayFieldStart("payload");
        for (byte b : event.payload()) {
            out.writeNumber(b & 0xFF);
        }
        out.writeEndArray();
        out.writeFieldName("causality");
        vectorTimestamp(event.causality(), out);
        out.writeStringField("event_id", event.id());
        if (event.instant().isPresent()) {
            out.writeStringField("timestamp_utc", event.instant().get().toString());
        } else {
            out.writeNullField("timestamp_utc");
        }
        out.writeEndObject();
    }

    static void relation(CausalityRelation relation, JsonGenerator out) throws IOException {
        String quoted = JsonForm.CAUSALITY_RELATION.write(relation);
        out.writeString(quoted.substring(1, quoted.length() - 1));
    }
}
