package io.clockwork.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DecimalTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As many of each length: powers of ten and their neighbours, and numbers between. */
    @Provide
    Arbitrary<Long> counters() {
        Arbitrary<Long> edges = Arbitraries.integers()
                .between(0, 18)
                .flatMap(power -> Arbitraries.of(-1L, 0L, 1L).map(d -> (long) Math.pow(10, power) + d));
        Arbitrary<Long> bits = Arbitraries.longs()
                .between(0, Long.MAX_VALUE)
                .flatMap(l -> Arbitraries.integers().between(0, 62).map(shift -> l >>> shift));
        return Arbitraries.oneOf(edges, bits, Arbitraries.just(Long.MAX_VALUE));
    }

    @Property
    void writesWhatLongToStringWrites(@ForAll("counters") long value, @ForAll @IntRange(max = 9) int at) {
        byte[] out = new byte[40];
        int end = Decimal.write(value, out, at);
        assertThat(new String(out, at, end - at, StandardCharsets.ISO_8859_1)).isEqualTo(Long.toString(value));
        assertThat(Decimal.mostDigits(value)).isGreaterThanOrEqualTo(end - at);
    }

    @Property
    void readsWhatWasWrittenWhateverFollows(
            @ForAll("counters") long value, @ForAll @IntRange(max = 12) int before, @ForAll("tails") String tail) {
        String digits = Long.toString(value);
        byte[] text = bytes("9".repeat(before) + digits + tail);
        long read = Decimal.read(text, before);
        if (digits.length() > Decimal.MAX_READ) {
            assertThat(read).isZero();
        } else {
            assertThat(read & Decimal.DIGITS_MASK).isEqualTo(digits.length());
            assertThat(read >>> Decimal.DIGITS_BITS).isEqualTo(value);
        }
    }

    @Provide
    Arbitrary<String> tails() {
        Arbitrary<String> rest =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(12);
        Arbitrary<Character> noDigit = Arbitraries.chars().range('\0', '\u00ff').filter(c -> c < '0' || c > '9');
        return Arbitraries.oneOf(Arbitraries.just(""), noDigit.flatMap(c -> rest.map(r -> c + r)));
    }

    @Test
    void findsNoDigits() {
        for (String text : new String[] {"", ",", "+1", "-1", "a", "/", ":", "\u00b9", ",1234567", "a=1234567890"}) {
            assertThat(Decimal.read(bytes(text), 0) & Decimal.DIGITS_MASK)
                    .as(text)
                    .isZero();
        }
    }

    @Test
    void leavesMoreThanFifteenDigitsToTheGeneralWay() {
        assertThat(Decimal.read(bytes("999999999999999"), 0) >>> Decimal.DIGITS_BITS)
                .isEqualTo(999_999_999_999_999L);
        assertThat(Decimal.read(bytes("0000000000000001"), 0)).isZero();
    }
}
