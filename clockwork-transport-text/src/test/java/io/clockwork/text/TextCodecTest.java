package io.clockwork.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderNames;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.HeaderCodecContract;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TextCodecTest extends HeaderCodecContract<String> {
    private static final String LAMPORT = "X-Causality-Lamport";
    private static final String VECTOR = "X-Causality-Vector";
    private static final TextCodec CODEC = TextCodec.create();
    private static final TextCodec RAW = TextCodec.builder().raw().build();

    @Override
    protected HeaderCodec<String> codec(CodecLimits limits) {
        return TextCodec.builder().limits(limits).build();
    }

    @Override
    protected HeaderNames names() {
        return new HeaderNames(LAMPORT, VECTOR, "X-Causality-EventId", "X-Causality-EventType");
    }

    @Override
    protected String text(String text) {
        return text;
    }

    @Override
    protected String vector(List<Map.Entry<String, Long>> entries) {
        return entries.stream()
                .map(e -> escapeAll(e.getKey()) + '=' + e.getValue())
                .collect(Collectors.joining(","));
    }

    @Override
    protected Map<String, Reason> malformedVectors() {
        Map<String, Reason> malformed = new LinkedHashMap<>();
        malformed.put("", Reason.EMPTY);
        malformed.put(" ", Reason.MISSING_DELIMITER);
        malformed.put("a", Reason.MISSING_DELIMITER);
        malformed.put("a=1,", Reason.MISSING_DELIMITER);
        malformed.put(",a=1", Reason.MISSING_DELIMITER);
        malformed.put("a=1,,b=2", Reason.MISSING_DELIMITER);
        malformed.put("=1", Reason.EMPTY_ID);
        malformed.put("a=", Reason.BAD_NUMBER);
        malformed.put("a=x\r\nX-Evil: 1", Reason.BAD_NUMBER);
        malformed.put("a=" + "9".repeat(5_000) + "\u0000", Reason.BAD_NUMBER);
        malformed.put("a=9223372036854775808", Reason.COUNTER_OUT_OF_RANGE);
        malformed.put("a=18446744073709551616", Reason.COUNTER_OUT_OF_RANGE);
        malformed.put("%=1", Reason.BAD_ESCAPE);
        malformed.put("%4=1", Reason.BAD_ESCAPE);
        malformed.put("%zz=1", Reason.BAD_ESCAPE);
        malformed.put("%FF=1", Reason.BAD_ESCAPE);
        malformed.put("\u00e9=1", Reason.ILLEGAL_CHARACTER);
        malformed.put("%2C=1", Reason.ILLEGAL_ID);
        malformed.put("%3D=1", Reason.ILLEGAL_ID);
        malformed.put("x".repeat(9_000) + "\n=1", Reason.LIMIT_EXCEEDED);
        return malformed;
    }

    @Override
    protected Map<String, Reason> malformedLamports() {
        Map<String, Reason> malformed = new LinkedHashMap<>();
        malformed.put("", Reason.EMPTY);
        malformed.put("a", Reason.MISSING_DELIMITER);
        malformed.put(":1", Reason.EMPTY_ID);
        malformed.put("a:", Reason.BAD_NUMBER);
        malformed.put("a:-1", Reason.BAD_NUMBER);
        malformed.put("a:1\n", Reason.BAD_NUMBER);
        malformed.put("a:9223372036854775808", Reason.COUNTER_OUT_OF_RANGE);
        malformed.put("a:b:1", Reason.ILLEGAL_ID);
        malformed.put("a%3Ab:1", Reason.ILLEGAL_ID);
        malformed.put("a%0Ab:1", Reason.ILLEGAL_ID);
        malformed.put("a\nb:1", Reason.ILLEGAL_CHARACTER);
        malformed.put("a%c3:1", Reason.BAD_ESCAPE);
        malformed.put("i".repeat(256) + ":1", Reason.LIMIT_EXCEEDED);
        malformed.put("x".repeat(9_000), Reason.LIMIT_EXCEEDED);
        return malformed;
    }

    private static String escapeAll(String id) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0x20 && b < 0x7F && b != '%';
            escaped.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        return escaped.toString();
    }

    private static String written(VectorTimestamp vector) {
        Map<String, String> headers = new HashMap<>();
        CODEC.inject(vector, headers);
        return headers.get(VECTOR);
    }

    private static VectorTimestamp read(String value) {
        return CODEC.extract(Map.of(VECTOR, value)).orElseThrow();
    }

    private static CausalityCodecException refused(String value) {
        return catchThrowableOfType(CausalityCodecException.class, () -> CODEC.extract(Map.of(VECTOR, value)));
    }

    @Nested
    class Writing {
        @Test
        void aVectorIsItsEntriesInCodePointOrderWithoutSpaces() {
            assertThat(written(VectorTimestamp.of("b", 0, "a", 1))).isEqualTo("a=1,b=0");
        }

        @Test
        void aLamportTimestampIsNodeAndTime() {
            Map<String, String> headers = new HashMap<>();
            CODEC.inject(new LamportTimestamp("order-service", 42), headers);
            assertThat(headers).isEqualTo(Map.of(LAMPORT, "order-service:42"));
        }

        @Test
        void anEventIsThreeHeaders() {
            Map<String, String> headers = new HashMap<>();
            CODEC.inject(TracedEvent.of("event-1", "order created", new byte[0], VectorTimestamp.of("a", 1)), headers);
            assertThat(headers)
                    .isEqualTo(Map.of(
                            VECTOR,
                            "a=1",
                            "X-Causality-EventId",
                            "event-1",
                            "X-Causality-EventType",
                            "order%20created"));
        }

        @Test
        void visibleAsciiTravelsAsItIs() { // 1.3
            String id = IntStream.rangeClosed('!', '~')
                    .filter(c -> "%=,".indexOf(c) < 0)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            assertThat(written(VectorTimestamp.of(id, 1))).isEqualTo(id + "=1");
        }

        @Test
        void otherCharactersTravelAsTheirUtf8BytesInUpperCaseHex() { // 1.3
            assertThat(written(VectorTimestamp.of("100% \u00e9\u20ac\uD83D\uDE80", 1)))
                    .isEqualTo("100%25%20%C3%A9%E2%82%AC%F0%9F%9A%80=1");
        }

        @Test
        void aLoneSurrogateInAnEventIsRefused() {
            TracedEvent event = TracedEvent.of("id", "t\uD800", new byte[0], VectorTimestamp.of("a", 1));
            Map<String, String> headers = new HashMap<>();
            CausalityCodecException e =
                    catchThrowableOfType(CausalityCodecException.class, () -> CODEC.inject(event, headers));
            assertThat(e.reason()).isEqualTo(Reason.ILLEGAL_CHARACTER);
            assertThat(e)
                    .hasMessage("X-Causality-EventType at offset 1: a lone surrogate has no UTF-8 form; repair it, in"
                            + " \"t\\ud800\"");
            assertThat(headers).isEmpty();
        }

        @Test
        void theLimitOfAValueCountsItsEscapes() { // 8.1
            TextCodec narrow =
                    TextCodec.builder().limits(new CodecLimits(8, 256, 255)).build();
            Map<String, String> headers = new HashMap<>();
            narrow.inject(VectorTimestamp.of("\u00e9", 1), headers);
            assertThat(headers).containsEntry(VECTOR, "%C3%A9=1");
            assertThat(catchThrowableOfType(
                            CausalityCodecException.class,
                            () -> narrow.inject(VectorTimestamp.of("\u00e9", 12), headers)))
                    .hasMessage("X-Causality-Vector: value has 9 bytes, the limit is 8; shorten ids, retire nodes that"
                            + " are gone, or raise maxValueBytes");
            assertThat(headers).containsEntry(VECTOR, "%C3%A9=1");
        }
    }

    @Nested
    class Reading {
        @Test
        void entriesMayComeInAnyOrder() {
            assertThat(read("b=2,a=1")).hasToString("a=1,b=2");
        }

        @Test
        void hexDigitsMayBeInEitherCase() { // 1.3
            assertThat(read("%c3%A9=1")).hasToString("\u00e9=1");
        }

        @Test
        void visibleCharactersMayBeEscapedToo() {
            assertThat(read("%61=1")).hasToString("a=1");
        }

        @Test
        void anEscapeNeedsTwoAsciiHexDigits() { // 1.3
            for (String id : List.of("%", "%4", "a%", "a%4", "%%41", "%g1", "%1g", "%+1", "% 1", "%\uFF11\uFF11")) {
                assertThat(refused(id + "=1").reason()).as(id).isEqualTo(Reason.BAD_ESCAPE);
            }
        }

        @Test
        void escapedBytesMustBeStrictUtf8() { // 1.3
            // Overlong, a lone continuation, a surrogate half, beyond U+10FFFF, cut off.
            for (String id : List.of("%C0%80", "%80", "%ED%A0%80", "%F4%90%80%80", "%E2%82", "%C3a")) {
                assertThat(refused(id + "=1").reason()).as(id).isEqualTo(Reason.BAD_ESCAPE);
            }
        }

        @Test
        void escapesDoNotJoinAcrossTheEndOfAnId() {
            assertThat(refused("a%4,1=1").reason()).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(refused("%4=1").reason()).isEqualTo(Reason.BAD_ESCAPE);
        }

        @Test
        void escapedSeparatorsAreIllegalInIdsButNotInEvents() { // 1.1
            assertThat(refused("a%2Cb=1").reason()).isEqualTo(Reason.ILLEGAL_ID);
            Map<String, String> headers =
                    Map.of(VECTOR, "a=1", "X-Causality-EventId", "a%2Cb%3D", "X-Causality-EventType", "t%0D%0A");
            TracedEvent event = CODEC.extractEvent(headers, new byte[0]);
            assertThat(event.id()).isEqualTo("a,b=");
            assertThat(event.type()).isEqualTo("t\r\n");
        }

        @Test
        void aNumberMayHaveAPlusAndLeadingZeros() { // 4.2
            assertThat(read("a=+5")).hasToString("a=5");
            assertThat(read("a=0005")).hasToString("a=5");
            assertThat(read("a=+0")).hasToString("a=0");
            assertThat(read("a=" + "0".repeat(1_000) + Long.MAX_VALUE)).hasToString("a=" + Long.MAX_VALUE);
        }

        @Test
        void aNumberHasAsciiDigitsOnly() { // 4.2
            for (String number : List.of(
                    "\u0663", "1\u0663", "\uFF15", "\u0967", "-1", "-0", "++1", "+", "+-1", "1_0", "1.0", "1e3", "0x1",
                    "1 0", " 1", "%31", "1%", "1=1")) {
                CausalityCodecException e = refused("a=" + number);
                assertThat(e.reason()).as(number).isEqualTo(Reason.BAD_NUMBER);
                safeToLog(e);
            }
        }

        @Test
        void aNumberAboveTheLimitNeverWraps() { // 2.1
            for (String number :
                    List.of("9223372036854775808", "18446744073709551615", "18446744073709551616", "9".repeat(100))) {
                assertThat(refused("a=" + number).reason()).isEqualTo(Reason.COUNTER_OUT_OF_RANGE);
            }
        }

        @Test
        void whiteSpaceAroundASegmentIsStripped() { // 4.3
            assertThat(read("a=1, b=2")).hasToString("a=1,b=2");
            assertThat(read(" \ta=1\t ,\t b=2 ")).hasToString("a=1,b=2");
        }

        @Test
        void onlySpaceAndTabAreWhiteSpace() { // 4.3
            for (String space : List.of("\r\n", "\n", "\u000B", "\u00A0", "\u2003", "\uFEFF")) {
                assertThat(refused("a=1," + space + "b=2").reason()).isEqualTo(Reason.ILLEGAL_CHARACTER);
            }
        }

        @Test
        void whiteSpaceInsideASegmentIsNot() {
            assertThat(refused("a= 1").reason()).isEqualTo(Reason.BAD_NUMBER);
            assertThat(read("a =1").nodes()).containsExactly("a ");
        }

        @Test
        void anEmptySegmentIsMalformed() { // 4.3
            for (String value : List.of(",", "a=1,", ",a=1", "a=1,,b=1", "a=1, ,b=1", "a=1, ")) {
                assertThat(refused(value).reason()).as(value).isEqualTo(Reason.MISSING_DELIMITER);
            }
        }

        @Test
        void theFirstBadSegmentDecides() { // 4.3
            assertThat(refused("a,=1,b=x").reason()).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(refused("=1,a,b=x").reason()).isEqualTo(Reason.EMPTY_ID);
            assertThat(refused("b=x,a,=1").reason()).isEqualTo(Reason.BAD_NUMBER);
        }

        @Test
        void aLamportIdEndsAtTheLastColon() {
            assertThat(catchThrowableOfType(
                            CausalityCodecException.class, () -> CODEC.extractLamport(Map.of(LAMPORT, "a:b:7"))))
                    .hasMessageContaining("\"a:b\" holds ':'");
        }

        @Test
        void aDuplicateHiddenByAnEscapeIsRefused() { // 4.3
            assertThat(refused("a=1,%61=2").reason()).isEqualTo(Reason.DUPLICATE_ID);
        }
    }

    @Nested
    class Messages {
        @Test
        void tellTheLimitOfEntries() {
            String value = IntStream.range(0, 300).mapToObj(i -> "n" + i + "=1").collect(Collectors.joining(","));
            assertThat(refused(value))
                    .hasMessage("X-Causality-Vector at offset 1682: vector has more than 256 entries, in"
                            + " \"...253=1,n254=1,n255=1,n256=1,n257=1,n258=1...\"");
        }

        @Test
        void nameHeaderIdAndLimitOfACounter() { // 2.1
            assertThat(refused("a=1,b=9223372036854775808"))
                    .hasMessage("X-Causality-Vector at offset 6: counter of node \"b\" is above the limit of"
                            + " 9223372036854775807, in \"a=1,b=9223372036854775808\"");
        }

        @Test
        void escapeWhatCameFromOutside() {
            assertThat(refused("a%0D%0Ab=1"))
                    .hasMessage("X-Causality-Vector at offset 0: node id \"a\\u000d\\u000ab\" holds the control"
                            + " character U+000D at index 1; remove it, in \"a%0D%0Ab=1\"");
            assertThat(refused("a=1\r\nX-Evil: 1"))
                    .hasMessage("X-Causality-Vector at offset 3: expected a digit, in \"a=1\\u000d\\u000aX-Evil: 1\"");
        }

        @Test
        void nameTheDuplicate() {
            assertThat(refused("b=1,a=1,b=2"))
                    .hasMessage("X-Causality-Vector: node id \"b\" stands twice; give each node one counter, in"
                            + " \"b=1,a=1,b=2\"");
        }

        @Test
        void nameTheMissingHeader() {
            assertThat(catchThrowableOfType(
                            CausalityCodecException.class, () -> CODEC.extractEvent(Map.of(), new byte[0])))
                    .hasMessage("X-Causality-Vector: header is missing; an event needs vector, id and type");
        }

        @Test
        void tellWhereWithoutACopyOfTheWhole() {
            CausalityCodecException e = refused("a=1," + "b".repeat(200) + "=x");
            assertThat(e.offset()).isEqualTo(205);
            assertThat(e.getMessage()).hasSizeLessThan(120).endsWith("b=x\"");
        }
    }

    @Nested
    class Raw {
        @Test
        void neitherEscapesNorUnescapes() { // 1.3
            VectorTimestamp vector = VectorTimestamp.of("100%", 1, "\u00e9%41", 2);
            Map<String, String> headers = new HashMap<>();
            RAW.inject(vector, headers);
            assertThat(headers).isEqualTo(Map.of(VECTOR, "100%=1,\u00e9%41=2"));
            assertThat(RAW.extract(headers).orElseThrow()).hasToString(vector.toString());
        }

        @Test
        void stillRefusesIllegalIds() { // 1.1
            for (String id : List.of("a\nb", "a\tb", "\uD800", "\u0080")) {
                assertThat(catchThrowableOfType(
                                        CausalityCodecException.class, () -> RAW.extract(Map.of(VECTOR, id + "=1")))
                                .reason())
                        .isEqualTo(Reason.ILLEGAL_ID);
            }
        }

        @Test
        void countsUtf8BytesAgainstTheLimits() { // 8.1
            TextCodec narrow =
                    TextCodec.builder().raw().limits(new CodecLimits(6, 1, 4)).build();
            Map<String, String> headers = new HashMap<>();
            narrow.inject(VectorTimestamp.of("\uD83D\uDE80", 1), headers);
            assertThat(headers).containsEntry(VECTOR, "\uD83D\uDE80=1");
            assertThat(catchThrowableOfType(
                                    CausalityCodecException.class,
                                    () -> narrow.inject(VectorTimestamp.of("\u20ac\u20ac", 1), headers))
                            .reason())
                    .isEqualTo(Reason.LIMIT_EXCEEDED);
        }
    }

    @Nested
    class Settings {
        @Test
        void otherNamesReplaceTheStandardOnes() { // 4.1
            HeaderNames names = new HeaderNames("L", "V", "I", "T");
            TextCodec codec = TextCodec.builder().names(names).build();
            Map<String, String> headers = new HashMap<>();
            TracedEvent event = TracedEvent.of("id", "type", new byte[0], VectorTimestamp.of("a", 1));
            codec.inject(event, headers);
            codec.inject(new LamportTimestamp("a", 1), headers);
            assertThat(headers).isEqualTo(Map.of("L", "a:1", "V", "a=1", "I", "id", "T", "type"));
            assertThat(codec.extractEvent(headers, new byte[0])).isEqualTo(event);
            assertThat(codec.extract(Map.of("v", "b=2"))).contains(VectorTimestamp.of("b", 2));
        }
    }

    @Test
    void rawLetsNoLineBreakOfAnEventIntoAHeader() {
        Map<String, String> headers = new HashMap<>();
        for (String split : List.of("a\r\nSet-Cookie: x=1", "a\u0000", "a\u0085b", "\u007F")) {
            TracedEvent byId = TracedEvent.of(split, "type", new byte[0], VectorTimestamp.of("a", 1));
            TracedEvent byType = TracedEvent.of("id", split, new byte[0], VectorTimestamp.of("a", 1));
            assertThatThrownBy(() -> RAW.inject(byId, headers))
                    .isInstanceOf(CausalityCodecException.class)
                    .hasMessageContaining("X-Causality-EventId")
                    .hasMessageContaining("control character");
            assertThatThrownBy(() -> RAW.inject(byType, headers)).isInstanceOf(CausalityCodecException.class);
        }
        assertThat(headers).isEmpty();
    }
}
