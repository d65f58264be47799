package io.clockwork.json;

import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.lamport;
import static io.clockwork.testing.GoldenCases.vector;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CausalityRelation;
import io.clockwork.LamportClock;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases;
import io.clockwork.testing.GoldenCases.Case;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Runs what was observed of the crate's serialised values, with our forms, with Jackson 2 and with Jackson 3: each outcome
 * is equal, or differs by a rule of WIRE.md.
 */
class JsonFormConformanceTest {
    private record Kind<T>(JsonForm<T> form, Class<T> type) {}

    private static final Map<String, Kind<?>> KINDS = Map.of(
            "LamportTimestamp", new Kind<>(JsonForm.LAMPORT_TIMESTAMP, LamportTimestamp.class),
            "LamportClock", new Kind<>(JsonForm.LAMPORT_CLOCK, LamportClock.class),
            "VectorTimestamp", new Kind<>(JsonForm.VECTOR_TIMESTAMP, VectorTimestamp.class),
            "VectorClock", new Kind<>(JsonForm.VECTOR_CLOCK, VectorClock.class),
            "TracedEvent", new Kind<>(JsonForm.TRACED_EVENT, TracedEvent.class),
            "CausalityRelation", new Kind<>(JsonForm.CAUSALITY_RELATION, CausalityRelation.class));

    private static final ObjectMapper JACKSON_2 = JsonMapper.builder()
            .addModule(io.clockwork.json.jackson2.JacksonCodec.create().module())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final tools.jackson.databind.ObjectMapper JACKSON_3 =
            tools.jackson.databind.json.JsonMapper.builder()
                    .addModule(io.clockwork.json.jackson3.JacksonCodec.create().module())
                    .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    @Test
    void valuesAgreeWithTheCrateOrDifferByARule() {
        GoldenCases.check(Set.of("serde.serialize", "serde.deserialize"), golden -> differs(golden, kind(golden)));
    }

    private static Kind<?> kind(Case golden) {
        String type = golden.in().path("type").asText();
        assertThat(KINDS).containsKey(type);
        return KINDS.get(type);
    }

    private static <T> Set<String> differs(Case golden, Kind<T> kind) {
        return golden.op().equals("serde.serialize") ? write(golden, kind) : read(golden, kind);
    }

    private static <T> Set<String> write(Case golden, Kind<T> kind) {
        JsonNode in = golden.in();
        T value;
        try {
            value = kind.type.cast(value(in));
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(ruleOfValue(in, e));
        }
        String json = kind.form.write(value);
        Set<String> rules = sameForm(golden, json);
        assertThat(kind.form.read(json)).isEqualTo(value);
        assertThat(kind.form.read(kind.form.writeBytes(value))).isEqualTo(value);
        assertThat(jackson2(value)).isEqualTo(json);
        assertThat(JACKSON_3.writeValueAsString(value)).isEqualTo(json);
        return rules;
    }

    private static String jackson2(Object value) {
        try {
            return JACKSON_2.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The same document; but a vector clock shows its own node, which the crate may do without. */
    private static Set<String> sameForm(Case golden, String json) {
        String expected = golden.ok().path("json").asText();
        JsonNode ours = Json.tree(json);
        if (ours.equals(Json.tree(expected))) {
            return Set.of();
        }
        assertThat(golden.in().path("type").asText()).isEqualTo("VectorClock");
        assertThat(Json.tree(expected).path("clocks").has(ours.path("node_id").asText()))
                .isFalse();
        assertThat(JsonForm.VECTOR_CLOCK.read(expected)).isEqualTo(JsonForm.VECTOR_CLOCK.read(json));
        return Set.of("3.1");
    }

    private static <T> Set<String> read(Case golden, Kind<T> kind) {
        String json = golden.in().path("json").asText();
        T value;
        try {
            value = kind.form.read(json);
        } catch (CausalityCodecException e) {
            assertThat(readJackson2(json, kind)).as("what Jackson 2 reads").isNull();
            assertThat(readJackson3(json, kind)).as("what Jackson 3 reads").isNull();
            return golden.out().has("ok") ? Set.of(ruleOfRefusal(golden, json, e)) : Set.of();
        }
        assertThat(readJackson2(json, kind)).isEqualTo(value);
        assertThat(readJackson3(json, kind)).isEqualTo(value);
        assertThat(golden.out().has("ok")).as("that the crate reads it, too").isTrue();
        Set<String> rules = new TreeSet<>(sameForm(golden, kind.form.write(value)));
        return rules;
    }

    private static <T> T readJackson2(String json, Kind<T> kind) {
        try {
            return JACKSON_2.readValue(json, kind.type);
        } catch (JsonProcessingException refused) {
            return null;
        }
    }

    private static <T> T readJackson3(String json, Kind<T> kind) {
        try {
            return JACKSON_3.readValue(json, kind.type);
        } catch (tools.jackson.core.JacksonException refused) {
            return null;
        }
    }

    /** The crate reads it; so some rule must say that we do not. */
    private static String ruleOfRefusal(Case golden, String json, CausalityCodecException e) {
        JsonNode tree = Json.tree(json);
        if (Json.hasDuplicates(json)) {
            return "4.3";
        }
        if (!tree.isObject() || golden.in().path("type").asText().equals("CausalityRelation")) {
            // The crate reads arrays of members, and relations as objects; it writes neither.
            assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE);
            assertThat(Json.tree(golden.ok().path("json").asText())).isNotEqualTo(tree);
            return "6.4";
        }
        if (e.key().equals("causality")) {
            assertThat(tree.path("causality").isArray()).isTrue();
            return "6.4";
        }
        if (e.key().equals("timestamp_utc")) {
            assertThat(tree.path("timestamp_utc").asText()).doesNotMatch("\\d{4}-\\d\\d-\\d\\dT.*");
            return "6.4";
        }
        if (e.reason() == Reason.EMPTY) {
            assertThat(tree.path(e.key()).asText("?")).isEmpty();
            return "4.5";
        }
        if (e.reason() == Reason.EMPTY_ID) {
            assertThat(tree.path("node_id").asText().isEmpty()
                            || tree.path("clocks").has(""))
                    .isTrue();
            return "1.1";
        }
        return evidence(tree).rule(e);
    }

    private static Evidence evidence(JsonNode tree) {
        Evidence evidence = new Evidence()
                .vector(clocks(tree.path("clocks")))
                .vector(clocks(tree.path("causality").path("clocks")));
        if (tree.has("time")) {
            return evidence.lamport(
                    tree.path("node_id").asText(), tree.path("time").asText());
        }
        return tree.has("node_id") ? evidence.id(tree.path("node_id").asText()) : evidence;
    }

    private static Object value(JsonNode in) {
        String node = in.path("node_id").asText();
        return switch (in.path("type").asText()) {
            case "LamportTimestamp" -> lamport(in);
            case "LamportClock" -> new LamportClock(lamport(in));
            case "VectorTimestamp" -> vector(clocks(in.path("clocks")));
            case "VectorClock" -> VectorClock.restore(node, vector(clocks(in.path("clocks"))));
            case "TracedEvent" ->
                TracedEvent.of(
                        in.path("event_id").asText(),
                        in.path("event_type").asText(),
                        HexFormat.of().parseHex(in.path("payload_hex").asText()),
                        vector(clocks(in.path("clocks"))));
            case "CausalityRelation" ->
                JsonForm.CAUSALITY_RELATION.read('"' + in.path("relation").asText() + '"');
            default -> throw new AssertionError("unknown type " + in);
        };
    }

    private static String ruleOfValue(JsonNode in, RuntimeException e) {
        if (String.valueOf(e.getMessage()).startsWith("event ")) {
            assertThat(in.path("event_type").asText().isEmpty()
                            || in.path("event_id").asText().isEmpty())
                    .isTrue();
            return "4.5";
        }
        return evidence(in).rule(e);
    }
}
