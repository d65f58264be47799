package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeIdsTest {
    @ParameterizedTest
    @CsvSource({"0021, 1", "007e, 1", "0020, 1", "00a0, 2", "07ff, 2", "0800, 3", "ffff, 3"})
    void countEachCharacterByItsUtf8Bytes(String hex, int bytes) {
        String character = String.valueOf((char) Integer.parseInt(hex, 16));
        String fits = character.repeat(NodeIds.MAX_BYTES / bytes);
        assertThat(NodeIds.check(fits)).isSameAs(fits);
        String tooLong = fits + "x".repeat(NodeIds.MAX_BYTES % bytes + 1);
        assertThatThrownBy(() -> NodeIds.check(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 256; shorten it");
    }

    @Test
    void countACharacterBeyondTheBasicPlaneAsFour() {
        String fits = "\uD83D\uDE80".repeat(63) + "xyz";
        assertThat(NodeIds.check(fits)).isSameAs(fits);
        assertThat(NodeIds.problem(fits + "x")).contains("has 256");
    }

    @Test
    void ofLamportClocksHoldNoColonAtAnyPlace() {
        assertThat(NodeIds.checkLamport("a-b")).isEqualTo("a-b");
        assertThatThrownBy(() -> NodeIds.checkLamport(":a")).hasMessageContaining("':'");
        assertThatThrownBy(() -> NodeIds.checkLamport("a:")).hasMessageContaining("':'");
    }

    @Test
    void areInTheOrderOfTheirUtf8Bytes() {
        assertThat(NodeIds.compare("\uE000", "\uD800\uDC00")).isNegative();
        assertThat(NodeIds.compare("\uD7FF", "\uE000")).isNegative();
        assertThat(NodeIds.compare("\uD83D\uDE80", "\uFFFF")).isPositive();
    }

    @Test
    void standInWordsAsTheirBytesDo() {
        assertThat(NodeIds.words("12345678")).containsExactly(0x3132333435363738L);
        assertThat(NodeIds.words("123456789")).containsExactly(0x3132333435363738L, 0x3900000000000000L);
    }

    @Test
    void thatShareTheirBeginningAreToldApartInTables() {
        VectorTimestamp one = VectorTimestamp.of("12345678", 1, "9", 1);
        VectorTimestamp other = VectorTimestamp.of("123456789", 1, "9", 1);
        assertThat(one.compare(other)).isEqualTo(CausalityRelation.CONCURRENT);
        assertThat(one.merge(other)).hasToString("12345678=1,123456789=1,9=1");
    }

    @Test
    void andCountersSpreadOverTheHashCodes() {
        Set<Integer> timestamps = new HashSet<>();
        Set<Integer> clocks = new HashSet<>();
        for (int node = 0; node < 100; node++) {
            for (int counter = 1; counter <= 100; counter++) {
                VectorTimestamp timestamp = VectorTimestamp.of("node-" + node, counter, "other", 7);
                timestamps.add(timestamp.hashCode());
                clocks.add(VectorClock.restore("other", timestamp).hashCode());
            }
        }
        assertThat(timestamps).hasSizeGreaterThan(9_990);
        assertThat(clocks).hasSizeGreaterThan(9_990);
    }

    @Test
    void inMapViewsAreFoundOrNot() {
        VectorTimestamp timestamp = VectorTimestamp.of("a", 0);
        assertThat(timestamp.asMap().containsKey("a")).isTrue();
        assertThat(timestamp.asMap().containsKey("b")).isFalse();
        assertThat(VectorTimestamp.builder().put("a", 1).put("b", 2).size()).isEqualTo(2);
    }
}
