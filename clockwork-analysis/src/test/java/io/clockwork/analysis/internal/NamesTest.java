package io.clockwork.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NamesTest {
    private final Names names = new Names();

    @Test
    void numbersNamesInTheOrderOfFirstUse() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(names.numberOf("name-" + i)).isEqualTo(i);
            assertThat(names.numberOf("name-" + i / 2)).isEqualTo(i / 2);
        }
        assertThat(names.size()).isEqualTo(10_000);
        assertThat(names.get(4_711)).isEqualTo("name-4711");
        assertThat(names.find("name-4711")).isEqualTo(4_711);
        assertThat(names.find("name-10000")).isEqualTo(-1);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS) // compared one by one they take some 9,000,000,000 comparisons
    void staysFastWhenNamesAreMadeToCollide() {
        int bits = 17;
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 1 << bits; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < bits; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            hashes.add(name.toString().hashCode());
            assertThat(names.numberOf(name.toString())).isEqualTo(i);
        }
        assertThat(hashes).hasSize(1);
        assertThat(names.find("Aa".repeat(bits))).isZero();
        assertThat(names.find("BB".repeat(bits))).isEqualTo((1 << bits) - 1);
    }
}
