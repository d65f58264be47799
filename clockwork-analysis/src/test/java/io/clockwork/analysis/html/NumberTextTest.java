package io.clockwork.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    private static String text(long... numbers) {
        return NumberText.of(numbers.length, i -> numbers[i]);
    }

    @Property
    void isReadAsItWasWritten(@ForAll long[] numbers) {
        assertThat(PageNumbers.read(text(numbers), numbers.length)).isEqualTo(numbers);
    }

    @ParameterizedTest
    @CsvSource({"0, *A", "-1, *B", "1, *C", "15, *e", "16, *gB", "-9223372036854775808, *____________P"})
    void aNumberIsShortWhenItIsSmall(long number, String expected) {
        assertThat(text(number)).isEqualTo(expected);
    }

    @Test
    void equalNumbersAreToldOnce() {
        assertThat(text(7, 7, 7, 7, 7)).isEqualTo("*O");
    }

    @Test
    void whatGrowsIsToldByItsSteps() {
        long[] moments = new long[1000];
        for (int i = 0; i < moments.length; i++) {
            moments[i] = 1_000_000_000L + i;
        }
        assertThat(text(moments)).startsWith("~").hasSizeLessThan(1010);
    }
}
