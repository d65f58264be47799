package io.clockwork.binary;

import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.entries;
import static io.clockwork.testing.GoldenCases.lamport;
import static io.clockwork.testing.GoldenCases.strings;
import static io.clockwork.testing.GoldenCases.vector;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Runs what was observed of the crate's binary codec: each outcome is equal, or differs by a rule of WIRE.md. */
class BinaryConformanceTest {
    private static final String LAMPORT = "causality-lc";
    private static final String VECTOR = "causality-vc";

    /** The crate has no limits; only that of an id stands, for it is part of what an id is. */
    private static final CodecLimits WIDE = new CodecLimits(16 << 20, 1 << 20, 255);

    private static final BinaryCodec CODEC = BinaryCodec.builder().limits(WIDE).build();

    private static final Map<String, GoldenCases.Check> OPS = Map.of(
            "binary.inject_lamport", BinaryConformanceTest::injectLamport,
            "binary.inject_vector", BinaryConformanceTest::injectVector,
            "binary.inject_vector.repeat", BinaryConformanceTest::injectRepeat,
            "binary.inject_vector.series", BinaryConformanceTest::injectSeries,
            "binary.inject_event", BinaryConformanceTest::injectEvent,
            "binary.extract_lamport", BinaryConformanceTest::extractLamport,
            "binary.extract_vector", BinaryConformanceTest::extractVector,
            "binary.extract_event", BinaryConformanceTest::extractEvent);

    @Test
    void binaryFormsAgreeWithTheCrateOrDifferByARule() {
        GoldenCases.check(OPS.keySet(), golden -> OPS.get(golden.op()).differs(golden));
    }

    private static Set<String> injectLamport(Case golden) {
        String node = golden.in().path("node_id").asText();
        String time = golden.in().path("time").asText();
        LamportTimestamp timestamp;
        try {
            timestamp = lamport(node, time);
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(new Evidence().lamport(node, time).rule(e));
        }
        Map<String, byte[]> headers = new HashMap<>();
        CODEC.inject(timestamp, headers);
        assertThat(hex(headers)).isEqualTo(strings(golden.ok().path("headers_hex")));
        assertThat(golden.out().path("extract_of_output").asText()).isEqualTo("same");
        assertThat(CODEC.extractLamport(headers)).contains(timestamp);
        return Set.of();
    }

    private static Set<String> injectVector(Case golden) {
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        VectorTimestamp timestamp;
        try {
            timestamp = vector(clocks);
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(new Evidence().vector(clocks).rule(e));
        }
        assertThat(golden.ok().path("header").asText()).isEqualTo(VECTOR);
        Map<String, byte[]> headers = new HashMap<>();
        CODEC.inject(timestamp, headers);
        if (clocks.isEmpty()) {
            assertThat(headers).isEmpty();
            assertThat(golden.ok().path("canonical_hex").asText()).isEqualTo("80");
            return Set.of("4.4");
        }
        byte[] value = headers.get(VECTOR);
        assertThat(Wire.hex(value)).isEqualTo(golden.ok().path("canonical_hex").asText());
        return written(timestamp, value);
    }

    /** One node whose id is repeated text. */
    private static Set<String> injectRepeat(Case golden) {
        String id = golden.in()
                .path("unit")
                .asText()
                .repeat(golden.in().path("times").asInt());
        String value = golden.in().path("value").asText();
        try {
            VectorTimestamp timestamp = vector(Map.of(id, value));
            return sameDigest(golden, timestamp);
        } catch (IllegalArgumentException | CausalityCodecException e) {
            return Set.of(new Evidence().vector(Map.of(id, value)).rule(e));
        }
    }

    /** Numbered ids, each with its number as counter. */
    private static Set<String> injectSeries(Case golden) {
        JsonNode in = golden.in();
        String form = "%0" + in.path("id_digits").asInt() + "d";
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (int i = 0; i < in.path("count").asInt(); i++) {
            builder.put(in.path("id_prefix").asText() + String.format(form, i), i);
        }
        return sameDigest(golden, builder.build());
    }

    private static Set<String> sameDigest(Case golden, VectorTimestamp timestamp) {
        Map<String, byte[]> headers = new HashMap<>();
        CODEC.inject(timestamp, headers);
        byte[] value = headers.get(VECTOR);
        CRC32 crc = new CRC32();
        crc.update(value);
        assertThat(value).hasSize(golden.ok().path("bytes").asInt());
        assertThat(Wire.hex(value))
                .startsWith(golden.ok().path("starts_with_hex").asText())
                .endsWith(golden.ok().path("ends_with_hex").asText());
        assertThat(HexFormat.of().toHexDigits((int) crc.getValue()))
                .isEqualTo(golden.ok().path("crc32").asText());
        assertThat(golden.out().path("extract_of_output").asText()).isEqualTo("same");
        return written(timestamp, value);
    }

    /** What was written reads back to the same, by the limits of the crate and perhaps not by ours. */
    private static Set<String> written(VectorTimestamp timestamp, byte[] value) {
        for (VectorTimestamp known : List.of(VectorTimestamp.empty(), timestamp)) {
            assertThat(CODEC.extract(Map.of(VECTOR, value), Map::get, known).orElseThrow())
                    .hasToString(timestamp.toString());
        }
        return overDefaults(timestamp.size(), value, c -> c.inject(timestamp, new HashMap<>()));
    }

    private static Set<String> injectEvent(Case golden) {
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        String id = golden.in().path("event_id").asText();
        String type = golden.in().path("event_type").asText();
        TracedEvent event;
        try {
            event = TracedEvent.of(id, type, golden.payload(), vector(clocks));
        } catch (IllegalArgumentException | CausalityCodecException e) {
            boolean empty = String.valueOf(e.getMessage()).matches("event (id|type) must not be empty.*");
            assertThat(!empty || id.isEmpty() || type.isEmpty()).isTrue();
            return Set.of(empty ? "4.5" : new Evidence().vector(clocks).rule(e));
        }
        Map<String, byte[]> headers = new HashMap<>();
        CODEC.inject(event, headers);
        Map<String, String> expected = strings(golden.ok().path("headers_hex"));
        if (clocks.isEmpty()) {
            assertThat(expected.remove(VECTOR)).isEqualTo("80");
            assertThat(hex(headers)).isEqualTo(expected);
            return Set.of("4.4");
        }
        assertThat(hex(headers)).isEqualTo(expected);
        assertThat(CODEC.extractEvent(headers, golden.payload())).isEqualTo(event);
        return Set.of();
    }

    private static Set<String> extractLamport(Case golden) {
        Map<String, byte[]> headers = headers(golden);
        Outcome<LamportTimestamp> ours =
                outcome(() -> CODEC.extractLamport(headers).orElse(null));
        if (golden.out().has("none")) {
            return absent(
                    golden,
                    ours,
                    LAMPORT,
                    () -> CODEC.extractLamport(renamed(headers, LAMPORT)).orElseThrow());
        }
        String text = new String(headers.get(LAMPORT), StandardCharsets.UTF_8);
        if (golden.out().has("err")) {
            assertThat(golden.err().path("key").asText()).isEqualTo(LAMPORT);
            return refusedToo(ours, LAMPORT);
        }
        if (ours.error() != null) {
            return Set.of(new Evidence().lamportText(text).rule(ours.error()));
        }
        assertThat(ours.found().node()).isEqualTo(golden.ok().path("node_id").asText());
        assertThat(Long.toString(ours.found().time()))
                .isEqualTo(golden.ok().path("time").asText());
        return Set.of();
    }

    private static Set<String> extractVector(Case golden) {
        Map<String, byte[]> headers = headers(golden);
        Outcome<VectorTimestamp> ours = outcome(() -> CODEC.extract(headers).orElse(null));
        if (golden.out().has("none")) {
            return absent(
                    golden,
                    ours,
                    VECTOR,
                    () -> CODEC.extract(renamed(headers, VECTOR)).orElseThrow());
        }
        byte[] value = headers.get(VECTOR);
        if (golden.out().has("err")) {
            return refusedToo(ours, VECTOR);
        }
        Map<String, String> expected = clocks(golden.ok().path("clocks"));
        if (ours.error() != null) {
            return Set.of(ruleOfVector(value, expected, ours.error()));
        }
        assertThat(entries(ours.found())).isEqualTo(expected);
        assertThat(CODEC.extract(headers, Map::get, ours.found()).map(Object::toString))
                .contains(ours.found().toString());
        return overDefaults(expected.size(), value, c -> c.extract(headers));
    }

    private static Set<String> extractEvent(Case golden) {
        Map<String, byte[]> headers = headers(golden);
        Outcome<TracedEvent> ours = outcome(() -> CODEC.extractEvent(headers, golden.payload()));
        if (golden.out().has("ok")) {
            return eventThatTheCrateReads(golden, headers, ours);
        }
        JsonNode err = golden.err();
        CausalityCodecException error = ours.error();
        if (err.path("kind").asText().equals("MissingKey")) {
            assertThat(error).isNotNull();
            assertThat(error.reason()).isEqualTo(Reason.MISSING);
            assertThat(error.key()).isEqualTo(err.path("key").asText());
            return Set.of();
        }
        assertThat(error).isNotNull();
        if (error.reason() == Reason.MISSING) {
            // What is missing is told before what is malformed; the crate takes one header after the other.
            assertThat(headers).doesNotContainKey(error.key());
            return Set.of("4.5");
        }
        assertThat(error.key()).isIn(headers.keySet());
        if (err.has("key")) {
            assertThat(error.key()).isEqualTo(err.path("key").asText());
        }
        return Set.of();
    }

    private static Set<String> eventThatTheCrateReads(
            Case golden, Map<String, byte[]> headers, Outcome<TracedEvent> ours) {
        JsonNode ok = golden.ok();
        CausalityCodecException error = ours.error();
        if (error != null && error.key().equals(VECTOR)) {
            return Set.of(ruleOfVector(headers.get(VECTOR), clocks(ok.path("clocks")), error));
        }
        if (error != null) {
            assertThat(error.reason()).isEqualTo(Reason.EMPTY);
            assertThat(headers.get(error.key())).isEmpty();
            return Set.of("4.5");
        }
        TracedEvent event = ours.found();
        assertThat(event.id()).isEqualTo(ok.path("event_id").asText());
        assertThat(event.type()).isEqualTo(ok.path("event_type").asText());
        assertThat(Wire.hex(event.payload())).isEqualTo(ok.path("payload_hex").asText());
        assertThat(entries(event.causality())).isEqualTo(clocks(ok.path("clocks")));
        return Set.of();
    }

    /** The rule by which a vector that the crate reads is refused; another MessagePack library bears witness. */
    private static String ruleOfVector(byte[] value, Map<String, String> expected, CausalityCodecException error) {
        if (error.reason() == Reason.TRAILING_DATA) {
            assertThat(Wire.trailing(value)).isPositive();
            return "5.2";
        }
        Evidence input = new Evidence().vector(expected);
        Wire.entries(value).forEach(e -> input.vector(Map.of(e.getKey(), e.getValue())));
        if (error.reason() == Reason.DUPLICATE_ID) {
            List<Map.Entry<String, String>> entries = Wire.entries(value);
            assertThat(entries.stream().map(Map.Entry::getKey).distinct().count())
                    .isLessThan(entries.size());
            return "5.2";
        }
        if (error.reason() == Reason.EMPTY_ID) {
            assertThat(expected).containsKey("");
            return "1.1";
        }
        return input.rule(error);
    }

    private static Set<String> refusedToo(Outcome<?> ours, String key) {
        assertThat(ours.error()).isNotNull();
        assertThat(ours.error().key()).isEqualTo(key);
        return Set.of();
    }

    /** The crate found nothing; neither do we, or the name differs in case only. */
    private static Set<String> absent(Case golden, Outcome<?> ours, String name, Supplier<Object> renamed) {
        Map<String, byte[]> headers = headers(golden);
        assertThat(headers).doesNotContainKey(name);
        if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
            assertThat(ours.error()).isNull();
            assertThat(ours.value()).isNull();
            return Set.of();
        }
        assertThat(ours.value()).isEqualTo(renamed.get());
        return Set.of("4.1");
    }

    private static Map<String, byte[]> renamed(Map<String, byte[]> headers, String name) {
        Map<String, byte[]> renamed = new HashMap<>();
        headers.forEach((key, value) -> renamed.put(key.equalsIgnoreCase(name) ? name : key, value));
        return renamed;
    }

    /** A value over the default limits is refused under them, by 8.1; otherwise no rule. */
    private static Set<String> overDefaults(int entries, byte[] value, Consumer<BinaryCodec> action) {
        Outcome<Object> byDefault = outcome(() -> {
            action.accept(BinaryCodec.create());
            return null;
        });
        if (entries <= 256 && value.length <= 8192) {
            assertThat(byDefault.error()).isNull();
            return Set.of();
        }
        assertThat(byDefault.error()).isNotNull();
        assertThat(byDefault.error().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        return new HashSet<>(Set.of("8.1"));
    }

    private record Outcome<T>(T value, CausalityCodecException error) {
        T found() {
            assertThat(error).isNull();
            assertThat(value).isNotNull();
            return value;
        }
    }

    private static <T> Outcome<T> outcome(Supplier<T> action) {
        try {
            return new Outcome<>(action.get(), null);
        } catch (CausalityCodecException e) {
            return new Outcome<>(null, e);
        }
    }

    private static Map<String, byte[]> headers(Case golden) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        strings(golden.in().path("headers_hex")).forEach((name, hex) -> headers.put(name, Wire.hex(hex)));
        return headers;
    }

    private static Map<String, String> hex(Map<String, byte[]> headers) {
        Map<String, String> hex = new TreeMap<>();
        headers.forEach((name, value) -> hex.put(name, Wire.hex(value)));
        return hex;
    }
}
