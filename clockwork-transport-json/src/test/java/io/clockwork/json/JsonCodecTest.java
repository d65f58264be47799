package io.clockwork.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CausalityRelation;
import io.clockwork.CodecLimits;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
    static final JsonCodec CODEC = JsonCodec.create();
    static final VectorTimestamp VECTOR = VectorTimestamp.of("a", 1, "b", 0);
    static final TracedEvent EVENT = TracedEvent.of("event-123", "order.created", new byte[0], VECTOR);

    static final String MEMBER =
            "\"_causality\":{\"vector\":{\"a\":1,\"b\":0},\"event_type\":\"order.created\",\"event_id\":\"event-123\"}";

    /** The README's lines. */
    @Test
    void carriesCausalityFromOneServiceToAnother() {
        AtomicVectorClock orders = AtomicVectorClock.of("orders");
        AtomicVectorClock billing = AtomicVectorClock.of("billing");
        byte[] payload = "{\"order_id\":42,\"total\":1e2}".getBytes(UTF_8);

        JsonCodec codec = JsonCodec.create();
        byte[] body = codec.inject(orders.send(), "order.created", payload); // {"order_id":42,...,"_causality":{...}}
        JsonMessage<byte[]> message = codec.extract(body); // payload() is the very bytes that went in
        VectorTimestamp billed = billing.receive(message.causality());

        assertThat(message.payload()).isEqualTo(payload);
        assertThat(message.type()).isEqualTo("order.created");
        assertThat(message.id()).hasSize(36);
        assertThat(orders.timestamp().compare(billed)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
    }

    @Nested
    class Injecting {
        @Test
        void addsTheMemberBehindTheOthers() {
            assertThat(CODEC.inject(EVENT, "{\"order_id\":42}")).isEqualTo("{\"order_id\":42," + MEMBER + "}");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '\'',
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "{}|{MEMBER}",
                    "{ }|{MEMBER }",
                    " {\"a\" : [ ] } |' {\"a\" : [ ],MEMBER } '",
                    "{\"a\":\"}\"}|{\"a\":\"}\",MEMBER}",
                    "{\"a\":{}}|{\"a\":{},MEMBER}",
                    "{\"o\":{\"_causality\":1}}|{\"o\":{\"_causality\":1},MEMBER}",
                })
        void leavesTheRestAsItIs(String payload, String expected) {
            String result = expected.replace("MEMBER", MEMBER);
            assertThat(CODEC.inject(EVENT, payload)).isEqualTo(result);
            assertThat(CODEC.inject(EVENT, payload.getBytes(UTF_8))).isEqualTo(result.getBytes(UTF_8));
            JsonCodec trusting = JsonCodec.builder().trusted().build();
            assertThat(trusting.inject(EVENT, payload)).isEqualTo(result);
            assertThat(CODEC.extract(result).payload()).isEqualTo(payload);
        }

        @Test
        void doesNotChangeWhatItWasGiven() {
            byte[] payload = "{\"a\":1}".getBytes(UTF_8);
            CODEC.inject(EVENT, payload);
            assertThat(payload).asString(UTF_8).isEqualTo("{\"a\":1}");
            Map<String, Object> map = new LinkedHashMap<>(Map.of("a", 1));
            CODEC.inject(EVENT, map);
            assertThat(map).isEqualTo(Map.of("a", 1));
        }

        @Test
        void makesAnIdWhereNoneIsGiven() {
            JsonMessage<String> first = CODEC.extract(CODEC.inject(VECTOR, "t", "{}"));
            JsonMessage<String> second = CODEC.extract(CODEC.inject(VECTOR, "t", "{}"));
            assertThat(first.id()).isLessThan(second.id());
            assertThat(CODEC.extract(CODEC.inject(VECTOR, "t", Map.of())).causality())
                    .isEqualTo(VECTOR);
            assertThatIllegalArgumentException().isThrownBy(() -> CODEC.inject(VECTOR, "", "{}"));
        }

        @Test
        void refusesAPayloadThatHoldsTheMemberAlready() {
            String payload = "{\"k\":1,\"_caus\\u0061lity\":null}";
            CausalityCodecException e = refusal(() -> CODEC.inject(EVENT, payload));
            assertThat(e.reason()).isEqualTo(Reason.DUPLICATE_MEMBER);
            assertThat(e.key()).isEqualTo("_causality");
            assertThat(e.offset()).isEqualTo(7);
            assertThat(e).hasMessageContaining("replacing()");
            assertThat(refusal(() -> CODEC.inject(EVENT, Collections.singletonMap("_causality", null)))
                            .reason())
                    .isEqualTo(Reason.DUPLICATE_MEMBER);
        }

        @Test
        void replacesTheMemberWhereItIsToldTo() {
            JsonCodec replacing = JsonCodec.builder().replacing().build();
            String value = MEMBER.substring(MEMBER.indexOf('{'));
            assertThat(replacing.inject(EVENT, "{\"k\":1,\"_caus\\u0061lity\" : null , \"z\":2}"))
                    .isEqualTo("{\"k\":1,\"_caus\\u0061lity\" : " + value + " , \"z\":2}");
            assertThat(replacing.inject(EVENT, "{\"k\":1}")).isEqualTo(CODEC.inject(EVENT, "{\"k\":1}"));
            Map<String, Object> map = replacing.inject(EVENT, Map.of("_causality", 7));
            assertThat(CODEC.extract(map).causality()).isEqualTo(VECTOR);
            assertThat(refusal(() -> replacing.inject(EVENT, "{\"_causality\":1,\"_causality\":2}"))
                            .reason())
                    .isEqualTo(Reason.DUPLICATE_MEMBER);
        }

        @Test
        void escapesWhatJsonDemands() {
            TracedEvent odd = TracedEvent.of("\u0000\u001f\"\\/\b\f\n\r\t\u007f", "é\uD83D\uDE80", new byte[0], VECTOR);
            String json = CODEC.inject(odd, "{}");
            assertThat(json)
                    .contains("\"\\u0000\\u001f\\\"\\\\/\\b\\f\\n\\r\\t\u007f\"")
                    .contains("\"é\uD83D\uDE80\"");
            assertThat(CODEC.extract(json).id()).isEqualTo(odd.id());
            assertThat(CODEC.extract(json.getBytes(UTF_8)).type()).isEqualTo(odd.type());
        }

        @Test
        void refusesTextThatUtf8CannotCarry() {
            TracedEvent lone = TracedEvent.of("id", "t\uD800", new byte[0], VECTOR);
            CausalityCodecException e = refusal(() -> CODEC.inject(lone, "{}"));
            assertThat(e.reason()).isEqualTo(Reason.ILLEGAL_CHARACTER);
            assertThat(e.key()).isEqualTo("_causality.event_type");
            assertThat(refusal(() -> CODEC.inject(lone, Map.of())).key()).isEqualTo("_causality.event_type");
            CausalityCodecException payload = refusal(() -> CODEC.inject(EVENT, "{\"é\":\"\uDC00\"}"));
            assertThat(payload.reason()).isEqualTo(Reason.ILLEGAL_CHARACTER);
            assertThat(payload.offset()).isEqualTo(6);
        }

        @Test
        void writesAnEmptyVector() {
            TracedEvent event = TracedEvent.of("e", "t", new byte[0], VectorTimestamp.empty());
            String json = CODEC.inject(event, "{}");
            assertThat(json).contains("\"vector\":{}");
            assertThat(CODEC.extract(json).causality().isEmpty()).isTrue();
            assertThat(CODEC.extract(CODEC.inject(event, Map.of())).causality().isEmpty())
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "[]", "{", "}", "null", "1", "\"{}\"", "x{}", "{}x", "x"})
        void trustsOnlyWhatLooksLikeAnObject(String payload) {
            JsonCodec trusting = JsonCodec.builder().trusted().build();
            assertThat(refusal(() -> trusting.inject(EVENT, payload)).key()).isEqualTo("JSON document");
        }
    }

    @Nested
    class Settings {
        @Test
        void nameTheMember() {
            JsonCodec codec = JsonCodec.builder().member("hb\"é").build();
            String json = codec.inject(EVENT, "{\"_causality\":1}");
            assertThat(json).startsWith("{\"_causality\":1,\"hb\\\"é\":{\"vector\":");
            assertThat(codec.extract(json).payload()).isEqualTo("{\"_causality\":1}");
            assertThat(codec.extract(codec.inject(EVENT, Map.of())).causality()).isEqualTo(VECTOR);
            assertThat(codec.member()).isEqualTo("hb\"é");
            assertThat(refusal(() -> codec.extract("{}")).key()).isEqualTo("hb\"é");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonCodec.builder().member(""));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonCodec.builder().member("\uD800"));
        }

        @Test
        void limitTheMemberForReadingAndWriting() {
            int size = MEMBER.length() - "\"_causality\":".length();
            for (CodecLimits fits : List.of(new CodecLimits(size, 2, 1))) {
                JsonCodec codec = JsonCodec.builder().limits(fits).build();
                assertThat(codec.extract(codec.inject(EVENT, "{}")).causality()).isEqualTo(VECTOR);
            }
            for (CodecLimits low : List.of(new CodecLimits(size - 1, 2, 1), new CodecLimits(size, 1, 1))) {
                JsonCodec codec = JsonCodec.builder().limits(low).build();
                assertThat(codec.limits()).isEqualTo(low);
                for (Runnable action : List.<Runnable>of(
                        () -> codec.inject(EVENT, "{}"),
                        () -> codec.inject(EVENT, Map.of()),
                        () -> codec.extract("{" + MEMBER + "}"),
                        () -> codec.extract("{" + MEMBER + ",\"z\":\"" + "x".repeat(9999) + "\"}"))) {
                    assertThat(refusal(action).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
                }
            }
            String json = CODEC.inject(TracedEvent.of("e", "t", new byte[0], VectorTimestamp.of("é", 1)), "{}");
            JsonCodec shortIds =
                    JsonCodec.builder().limits(new CodecLimits(8192, 256, 1)).build();
            assertThat(refusal(() -> shortIds.extract(json)).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(refusal(() -> shortIds.extract(Json.map(json))).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        }

        @Test
        void limitTheDepth() {
            JsonCodec codec = JsonCodec.builder().maxDepth(4).build();
            assertThat(codec.find("{\"a\":[[[]]]}")).isEmpty();
            assertThat(refusal(() -> codec.find("{\"a\":[[[[]]]]}")).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(codec.extract(codec.inject(EVENT, "{\"a\":[[[]]]}")).causality())
                    .isEqualTo(VECTOR);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JsonCodec.builder().maxDepth(3))
                    .withMessageContaining("was 3");
        }

        @Test
        void doNotReachCodecsThatAreBuilt() {
            JsonCodec.Builder builder = JsonCodec.builder();
            JsonCodec codec = builder.build();
            builder.trusted().replacing().member("x");
            assertThat(refusal(() -> codec.inject(EVENT, "{x}")).reason()).isEqualTo(Reason.ILLEGAL_CHARACTER);
        }
    }

    static CausalityCodecException refusal(Runnable action) {
        CausalityCodecException e = catchThrowableOfType(CausalityCodecException.class, action::run);
        assertThat(e).as("a refusal").isNotNull();
        return e;
    }
}
