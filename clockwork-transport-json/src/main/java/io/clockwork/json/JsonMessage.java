package io.clockwork.json;

import io.clockwork.VectorTimestamp;
import java.util.Objects;

/**
 * A payload as it was before causality was injected, and the causality that it carried.
 *
 * @param payload without the member that carried the causality
 * @param causality the timestamp of the event
 * @param type what happened; not empty
 * @param id the event's id; not empty
 * @param <P> the form of the payload: {@code byte[]}, {@code String}, {@code Map} or a library's object
 */
public record JsonMessage<P>(P payload, VectorTimestamp causality, String type, String id) {
    /** Creates a message. */
    public JsonMessage {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(causality, "causality");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
    }

    /** {@return this message with its payload in another form} */
    public <Q> JsonMessage<Q> withPayload(Q payload) {
        return new JsonMessage<>(payload, causality, type, id);
    }
}
