package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RaceFindingsTest {
    private final RaceFindings findings = new RaceFindings();

    @Test
    void aPairOfPlacesIsOneFindingInEitherOrder() {
        int finding = findings.find(1, 5, RaceEngine.WRITE, 7, RaceEngine.READ);
        int sameSite = findings.find(1, 5, RaceEngine.WRITE, 5, RaceEngine.READ);
        assertThat(findings.find(1, 7, RaceEngine.READ, 5, RaceEngine.WRITE)).isEqualTo(finding);
        assertThat(findings.find(1, 5, RaceEngine.READ, 5, RaceEngine.WRITE)).isEqualTo(sameSite);
        assertThat(findings.find(1, 5, RaceEngine.READ, 7, RaceEngine.WRITE)).isNotEqualTo(finding);
        assertThat(findings.find(2, 5, RaceEngine.WRITE, 7, RaceEngine.READ)).isNotEqualTo(finding);
        assertThat(findings.size()).isEqualTo(4);
    }

    @Test
    void eachFindingHasItsOwnCountAndExample() {
        for (int i = 0; i < 100; i++) {
            int finding = findings.find(i, 1, RaceEngine.READ, 2, RaceEngine.ATOMIC_UPDATE);
            assertThat(findings.rank(finding)).isEqualTo(Byte.MAX_VALUE);
            findings.count(finding, i);
            findings.earlier(finding, i, 1000 + i, 10 + i, 1, 6 << 3 | RaceEngine.READ);
            findings.later(finding, 2000 + i, 20 + i, 2, 7, RaceEngine.ATOMIC_UPDATE);
        }
        for (int i = 0; i < 100; i++) {
            int finding = findings.find(i, 2, RaceEngine.ATOMIC_UPDATE, 1, RaceEngine.READ);
            assertThat(findings.variable(finding)).isEqualTo(i);
            assertThat(findings.count(finding)).isEqualTo(i);
            assertThat(findings.rank(finding)).isEqualTo(i);
            assertThat(findings.stamp(finding, false)).isEqualTo(1000 + i);
            assertThat(findings.stamp(finding, true)).isEqualTo(2000 + i);
            assertThat(findings.task(finding, false)).isEqualTo(10 + i);
            assertThat(findings.task(finding, true)).isEqualTo(20 + i);
            assertThat(findings.site(finding, false)).isEqualTo(1);
            assertThat(findings.site(finding, true)).isEqualTo(2);
            assertThat(findings.locks(finding, false)).isEqualTo(6);
            assertThat(findings.locks(finding, true)).isEqualTo(7);
            assertThat(findings.kind(finding, false)).isEqualTo(RaceEngine.READ);
            assertThat(findings.kind(finding, true)).isEqualTo(RaceEngine.ATOMIC_UPDATE);
        }
    }

    @Test
    void theFirstOfTheSurestIsKeptAndOfItsPartnersTheLast() {
        int finding = findings.find(0, 1, RaceEngine.WRITE, 1, RaceEngine.WRITE);
        findings.earlier(finding, 1, 10, 0, 1, RaceEngine.WRITE);
        findings.later(finding, 20, 1, 1, 0, RaceEngine.WRITE);
        assertThat(findings.isOf(finding, 20)).isTrue();
        assertThat(findings.isOf(finding, 21)).isFalse();
        assertThat(findings.isBetter(finding, 0, 5, 30)).as("surer").isTrue();
        assertThat(findings.isBetter(finding, 2, 15, 20)).as("less sure").isFalse();
        assertThat(findings.isBetter(finding, 1, 15, 20)).as("nearer").isTrue();
        assertThat(findings.isBetter(finding, 1, 10, 20)).as("the same").isFalse();
        assertThat(findings.isBetter(finding, 1, 15, 21)).as("later").isFalse();
    }
}
