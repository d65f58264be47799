package io.clockwork.json;

import static io.clockwork.json.JsonCodecTest.CODEC;
import static io.clockwork.json.JsonCodecTest.MEMBER;
import static io.clockwork.json.JsonCodecTest.VECTOR;
import static io.clockwork.json.JsonCodecTest.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.VectorTimestamp;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of JSON, and what is said of JSON that is not as it must be. */
class JsonExtractTest {
    @Nested
    class Extracting {
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '\'',
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "{MEMBER}|{}",
                    "{ MEMBER }|{  }",
                    "{MEMBER,\"a\":1}|{\"a\":1}",
                    "{ MEMBER , \"a\":1}|{  \"a\":1}",
                    "{\"a\":1 , MEMBER , \"b\":[2]}|{\"a\":1  , \"b\":[2]}",
                    "{\"a\":1,\tMEMBER\t}|{\"a\":1\t}",
                })
        void cutsTheMemberAndOneComma(String json, String payload) {
            String document = json.replace("MEMBER", MEMBER);
            JsonMessage<String> message = CODEC.extract(document);
            assertThat(message).isEqualTo(new JsonMessage<>(payload, VECTOR, "order.created", "event-123"));
            assertThat(CODEC.extract(document.getBytes(UTF_8)).payload()).isEqualTo(payload.getBytes(UTF_8));
        }

        @Test
        void readsMembersInAnyOrderAndSpellingAndIgnoresOthers() {
            String json = " { \"\\u005fcausality\" : { \"x\" : [ { } ] , \"event_id\" : \"\\u0065\" , \"event_type\" :"
                    + " \"\\ud83d\\ude80\\/\" , \"v\\u0065ctor\" : { \"b\" : 0 , \"\\u0061\" : 9223372036854775807 } } } ";
            JsonMessage<String> message = CODEC.extract(json);
            assertThat(message.id()).isEqualTo("e");
            assertThat(message.type()).isEqualTo("\uD83D\uDE80/");
            assertThat(message.causality()).hasToString("a=9223372036854775807,b=0");
            assertThat(message.payload()).isEqualTo(" {  } ");
        }

        @Test
        void sharesTheNodesOfMessagesOfOneKind() {
            JsonCodec codec = JsonCodec.builder().build();
            List<VectorTimestamp> read = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                read.add(codec.extract("{" + MEMBER.replace("\"a\":1", "\"a\":" + i) + "}")
                        .causality());
            }
            assertThat(read).extracting(t -> t.get("a")).containsExactly(0L, 1L, 2L);
            assertThat(read.get(1).nodes()).isSameAs(read.get(0).nodes());
            assertThat(read.get(2).nodes()).isSameAs(read.get(0).nodes());
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '\'',
                delimiter = '|',
                value = {
                    "{}|_causality|MISSING",
                    "{\"_Causality\":{}}|_causality|MISSING",
                    "{\"_causality\":null}|_causality|WRONG_TYPE",
                    "{\"_causality\":[]}|_causality|WRONG_TYPE",
                    "{\"_causality\":{}}|_causality.vector|MISSING",
                    "{\"_causality\":{\"vector\":[]}}|_causality.vector|WRONG_TYPE",
                    "{\"_causality\":{\"vector\":null}}|_causality.vector|WRONG_TYPE",
                    "{\"_causality\":{\"event_type\":1,\"event_id\":1,\"vector\":{\"a\":1.0}}}|_causality.vector|BAD_NUMBER",
                    "{\"_causality\":{\"vector\":{\"a\":-1}}}|_causality.vector|BAD_NUMBER",
                    "{\"_causality\":{\"vector\":{\"a\":-0}}}|_causality.vector|BAD_NUMBER",
                    "{\"_causality\":{\"vector\":{\"a\":1e0}}}|_causality.vector|BAD_NUMBER",
                    "{\"_causality\":{\"vector\":{\"a\":\"1\"}}}|_causality.vector|WRONG_TYPE",
                    "{\"_causality\":{\"vector\":{\"a\":null}}}|_causality.vector|WRONG_TYPE",
                    "{\"_causality\":{\"vector\":{\"a\":{}}}}|_causality.vector|WRONG_TYPE",
                    "{\"_causality\":{\"vector\":{\"a\":9223372036854775808}}}|_causality.vector|COUNTER_OUT_OF_RANGE",
                    "{\"_causality\":{\"vector\":{\"a\":99999999999999999999}}}|_causality.vector|COUNTER_OUT_OF_RANGE",
                    "{\"_causality\":{\"vector\":{\"\":1}}}|_causality.vector|EMPTY_ID",
                    "{\"_causality\":{\"vector\":{\"a=b\":1}}}|_causality.vector|ILLEGAL_ID",
                    "{\"_causality\":{\"vector\":{\"a\":1,\"\\u0061\":2}}}|_causality.vector|DUPLICATE_ID",
                    "{\"_causality\":{\"vector\":{},\"vector\":{}}}|_causality.vector|DUPLICATE_MEMBER",
                    "{\"_causality\":{\"vector\":{}}}|_causality.event_type|MISSING",
                    "{\"_causality\":{\"vector\":{},\"event_id\":1}}|_causality.event_type|MISSING",
                    "{\"_causality\":{\"vector\":{},\"event_type\":1}}|_causality.event_type|WRONG_TYPE",
                    "{\"_causality\":{\"vector\":{},\"event_type\":\"\"}}|_causality.event_type|EMPTY",
                    "{\"_causality\":{\"vector\":{},\"event_type\":\"t\"}}|_causality.event_id|MISSING",
                    "{\"_causality\":{\"vector\":{},\"event_type\":\"t\",\"event_id\":{}}}|_causality.event_id|WRONG_TYPE",
                    "{\"_causality\":{\"vector\":{},\"event_type\":\"t\",\"event_id\":\"\"}}|_causality.event_id|EMPTY",
                    "{\"_causality\":1,\"_causality\":1}|_causality|DUPLICATE_MEMBER",
                    "{\"_causality\":1,\"_caus\\u0061lity\":1}|_causality|DUPLICATE_MEMBER",
                    "[]|JSON document|WRONG_TYPE",
                    "''|JSON document|EMPTY",
                    "{} {}|JSON document|TRAILING_DATA",
                    "{\"a\":01}|JSON document|BAD_NUMBER",
                    "{\"a\":\"\\ud800\"}|JSON document|BAD_ESCAPE",
                    "{\"a\":tru}|JSON document|ILLEGAL_CHARACTER",
                    "{\"a\":1|JSON document|TRUNCATED",
                })
        void namesWhatIsWrong(String json, String key, Reason reason) {
            for (CausalityCodecException e :
                    List.of(refusal(() -> CODEC.extract(json)), refusal(() -> CODEC.extract(json.getBytes(UTF_8))))) {
                assertThat(e.key()).isEqualTo(key);
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e).hasMessageStartingWith(key);
            }
            assertThat(CODEC.hasCausality(json)).isFalse();
            if (key.startsWith("_causality") && reason != Reason.DUPLICATE_MEMBER && !Json.hasDuplicates(json)) {
                Map<String, Object> map = Json.map(json);
                if (!json.contains("-0") && reason != Reason.DUPLICATE_ID) {
                    CausalityCodecException e = refusal(() -> CODEC.extract(map));
                    assertThat(e.key()).isEqualTo(key);
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(CODEC.hasCausality(map)).isFalse();
                }
            }
        }

        @Test
        void tellsThePlaceInBytesOrCharacters() {
            String json = "{\"é\uD83D\uDE80\":x}";
            assertThat(refusal(() -> CODEC.extract(json)).offset()).isEqualTo(7);
            assertThat(refusal(() -> CODEC.extract(json.getBytes(UTF_8))).offset())
                    .isEqualTo(10);
            CausalityCodecException e =
                    refusal(() -> CODEC.extract("{\"_causality\":{\"vector\":{\"a\":\"<\n\"}}}".getBytes(UTF_8)));
            assertThat(e).hasMessageMatching("[ -~]+");
        }

        @Test
        void readsIntegersOfAnyType() {
            Map<String, Object> vector = new LinkedHashMap<>();
            vector.put("a", (byte) 1);
            vector.put("b", (short) 2);
            vector.put("c", 3);
            vector.put("d", 4L);
            vector.put("e", BigInteger.valueOf(Long.MAX_VALUE));
            Map<String, Object> json =
                    Map.of("k", 1, "_causality", Map.of("vector", vector, "event_type", "t", "event_id", "e"));
            JsonMessage<Map<String, Object>> message = CODEC.extract(json);
            assertThat(message.causality()).hasToString("a=1,b=2,c=3,d=4,e=9223372036854775807");
            assertThat(message.payload()).isEqualTo(Map.of("k", 1));
            for (Object bad : Arrays.asList(1.0, BigDecimal.ONE, BigInteger.ONE.negate(), -1L)) {
                vector.put("e", bad);
                assertThat(refusal(() -> CODEC.extract(json)).reason()).isEqualTo(Reason.BAD_NUMBER);
            }
            vector.put("e", BigInteger.TWO.pow(63));
            assertThat(refusal(() -> CODEC.extract(json)).reason()).isEqualTo(Reason.COUNTER_OUT_OF_RANGE);
        }

        @Test
        void refusesIdsThatAreNoStrings() {
            Map<String, Object> json =
                    Map.of("_causality", Map.of("vector", Map.of(1, 1), "event_type", "t", "event_id", "e"));
            assertThat(refusal(() -> CODEC.extract(json)).reason()).isEqualTo(Reason.WRONG_TYPE);
        }
    }

    @Nested
    class Finding {
        private static final String MALFORMED = "{\"_causality\":{\"vector\":{\"a\":-1}}}";

        @Test
        void isEmptyWithoutTheMember() {
            assertThat(CODEC.find("{}")).isEmpty();
            assertThat(CODEC.find("{}".getBytes(UTF_8))).isEmpty();
            assertThat(CODEC.find(Map.of())).isEmpty();
            assertThat(CODEC.find("{" + MEMBER + "}"))
                    .get()
                    .extracting(JsonMessage::causality)
                    .isEqualTo(VECTOR);
        }

        @Test
        void throwsWhatIsMalformed() {
            assertThat(refusal(() -> CODEC.find(MALFORMED)).reason()).isEqualTo(Reason.BAD_NUMBER);
            assertThat(refusal(() -> CODEC.find("[]")).reason()).isEqualTo(Reason.WRONG_TYPE);
        }

        @Test
        void handsWhatIsMalformedToALenientCallback() {
            List<RuntimeException> seen = new ArrayList<>();
            JsonCodec lenient = CODEC.lenient(seen::add);
            assertThat(lenient.find(MALFORMED)).isEmpty();
            assertThat(lenient.find("{".getBytes(UTF_8))).isEmpty();
            assertThat(lenient.find(Map.of("_causality", 1))).isEmpty();
            assertThat(seen).hasSize(3).allSatisfy(e -> assertThat(e).isInstanceOf(CausalityCodecException.class));
            assertThat(lenient.find("{}")).isEmpty();
            assertThat(lenient.hasCausality(MALFORMED)).isFalse();
            assertThat(seen).hasSize(3);
            assertThat(refusal(() -> lenient.extract(MALFORMED)).reason()).isEqualTo(Reason.BAD_NUMBER);
        }

        @Test
        void fitsTheReceivingClock() {
            AtomicVectorClock clock = AtomicVectorClock.of("c");
            assertThat(received(clock, "{}")).hasToString("c=1");
            assertThat(received(clock, "{" + MEMBER + "}")).hasToString("a=1,b=0,c=2");
        }

        private static VectorTimestamp received(AtomicVectorClock clock, String body) {
            return CODEC.find(body).map(m -> clock.receive(m.causality())).orElseGet(clock::tick);
        }
    }
}
