package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockSetsTest {
    private static final int A_SHARED = 2;
    private static final int A = 3;
    private static final int B_SHARED = 4;
    private static final int B = 5;
    private static final int C = 7;

    private final LockSets sets = new LockSets();

    private int of(int... holds) {
        int set = 0;
        for (int hold : holds) {
            set = sets.plus(set, hold);
        }
        return set;
    }

    @Test
    void oneSetHasOneNumberHoweverItCameAbout() {
        assertThat(of(B, A)).isEqualTo(of(A, B)).isEqualTo(of(A, B, A));
        assertThat(sets.minus(of(A, C, B), C)).isEqualTo(of(A, B));
        assertThat(sets.minus(of(A, B), C)).isEqualTo(of(A, B));
        assertThat(sets.minus(of(A), A)).isZero();
        assertThat(sets.holds(of(C, A, B))).containsExactly(A, B, C);
        assertThat(sets.holds(sets.minus(of(A, B, C), A))).containsExactly(B, C);
    }

    @ParameterizedTest
    @CsvSource({"2, 2, false", "2, 3, true", "3, 2, true", "3, 3, true", "3, 5, false", "3, 4, false", "2, 5, false"})
    void setsExcludeEachOtherByALockThatOneOfThemHoldsExclusively(int hold, int other, boolean exclude) {
        assertThat(sets.exclude(of(hold), of(other))).isEqualTo(exclude);
        assertThat(sets.exclude(of(hold, 9), of(other, 11))).isEqualTo(exclude);
        assertThat(sets.exclude(of(8, hold), of(8, other))).isEqualTo(exclude);
        // What was found out is known.
        assertThat(sets.exclude(of(8, other), of(8, hold))).isEqualTo(exclude);
    }

    @Test
    void theEmptySetExcludesNone() {
        assertThat(sets.exclude(0, 0)).isFalse();
        assertThat(sets.exclude(of(A), 0)).isFalse();
        assertThat(sets.exclude(0, of(A))).isFalse();
    }

    @Test
    void commonHoldsAreThoseOfOneMode() {
        assertThat(sets.common(of(A, B, C), of(A, B_SHARED, C))).isEqualTo(of(A, C));
        assertThat(sets.common(of(A, B_SHARED, C), of(A, B, C))).isEqualTo(of(A, C));
        assertThat(sets.common(of(A), of(B))).isZero();
        assertThat(sets.common(0, of(B))).isZero();
        assertThat(sets.common(of(A), 0)).isZero();
        assertThat(sets.common(of(A), of(A))).isEqualTo(of(A));
    }

    @Test
    void commonLocksAreThoseOfAnyMode() {
        assertThat(sets.commonLocks(of(A, B, 9), of(A_SHARED, B_SHARED, C))).isEqualTo(of(A, B));
        assertThat(sets.commonLocks(of(A_SHARED, B_SHARED, C), of(A, B, 9))).isEqualTo(of(A, B));
        assertThat(sets.commonLocks(of(A_SHARED), of(A_SHARED))).isEqualTo(of(A));
        assertThat(sets.commonLocks(of(A_SHARED, A), of(A))).isEqualTo(of(A));
        assertThat(sets.commonLocks(of(A), of(B))).isZero();
        assertThat(sets.commonLocks(0, of(B))).isZero();
        assertThat(sets.commonLocks(of(A), 0)).isZero();
    }

    @Test
    void aSetThatHasNoRoomCountsAsEmptyAndIsTold() {
        int all = sets.numberOf(IntStream.range(0, 1 << 22).toArray());
        assertThat(sets.holds(all)).hasSize(1 << 22);
        assertThat(sets.diagnostics()).isEmpty();
        assertThat(of(A)).isZero();
        assertThat(sets.diagnostics()).extracting(Diagnostic::code).containsExactly("LOCK_SETS_TOO_MANY");
    }
}
