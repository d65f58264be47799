package io.clockwork.text;

import static io.clockwork.text.TextForm.CODEC;
import static io.clockwork.text.TextForm.LAMPORT;
import static io.clockwork.text.TextForm.VECTOR;
import static io.clockwork.text.TextForm.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.HeaderRefusalContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is no text form, and what is said of it. */
class TextRefusalTest extends HeaderRefusalContract<String> {
    private static final TextCodec RAW = TextCodec.builder().raw().build();

    TextRefusalTest() {
        super(new TextForm());
    }

    @Nested
    class Writing {
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
    }

    @Nested
    class Reading {
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
        void onlySpaceAndTabAreWhiteSpace() { // 4.3
            for (String space : List.of("\r\n", "\n", "\u000B", "\u00A0", "\u2003", "\uFEFF")) {
                assertThat(refused("a=1," + space + "b=2").reason()).isEqualTo(Reason.ILLEGAL_CHARACTER);
            }
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
        void stillRefusesIllegalIds() { // 1.1
            for (String id : List.of("a\nb", "a\tb", "\uD800", "\u0080")) {
                assertThat(catchThrowableOfType(
                                        CausalityCodecException.class, () -> RAW.extract(Map.of(VECTOR, id + "=1")))
                                .reason())
                        .isEqualTo(Reason.ILLEGAL_ID);
            }
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
