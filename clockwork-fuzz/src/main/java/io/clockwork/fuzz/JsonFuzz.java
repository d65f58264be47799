package io.clockwork.fuzz;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonCodec;
import io.clockwork.json.JsonMessage;
import java.util.Arrays;

/** Causality in JSON payloads: what is taken out of a payload can be put in again, and leaves the payload as it was. */
public final class JsonFuzz {
    private static final JsonCodec CODEC = JsonCodec.builder().build();
    private static final TracedEvent EVENT =
            TracedEvent.of("event-1", "order.created", new byte[0], VectorTimestamp.of("a", 1, "b", Long.MAX_VALUE));

    private JsonFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        injected(data);
        extracted(data);
    }

    private static void injected(byte[] payload) {
        byte[] with;
        try {
            with = CODEC.inject(EVENT, payload);
        } catch (CausalityCodecException e) {
            CodecLaws.refusal(e);
            return;
        }
        JsonMessage<byte[]> message = CODEC.extract(with);
        if (!Arrays.equals(payload, message.payload())) {
            throw new AssertionError("the payload came back changed");
        }
        CodecLaws.same(EVENT.causality().toString(), message.causality().toString());
        CodecLaws.same(EVENT.id(), message.id());
        CodecLaws.same(EVENT.type(), message.type());
    }

    private static void extracted(byte[] json) {
        JsonMessage<byte[]> message;
        try {
            message = CODEC.extract(json);
        } catch (CausalityCodecException e) {
            CodecLaws.refusal(e);
            return;
        }
        TracedEvent event = TracedEvent.of(message.id(), message.type(), new byte[0], message.causality());
        try {
            JsonMessage<byte[]> again = CODEC.extract(CODEC.inject(event, message.payload()));
            CodecLaws.same(message.causality().toString(), again.causality().toString());
            CodecLaws.same(message.id(), again.id());
            if (!Arrays.equals(message.payload(), again.payload())) {
                throw new AssertionError("the payload came back changed");
            }
        } catch (CausalityCodecException e) {
            CodecLaws.same(Reason.LIMIT_EXCEEDED, e.reason());
        }
    }
}
