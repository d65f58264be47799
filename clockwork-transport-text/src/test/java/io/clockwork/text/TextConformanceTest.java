package io.clockwork.text;

import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases;
import io.clockwork.testing.GoldenCases.Case;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Runs what was observed of the crate's text codec: each outcome is equal, or differs by a rule of WIRE.md. */
class TextConformanceTest {
    private static final String LAMPORT = "X-Causality-Lamport";
    private static final String VECTOR = "X-Causality-Vector";
    private static final String ID = "X-Causality-EventId";
    private static final String TYPE = "X-Causality-EventType";

    /** The crate has no limits; only that of an id stands, for it is part of what an id is. */
    private static final CodecLimits WIDE = new CodecLimits(16 << 20, 1 << 20, 255);

    private static final TextCodec ESCAPING = TextCodec.builder().limits(WIDE).build();
    private static final TextCodec RAW = TextCodec.builder().limits(WIDE).raw().build();

    private static final Map<String, GoldenCases.Check> OPS = Map.of(
            "text.inject_lamport", TextConformanceTest::injectLamport,
            "text.inject_vector", TextConformanceTest::injectVector,
            "text.inject_vector.series", TextConformanceTest::injectSeries,
            "text.inject_event", TextConformanceTest::injectEvent,
            "text.extract_lamport", TextConformanceTest::extractLamport,
            "text.extract_vector", TextConformanceTest::extractVector,
            "text.extract_event", TextConformanceTest::extractEvent,
            "TracedEvent.from_headers", TextConformanceTest::extractEvent,
            "TracedEvent.with_id", TextConformanceTest::newEvent,
            "LamportTimestamp.parse", TextConformanceTest::parseLamport);

    @Test
    void textFormsAgreeWithTheCrateOrDifferByARule() {
        GoldenCases.check(OPS.keySet(), golden -> OPS.get(golden.op()).differs(golden));
    }

    private static Set<String> injectLamport(Case golden) {
        String node = golden.in().path("node_id").asText();
        String time = golden.in().path("time").asText();
        LamportTimestamp timestamp;
        try {
            timestamp = new LamportTimestamp(node, counter(time));
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(new Evidence().lamport(node, time).rule(e));
        }
        Map<String, String> headers = headersBefore(golden);
        codec(node).inject(timestamp, headers);
        assertThat(codec(node).extractLamport(headers)).contains(timestamp);
        assertThat(golden.out().path("extract_of_output").asText()).isEqualTo("same");
        staysVisibleAscii(
                h -> ESCAPING.inject(timestamp, h),
                h -> ESCAPING.extractLamport(h).orElseThrow(),
                timestamp);
        return sameHeaders(golden, headers);
    }

    private static Set<String> injectVector(Case golden) {
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        VectorTimestamp timestamp;
        try {
            timestamp = vector(clocks);
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(new Evidence().vector(clocks).rule(e));
        }
        TextCodec codec = codec(String.join("", clocks.keySet()));
        Map<String, String> headers = headersBefore(golden);
        codec.inject(timestamp, headers);
        if (clocks.isEmpty()) {
            // The crate writes an empty header, which it then cannot read.
            assertThat(headers).isEqualTo(headersBefore(golden));
            assertThat(strings(golden.ok().path("headers"))).containsEntry(VECTOR, "");
            return Set.of("4.4");
        }
        Set<String> rules = new HashSet<>(sameHeaders(golden, headers));
        rules.addAll(
                overDefaults(timestamp.size(), headers.get(VECTOR), codec, c -> c.inject(timestamp, new HashMap<>())));
        assertThat(golden.out().path("extract_of_output").asText()).isEqualTo("same");
        if (!headers.get(VECTOR).equals(stripped(headers.get(VECTOR)))) {
            // Without escapes, white space at the edge of an id is lost as white space around a segment.
            assertThat(codec).isSameAs(RAW);
            rules.add("4.3");
        } else {
            assertThat(codec.extract(headers).orElseThrow()).hasToString(timestamp.toString());
        }
        staysVisibleAscii(
                h -> ESCAPING.inject(timestamp, h), h -> ESCAPING.extract(h).orElseThrow(), timestamp);
        return rules;
    }

    private static Set<String> injectSeries(Case golden) {
        JsonNode in = golden.in();
        int count = in.path("count").asInt();
        String form = "%0" + in.path("id_digits").asInt() + "d";
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (int i = 0; i < count; i++) {
            builder.put(in.path("id_prefix").asText() + String.format(form, i), i);
        }
        VectorTimestamp timestamp = builder.build();
        Map<String, String> headers = new HashMap<>();
        TextCodec codec = codec(in.path("id_prefix").asText());
        codec.inject(timestamp, headers);
        String value = headers.get(VECTOR);
        CRC32 crc = new CRC32();
        crc.update(value.getBytes(StandardCharsets.UTF_8));
        assertThat(value)
                .hasSize(golden.ok().path("chars").asInt())
                .startsWith(golden.ok().path("starts_with").asText())
                .endsWith(golden.ok().path("ends_with").asText());
        assertThat(HexFormat.of().toHexDigits((int) crc.getValue()))
                .isEqualTo(golden.ok().path("crc32").asText());
        assertThat(codec.extract(headers)).contains(timestamp);
        return overDefaults(count, value, codec, c -> c.inject(timestamp, new HashMap<>()));
    }

    private static Set<String> injectEvent(Case golden) {
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        String id = golden.in().path("event_id").asText();
        String type = golden.in().path("event_type").asText();
        TracedEvent event;
        try {
            event = TracedEvent.of(id, type, payload(golden), vector(clocks));
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(ruleOfEvent(e, id, type, new Evidence().vector(clocks)));
        }
        TextCodec codec = codec(String.join("", clocks.keySet()) + id + type);
        Map<String, String> headers = headersBefore(golden);
        Map<String, String> escaped = new HashMap<>();
        ESCAPING.inject(event, escaped);
        assertThat(String.join("", escaped.values())).matches("[!-~]+");
        if ((id + type).chars().anyMatch(Character::isISOControl)) {
            assertThatThrownBy(() -> codec.inject(event, headers))
                    .isInstanceOfSatisfying(
                            CausalityCodecException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.ILLEGAL_CHARACTER));
            assertThat(headers).isEqualTo(headersBefore(golden));
            assertThat(ESCAPING.extractEvent(escaped, payload(golden))).isEqualTo(event);
            return Set.of("1.3");
        }
        codec.inject(event, headers);
        if (clocks.isEmpty()) {
            Map<String, String> expected = strings(golden.ok().path("headers"));
            assertThat(expected.remove(VECTOR)).isEmpty();
            assertThat(headers).isEqualTo(expected);
            return Set.of("4.4");
        }
        assertThat(codec.extractEvent(headers, payload(golden))).isEqualTo(event);
        assertThat(ESCAPING.extractEvent(escaped, payload(golden))).isEqualTo(event);
        return sameHeaders(golden, headers);
    }

    private static Set<String> newEvent(Case golden) {
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        String id = golden.in().path("event_id").asText();
        String type = golden.in().path("event_type").asText();
        TracedEvent event;
        try {
            event = TracedEvent.of(id, type, payload(golden), vector(clocks));
        } catch (IllegalArgumentException | CausalityCodecException e) {
            String rule = ruleOfEvent(e, id, type, new Evidence().vector(clocks));
            boolean crateRefusesToo = golden.err().path("kind").asText().equals("InvalidEventType") && type.isEmpty();
            return crateRefusesToo ? Set.of() : Set.of(rule);
        }
        sameEvent(golden, event);
        return Set.of();
    }

    private static Set<String> parseLamport(Case golden) {
        String text = golden.in().path("text").asText();
        return judge(
                outcome(() -> LamportTimestamp.parse(text)),
                golden.out().has("ok")
                        ? lamportOf(golden)
                        : golden.err().path("kind").asText(),
                new Evidence().lamportText(text));
    }

    private static Set<String> extractLamport(Case golden) {
        Map<String, String> headers = strings(golden.in().path("headers"));
        TextCodec codec = codec(String.join("", headers.values()));
        Outcome ours = outcome(() -> codec.extractLamport(headers).orElse(null));
        if (golden.out().has("none")) {
            return absent(golden, ours.value(), LAMPORT);
        }
        String text = headers.get(LAMPORT);
        Object expected = golden.out().has("ok") ? lamportOf(golden) : kindOfDetail(golden);
        sameKey(golden, ours, LAMPORT);
        return judge(ours, expected, new Evidence().lamportText(text));
    }

    private static Set<String> extractVector(Case golden) {
        Map<String, String> headers = strings(golden.in().path("headers"));
        TextCodec codec = codec(String.join("", headers.values()));
        Outcome ours = outcome(() -> codec.extract(headers).orElse(null));
        if (golden.out().has("none")) {
            return absent(golden, ours.value(), VECTOR);
        }
        if (ours.value() == null) {
            sameKey(golden, ours, VECTOR);
        }
        String text = headers.get(VECTOR);
        Object expected = golden.out().has("ok")
                ? golden.ok().path("text").asText()
                : golden.out().path("parse_kind").asText();
        if (ours.value() != null && ours.value().toString().equals(expected)) {
            assertThat(clocks(golden.ok().path("clocks"))).isEqualTo(entries((VectorTimestamp) ours.value()));
            return overDefaults(clocks(golden.ok().path("clocks")).size(), text, codec, c -> c.extract(headers));
        }
        String stripped = stripped(text);
        if (stripped.equals(text)) {
            return judge(ours, expected, new Evidence().vectorText(text));
        }
        if (ours.kind().equals(expected)) {
            return Set.of();
        }
        // Stripping decided when the text without the white space comes out the same.
        Outcome withoutSpace =
                outcome(() -> codec.extract(Map.of(VECTOR, stripped)).orElse(null));
        assertThat(withoutSpace.kind()).isEqualTo(ours.kind());
        assertThat(String.valueOf(withoutSpace.value())).isEqualTo(String.valueOf(ours.value()));
        return ours.error() != null && ours.error().reason() != Reason.EMPTY_ID
                ? judge(ours, expected, new Evidence().vectorText(text))
                : Set.of("4.3");
    }

    private static Set<String> extractEvent(Case golden) {
        Map<String, String> headers = strings(golden.in().path("headers"));
        TextCodec codec = codec(String.join("", headers.values()));
        byte[] payload = payload(golden);
        Outcome ours = outcome(() -> codec.extractEvent(headers, payload));
        CausalityCodecException error = ours.error();
        if (golden.out().has("ok")) {
            if (error == null) {
                sameEvent(golden, (TracedEvent) ours.value());
                return Set.of();
            }
            if (error.key().equals(VECTOR)) {
                return Set.of(new Evidence().vectorText(headers.get(VECTOR)).rule(error));
            }
            assertThat(error.reason()).isEqualTo(Reason.EMPTY);
            assertThat(headers).containsEntry(error.key(), "");
            return Set.of("4.5");
        }
        String kind = golden.err().path("kind").asText();
        if (error == null || !sameEventError(golden, error)) {
            // Names that differ in case are the one thing that the crate misses and we find.
            assertThat(kind).isIn("MissingKey", "MissingHeader");
            String key = golden.err().path("key").asText();
            assertThat(headers).doesNotContainKey(key);
            assertThat(headers.keySet()).anyMatch(key::equalsIgnoreCase);
            Map<String, String> named = new HashMap<>();
            headers.forEach((name, value) -> named.put(documented(name), value));
            Outcome expected = outcome(() -> codec.extractEvent(named, payload));
            assertThat(ours.kind()).isEqualTo(expected.kind());
            assertThat(ours.value()).isEqualTo(expected.value());
            return Set.of("4.1");
        }
        return Set.of();
    }

    private static boolean sameEventError(Case golden, CausalityCodecException error) {
        JsonNode err = golden.err();
        return switch (err.path("kind").asText()) {
            case "MissingKey", "MissingHeader" ->
                error.reason() == Reason.MISSING
                        && error.key().equals(err.path("key").asText());
            case "MalformedValue", "InvalidVectorClock" ->
                error.key().equals(VECTOR) && kind(error, ',').equals(kindOfDetail(golden));
            case "DeserializationError" ->
                error.reason() == Reason.EMPTY && error.key().equals(TYPE);
            default -> throw new AssertionError("unknown kind " + err);
        };
    }

    private static String documented(String name) {
        return List.of(VECTOR, ID, TYPE).stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }

    /** The crate found nothing; neither do we, or the name differs in case only. */
    private static Set<String> absent(Case golden, Object found, String name) {
        Map<String, String> headers = strings(golden.in().path("headers"));
        if (found == null) {
            assertThat(headers.keySet()).noneMatch(name::equalsIgnoreCase);
            return Set.of();
        }
        assertThat(headers).doesNotContainKey(name);
        String key = headers.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow();
        assertThat(found).hasToString(headers.get(key));
        return Set.of("4.1");
    }

    /** The same headers or, by 4.1, without the old ones whose names differ in case only. */
    private static Set<String> sameHeaders(Case golden, Map<String, String> headers) {
        Map<String, String> expected = strings(golden.ok().path("headers"));
        if (headers.equals(expected)) {
            return Set.of();
        }
        boolean removed = expected.keySet()
                .removeIf(key -> !key.equals(documentedOrVector(key))
                        && headersBefore(golden).containsKey(key));
        assertThat(removed).isTrue();
        assertThat(headers).isEqualTo(expected);
        return Set.of("4.1");
    }

    private static String documentedOrVector(String key) {
        return key.equalsIgnoreCase(LAMPORT) ? LAMPORT : documented(key);
    }

    private static Set<String> judge(Outcome ours, Object expected, Evidence input) {
        if (ours.value() != null) {
            assertThat(ours.value().toString()).isEqualTo(expected.toString());
            return Set.of();
        }
        return ours.kind().equals(expected) ? Set.of() : Set.of(input.rule(ours.error()));
    }

    private static void sameKey(Case golden, Outcome ours, String key) {
        if (ours.error() != null) {
            assertThat(ours.error().key()).isEqualTo(key);
            if (golden.out().has("err")) {
                assertThat(golden.err().path("key").asText()).isEqualTo(key);
                assertThat(golden.err().path("kind").asText()).isEqualTo("MalformedValue");
            }
        }
    }

    private static void sameEvent(Case golden, TracedEvent event) {
        JsonNode ok = golden.ok();
        assertThat(event.id()).isEqualTo(ok.path("event_id").asText());
        assertThat(event.type()).isEqualTo(ok.path("event_type").asText());
        assertThat(HexFormat.of().formatHex(event.payload()))
                .isEqualTo(ok.path("payload_hex").asText());
        assertThat(entries(event.causality())).isEqualTo(clocks(ok.path("clocks")));
        assertThat(event.instant()).isEmpty();
    }

    private static String ruleOfEvent(RuntimeException e, String id, String type, Evidence input) {
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("event id must not be empty")) {
            assertThat(id).isEmpty();
            return "4.5";
        }
        if (message.startsWith("event type must not be empty")) {
            assertThat(type).isEmpty();
            return "4.5";
        }
        return input.rule(e);
    }

    /** What the escaping codec writes holds visible ASCII only, and reads back to the same value. */
    private static <T> void staysVisibleAscii(
            Consumer<Map<String, String>> inject, Function<Map<String, String>, T> extract, T value) {
        Map<String, String> headers = new LinkedHashMap<>();
        inject.accept(headers);
        assertThat(headers.values()).allMatch(v -> v.matches("[!-~]+"));
        assertThat(extract.apply(headers)).isEqualTo(value).hasToString(value.toString());
    }

    /** A value over the default limits is refused under them, by 8.1; otherwise no rule. */
    private static Set<String> overDefaults(int entries, String value, TextCodec codec, Consumer<TextCodec> action) {
        if (entries <= 256 && value.getBytes(StandardCharsets.UTF_8).length <= 8192) {
            return Set.of();
        }
        TextCodec byDefault = codec == RAW ? TextCodec.builder().raw().build() : TextCodec.create();
        Outcome refused = outcome(() -> {
            action.accept(byDefault);
            return null;
        });
        assertThat(refused.error()).isNotNull();
        assertThat(refused.error().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        return Set.of("8.1");
    }

    private record Outcome(Object value, CausalityCodecException error) {
        /** {@return the crate's name for what went wrong, or "ok"} */
        String kind() {
            return error == null
                    ? "ok"
                    : TextConformanceTest.kind(error, error.key().contains("Lamport") ? ':' : ',');
        }
    }

    private static Outcome outcome(Supplier<Object> action) {
        try {
            return new Outcome(action.get(), null);
        } catch (CausalityCodecException e) {
            return new Outcome(null, e);
        }
    }

    private static String kind(CausalityCodecException error, char separator) {
        return switch (error.reason()) {
            case EMPTY -> separator == ':' ? "MissingDelimiter" : "Empty";
            case MISSING_DELIMITER -> "MissingDelimiter";
            case EMPTY_ID -> "EmptyNodeId";
            // A number above 64 bits is malformed to the crate, too.
            case BAD_NUMBER, COUNTER_OUT_OF_RANGE -> "InvalidTime";
            default -> error.reason().name();
        };
    }

    private static String kindOfDetail(Case golden) {
        String detail = golden.err().path("detail").asText();
        Map<String, String> kinds = Map.of(
                "empty vector timestamp string", "Empty",
                "missing ':' delimiter", "MissingDelimiter",
                "missing '=' delimiter in segment", "MissingDelimiter",
                "empty node id", "EmptyNodeId");
        return detail.startsWith("invalid time value: ") ? "InvalidTime" : kinds.getOrDefault(detail, detail);
    }

    private static String lamportOf(Case golden) {
        return golden.ok().path("node_id").asText()
                + ':'
                + golden.ok().path("time").asText();
    }

    /** The codec for a case with this text: ids beyond visible ASCII travel raw, as the crate writes them. */
    private static TextCodec codec(String text) {
        return text.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '%') ? ESCAPING : RAW;
    }

    private static String stripped(String text) {
        return Arrays.stream(text.split(",", -1)).map(Evidence::strip).collect(Collectors.joining(","));
    }

    private static Map<String, String> headersBefore(Case golden) {
        return strings(golden.in().path("headers_before"));
    }

    private static byte[] payload(Case golden) {
        return HexFormat.of().parseHex(golden.in().path("payload_hex").asText());
    }

    private static Map<String, String> entries(VectorTimestamp timestamp) {
        Map<String, String> entries = new TreeMap<>();
        timestamp.asMap().forEach((id, counter) -> entries.put(id, counter.toString()));
        return entries;
    }

    private static VectorTimestamp vector(Map<String, String> clocks) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        clocks.forEach((id, counter) -> builder.put(id, counter(counter)));
        return builder.build();
    }

    /** Reads an unsigned number of 64 bits as the library reads one from outside. */
    private static long counter(String decimal) {
        return LamportTimestamp.parse("n:" + decimal).time();
    }
}
