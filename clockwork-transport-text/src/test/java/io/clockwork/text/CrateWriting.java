package io.clockwork.text;

import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.entries;
import static io.clockwork.testing.GoldenCases.lamport;
import static io.clockwork.testing.GoldenCases.strings;
import static io.clockwork.testing.GoldenCases.vector;
import static io.clockwork.text.CrateHeaders.ESCAPING;
import static io.clockwork.text.CrateHeaders.LAMPORT;
import static io.clockwork.text.CrateHeaders.RAW;
import static io.clockwork.text.CrateHeaders.VECTOR;
import static io.clockwork.text.CrateHeaders.codec;
import static io.clockwork.text.CrateHeaders.documented;
import static io.clockwork.text.CrateHeaders.overDefaults;
import static io.clockwork.text.CrateHeaders.stripped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases.Case;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32;

/** Writes what the crate wrote. */
final class CrateWriting {
    private CrateWriting() {}

    static Set<String> injectLamport(Case golden) {
        String node = golden.in().path("node_id").asText();
        String time = golden.in().path("time").asText();
        LamportTimestamp timestamp;
        try {
            timestamp = lamport(node, time);
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

    static Set<String> injectVector(Case golden) {
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

    static Set<String> injectSeries(Case golden) {
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

    static Set<String> injectEvent(Case golden) {
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        String id = golden.in().path("event_id").asText();
        String type = golden.in().path("event_type").asText();
        TracedEvent event;
        try {
            event = TracedEvent.of(id, type, golden.payload(), vector(clocks));
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
            assertThat(ESCAPING.extractEvent(escaped, golden.payload())).isEqualTo(event);
            return Set.of("1.3");
        }
        codec.inject(event, headers);
        if (clocks.isEmpty()) {
            Map<String, String> expected = strings(golden.ok().path("headers"));
            assertThat(expected.remove(VECTOR)).isEmpty();
            assertThat(headers).isEqualTo(expected);
            return Set.of("4.4");
        }
        assertThat(codec.extractEvent(headers, golden.payload())).isEqualTo(event);
        assertThat(ESCAPING.extractEvent(escaped, golden.payload())).isEqualTo(event);
        return sameHeaders(golden, headers);
    }

    static Set<String> newEvent(Case golden) {
        Map<String, String> clocks = clocks(golden.in().path("clocks"));
        String id = golden.in().path("event_id").asText();
        String type = golden.in().path("event_type").asText();
        TracedEvent event;
        try {
            event = TracedEvent.of(id, type, golden.payload(), vector(clocks));
        } catch (IllegalArgumentException | CausalityCodecException e) {
            String rule = ruleOfEvent(e, id, type, new Evidence().vector(clocks));
            boolean crateRefusesToo = golden.err().path("kind").asText().equals("InvalidEventType") && type.isEmpty();
            return crateRefusesToo ? Set.of() : Set.of(rule);
        }
        sameEvent(golden, event);
        return Set.of();
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

    private static Map<String, String> headersBefore(Case golden) {
        return strings(golden.in().path("headers_before"));
    }

    static void sameEvent(Case golden, TracedEvent event) {
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
}
