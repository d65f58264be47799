package io.clockwork.json.jackson3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JacksonContract;
import io.clockwork.json.JsonCodec;
import io.clockwork.json.JsonMessage;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JacksonCodecTest extends JacksonContract<ObjectNode> {
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectMapper MAPPER = mapper(JsonCodec.create());

    private static ObjectMapper mapper(JsonCodec settings) {
        return JsonMapper.builder()
                .addModule(JacksonCodec.of(settings).module())
                .build();
    }

    /** The README's lines. */
    @Test
    void carriesCausalityInNodes() {
        VectorTimestamp vector = VectorTimestamp.of("a", 1, "b", 0);
        ObjectNode payload = node("{\"order_id\":42}");
        JacksonCodec codec = JacksonCodec.create();
        ObjectNode body = codec.inject(vector, "order.created", payload);
        JsonMessage<ObjectNode> message = codec.extract(body);
        assertThat(message.causality()).isEqualTo(vector);
        assertThat(message.payload()).isEqualTo(payload);
        assertThat(payload.size()).isEqualTo(1);
        assertThat(message.id()).hasSize(36);
    }

    @Override
    protected NodeCodec<ObjectNode> codec(JsonCodec settings) {
        JacksonCodec codec = JacksonCodec.of(settings);
        return new NodeCodec<>() {
            @Override
            public ObjectNode inject(TracedEvent event, ObjectNode payload) {
                return codec.inject(event, payload);
            }

            @Override
            public JsonMessage<ObjectNode> extract(ObjectNode body) {
                return codec.extract(body);
            }

            @Override
            public Optional<JsonMessage<ObjectNode>> find(ObjectNode body) {
                return codec.find(body);
            }

            @Override
            public boolean hasCausality(ObjectNode body) {
                return codec.hasCausality(body);
            }
        };
    }

    @Override
    protected ObjectNode node(String json) {
        return (ObjectNode) EXACT.readTree(json);
    }

    @Override
    protected String json(ObjectNode node) {
        return EXACT.writeValueAsString(node);
    }

    @Override
    protected BigDecimal decimal(ObjectNode node, String member) {
        return node.get(member).decimalValue();
    }

    @Override
    protected String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    @Override
    protected <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    @Override
    protected <T> T throughATree(T value, Class<T> type) {
        return MAPPER.convertValue(MAPPER.valueToTree(value), type);
    }

    @Override
    protected <T> Holder<T> readHolder(String json, Class<T> type) {
        return MAPPER.readValue(json, MAPPER.getTypeFactory().constructParametricType(Holder.class, type));
    }

    @Override
    protected Refusal refusal(JsonCodec settings, String json, Class<?> type) {
        ObjectMapper mapper = mapper(settings);
        MismatchedInputException e =
                catchThrowableOfType(MismatchedInputException.class, () -> mapper.readValue(json, type));
        assertThat(e).isNotNull();
        return new Refusal(e.getTargetType(), e.getMessage());
    }
}
