package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.CausalityCodecException.Reason;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HybridTimestampTest {
    private static final HybridTimestamp LAST =
            new HybridTimestamp(HybridTimestamp.MAX_WALL_MILLIS, HybridTimestamp.MAX_COUNTER);

    @Nested
    class Range {
        @Test
        void refusesAWallTimeOutsideOf48Bits() {
            assertThatThrownBy(() -> new HybridTimestamp(-1, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("wallMillis must be from 0 to 281474976710655, was -1");
            assertThatThrownBy(() -> HybridTimestamp.at(1L << 48)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refusesACounterOutsideOf16Bits() {
            assertThatThrownBy(() -> new HybridTimestamp(0, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new HybridTimestamp(0, 65_536))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("counter must be from 0 to 65535, was 65536");
        }
    }

    @Nested
    class Next {
        @Test
        void takesTheWallTimeWhenItLeads() {
            assertThat(new HybridTimestamp(7, 3).next(8)).isEqualTo(new HybridTimestamp(8, 0));
        }

        @Test
        void advancesTheCounterInsideAMillisecond() {
            assertThat(new HybridTimestamp(7, 3).next(7)).isEqualTo(new HybridTimestamp(7, 4));
        }

        @Test
        void advancesTheCounterWhenTheWallClockSteppedBack() {
            assertThat(new HybridTimestamp(7, 3).next(5)).isEqualTo(new HybridTimestamp(7, 4));
        }

        @Test
        void carriesAFullCounterIntoTheWallTime() {
            assertThat(new HybridTimestamp(7, 65_535).next(7)).isEqualTo(new HybridTimestamp(8, 0));
        }

        @Test
        void refusesToPassTheLastReading() {
            assertThatThrownBy(() -> LAST.next(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("281474976710655.65535");
        }

        @Test
        void refusesAWallClockOutOfRange() {
            assertThatThrownBy(() -> LAST.next(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The four cases of Figure 5, "receive event of message m". */
    @Nested
    class Receive {
        @Test
        void restartsTheCounterWhenTheWallClockLeadsBoth() {
            assertThat(new HybridTimestamp(7, 3).receive(new HybridTimestamp(8, 9), 10))
                    .isEqualTo(new HybridTimestamp(10, 0));
        }

        @Test
        void passesTheLargerCounterWhenBothAreAtOneWallTime() {
            assertThat(new HybridTimestamp(7, 3).receive(new HybridTimestamp(7, 9), 7))
                    .isEqualTo(new HybridTimestamp(7, 10));
            assertThat(new HybridTimestamp(7, 9).receive(new HybridTimestamp(7, 3), 7))
                    .isEqualTo(new HybridTimestamp(7, 10));
        }

        @Test
        void passesTheOwnCounterWhenItselfLeads() {
            assertThat(new HybridTimestamp(9, 3).receive(new HybridTimestamp(8, 100), 5))
                    .isEqualTo(new HybridTimestamp(9, 4));
        }

        @Test
        void passesTheRemoteCounterWhenTheMessageLeads() {
            assertThat(new HybridTimestamp(7, 100).receive(new HybridTimestamp(8, 3), 5))
                    .isEqualTo(new HybridTimestamp(8, 4));
        }
    }

    @Nested
    class Forms {
        @Test
        void writesFixedWidthText() {
            assertThat(new HybridTimestamp(1_700_000_000_000L, 42)).hasToString("001700000000000.00042");
            assertThat(LAST).hasToString("281474976710655.65535");
        }

        @Test
        void writesTheSameTextInEveryLocale() {
            Locale before = Locale.getDefault();
            try {
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
                assertThat(HybridTimestamp.at(12)).hasToString("000000000000012.00000");
            } finally {
                Locale.setDefault(before);
            }
        }

        @Test
        void packsTheWallTimeAboveTheCounter() {
            assertThat(new HybridTimestamp(0x18bcfe56800L, 3).toLong()).isEqualTo(0x018bcfe568000003L);
            assertThat(HybridTimestamp.ofLong(-1)).isEqualTo(LAST);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "1.2",
                    "001700000000000:00042",
                    "001700000000000.0004x",
                    "-01700000000000.00042",
                    "001700000000000.000421",
                    "\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660.00000"
                })
        void refusesOtherText(String text) {
            assertThatThrownBy(() -> HybridTimestamp.parse(text)).isInstanceOf(CausalityCodecException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"281474976710656.00000", "000000000000000.65536"})
        void refusesNumbersOutOfRange(String text) {
            assertThatThrownBy(() -> HybridTimestamp.parse(text))
                    .isInstanceOfSatisfying(
                            CausalityCodecException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.COUNTER_OUT_OF_RANGE));
        }
    }

    @Property
    void bothFormsComeBack(@ForAll long packed) {
        HybridTimestamp reading = HybridTimestamp.ofLong(packed);
        assertThat(reading.toLong()).isEqualTo(packed);
        assertThat(HybridTimestamp.parse(reading.toString())).isEqualTo(reading);
    }

    @Property
    void bothFormsOrderAsTheReadings(@ForAll long a, @ForAll long b) {
        HybridTimestamp x = HybridTimestamp.ofLong(a);
        HybridTimestamp y = HybridTimestamp.ofLong(b);
        assertThat(Integer.signum(x.compareTo(y)))
                .isEqualTo(Integer.signum(Long.compareUnsigned(a, b)))
                .isEqualTo(Integer.signum(x.toString().compareTo(y.toString())));
        assertThat(x.compareTo(y) == 0).isEqualTo(x.equals(y));
    }

    @Property
    void nextIsAboveBothTheReadingAndTheWallClock(
            @ForAll @LongRange(max = 100) long wall,
            @ForAll @IntRange(max = 65_535) int counter,
            @ForAll @LongRange(max = 100) long now) {
        HybridTimestamp reading = new HybridTimestamp(wall, counter);
        assertThat(reading.next(now)).isGreaterThan(reading).isGreaterThanOrEqualTo(HybridTimestamp.at(now));
    }
}
