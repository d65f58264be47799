package io.clockwork.json.jackson3;

import io.clockwork.CausalityCodecException;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonCodec;
import io.clockwork.json.JsonMessage;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries causality in objects of Jackson 3, and reads and writes the types of clockwork with it.
 *
 * <p>Nodes hold what Jackson made of a document: for numbers that keep their value whatever it is, read it with {@code
 * DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS} and without {@code JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES};
 * so that no member is lost, with {@code StreamReadFeature.STRICT_DUPLICATE_DETECTION}. Even then Jackson writes {@code 1e2}
 * as {@code 1E+2}. Where each byte must stay, inject into bytes: {@link JsonCodec#inject(TracedEvent, byte[])}.
 */
public final class JacksonCodec {
    /*
     * Nothing here but signatures and calls of others with the very same types: to link this class then takes no class of
     * Jackson, so that the check in of() comes before any NoClassDefFoundError.
     */
    private final JsonCodec codec;

    private JacksonCodec(JsonCodec codec) {
        this.codec = codec;
    }

    /** {@return the codec of the member {@code _causality}; throws {@link IllegalStateException} without Jackson 3} */
    public static JacksonCodec create() {
        return of(JsonCodec.create());
    }

    /**
     * Returns a codec with the member, the limits and the manners of {@code settings}.
     *
     * @throws IllegalStateException if Jackson 3 is not there
     */
    public static JacksonCodec of(JsonCodec settings) {
        Objects.requireNonNull(settings, "settings");
        try {
            Class.forName("tools.jackson.databind.node.ObjectNode", false, JacksonCodec.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Jackson 3 is not there: add tools.jackson.core:jackson-databind to the class path, or to the"
                            + " module path with --add-modules tools.jackson.databind",
                    e);
        }
        return new JacksonCodec(settings);
    }

    /**
     * Returns a copy of {@code payload}, in which children are shared, with the causality of a new event.
     *
     * @throws CausalityCodecException if the payload holds the member already, or a limit is exceeded
     */
    public ObjectNode inject(VectorTimestamp causality, String type, ObjectNode payload) {
        return ObjectNodes.inject(codec, causality, type, payload);
    }

    /** As {@link #inject(VectorTimestamp, String, ObjectNode)}, with the event's vector, type and id; not its payload. */
    public ObjectNode inject(TracedEvent event, ObjectNode payload) {
        return ObjectNodes.inject(codec, event, payload);
    }

    /**
     * Returns a copy of {@code json}, in which children are shared, without its causality, and the causality.
     *
     * @throws CausalityCodecException if the member is missing or malformed
     */
    public JsonMessage<ObjectNode> extract(ObjectNode json) {
        return ObjectNodes.extract(codec, json);
    }

    /** As {@link #extract}, but empty when the object does not hold the member; see {@link JsonCodec#find(byte[])}. */
    public Optional<JsonMessage<ObjectNode>> find(ObjectNode json) {
        return ObjectNodes.find(codec, json);
    }

    /** {@return whether {@link #extract} would give a result} */
    public boolean hasCausality(ObjectNode json) {
        return ObjectNodes.hasCausality(codec, json);
    }

    /**
     * Returns a module with which Jackson reads and writes {@code LamportTimestamp}, {@code LamportClock}, {@code
     * VectorTimestamp}, {@code VectorClock}, {@code TracedEvent} and {@code CausalityRelation} in the forms of {@link
     * io.clockwork.json.JsonForm}, under this codec's limits. What is not of that form is a {@code
     * MismatchedInputException}.
     */
    public JacksonModule module() {
        return ClockworkModule.of(codec.limits());
    }
}
