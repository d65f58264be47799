package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The scanner against Jackson's, over generated documents and damaged ones. */
class JsonScannerPropertyTest {
    @Provide
    Arbitrary<String> documents() {
        return JsonDocuments.documents(4);
    }

    @Provide
    Arbitrary<String> smallDocuments() {
        return JsonDocuments.documents(2);
    }

    @Property
    void seesWhatJacksonSees(@ForAll("documents") String document) throws IOException {
        assertThat(JsonEvents.ofScanner(JsonScanner.of(document.getBytes(UTF_8))))
                .isEqualTo(JsonEvents.ofJackson(document));
    }

    @Property
    void seesTheSameWhereverTheBufferEnds(
            @ForAll("documents") String document, @ForAll @IntRange(min = 1, max = 16) int bufferSize)
            throws IOException {
        assertThat(JsonEvents.ofScanner(scanner(document.getBytes(UTF_8), bufferSize)))
                .isEqualTo(JsonEvents.ofJackson(document));
    }

    @Property
    void skipsToTheEndWhereverTheBufferEnds(
            @ForAll("documents") String document, @ForAll @IntRange(min = 1, max = 16) int bufferSize) {
        byte[] bytes = document.getBytes(UTF_8);
        JsonScanner json = scanner(bytes, bufferSize);
        json.skipValue();
        json.endDocument();
        assertThat(json.offset()).isEqualTo(bytes.length);
        assertThat(json.line())
                .isEqualTo(1 + document.chars().filter(c -> c == '\n').count());
    }

    @Property
    void placeAndPathDoNotDependOnTheBuffer(
            @ForAll("documents") String document, @ForAll @IntRange(min = 1, max = 16) int bufferSize) {
        JsonScanner whole = JsonScanner.of(document.getBytes(UTF_8));
        JsonScanner pieces = scanner(document.getBytes(UTF_8), bufferSize);
        JsonToken token;
        do {
            token = whole.peek();
            assertThat(pieces.peek()).isEqualTo(token);
            assertThat(place(pieces)).isEqualTo(place(whole));
            step(whole, token);
            step(pieces, token);
        } while (token != JsonToken.END_DOCUMENT);
    }

    @Property(tries = 300) // each tries all prefixes
    void refusesEveryPrefixAsTruncated(
            @ForAll("smallDocuments") String document, @ForAll @IntRange(min = 1, max = 16) int bufferSize) {
        byte[] bytes = document.strip().getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            assertTruncated(() -> JsonEvents.ofScanner(scanner(prefix, bufferSize)));
            assertTruncated(() -> JsonScanner.of(prefix).skipValue());
        }
    }

    /*
     * Known differences, all of them stricter: Jackson takes overlong UTF-8, encoded surrogates and
     * UTF-16 or UTF-32 input (so it is given text that the JDK decoded strictly), and a lone surrogate
     * that is written as an escape (so its strings are looked through). It knows no byte order mark in
     * text.
     */
    @Property
    void acceptsADamagedDocumentExactlyIfStrictJacksonDoes(
            @ForAll("documents") String document,
            @ForAll @IntRange(min = 0, max = 1_000_000) int place,
            @ForAll byte damage,
            @ForAll @IntRange(min = 1, max = 16) int bufferSize) {
        byte[] bytes = document.getBytes(UTF_8);
        bytes[place % bytes.length] = damage;
        assertAgreement(bytes, bufferSize);
    }

    @Property
    void acceptsADocumentWithOneByteLeftOutOrDoubledExactlyIfStrictJacksonDoes(
            @ForAll("documents") String document,
            @ForAll @IntRange(min = 0, max = 1_000_000) int place,
            @ForAll boolean doubled,
            @ForAll @IntRange(min = 1, max = 16) int bufferSize) {
        byte[] bytes = document.getBytes(UTF_8);
        int at = place % bytes.length;
        byte[] damaged = new byte[bytes.length + (doubled ? 1 : -1)];
        System.arraycopy(bytes, 0, damaged, 0, at);
        int rest = doubled ? at : at + 1;
        System.arraycopy(bytes, rest, damaged, doubled ? at + 1 : at, bytes.length - rest);
        if (doubled) {
            damaged[at] = bytes[at];
        }
        assertAgreement(damaged, bufferSize);
    }

    @Property
    void acceptsAnyFewCharactersOfJsonExactlyIfStrictJacksonDoes(
            @ForAll("fragments") String document, @ForAll @IntRange(min = 1, max = 16) int bufferSize) {
        assertAgreement(document.getBytes(UTF_8), bufferSize);
    }

    @Provide
    Arbitrary<String> fragments() {
        return Arbitraries.of(
                        "[", "]", "{", "}", ",", ":", "\"", "\"a\"", "\"a\":", "-", "+", "0", "1", "9", ".", "e", "E",
                        "true", "false", "null", "nul", "\\", "\\u00", "\\uD83D", "\\uDE00", "/*", "//", " ", "\n",
                        "\f", "\uFEFF", "NaN", "'")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    private static void assertAgreement(byte[] bytes, int bufferSize) {
        List<String> expected = strictJackson(bytes);
        assertThat(eventsOrNone(JsonScanner.of(bytes))).isEqualTo(expected);
        assertThat(eventsOrNone(scanner(bytes, bufferSize))).isEqualTo(expected);
        JsonScanner skipping = scanner(bytes, bufferSize);
        if (expected.isEmpty()) {
            JsonSyntaxException refusal = catchThrowableOfType(JsonSyntaxException.class, () -> {
                skipping.skipValue();
                skipping.endDocument();
            });
            assertThat(refusal.getMessage()).matches("[ -~]{1,600}");
            assertThat(refusal.excerpt()).hasSizeLessThanOrEqualTo(40);
        } else {
            skipping.skipValue();
            skipping.endDocument();
        }
    }

    private static List<String> eventsOrNone(JsonScanner json) {
        try {
            return JsonEvents.ofScanner(json);
        } catch (JsonSyntaxException e) {
            return List.of();
        }
    }

    private static List<String> strictJackson(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            List<String> events = JsonEvents.ofJackson(text.startsWith("\uFEFF") ? text.substring(1) : text);
            boolean wellFormed =
                    events.stream().allMatch(event -> UTF_8.newEncoder().canEncode(event));
            return wellFormed ? events : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static JsonScanner scanner(byte[] bytes, int bufferSize) {
        return JsonScanner.of(new ByteArrayInputStream(bytes), JsonLimits.DEFAULT, bufferSize);
    }

    private static String place(JsonScanner json) {
        return json.offset() + " " + json.line() + " " + json.column() + " " + json.path();
    }

    private static void step(JsonScanner json, JsonToken token) {
        switch (token) {
            case BEGIN_OBJECT -> json.beginObject();
            case END_OBJECT -> json.endObject();
            case BEGIN_ARRAY -> json.beginArray();
            case END_ARRAY -> json.endArray();
            case NAME -> json.nextName();
            case END_DOCUMENT -> json.endDocument();
            default -> json.skipValue();
        }
    }

    private static void assertTruncated(ThrowingCallable call) {
        JsonSyntaxException refusal = catchThrowableOfType(JsonSyntaxException.class, call);
        assertThat(refusal.isTruncated()).as(refusal.getMessage()).isTrue();
        assertThat(refusal).hasMessageStartingWith("input ends ");
    }
}
