package io.clockwork.json;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.clockwork.testing.ClockArbitraries;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFormTest {
    private static final byte[] PAYLOAD = {0, 1, 127, -128, -1};

    @Test
    void writesWhatTheSpecificationShows() {
        VectorTimestamp vector = VectorTimestamp.of("a", 1, "b", 0);
        TracedEvent event = TracedEvent.of("e-1", "order.created", PAYLOAD, vector);
        assertThat(JsonForm.LAMPORT_TIMESTAMP.write(new LamportTimestamp("a", 7)))
                .isEqualTo("{\"node_id\":\"a\",\"time\":7}");
        assertThat(JsonForm.LAMPORT_CLOCK.write(LamportClock.of("a"))).isEqualTo("{\"node_id\":\"a\",\"time\":0}");
        assertThat(JsonForm.VECTOR_TIMESTAMP.write(vector)).isEqualTo("{\"clocks\":{\"a\":1,\"b\":0}}");
        assertThat(JsonForm.VECTOR_CLOCK.write(VectorClock.restore("a", vector)))
                .isEqualTo("{\"node_id\":\"a\",\"clocks\":{\"a\":1,\"b\":0}}");
        assertThat(JsonForm.TRACED_EVENT.write(event))
                .isEqualTo("{\"event_type\":\"order.created\",\"payload\":[0,1,127,128,255],\"causality\":{\"clocks\":"
                        + "{\"a\":1,\"b\":0}},\"event_id\":\"e-1\",\"timestamp_utc\":null}");
        assertThat(JsonForm.CAUSALITY_RELATION.write(CausalityRelation.HAPPENS_BEFORE))
                .isEqualTo("\"HappensBefore\"");
        assertThat(JsonCodec.create().envelope().write(event))
                .isEqualTo("{\"_causality\":{\"vector\":{\"a\":1,\"b\":0},\"event_type\":\"order.created\","
                        + "\"event_id\":\"e-1\"},\"payload\":[0,1,127,128,255]}");
    }

    @Test
    void readsRelationsByName() {
        for (CausalityRelation relation : CausalityRelation.values()) {
            assertThat(JsonForm.CAUSALITY_RELATION.read(JsonForm.CAUSALITY_RELATION.write(relation)))
                    .isEqualTo(relation);
        }
    }

    @Test
    void carriesTheInstantWhereThereIsOne() {
        TracedEvent event = TracedEvent.of("e", "t", PAYLOAD, VectorTimestamp.empty())
                .withInstant(Instant.parse("2026-01-31T12:00:00.5Z"));
        String json = JsonForm.TRACED_EVENT.write(event);
        assertThat(json).endsWith("\"timestamp_utc\":\"2026-01-31T12:00:00.500Z\"}");
        assertThat(JsonForm.TRACED_EVENT.read(json)).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "LAMPORT|{}|node_id|MISSING",
                "LAMPORT|{\"node_id\":\"a\"}|time|MISSING",
                "LAMPORT|{\"node_id\":1,\"time\":1}|node_id|WRONG_TYPE",
                "LAMPORT|{\"node_id\":\"\",\"time\":1}|node_id|EMPTY_ID",
                "LAMPORT|{\"node_id\":\"a:b\",\"time\":1}|node_id|ILLEGAL_ID",
                "LAMPORT|{\"node_id\":\"a\",\"time\":-1}|time|BAD_NUMBER",
                "LAMPORT|{\"node_id\":\"a\",\"time\":9223372036854775808}|time|COUNTER_OUT_OF_RANGE",
                "LAMPORT|{\"node_id\":\"a\",\"time\":1,\"time\":2}|time|DUPLICATE_MEMBER",
                "LAMPORT|[\"a\",1]|JSON document|WRONG_TYPE",
                "LAMPORT|{\"node_id\":\"a\",\"time\":1} x|JSON document|TRAILING_DATA",
                "LAMPORT|''|JSON document|EMPTY",
                "VECTOR|{\"clocks\":{\"a\":1.5}}|clocks|BAD_NUMBER",
                "VECTOR|{\"clocks\":{\"a\":1,\"a\":1}}|clocks|DUPLICATE_ID",
                "CLOCK|{\"node_id\":\"a=\",\"clocks\":{}}|node_id|ILLEGAL_ID",
                "CLOCK|{\"node_id\":\"a\",\"clocks\":[]}|clocks|WRONG_TYPE",
                "EVENT|{\"event_type\":\"\"}|event_type|EMPTY",
                "EVENT|{\"event_type\":\"t\",\"payload\":[256]}|payload|COUNTER_OUT_OF_RANGE",
                "EVENT|{\"event_type\":\"t\",\"payload\":[-1]}|payload|BAD_NUMBER",
                "EVENT|{\"event_type\":\"t\",\"payload\":[[]]}|payload|WRONG_TYPE",
                "EVENT|{\"event_type\":\"t\",\"payload\":\"\"}|payload|WRONG_TYPE",
                "EVENT|{\"event_type\":\"t\",\"payload\":[],\"causality\":{}}|causality.clocks|MISSING",
                "EVENT|{\"event_type\":\"t\",\"payload\":[],\"causality\":1}|causality|WRONG_TYPE",
                "EVENT|{\"event_type\":\"t\",\"payload\":[],\"causality\":{\"clocks\":{}},\"event_id\":\"\"}|event_id|EMPTY",
                "EVENT|{\"event_type\":\"t\",\"payload\":[],\"causality\":{\"clocks\":{}},\"event_id\":\"e\",\"timestamp_utc\":\"noon\"}|timestamp_utc|WRONG_TYPE",
                "EVENT|{\"event_type\":\"t\",\"payload\":[],\"causality\":{\"clocks\":{}},\"event_id\":\"e\",\"timestamp_utc\":5}|timestamp_utc|WRONG_TYPE",
                "RELATION|\"Before\"|JSON document|WRONG_TYPE",
                "RELATION|null|JSON document|WRONG_TYPE",
                "ENVELOPE|{}|_causality|MISSING",
                "ENVELOPE|{\"_causality\":{\"event_type\":1}}|_causality.vector|MISSING",
                "ENVELOPE|{\"_causality\":{\"vector\":{}}}|_causality.event_id|MISSING",
                "ENVELOPE|{\"_causality\":{\"vector\":{},\"event_id\":\"e\",\"event_type\":\"t\"}}|payload|MISSING",
            })
    void namesWhatIsWrong(String form, String json, String key, Reason reason) {
        CausalityCodecException e = refusal(() -> form(form).read(json));
        assertThat(e.key()).isEqualTo(key);
        assertThat(e.reason()).isEqualTo(reason);
        assertThat(refusal(() -> form(form).read(json.getBytes(UTF_8))).reason())
                .isEqualTo(reason);
    }

    private static JsonForm<?> form(String name) {
        return switch (name) {
            case "LAMPORT" -> JsonForm.LAMPORT_TIMESTAMP;
            case "VECTOR" -> JsonForm.VECTOR_TIMESTAMP;
            case "CLOCK" -> JsonForm.VECTOR_CLOCK;
            case "EVENT" -> JsonForm.TRACED_EVENT;
            case "RELATION" -> JsonForm.CAUSALITY_RELATION;
            default -> JsonCodec.create().envelope();
        };
    }

    @Test
    void keepsItsLimits() {
        CodecLimits narrow = new CodecLimits(10, 1, 2);
        JsonForm<VectorTimestamp> vectors = JsonForm.VECTOR_TIMESTAMP.withLimits(narrow);
        assertThat(vectors.read(vectors.write(VectorTimestamp.of("ab", 1)))).isEqualTo(VectorTimestamp.of("ab", 1));
        for (VectorTimestamp over : List.of(VectorTimestamp.of("abc", 1), VectorTimestamp.of("a", 1, "b", 1))) {
            assertThat(refusal(() -> vectors.write(over)).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(refusal(() -> vectors.read(JsonForm.VECTOR_TIMESTAMP.write(over)))
                            .reason())
                    .isEqualTo(Reason.LIMIT_EXCEEDED);
        }
        JsonForm<TracedEvent> events = JsonForm.TRACED_EVENT.withLimits(narrow);
        TracedEvent longType = TracedEvent.of("e", "t".repeat(11), PAYLOAD, VectorTimestamp.empty());
        assertThat(refusal(() -> events.write(longType)).key()).isEqualTo("event_type");
        assertThat(refusal(() -> events.read(JsonForm.TRACED_EVENT.write(longType)))
                        .key())
                .isEqualTo("event_type");
        TracedEvent longPayload = TracedEvent.of("e", "t", new byte[5000], VectorTimestamp.empty());
        assertThat(events.read(events.write(longPayload))).isEqualTo(longPayload);
        assertThat(refusal(() -> JsonForm.LAMPORT_CLOCK
                                .withLimits(narrow)
                                .read(JsonForm.LAMPORT_CLOCK.write(LamportClock.of("abc"))))
                        .reason())
                .isEqualTo(Reason.LIMIT_EXCEEDED);
    }

    @Property
    void vectorsComeBack(@ForAll("vectors") VectorTimestamp vector) {
        JsonForm<VectorTimestamp> form = JsonForm.VECTOR_TIMESTAMP;
        assertThat(form.read(form.write(vector))).hasToString(vector.toString());
        assertThat(form.read(form.writeBytes(vector))).hasToString(vector.toString());
        assertThat(Json.tree(form.write(vector)).path("clocks").size()).isEqualTo(vector.size());
    }

    @Property
    void lamportTimestampsComeBack(@ForAll("lamports") LamportTimestamp timestamp) {
        assertThat(JsonForm.LAMPORT_TIMESTAMP.read(JsonForm.LAMPORT_TIMESTAMP.write(timestamp)))
                .isEqualTo(timestamp);
        LamportClock clock = new LamportClock(timestamp);
        assertThat(JsonForm.LAMPORT_CLOCK.read(JsonForm.LAMPORT_CLOCK.writeBytes(clock)))
                .isEqualTo(clock);
    }

    @Property
    void eventsComeBack(@ForAll("vectors") VectorTimestamp vector, @ForAll byte[] payload) {
        TracedEvent event = TracedEvent.of("e\u0000", "t\"", payload, vector);
        assertThat(JsonForm.TRACED_EVENT.read(JsonForm.TRACED_EVENT.write(event)))
                .isEqualTo(event);
        JsonForm<TracedEvent> envelope = JsonCodec.create().envelope();
        assertThat(envelope.read(envelope.writeBytes(event))).isEqualTo(event);
    }

    @Property(tries = 2000)
    void whateverIsChangedIsAValueOrARefusal(@ForAll("vectors") VectorTimestamp vector, @ForAll Random random) {
        TracedEvent event = TracedEvent.of("e", "t", PAYLOAD, vector);
        byte[] json = JsonForm.TRACED_EVENT.writeBytes(event);
        json[random.nextInt(json.length)] = (byte) "{}[]\",:\\0e-.x \u00ff".charAt(random.nextInt(15));
        try {
            assertThat(JsonForm.TRACED_EVENT.read(json)).isNotNull();
        } catch (CausalityCodecException e) {
            assertThat(e.offset()).isBetween(-1, json.length);
        }
    }

    @Provide
    Arbitrary<VectorTimestamp> vectors() {
        return ClockArbitraries.vectors(6);
    }

    @Provide
    Arbitrary<LamportTimestamp> lamports() {
        return ClockArbitraries.lamports();
    }

    private static CausalityCodecException refusal(Runnable action) {
        CausalityCodecException e = catchThrowableOfType(CausalityCodecException.class, action::run);
        assertThat(e).as("a refusal").isNotNull();
        return e;
    }
}
