package io.clockwork.json;

import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.entries;
import static io.clockwork.testing.GoldenCases.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.TracedEvent;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases;
import io.clockwork.testing.GoldenCases.Case;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Runs what was observed of the crate's JSON codec: each outcome is equal, or differs by a rule of WIRE.md. */
class JsonConformanceTest {
    /** The crate has no limits; only that of an id stands, for it is part of what an id is. */
    static final CodecLimits WIDE = new CodecLimits(16 << 20, 1 << 20, 255);

    private static final JsonCodec CODEC = JsonCodec.builder().limits(WIDE).build();
    private static final JsonCodec REPLACING =
            JsonCodec.builder().limits(WIDE).replacing().build();
    private static final JsonCodec TRUSTED =
            JsonCodec.builder().limits(WIDE).trusted().build();

    private static final Map<String, GoldenCases.Check> OPS = Map.of(
            "json.inject", JsonConformanceTest::inject,
            "json.extract", JsonConformanceTest::extract,
            "TracedEvent.to_json_value", JsonConformanceTest::writeEnvelope,
            "TracedEvent.from_json_value", JsonConformanceTest::readEnvelope);

    @Test
    void payloadsAgreeWithTheCrateOrDifferByARule() {
        GoldenCases.check(OPS.keySet(), golden -> OPS.get(golden.op()).differs(golden));
    }

    private static Set<String> inject(Case golden) {
        String json = golden.in().path("json").asText();
        TracedEvent event;
        try {
            event = event(golden);
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(ruleOfEvent(golden, e));
        }
        String ours;
        try {
            ours = CODEC.inject(event, json);
        } catch (CausalityCodecException e) {
            if (golden.out().has("ok")) {
                return Set.of(refusedMember(golden, event, json, e));
            }
            sameRefusal(golden, e);
            return Set.of();
        }
        assertThat(CODEC.inject(event, utf8(json))).isEqualTo(utf8(ours));
        assertThat(TRUSTED.inject(event, json)).isEqualTo(ours);
        JsonMessage<String> back = CODEC.extract(ours);
        assertThat(back).isEqualTo(new JsonMessage<>(json, event.causality(), event.type(), event.id()));
        Set<String> rules = new TreeSet<>();
        if (golden.err().has("stage")) {
            assertThat(Json.hasNumberOutOfRange(json)).as(json).isTrue();
            return Set.of("6.1");
        }
        JsonNode expected = Json.tree(golden.ok().path("json").asText());
        if (!Json.tree(ours).equals(expected)) {
            assertThat(Json.withDoubles(Json.tree(ours))).isEqualTo(Json.withDoubles(expected));
            rules.add("6.1");
        }
        if (!Json.hasDuplicates(json)) {
            Map<String, Object> map = CODEC.inject(event, Json.map(json));
            assertThat(Json.tree(Json.text(map))).isEqualTo(Json.tree(ours));
            assertThat(CODEC.extract(map)).isEqualTo(back.withPayload(Json.map(json)));
        }
        assertThat(golden.out().path("extract_of_output").asText()).isEqualTo("same");
        if (event.causality().size() > 256 || valueBytes(ours) > 8192) {
            assertThatThrownBy(() -> JsonCodec.create().inject(event, json))
                    .isInstanceOfSatisfying(
                            CausalityCodecException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
            rules.add("8.1");
        } else {
            assertThat(JsonCodec.create().inject(event, json)).isEqualTo(ours);
        }
        return rules;
    }

    /** The payload holds the member already; replacing gives what the crate gives. */
    private static String refusedMember(Case golden, TracedEvent event, String json, CausalityCodecException e) {
        assertThat(e.reason()).isEqualTo(Reason.DUPLICATE_MEMBER);
        assertThat(Json.tree(json).has("_causality")).isTrue();
        String replaced = REPLACING.inject(event, json);
        assertThat(REPLACING.inject(event, utf8(json))).isEqualTo(utf8(replaced));
        assertThat(Json.tree(replaced))
                .isEqualTo(Json.tree(golden.ok().path("json").asText()));
        return "6.1";
    }

    private static void sameRefusal(Case golden, CausalityCodecException e) {
        if (!golden.err().has("stage")) {
            assertThat(golden.err().path("detail").asText()).isEqualTo("input must be a JSON object");
            assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE);
        }
        assertThat(e.key()).isEqualTo("JSON document");
    }

    private static Set<String> extract(Case golden) {
        String json = golden.in().path("json").asText();
        Set<String> rules = new TreeSet<>();
        CausalityCodecException error = null;
        JsonMessage<String> message = null;
        try {
            message = CODEC.extract(json);
        } catch (CausalityCodecException e) {
            error = e;
        }
        assertThat(CODEC.hasCausality(json)).isEqualTo(error == null);
        assertThat(CODEC.hasCausality(utf8(json))).isEqualTo(error == null);
        if (error == null) {
            JsonMessage<byte[]> bytes = CODEC.extract(utf8(json));
            assertThat(bytes.withPayload(new String(bytes.payload(), StandardCharsets.UTF_8)))
                    .isEqualTo(message);
            assertThat(CODEC.find(json)).contains(message);
            rules.addAll(sameMessage(golden, message));
        } else if (golden.out().has("ok")) {
            rules.add(ruleOfRefusal(json, clocks(golden.ok().path("clocks")), error));
        } else {
            rules.addAll(sameOrByRule(golden, json, error));
        }
        if (golden.out().path("has_causality").asBoolean() != (error == null) && rules.isEmpty()) {
            assertThat(error).as("only to miss what the crate has").isNotNull();
            rules.add("6.2");
        }
        return rules;
    }

    private static Set<String> sameMessage(Case golden, JsonMessage<String> message) {
        JsonNode ok = golden.ok();
        assertThat(message.id()).isEqualTo(ok.path("event_id").asText());
        assertThat(message.type()).isEqualTo(ok.path("event_type").asText());
        assertThat(entries(message.causality())).isEqualTo(clocks(ok.path("clocks")));
        JsonNode expected = Json.tree(ok.path("payload_json").asText());
        JsonNode payload = Json.tree(message.payload());
        if (payload.equals(expected)) {
            return Set.of();
        }
        assertThat(Json.withDoubles(payload)).isEqualTo(Json.withDoubles(expected));
        return Set.of("6.1");
    }

    /** Both refuse. */
    private static Set<String> sameOrByRule(Case golden, String json, CausalityCodecException error) {
        JsonNode err = golden.err();
        String detail = err.path("detail").asText();
        if (err.has("stage")) {
            return Set.of();
        }
        if (detail.equals("input must be a JSON object")) {
            sameRefusal(golden, error);
            return Set.of();
        }
        String key = err.path("key").asText();
        if (err.path("kind").asText().equals("DeserializationError")) {
            assertThat(error.key()).isEqualTo("_causality.vector");
            return Set.of();
        }
        assertThat(err.path("kind").asText()).isEqualTo("MissingKey");
        if (error.key().equals(key)) {
            // The crate calls mistyped strings missing.
            assertThat(error.reason()).isIn(Reason.MISSING, Reason.WRONG_TYPE);
            return error.reason() == Reason.MISSING ? Set.of() : Set.of("6.2");
        }
        if (error.key().equals("_causality")) {
            assertThat(Json.tree(json).get("_causality").isObject()).isFalse();
            assertThat(error.reason()).isEqualTo(Reason.WRONG_TYPE);
            return Set.of("6.2");
        }
        return Set.of(ruleOfRefusal(json, clocks(Json.tree(json).at("/_causality/vector")), error));
    }

    /** The rule by which we refuse what the crate takes, or takes at least this part of. */
    private static String ruleOfRefusal(String json, Map<String, String> clocks, CausalityCodecException error) {
        if (Json.hasDuplicates(json)) {
            return "4.3";
        }
        return switch (error.reason()) {
            case EMPTY -> {
                assertThat(error.key()).isIn("_causality.event_type", "_causality.event_id");
                JsonNode member =
                        Json.tree(json).path("_causality").path(error.key().substring("_causality.".length()));
                assertThat(member.asText("?")).isEmpty();
                yield "4.5";
            }
            case EMPTY_ID -> {
                assertThat(clocks).containsKey("");
                yield "1.1";
            }
            default -> new Evidence().vector(clocks).rule(error);
        };
    }

    private static Set<String> writeEnvelope(Case golden) {
        TracedEvent event;
        try {
            event = event(golden);
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(ruleOfEvent(golden, e));
        }
        String ours = CODEC.envelope().write(event);
        assertThat(Json.tree(ours)).isEqualTo(Json.tree(golden.ok().path("json").asText()));
        assertThat(CODEC.envelope().read(ours)).isEqualTo(event);
        return Set.of();
    }

    private static Set<String> readEnvelope(Case golden) {
        String json = golden.in().path("json").asText();
        TracedEvent event;
        try {
            event = CODEC.envelope().read(json);
        } catch (CausalityCodecException e) {
            if (golden.out().has("ok")) {
                return Set.of(ruleOfRefusal(json, clocks(golden.ok().path("clocks")), e));
            }
            return envelopeRefusal(golden, json, e);
        }
        JsonNode ok = golden.ok();
        assertThat(event.id()).isEqualTo(ok.path("event_id").asText());
        assertThat(event.type()).isEqualTo(ok.path("event_type").asText());
        assertThat(HexFormat.of().formatHex(event.payload()))
                .isEqualTo(ok.path("payload_hex").asText());
        assertThat(entries(event.causality())).isEqualTo(clocks(ok.path("clocks")));
        assertThat(event.instant()).isEmpty();
        assertThat(ok.path("timestamp_utc").isNull()).isTrue();
        return Set.of();
    }

    private static Set<String> envelopeRefusal(Case golden, String json, CausalityCodecException e) {
        JsonNode err = golden.err();
        JsonNode tree = Json.tree(json);
        String key = err.path("key").asText();
        if (err.path("kind").asText().equals("MissingHeader")) {
            if (e.reason() == Reason.MISSING) {
                if (e.key().equals(key)) {
                    return Set.of();
                }
                assertThat(e.key()).as("the path of the crate's name").isEqualTo("_causality." + key);
                return Set.of("6.2");
            }
            if (e.reason() == Reason.WRONG_TYPE) { // the document or the member is no object
                assertThat(tree.isObject() && tree.path("_causality").isObject())
                        .isFalse();
                return Set.of("6.2");
            }
            return Set.of(ruleOfRefusal(json, clocks(tree.at("/_causality/vector")), e));
        }
        assertThat(err.path("kind").asText()).isEqualTo("JsonError");
        String part = e.key().substring(e.key().indexOf('.') + 1);
        String detail = err.path("detail").asText();
        String type = part.equals("payload") ? "(u8|a sequence)" : part.equals("vector") ? "(u64|a map)" : "a string";
        if (detail.matches("(?s).*expected " + type)) {
            return Set.of();
        }
        return Set.of(ruleOfRefusal(json, clocks(tree.at("/_causality/vector")), e));
    }

    private static String ruleOfEvent(Case golden, RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        for (String part : new String[] {"type", "id"}) {
            if (message.startsWith("event " + part + " must not be empty")) {
                assertThat(golden.in().path("event_" + part).asText("?")).isEmpty();
                return "4.5";
            }
        }
        return new Evidence().vector(clocks(golden.in().path("clocks"))).rule(e);
    }

    private static TracedEvent event(Case golden) {
        return TracedEvent.of(
                golden.in().path("event_id").asText(),
                golden.in().path("event_type").asText(),
                golden.payload(),
                vector(clocks(golden.in().path("clocks"))));
    }

    private static int valueBytes(String json) {
        try {
            return utf8(Json.MAPPER.writeValueAsString(Json.tree(json).path("_causality"))).length;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
