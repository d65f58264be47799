package io.clockwork.text;

import static io.clockwork.text.TextForm.CODEC;
import static io.clockwork.text.TextForm.LAMPORT;
import static io.clockwork.text.TextForm.VECTOR;
import static io.clockwork.text.TextForm.read;
import static io.clockwork.text.TextForm.refused;
import static io.clockwork.text.TextForm.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderNames;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.HeaderCodecContract;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How the text form is written, and all that is read. */
class TextCodecTest extends HeaderCodecContract<String> {
    private static final TextCodec RAW = TextCodec.builder().raw().build();

    TextCodecTest() {
        super(new TextForm());
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
        void whiteSpaceAroundASegmentIsStripped() { // 4.3
            assertThat(read("a=1, b=2")).hasToString("a=1,b=2");
            assertThat(read(" \ta=1\t ,\t b=2 ")).hasToString("a=1,b=2");
        }

        @Test
        void whiteSpaceInsideASegmentIsNot() {
            assertThat(refused("a= 1").reason()).isEqualTo(Reason.BAD_NUMBER);
            assertThat(read("a =1").nodes()).containsExactly("a ");
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
}
