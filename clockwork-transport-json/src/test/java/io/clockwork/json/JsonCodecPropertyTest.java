package io.clockwork.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.stream.JsonDocuments;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.testing.ClockArbitraries;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of every payload, with Jackson as the oracle. */
class JsonCodecPropertyTest {
    private static final int MUTATIONS = 40;
    private static final VectorTimestamp VECTOR = VectorTimestamp.of("a", 1);
    private static final CodecLimits WIDE = new CodecLimits(1 << 20, 1 << 10, 255);
    private static final JsonCodec CODEC = JsonCodec.builder().limits(WIDE).build();
    private static final JsonCodec TRUSTED =
            JsonCodec.builder().limits(WIDE).trusted().build();
    private static final JsonCodec REPLACING =
            JsonCodec.builder().limits(WIDE).replacing().build();

    @Provide
    Arbitrary<String> objects() {
        return JsonDocuments.documents(3)
                .filter(json -> json.stripLeading().startsWith("{"))
                .map(json -> json.replace("\"startTime\"", "\"_causality_\""));
    }

    @Provide
    Arbitrary<TracedEvent> events() {
        Arbitrary<String> texts = JsonDocuments.strings().filter(text -> !text.isEmpty());
        return Combinators.combine(texts, texts, ClockArbitraries.vectors(6))
                .as((id, type, vector) -> TracedEvent.of(id, type, new byte[0], vector));
    }

    @Property(tries = 200)
    void jacksonReadsThePayloadAndTheMember(@ForAll("objects") String payload, @ForAll("events") TracedEvent event) {
        ObjectNode expected = (ObjectNode) Json.tree(payload);
        ObjectNode causality = expected.putObject("_causality");
        ObjectNode vector = causality.putObject("vector");
        event.causality().asMap().forEach((id, counter) -> vector.set(id, Json.tree(counter.toString())));
        causality.put("event_type", event.type()).put("event_id", event.id());

        byte[] bytes = CODEC.inject(event, payload.getBytes(UTF_8));
        assertThat(Json.tree(bytes)).isEqualTo(expected);
        assertThat(CODEC.inject(event, payload).getBytes(UTF_8)).isEqualTo(bytes);
        assertThat(TRUSTED.inject(event, payload.getBytes(UTF_8))).isEqualTo(bytes);
        assertThat(Json.withValues(Json.tree(Json.text(CODEC.inject(event, Json.map(payload))))))
                .isEqualTo(Json.withValues(expected));
    }

    @Property(tries = 200)
    void extractIsTheInverseOfInject(@ForAll("objects") String payload, @ForAll("events") TracedEvent event) {
        JsonMessage<String> message = CODEC.extract(CODEC.inject(event, payload));
        assertThat(message).isEqualTo(new JsonMessage<>(payload, event.causality(), event.type(), event.id()));
        assertThat(message.causality()).hasToString(event.causality().toString());
        byte[] bytes = CODEC.inject(event, payload.getBytes(UTF_8));
        byte[] before = bytes.clone();
        assertThat(CODEC.extract(bytes).payload()).isEqualTo(payload.getBytes(UTF_8));
        assertThat(bytes).isEqualTo(before);
        Map<String, Object> map = Json.map(payload);
        assertThat(CODEC.extract(CODEC.inject(event, map))).isEqualTo(message.withPayload(map));
    }

    @Property(tries = 200)
    void theMemberIsFoundWhereverAndHoweverItIsWritten(
            @ForAll("objects") String payload, @ForAll("events") TracedEvent event, @ForAll Random random) {
        ObjectNode tree = (ObjectNode) Json.tree(payload);
        JsonNode causality = Json.tree(CODEC.inject(event, "{}")).get("_causality");
        ObjectNode shuffled = Json.MAPPER.createObjectNode();
        int place = random.nextInt(tree.size() + 1);
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            if (place-- == 0) {
                shuffled.set("_causality", causality);
            }
            shuffled.set(member.getKey(), member.getValue());
        }
        shuffled.set("_causality", causality);
        String json = shuffled.toPrettyString();
        JsonMessage<String> message = CODEC.extract(json);
        assertThat(Json.withValues(Json.tree(message.payload()))).isEqualTo(Json.withValues(tree));
        assertThat(message.causality()).hasToString(event.causality().toString());
        String replaced = REPLACING.inject(TracedEvent.of("i", "t", new byte[0], VectorTimestamp.of("n", 1)), json);
        assertThat(CODEC.extract(replaced))
                .isEqualTo(new JsonMessage<>(message.payload(), VectorTimestamp.of("n", 1), "t", "i"));
    }

    @Property(tries = 20)
    void everyPrefixIsRefused(@ForAll("objects") String payload, @ForAll("events") TracedEvent event) {
        byte[] json = CODEC.inject(event, payload.strip().getBytes(UTF_8));
        for (int length = 0; length < json.length; length++) {
            byte[] prefix = Arrays.copyOf(json, length);
            CausalityCodecException e =
                    catchThrowableOfType(CausalityCodecException.class, () -> CODEC.extract(prefix));
            assertThat(e).as("prefix of %d bytes", length).isNotNull();
            assertThat(e.reason()).isIn(Reason.TRUNCATED, Reason.EMPTY);
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> CODEC.inject(event, prefix)))
                    .isNotNull();
        }
    }

    @Property(tries = 100)
    void whateverIsChangedIsAValueOrARefusal(
            @ForAll("objects") String payload, @ForAll("events") TracedEvent event, @ForAll Random random) {
        byte[] json = CODEC.inject(event, payload.getBytes(UTF_8));
        for (int i = 0; i < MUTATIONS; i++) {
            requireValueOrRefusal(mutated(json, random), event);
        }
    }

    private static void requireValueOrRefusal(byte[] json, TracedEvent event) {
        try {
            JsonMessage<byte[]> message = CODEC.extract(json);
            assertThat(syntaxError(json)).isNull();
            assertThat(syntaxError(message.payload())).isNull();
            assertThat(CODEC.extract(CODEC.inject(event, message.payload())).payload())
                    .isEqualTo(message.payload());
        } catch (CausalityCodecException e) {
            assertThat(e.offset()).isBetween(-1, json.length);
            assertThat(e.getMessage()).hasSizeLessThan(700).matches("[ -~]+");
        }
        assertThat(CODEC.lenient(e -> {}).find(json).isPresent()).isEqualTo(CODEC.hasCausality(json));
    }

    @Property(tries = 100)
    void takesForAPayloadExactlyWhatIsAnObjectWithoutTheMember(
            @ForAll("objects") String payload, @ForAll Random random) {
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] json = mutated(payload.getBytes(UTF_8), random);
            CausalityCodecException refusal =
                    catchThrowableOfType(CausalityCodecException.class, () -> CODEC.inject(VECTOR, "t", json));
            if (syntaxError(json) != null) {
                assertThat(refusal).isNotNull();
            } else if (refusal != null) {
                assertThat(refusal.reason()).isEqualTo(Reason.WRONG_TYPE);
            }
        }
    }

    /** {@return a copy with up to three bytes changed, often to signs that mean something} */
    private static byte[] mutated(byte[] original, Random random) {
        byte[] json = original.clone();
        byte[] signs = "{}[]\",:\\u0e-.x \n\u0000".getBytes(UTF_8);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(json.length);
            switch (random.nextInt(4)) {
                case 0 -> json[at] = (byte) random.nextInt(256);
                case 1 -> json[at] = json[random.nextInt(json.length)];
                default -> json[at] = signs[random.nextInt(signs.length)];
            }
        }
        return json;
    }

    /** {@return why our scanner refuses this, or null; but for a byte order mark it is as strict} */
    private static JsonSyntaxException syntaxError(byte[] json) {
        return catchThrowableOfType(JsonSyntaxException.class, () -> {
            try (JsonScanner scanner = JsonScanner.of(json)) {
                scanner.skipValue();
                scanner.endDocument();
            }
        });
    }

    @Property
    void textIsWrittenAndReadBack(@ForAll String text) {
        if (JsonText.hasLoneSurrogate(text)) {
            assertThat(catchThrowableOfType(JsonFault.class, () -> JsonText.length("p", text)))
                    .isNotNull();
            return;
        }
        int length = JsonText.length("p", text);
        byte[] out = new byte[length + 2];
        assertThat(JsonText.write(text, length, out, 1)).isEqualTo(length + 1);
        out[0] = '"';
        out[length + 1] = '"';
        assertThat(JsonText.read(out, 1, length + 1)).isEqualTo(text);
        assertThat(Json.tree(out).textValue()).isEqualTo(text);
    }

    @Provide
    Arbitrary<Long> numbers() {
        return Arbitraries.oneOf(
                ClockArbitraries.counters(),
                Arbitraries.integers().between(0, 18).map(n -> (long) Math.pow(10, n)),
                Arbitraries.integers().between(0, 18).map(n -> (long) Math.pow(10, n) - 1),
                Arbitraries.integers().between(0, 62).map(n -> 1L << n));
    }

    @Property
    void numbersAreWrittenAndReadBack(@ForAll("numbers") long number) {
        byte[] out = new byte[21];
        int end = JsonText.write(number, out, 1);
        assertThat(end - 1).isEqualTo(JsonText.digits(number));
        assertThat(new String(out, 1, end - 1, UTF_8)).isEqualTo(Long.toString(number));
        assertThat(JsonNumbers.counter("p", Arrays.copyOfRange(out, 1, end), 0)).isEqualTo(number);
    }
}
