package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LamportClockTest {
    private static LamportClock at(long time) {
        return new LamportClock(new LamportTimestamp("a", time));
    }

    @Nested
    class Advancing {
        @Test
        void aNewClockStandsAtZero() {
            assertThat(LamportClock.of("a").timestamp()).isEqualTo(new LamportTimestamp("a", 0));
        }

        @Test
        void tickAndSendAddOne() {
            assertThat(at(4).tick().time()).isEqualTo(5);
            assertThat(at(4).send().time()).isEqualTo(5);
        }

        @Test
        void receiveGoesPastTheLargerTime() {
            assertThat(at(4).receive(new LamportTimestamp("b", 9)).time()).isEqualTo(10);
            assertThat(at(9).receive(new LamportTimestamp("b", 4)).time()).isEqualTo(10);
            assertThat(at(9).receive(new LamportTimestamp("b", 9)).time()).isEqualTo(10);
        }

        @Test
        void theNodeStaysTheSame() {
            assertThat(at(4).receive(new LamportTimestamp("b", 9)).node()).isEqualTo("a");
        }

        @Test
        void anOperationLeavesTheClockItWasCalledOnAsItWas() {
            LamportClock clock = at(4);
            clock.tick();
            clock.receive(new LamportTimestamp("b", 9));
            assertThat(clock).isEqualTo(at(4));
        }

        @Test
        void theLastTimeIsReachedAndNotPassed() {
            assertThat(at(Long.MAX_VALUE - 1).tick().time()).isEqualTo(Long.MAX_VALUE);
            LamportTimestamp last = new LamportTimestamp("b", Long.MAX_VALUE);
            assertThat(catchThrowableOfType(
                            ClockOverflowException.class,
                            () -> at(Long.MAX_VALUE).tick()))
                    .isNotNull();
            assertThat(catchThrowableOfType(
                            ClockOverflowException.class,
                            () -> at(Long.MAX_VALUE).send()))
                    .isNotNull();
            assertThat(catchThrowableOfType(ClockOverflowException.class, () -> at(1).receive(last)))
                    .isNotNull();
        }
    }

    @Nested
    class Bound {
        @Test
        void aMessageWithinTheBoundIsReceived() { // 2.4
            assertThat(at(4).receive(new LamportTimestamp("b", 9), 5).time()).isEqualTo(10);
            assertThat(at(4).receive(new LamportTimestamp("b", 1), 0).time()).isEqualTo(5);
        }

        @Test
        void aMessageFartherAheadIsRefused() { // 2.4
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class, () -> at(4).receive(new LamportTimestamp("b", 10), 5)))
                    .hasMessage("message of node \"b\" has time 10, more than 5 ahead of this clock's 4; refuse it, or"
                            + " raise the bound");
        }

        @Test
        void aNegativeBoundIsRefused() {
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class, () -> at(4).receive(new LamportTimestamp("b", 1), -1)))
                    .hasMessage("maxAhead must be at least 0, was -1");
        }
    }

    @Nested
    class Timestamps {
        @Test
        void areOrderedByTimeThenNode() {
            LamportTimestamp a1 = new LamportTimestamp("a", 1);
            assertThat(a1).isLessThan(new LamportTimestamp("a", 2)).isLessThan(new LamportTimestamp("b", 1));
            assertThat(new LamportTimestamp("b", 1)).isLessThan(new LamportTimestamp("a", 2));
            assertThat(a1).isEqualByComparingTo(new LamportTimestamp("a", 1));
        }

        @Test
        void orderNodesByCodePointAndNotByUtf16() { // 1.2
            assertThat(new LamportTimestamp("\uFFFF", 1)).isLessThan(new LamportTimestamp("\uD800\uDC00", 1));
            assertThat(new LamportTimestamp("a", 1)).isLessThan(new LamportTimestamp("aa", 1));
            assertThat(new LamportTimestamp("B", 1)).isLessThan(new LamportTimestamp("a", 1));
        }

        @Test
        void readWhatTheyWrite() {
            assertThat(LamportTimestamp.parse("order-service:42")).isEqualTo(new LamportTimestamp("order-service", 42));
            assertThat(new LamportTimestamp("order-service", 42)).hasToString("order-service:42");
        }

        @Test
        void refuseANegativeTime() {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> new LamportTimestamp("a", -1)))
                    .hasMessage("time must be from 0 to 9223372036854775807, was -1");
        }

        @Test
        void refuseAColonInTheNode() { // 1.1
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> LamportClock.of("a:1")))
                    .hasMessage("node id \"a:1\" holds ':', which separates id and time in the Lamport text form; use"
                            + " another character");
        }

        @Test
        void refuseMalformedTextWithTheReason() {
            assertThat(reason("a")).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(reason("")).isEqualTo(Reason.MISSING_DELIMITER);
            assertThat(reason(":1")).isEqualTo(Reason.EMPTY_ID);
            assertThat(reason("a:")).isEqualTo(Reason.BAD_NUMBER);
            assertThat(reason("a:\u0663")).isEqualTo(Reason.BAD_NUMBER);
            assertThat(reason("a:9223372036854775808")).isEqualTo(Reason.COUNTER_OUT_OF_RANGE);
            assertThat(reason("a:b:1")).isEqualTo(Reason.ILLEGAL_ID);
            assertThat(reason("a\n:1")).isEqualTo(Reason.ILLEGAL_ID);
        }

        private static Reason reason(String text) {
            return catchThrowableOfType(CausalityCodecException.class, () -> LamportTimestamp.parse(text))
                    .reason();
        }
    }
}
