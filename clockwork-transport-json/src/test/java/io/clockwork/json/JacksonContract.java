package io.clockwork.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the codec of nodes and the module owe, of either Jackson.
 *
 * @param <N> Jackson's object nodes
 */
public abstract class JacksonContract<N> {
    private static final VectorTimestamp VECTOR = VectorTimestamp.of("a", 1, "b", 0);
    private static final TracedEvent EVENT = TracedEvent.of("e-1", "order.created", new byte[] {0, -1}, VECTOR);
    private static final JsonCodec STANDARD = JsonCodec.create();

    /** A codec of nodes, of whichever Jackson. */
    public interface NodeCodec<N> {
        N inject(TracedEvent event, N payload);

        JsonMessage<N> extract(N body);

        Optional<JsonMessage<N>> find(N body);

        boolean hasCausality(N body);
    }

    /** What Jackson said of a value that it did not take. */
    public record Refusal(Class<?> targetType, String message) {}

    /** Values inside other things. */
    public record Holder<T>(List<T> list, Map<String, T> map) {}

    private NodeCodec<N> codec() {
        return codec(STANDARD);
    }

    protected abstract NodeCodec<N> codec(JsonCodec settings);

    /** {@return a node that has the very numbers} */
    protected abstract N node(String json) throws IOException;

    protected abstract String json(N node) throws IOException;

    protected abstract BigDecimal decimal(N node, String member);

    /** {@return the value as a mapper with the module writes it} */
    protected abstract String write(Object value) throws IOException;

    protected abstract <T> T read(String json, Class<T> type) throws IOException;

    /** {@return the value read from the tree that it is written to} */
    protected abstract <T> T throughATree(T value, Class<T> type);

    protected abstract <T> Holder<T> readHolder(String json, Class<T> type) throws IOException;

    /** {@return what a mapper with the module of these settings says of the text; fails if it reads it} */
    protected abstract Refusal refusal(JsonCodec settings, String json, Class<?> type);

    @Test
    void writesWhatTheCodecOfBytesWrites() throws IOException {
        String json = "{\"order_id\":42,\"n\":null,\"o\":{\"_causality\":1}}";
        N body = codec().inject(EVENT, node(json));
        assertThat(json(body)).isEqualTo(JsonCodec.create().inject(EVENT, json));
        assertThat(codec().hasCausality(body)).isTrue();
        assertThat(codec().extract(node(json(body))).payload()).isEqualTo(node(json));
    }

    @Test
    void keepsTheValuesOfNumbers() throws IOException {
        String json = "{\"a\":9007199254740993,\"b\":18446744073709551616,\"c\":0.10000000000000000000000000000000001,"
                + "\"d\":1.50,\"e\":123456789012345678901234567890}";
        N payload = codec().extract(codec().inject(EVENT, node(json))).payload();
        assertThat(json(payload)).isEqualTo(json);
        assertThat(decimal(node("{\"f\":1e2}"), "f")).isEqualByComparingTo("100");
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
    void namesWhatIsWrong(String json, String key, Reason reason) throws IOException {
        N node = node(json);
        CausalityCodecException e = catchThrowableOfType(CausalityCodecException.class, () -> codec().extract(node));
        assertThat(e.key()).isEqualTo(key);
        assertThat(e.reason()).isEqualTo(reason);
        assertThat(codec().hasCausality(node)).isFalse();
    }

    @Test
    void followsItsSettings() throws IOException {
        N old = node("{\"hb\":1,\"k\":1}");
        NodeCodec<N> renamed = codec(JsonCodec.builder().member("hb").build());
        assertThat(catchThrowableOfType(CausalityCodecException.class, () -> renamed.inject(EVENT, old))
                        .reason())
                .isEqualTo(Reason.DUPLICATE_MEMBER);
        NodeCodec<N> replacing =
                codec(JsonCodec.builder().member("hb").replacing().build());
        assertThat(replacing.extract(replacing.inject(EVENT, old)).payload()).isEqualTo(node("{\"k\":1}"));
        List<RuntimeException> seen = new ArrayList<>();
        NodeCodec<N> lenient = codec(JsonCodec.create().lenient(seen::add));
        assertThat(lenient.find(node("{\"_causality\":1}"))).isEmpty();
        assertThat(seen).hasSize(1);
        assertThat(lenient.find(node("{}"))).isEmpty();
        assertThat(lenient.find(codec().inject(EVENT, old))).isPresent();
        assertThat(seen).hasSize(1);
    }

    @Test
    void theModuleWritesTheFormsAndReadsThem() throws IOException {
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

    private <T> void same(T value, JsonForm<T> form, Class<T> type) throws IOException {
        String json = write(value);
        assertThat(json).isEqualTo(form.write(value));
        assertThat(read(json, type)).isEqualTo(value);
        assertThat(throughATree(value, type)).isEqualTo(value);
        Holder<T> holder = new Holder<>(List.of(value), Map.of("k", value));
        assertThat(readHolder(write(holder), type)).isEqualTo(holder);
    }

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
        assertThat(refusal(STANDARD, json, wanted).targetType()).isEqualTo(wanted);
    }

    @Test
    void theModuleIgnoresMembersThatItDoesNotKnow() throws IOException {
        String json = "{\"x\":{\"clocks\":[]},\"clocks\":{\"a\":1,\"b\":0},\"y\":[[]]}";
        assertThat(read(json, VectorTimestamp.class)).isEqualTo(VECTOR);
    }

    @Test
    void theModuleKeepsItsLimits() {
        JsonCodec narrow = JsonCodec.builder().limits(new CodecLimits(3, 1, 2)).build();
        for (String json : List.of("{\"clocks\":{\"a\":1,\"b\":1}}", "{\"clocks\":{\"abc\":1}}")) {
            assertThat(refusal(narrow, json, VectorTimestamp.class).message()).contains("clocks: ");
        }
        assertThat(refusal(narrow, "{\"event_type\":\"long\"}", TracedEvent.class)
                        .message())
                .contains("event_type: string has more bytes than the limit of 3");
    }
}
