package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a wrong call says: what was wrong, the limit, and what to do. */
class ErrorMessagesTest {
    private static String refusal(Runnable action) {
        return catchThrowableOfType(IllegalArgumentException.class, action::run).getMessage();
    }

    private static String refusedId(String id) {
        String message = refusal(() -> VectorClock.of(id));
        assertThat(refusal(() -> VectorTimestamp.of(id, 1))).isEqualTo(message);
        assertThat(refusal(() -> LamportClock.of(id))).isEqualTo(message);
        assertThat(refusal(() -> new LamportTimestamp(id, 1))).isEqualTo(message);
        assertThat(refusal(() -> VectorClock.restore(id, VectorTimestamp.empty())))
                .isEqualTo(message);
        assertThat(refusal(() -> AtomicVectorClock.of(id))).isEqualTo(message);
        assertThat(refusal(() -> AtomicLamportClock.of(id))).isEqualTo(message);
        assertThat(message).matches("[ -~]+").hasSizeLessThan(400);
        return message;
    }

    @Nested
    class NodeId {
        @Test
        void ofNull() {
            assertThat(catchThrowableOfType(NullPointerException.class, () -> VectorClock.of(null)))
                    .hasMessage("node id");
            assertThat(catchThrowableOfType(NullPointerException.class, () -> LamportClock.of(null)))
                    .hasMessage("node id");
            assertThat(catchThrowableOfType(NullPointerException.class, () -> VectorTimestamp.of(null, 1)))
                    .hasMessage("node id");
        }

        @Test
        void ofNothing() {
            assertThat(refusedId("")).isEqualTo("node id must not be empty");
        }

        @Test
        void withALineBreak() {
            assertThat(refusedId("a\r\nX-Evil: 1"))
                    .isEqualTo("node id \"a\\u000d\\u000aX-Evil: 1\" holds the control character U+000D at index 1;"
                            + " remove it");
        }

        @Test
        void withAControlCharacterBeyondAscii() {
            assertThat(refusedId("a\u0085"))
                    .isEqualTo("node id \"a\\u0085\" holds the control character U+0085 at index 1; remove it");
        }

        @Test
        void withASeparator() {
            assertThat(refusedId("a=b"))
                    .isEqualTo("node id \"a=b\" holds '=' at index 1, which separates entries in headers; use another"
                            + " character");
            assertThat(refusedId("a,b"))
                    .isEqualTo("node id \"a,b\" holds ',' at index 1, which separates entries in headers; use another"
                            + " character");
        }

        @Test
        void withHalfASurrogatePair() {
            assertThat(refusedId("a\uD83D"))
                    .isEqualTo("node id \"a\\ud83d\" holds the lone surrogate U+D83D at index 1, which UTF-8 cannot"
                            + " carry; repair the string");
            assertThat(refusedId("\uDE80\uD83D")).contains("U+DE80 at index 0");
            assertThat(refusedId("\uD83D\uD83D\uDE80")).contains("U+D83D at index 0");
        }

        @Test
        void thatIsTooLong() {
            assertThat(refusedId("i".repeat(256)))
                    .isEqualTo("node id \"" + "i".repeat(40) + "...\" must have at most 255 UTF-8 bytes, has 256;"
                            + " shorten it");
            assertThat(refusedId("\u20ac".repeat(86))).contains("has 258");
            assertThat(refusedId("\uD83D\uDE80".repeat(64))).contains("has 256");
            assertThat(VectorClock.of("\u20ac".repeat(85)).node()).hasSize(85);
            assertThat(LamportClock.of("i".repeat(255)).node()).hasSize(255);
        }
    }

    @Nested
    class Clocks {
        @Test
        void atTheirLimit() {
            String message = "counter of node \"a\" is at its limit of 9223372036854775807 and cannot advance; retire"
                    + " this node id and start a new one";
            VectorClock vector = VectorClock.restore("a", VectorTimestamp.of("a", Long.MAX_VALUE));
            LamportClock lamport = new LamportClock(new LamportTimestamp("a", Long.MAX_VALUE));
            assertThat(catchThrowableOfType(ClockOverflowException.class, vector::tick))
                    .hasMessage(message);
            assertThat(catchThrowableOfType(ClockOverflowException.class, lamport::tick))
                    .hasMessage(message);
            assertThat(catchThrowableOfType(ClockOverflowException.class, () -> new AtomicLamportClock(lamport).send()))
                    .hasMessage(message);
        }

        @Test
        void thatGetAForgedOwnCounter() {
            VectorClock clock = VectorClock.restore("a\u00e9", VectorTimestamp.of("a\u00e9", 7));
            assertThat(catchThrowableOfType(
                            OwnCounterAheadException.class, () -> clock.receive(VectorTimestamp.of("a\u00e9", 1_000))))
                    .hasMessage("message claims counter 1000 for this node \"a\\u00e9\", whose own counter is 7:"
                            + " forged, or this node restarted and lost its state; refuse it, or adopt it with"
                            + " recover()");
        }
    }

    @Nested
    class Decoding {
        @Test
        void tellsWhereTheTextIsWrong() {
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> VectorTimestamp.parse("a=1,b=x")))
                    .hasMessage("vector timestamp at offset 6: expected a digit, in \"a=1,b=x\"");
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> LamportTimestamp.parse("a")))
                    .hasMessage("Lamport timestamp at offset 1: expected \"node:time\", found no ':', in \"a\"");
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> VectorTimestamp.parse("=1")))
                    .hasMessageContaining("at offset 0: ")
                    .hasMessageContaining("expected a node id, found none");
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> VectorTimestamp.parse("a\u0001=1")))
                    .hasMessageContaining("control character U+0001");
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> VectorTimestamp.parse("a=1,a=2")))
                    .hasMessageContaining("node id \"a\" stands twice");
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> LamportTimestamp.parse(":1")))
                    .hasMessageContaining("at offset 0: expected a node id, found none");
            assertThat(catchThrowableOfType(CausalityCodecException.class, () -> LamportTimestamp.parse(":a:1")))
                    .hasMessageContaining("at offset 0: a Lamport clock's node id holds no ':'");
        }

        @Test
        void cutsAndEscapesTheInput() {
            CausalityCodecException e = new CausalityCodecException(
                    Reason.BAD_NUMBER,
                    "key\r\n",
                    500,
                    "wrong \"\u00e9\"",
                    "x".repeat(499) + "\"\n\\" + "y".repeat(499));
            assertThat(e)
                    .hasMessage("key\\u000d\\u000a at offset 500: wrong \"\\u00e9\", in \"..." + "x".repeat(19)
                            + "\\\"\\u000a\\\\" + "y".repeat(18) + "...\"");
            assertThat(e.key()).isEqualTo("key\r\n");
            assertThat(e.offset()).isEqualTo(500);
            assertThat(e.reason()).isEqualTo(Reason.BAD_NUMBER);
        }

        @Test
        void showsWhatFitsUncut() {
            CausalityCodecException e =
                    new CausalityCodecException(Reason.BAD_NUMBER, " ~\u007F", 0, "p", "y".repeat(40));
            assertThat(e).hasMessage(" ~\\u007f at offset 0: p, in \"" + "y".repeat(40) + '"');
        }

        @Test
        void isBoundedWhateverComesIn() {
            CausalityCodecException e = new CausalityCodecException(
                    Reason.BAD_NUMBER, "k".repeat(9_999), 1, "p".repeat(9_999), "\u0000".repeat(9_999));
            assertThat(e.getMessage()).hasSizeLessThan(1_000);
        }

        @Test
        void limitsOutOfRangeAreRefused() {
            assertThat(new CodecLimits(1, 1, 1).maxIdBytes()).isEqualTo(1);
            assertThat(new CodecLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 255).maxIdBytes())
                    .isEqualTo(255);
            assertThat(refusal(() -> new CodecLimits(0, 1, 1)))
                    .isEqualTo("maxValueBytes must be from 1 to 2147483647, was 0");
            assertThat(refusal(() -> new CodecLimits(1, 0, 1)))
                    .isEqualTo("maxEntries must be from 1 to 2147483647, was 0");
            assertThat(refusal(() -> new CodecLimits(1, 1, 256)))
                    .isEqualTo("maxIdBytes must be from 1 to 255, was 256");
            assertThat(refusal(() -> new HeaderNames("a", "", "c", "d"))).isEqualTo("header names must not be empty");
            assertThat(refusal(() -> new HeaderNames("a", "b\r\n", "c", "d")))
                    .isEqualTo("header name \"b\\u000d\\u000a\" must hold no control characters, which would break"
                            + " the headers");
            assertThat(refusal(() -> new HeaderNames("a", "b", "c", "A")))
                    .isEqualTo("header name \"A\" stands twice, ignoring case; each needs a name of its own");
        }
    }
}
