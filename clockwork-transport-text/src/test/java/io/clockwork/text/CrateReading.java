package io.clockwork.text;

import static io.clockwork.testing.GoldenCases.clocks;
import static io.clockwork.testing.GoldenCases.entries;
import static io.clockwork.testing.GoldenCases.strings;
import static io.clockwork.text.CrateHeaders.LAMPORT;
import static io.clockwork.text.CrateHeaders.TYPE;
import static io.clockwork.text.CrateHeaders.VECTOR;
import static io.clockwork.text.CrateHeaders.codec;
import static io.clockwork.text.CrateHeaders.documented;
import static io.clockwork.text.CrateHeaders.overDefaults;
import static io.clockwork.text.CrateHeaders.stripped;
import static io.clockwork.text.CrateOutcome.kind;
import static io.clockwork.text.CrateOutcome.kindOfDetail;
import static io.clockwork.text.CrateWriting.sameEvent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.Evidence;
import io.clockwork.testing.GoldenCases.Case;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads what the crate read. */
final class CrateReading {
    private CrateReading() {}

    static Set<String> parseLamport(Case golden) {
        String text = golden.in().path("text").asText();
        Object expected = golden.out().has("ok")
                ? lamportOf(golden)
                : golden.err().path("kind").asText();
        return CrateOutcome.of(() -> LamportTimestamp.parse(text)).judge(expected, new Evidence().lamportText(text));
    }

    static Set<String> extractLamport(Case golden) {
        Map<String, String> headers = strings(golden.in().path("headers"));
        TextCodec codec = codec(String.join("", headers.values()));
        CrateOutcome ours = CrateOutcome.of(() -> codec.extractLamport(headers).orElse(null));
        if (golden.out().has("none")) {
            return absent(golden, ours.value(), LAMPORT);
        }
        String text = headers.get(LAMPORT);
        Object expected = golden.out().has("ok") ? lamportOf(golden) : kindOfDetail(golden);
        sameKey(golden, ours, LAMPORT);
        return ours.judge(expected, new Evidence().lamportText(text));
    }

    static Set<String> extractVector(Case golden) {
        Map<String, String> headers = strings(golden.in().path("headers"));
        TextCodec codec = codec(String.join("", headers.values()));
        CrateOutcome ours = CrateOutcome.of(() -> codec.extract(headers).orElse(null));
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
            return ours.judge(expected, new Evidence().vectorText(text));
        }
        if (ours.kind().equals(expected)) {
            return Set.of();
        }
        // Stripping decided when the text without the white space comes out the same.
        CrateOutcome withoutSpace =
                CrateOutcome.of(() -> codec.extract(Map.of(VECTOR, stripped)).orElse(null));
        assertThat(withoutSpace.kind()).isEqualTo(ours.kind());
        assertThat(String.valueOf(withoutSpace.value())).isEqualTo(String.valueOf(ours.value()));
        return ours.error() != null && ours.error().reason() != Reason.EMPTY_ID
                ? ours.judge(expected, new Evidence().vectorText(text))
                : Set.of("4.3");
    }

    static Set<String> extractEvent(Case golden) {
        Map<String, String> headers = strings(golden.in().path("headers"));
        TextCodec codec = codec(String.join("", headers.values()));
        byte[] payload = golden.payload();
        CrateOutcome ours = CrateOutcome.of(() -> codec.extractEvent(headers, payload));
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
            CrateOutcome expected = CrateOutcome.of(() -> codec.extractEvent(named, payload));
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

    private static void sameKey(Case golden, CrateOutcome ours, String key) {
        if (ours.error() != null) {
            assertThat(ours.error().key()).isEqualTo(key);
            if (golden.out().has("err")) {
                assertThat(golden.err().path("key").asText()).isEqualTo(key);
                assertThat(golden.err().path("kind").asText()).isEqualTo("MalformedValue");
            }
        }
    }

    private static String lamportOf(Case golden) {
        return golden.ok().path("node_id").asText()
                + ':'
                + golden.ok().path("time").asText();
    }
}
