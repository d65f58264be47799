package io.clockwork.json.jackson3;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonForm;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.MismatchedInputException;

/** How each type of value is read; always through the factory that checks it. */
final class ValueReaders {
    private ValueReaders() {}

    static LamportTimestamp lamportTimestamp(JsonParser in, CodecLimits limits) {
        Members members = Members.of(in, LamportTimestamp.class, limits, "node_id", "time");
        try {
            return new LamportTimestamp(members.text("node_id"), members.counter("time"));
        } catch (IllegalArgumentException e) {
            throw members.mismatch(String.valueOf(e.getMessage()));
        }
    }

    static LamportClock lamportClock(JsonParser in, CodecLimits limits) {
        return new LamportClock(lamportTimestamp(in, limits));
    }

    static VectorTimestamp vectorTimestamp(JsonParser in, CodecLimits limits) {
        return Members.of(in, VectorTimestamp.class, limits, "clocks").vector("clocks");
    }

    static VectorClock vectorClock(JsonParser in, CodecLimits limits) {
        Members members = Members.of(in, VectorClock.class, limits, "node_id", "clocks");
        try {
            return VectorClock.restore(members.text("node_id"), members.vector("clocks"));
        } catch (IllegalArgumentException e) {
            throw members.mismatch(String.valueOf(e.getMessage()));
        }
    }

    static TracedEvent tracedEvent(JsonParser in, CodecLimits limits) {
        Members members = Members.of(
                in, TracedEvent.class, limits, "event_type", "payload", "causality", "event_id", "timestamp_utc");
        try {
            TracedEvent event = TracedEvent.of(
                    members.text("event_id"),
                    members.text("event_type"),
                    members.bytes("payload"),
                    members.vector("causality"));
            return members.has("timestamp_utc")
                    ? event.withInstant(Instant.parse(members.text("timestamp_utc")))
                    : event;
        } catch (DateTimeException e) {
            throw members.mismatch("timestamp_utc: expected an instant such as 2026-01-31T12:00:00Z, or null");
        } catch (IllegalArgumentException e) {
            throw members.mismatch(String.valueOf(e.getMessage()));
        }
    }

    static CausalityRelation relation(JsonParser in, CodecLimits limits) {
        String name = in.currentToken() == JsonToken.VALUE_STRING ? in.getString() : "";
        try {
            return JsonForm.CAUSALITY_RELATION.withLimits(limits).read('"' + name + '"');
        } catch (CausalityCodecException e) {
            throw MismatchedInputException.from(in, CausalityRelation.class, String.valueOf(e.getMessage()));
        }
    }
}
