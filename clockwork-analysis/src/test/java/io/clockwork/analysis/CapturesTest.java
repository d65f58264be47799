package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapturesTest {
    private static final int[] EMPTY = {};

    private final ClockVersions versions = new ClockVersions();
    private final Captures captures = new Captures(versions);

    private int version(int... stamps) {
        return versions.room(stamps, EMPTY, stamps.length);
    }

    @Test
    void aCaptureTellsWhatAnEventKnewUnderEachOrder() {
        int[] numbers = new int[40];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = captures.add(1, 100 + i, version(i), version(2 * i, 7, 5), version(3 * i));
        }
        assertThat(captures.limit()).isEqualTo(40);
        for (int i = 0; i < numbers.length; i++) {
            int capture = numbers[i];
            assertThat(captures.slot(capture)).isEqualTo(1);
            assertThat(captures.stamp(capture)).isEqualTo(100 + i);
            assertThat(versions.get(captures.causality(capture))).startsWith(i);
            assertThat(versions.get(captures.happensBefore(capture))).startsWith(2 * i, 7, 5);
            assertThat(versions.get(captures.schedulable(capture))).startsWith(3 * i);
            assertThat(captures.stampOf(capture, 1)).isEqualTo(100 + i);
            assertThat(captures.stampOf(capture, 2)).isEqualTo(5);
            assertThat(captures.stampOf(capture, 16)).isZero();
            assertThat(captures.causalStampOf(capture, 0)).isEqualTo(i);
            assertThat(captures.causalStampOf(capture, 16)).isZero();
        }
    }

    @Test
    void whatACaptureKeepsIsFreeWhenItIsGivenBack() {
        int causality = version(1);
        int happensBefore = version(2);
        int schedulable = version(3);
        int capture = captures.add(0, 9, causality, happensBefore, schedulable);
        versions.release(causality);
        versions.release(happensBefore);
        versions.release(schedulable);
        int other = version(4);
        assertThat(other).isNotIn(causality, happensBefore, schedulable);
        captures.remove(capture);
        assertThat(new int[] {version(5), version(6), version(7)})
                .containsExactlyInAnyOrder(causality, happensBefore, schedulable);
        assertThat(captures.stampOf(capture, 0)).isZero();
        assertThat(captures.add(3, 10, other, other, other)).isEqualTo(capture);
        assertThat(captures.limit()).isEqualTo(1);
    }

    @Test
    void aVersionIsSharedWhileSeveralHoldIt() {
        int version = version(1, 2);
        assertThat(versions.isShared(version)).isFalse();
        versions.retain(version);
        assertThat(versions.isShared(version)).isTrue();
        versions.release(version);
        assertThat(versions.isShared(version)).isFalse();
        versions.release(ClockVersions.NOTHING);
        assertThat(versions.get(ClockVersions.NOTHING)).isEmpty();
        assertThat(version(3)).isNotEqualTo(ClockVersions.NOTHING);
    }

    @Test
    void aVectorThatIsUsedAgainKnowsNothingOfBefore() {
        int first = version(1, 2, 3);
        versions.release(first);
        int again = version(9);
        assertThat(again).isEqualTo(first);
        assertThat(versions.get(again)).startsWith(9, 0, 0).endsWith(0);
    }

    @Test
    void asManyVectorsAsAreNeededAreKept() {
        int[] all = new int[300];
        for (int i = 0; i < all.length; i++) {
            all[i] = version(i);
        }
        for (int i = 0; i < all.length; i++) {
            assertThat(versions.get(all[i])).startsWith(i);
            versions.release(all[i]);
        }
        int[] again = new int[300];
        for (int i = 0; i < again.length; i++) {
            again[i] = version(i);
        }
        assertThat(again).containsExactlyInAnyOrder(all);
    }
}
