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
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonCodec;
import io.clockwork.json.JsonForm;
import io.clockwork.json.JsonMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JacksonCodecTest {
    private static final JacksonCodec CODEC = JacksonCodec.create();
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(CODEC.module()).build();
    private static final VectorTimestamp VECTOR = VectorTimestamp.of("a", 1, "b", 0);
    private static final TracedEvent EVENT = TracedEvent.of("e-1", "order.created", new byte[] {0, -1}, VECTOR);

    private static ObjectNode object(String json) throws JsonProcessingException {
        return (ObjectNode) EXACT.readTree(json);
    }

    /** The README's lines. */
    @Test
    void carriesCausalityInNodes() throws JsonProcessingException {
        ObjectNode payload = object("{\"order_id\":42}");
        JacksonCodec codec = JacksonCodec.create();
        ObjectNode body = codec.inject(VECTOR, "order.created", payload);
        JsonMessage<ObjectNode> message = codec.extract(body);
        assertThat(message.causality()).isEqualTo(VECTOR);
        assertThat(message.payload()).isEqualTo(payload);
        assertThat(payload.size()).isEqualTo(1);
        assertThat(message.id()).hasSize(36);
    }

    @Test
    void writesWhatTheCodecOfBytesWrites() throws JsonProcessingException {
        String json = "{\"order_id\":42,\"n\":null,\"o\":{\"_causality\":1}}";
        ObjectNode body = CODEC.inject(EVENT, object(json));
        assertThat(EXACT.writeValueAsString(body)).isEqualTo(JsonCodec.create().inject(EVENT, json));
        assertThat(CODEC.hasCausality(body)).isTrue();
        assertThat(CODEC.extract(object(EXACT.writeValueAsString(body))).payload())
                .isEqualTo(object(json));
    }

    @Test
    void keepsTheValuesOfNumbers() throws JsonProcessingException {
        String json = "{\"a\":9007199254740993,\"b\":18446744073709551616,\"c\":0.10000000000000000000000000000000001,"
                + "\"d\":1.50,\"e\":123456789012345678901234567890}";
        ObjectNode payload = CODEC.extract(CODEC.inject(EVENT, object(json))).payload();
        assertThat(EXACT.writeValueAsString(payload)).isEqualTo(json);
        assertThat(object("{\"f\":1e2}").get("f").decimalValue()).isEqualByComparingTo("100");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "{}|_causality|MISSING",
                "{\"_causality\":null}|_causality|WRONG_TYPE",
                "{\"_causality\":{\"event_type\":1}}|_causality.vector|MISSING",
                "{\"_causality\":{\"vector\":{\"a\":1.0}}}|_causality.vector|BAD_NUMBER",
                "{\"_causality\":{\"vector\":{\"a\":-1}}}|_causality.vector|BAD_NUMBER",
                "{\"_causality\":{\"vector\":{\"a\":\"1\"}}}|_causality.vector|WRONG_TYPE",
                "{\"_causality\":{\"vector\":{\"a\":{}}}}|_causality.vector|WRONG_TYPE",
                "{\"_causality\":{\"vector\":{\"a\":{\"b\":{\"c\":1}}}}}|_causality.vector|WRONG_TYPE",
                "{\"_causality\":{\"vector\":{\"a\":18446744073709551615}}}|_causality.vector|COUNTER_OUT_OF_RANGE",
                "{\"_causality\":{\"vector\":{\"a\":1},\"event_type\":{}}}|_causality.event_type|WRONG_TYPE",
                "{\"_causality\":{\"vector\":{\"a\":1},\"event_type\":\"t\",\"event_id\":\"\"}}|_causality.event_id|EMPTY",
            })
    void namesWhatIsWrong(String json, String key, Reason reason) throws JsonProcessingException {
        ObjectNode node = object(json);
        CausalityCodecException e = catchThrowableOfType(CausalityCodecException.class, () -> CODEC.extract(node));
        assertThat(e.key()).isEqualTo(key);
        assertThat(e.reason()).isEqualTo(reason);
        assertThat(CODEC.hasCausality(node)).isFalse();
    }

    @Test
    void followsItsSettings() throws JsonProcessingException {
        ObjectNode old = object("{\"hb\":1,\"k\":1}");
        JacksonCodec codec = JacksonCodec.of(JsonCodec.builder().member("hb").build());
        assertThat(catchThrowableOfType(CausalityCodecException.class, () -> codec.inject(EVENT, old))
                        .reason())
                .isEqualTo(Reason.DUPLICATE_MEMBER);
        JacksonCodec replacing =
                JacksonCodec.of(JsonCodec.builder().member("hb").replacing().build());
        assertThat(replacing.extract(replacing.inject(EVENT, old)).payload()).isEqualTo(object("{\"k\":1}"));
        List<RuntimeException> seen = new ArrayList<>();
        JacksonCodec lenient = JacksonCodec.of(JsonCodec.create().lenient(seen::add));
        assertThat(lenient.find(object("{\"_causality\":1}"))).isEmpty();
        assertThat(seen).hasSize(1);
        assertThat(lenient.find(object("{}"))).isEmpty();
        assertThat(lenient.find(CODEC.inject(EVENT, old))).isPresent();
        assertThat(seen).hasSize(1);
    }

    @Test
    void theModuleWritesTheFormsAndReadsThem() throws JsonProcessingException {
        same(new LamportTimestamp("a", 7), JsonForm.LAMPORT_TIMESTAMP, LamportTimestamp.class);
        same(LamportClock.of("a"), JsonForm.LAMPORT_CLOCK, LamportClock.class);
        same(VECTOR, JsonForm.VECTOR_TIMESTAMP, VectorTimestamp.class);
        same(VectorClock.restore("a", VECTOR), JsonForm.VECTOR_CLOCK, VectorClock.class);
        same(EVENT, JsonForm.TRACED_EVENT, TracedEvent.class);
        same(EVENT.withInstant(Instant.EPOCH), JsonForm.TRACED_EVENT, TracedEvent.class);
        for (CausalityRelation relation : CausalityRelation.values()) {
            same(relation, JsonForm.CAUSALITY_RELATION, CausalityRelation.class);
        }
    }

    private static <T> void same(T value, JsonForm<T> form, Class<T> type) throws JsonProcessingException {
        String json = MAPPER.writeValueAsString(value);
        assertThat(json).isEqualTo(form.write(value));
        assertThat(MAPPER.readValue(json, type)).isEqualTo(value);
        assertThat(MAPPER.convertValue(MAPPER.valueToTree(value), type)).isEqualTo(value);
        Holder<T> holder = new Holder<>(List.of(value), Map.of("k", value));
        Holder<T> back = MAPPER.readValue(
                MAPPER.writeValueAsString(holder), MAPPER.getTypeFactory().constructParametricType(Holder.class, type));
        assertThat(back).isEqualTo(holder);
    }

    /** Values inside other things. */
    public record Holder<T>(List<T> list, Map<String, T> map) {}

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "LamportTimestamp|{\"node_id\":\"a:b\",\"time\":1}",
                "LamportTimestamp|{\"node_id\":\"a\",\"time\":1,\"time\":1}",
                "LamportTimestamp|{\"node_id\":\"a\",\"time\":1.0}",
                "LamportTimestamp|{\"node_id\":\"a\",\"time\":-0}",
                "LamportTimestamp|{\"node_id\":\"a\",\"time\":9223372036854775808}",
                "LamportTimestamp|{\"node_id\":\"a\"}",
                "LamportTimestamp|\"a:1\"",
                "VectorTimestamp|{\"clocks\":{\"a\":1,\"a\":2}}",
                "VectorTimestamp|{\"clocks\":{\"a=b\":1}}",
                "VectorTimestamp|{\"clocks\":null}",
                "VectorTimestamp|[1]",
                "VectorClock|{\"node_id\":\"\",\"clocks\":{}}",
                "TracedEvent|{\"event_type\":\"t\",\"payload\":[256],\"causality\":{\"clocks\":{}},\"event_id\":\"e\"}",
                "TracedEvent|{\"event_type\":\"t\",\"payload\":\"AA==\",\"causality\":{\"clocks\":{}},\"event_id\":\"e\"}",
                "TracedEvent|{\"event_type\":\"\",\"payload\":[],\"causality\":{\"clocks\":{}},\"event_id\":\"e\"}",
                "TracedEvent|{\"event_type\":\"t\",\"payload\":[],\"causality\":{\"clocks\":{}},\"event_id\":\"e\",\"timestamp_utc\":\"x\"}",
                "CausalityRelation|\"HAPPENS_BEFORE\"",
                "CausalityRelation|\"Equal\\\"\"",
                "CausalityRelation|1",
            })
    void theModuleRefusesWhatTheFactoriesRefuse(String type, String json) throws ClassNotFoundException {
        Class<?> wanted = Class.forName("io.clockwork." + type);
        MismatchedInputException e =
                catchThrowableOfType(MismatchedInputException.class, () -> MAPPER.readValue(json, wanted));
        assertThat(e).isNotNull();
        assertThat(e.getTargetType()).isEqualTo(wanted);
    }

    @Test
    void theModuleIgnoresMembersThatItDoesNotKnow() throws JsonProcessingException {
        assertThat(MAPPER.readValue(
                        "{\"x\":{\"clocks\":[]},\"clocks\":{\"a\":1,\"b\":0},\"y\":[[]]}", VectorTimestamp.class))
                .isEqualTo(VECTOR);
    }

    @Test
    void theModuleKeepsItsLimits() {
        JsonCodec narrow = JsonCodec.builder().limits(new CodecLimits(3, 1, 2)).build();
        ObjectMapper mapper =
                JsonMapper.builder().addModule(JacksonCodec.of(narrow).module()).build();
        for (String json : List.of("{\"clocks\":{\"a\":1,\"b\":1}}", "{\"clocks\":{\"abc\":1}}")) {
            assertThat(catchThrowableOfType(
                            MismatchedInputException.class, () -> mapper.readValue(json, VectorTimestamp.class)))
                    .hasMessageContaining("clocks: ");
        }
        assertThat(catchThrowableOfType(
                        MismatchedInputException.class,
                        () -> mapper.readValue("{\"event_type\":\"long\"}", TracedEvent.class)))
                .hasMessageContaining("event_type: string has more bytes than the limit of 3");
    }
}
