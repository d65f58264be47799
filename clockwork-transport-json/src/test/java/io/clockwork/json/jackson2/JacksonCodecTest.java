package io.clockwork.json.jackson2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JacksonContract;
import io.clockwork.json.JsonCodec;
import io.clockwork.json.JsonMessage;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
    void carriesCausalityInNodes() throws JsonProcessingException {
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
    protected ObjectNode node(String json) throws JsonProcessingException {
        return (ObjectNode) EXACT.readTree(json);
    }

    @Override
    protected String json(ObjectNode node) throws JsonProcessingException {
        return EXACT.writeValueAsString(node);
    }

    @Override
    protected BigDecimal decimal(ObjectNode node, String member) {
        return node.get(member).decimalValue();
    }

    @Override
    protected String write(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsString(value);
    }

    @Override
    protected <T> T read(String json, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(json, type);
    }

    @Override
    protected <T> T throughATree(T value, Class<T> type) {
        return MAPPER.convertValue(MAPPER.valueToTree(value), type);
    }

    @Override
    protected <T> Holder<T> readHolder(String json, Class<T> type) throws JsonProcessingException {
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
