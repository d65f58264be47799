package io.clockwork.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void takesTheWordsForOneOrForSeveral() {
        String sentence = "[span starts|spans start] at time 0, so [its|their] start may not be known";

        assertThat(Counted.of(1, sentence)).isEqualTo("1 span starts at time 0, so its start may not be known");
        assertThat(Counted.of(2, sentence)).isEqualTo("2 spans start at time 0, so their start may not be known");
        assertThat(Counted.of(0, "more [line|lines]")).isEqualTo("0 more lines");
        assertThat(Counted.of(3, "times")).isEqualTo("3 times");
    }
}
