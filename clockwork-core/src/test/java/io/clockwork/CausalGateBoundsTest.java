package io.clockwork;

import static io.clockwork.CausalGateTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gate keeps, and what it does about keys that it had to forget. */
class CausalGateBoundsTest {
    private final CausalGate<String> small =
            CausalGate.builder().maxKeys(2).maxIdsPerKey(2).build();

    @Test
    void forgetsTheKeyThatWasNotOfferedForLongestAndCountsIt() {
        small.offer("k", event("e1", "a=1"));
        small.offer("l", event("e2", "a=2"));
        small.offer("k", event("e1", "a=1"));
        small.offer("m", event("e3", "a=3"));
        assertThat(small.size()).isEqualTo(2);
        assertThat(small.evictions()).isEqualTo(1);
        assertThat(small.applied("l")).isEmpty();
        assertThat(small.applied("k")).isPresent();
    }

    @Test
    void doesNotGuessAboutAKeyThatItMayHaveForgotten() {
        small.offer("k", event("e1", "a=1"));
        small.offer("l", event("e2", "a=2"));
        small.offer("m", event("e3", "a=3"));
        assertThat(small.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(small.offer("k", event("e4", "b=1"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(small.applied("k")).isEmpty();
    }

    @Test
    void takesWhatHappenedAfterAllThatItForgot() {
        small.offer("k", event("e1", "a=1"));
        small.offer("l", event("e2", "a=2"));
        small.offer("m", event("e3", "a=3"));
        assertThat(small.offer("k", event("e4", "a=1,b=1"))).isEqualTo(Verdict.NEW);
    }

    @Test
    void goesOnFromWhatItIsToldAboutAForgottenKey() {
        small.offer("k", event("e1", "a=1"));
        small.offer("l", event("e2", "a=2"));
        small.offer("m", event("e3", "a=3"));
        small.restore("k", VectorTimestamp.of("a", 1));
        assertThat(small.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(small.offer("k", event("e4", "b=1"))).isEqualTo(Verdict.CONFLICTING);
        small.restore("n", VectorTimestamp.empty());
        assertThat(small.offer("n", event("e4", "b=1"))).isEqualTo(Verdict.NEW);
        assertThat(small.evictions()).isEqualTo(3);
    }

    @Test
    void neverTakesBackWhatItHolds() {
        small.offer("k", event("e1", "a=5"));
        small.restore("k", VectorTimestamp.of("a", 1));
        assertThat(small.applied("k")).contains(VectorTimestamp.of("a", 5));
    }

    @Test
    void givesUpTheWatermarkWhenItGetsTooWide() {
        CausalGate<String> narrow = CausalGate.builder().maxKeys(1).maxNodes(2).build();
        for (String node : List.of("a", "b", "c")) {
            narrow.restore(node, VectorTimestamp.of(node, 1));
        }
        assertThat(narrow.offer("k", event("e1", "a=9,b=9"))).isEqualTo(Verdict.NEW);
        // That evicted key "c", and the watermark of three nodes is too wide to keep.
        assertThat(narrow.offer("l", event("e2", "a=99,b=99"))).isEqualTo(Verdict.UNKNOWN);
        assertThat(narrow.evictions()).isEqualTo(3);
    }

    @Test
    void remembersTheLastIdsOfAKeyOnly() {
        for (int i = 1; i <= 5; i++) {
            small.offer("k", event("e" + i, "a=" + i));
        }
        assertThat(small.offer("k", event("e5", "a=5"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(small.offer("k", event("e4", "a=4"))).isEqualTo(Verdict.DUPLICATE);
        assertThat(small.offer("k", event("e3", "a=3"))).isEqualTo(Verdict.STALE);
    }

    @Test
    void worksWithoutRememberingIds() {
        CausalGate<String> forgetful = CausalGate.builder().maxIdsPerKey(0).build();
        forgetful.offer("k", event("e1", "a=1"));
        forgetful.offer("k", event("e2", "a=2"));
        assertThat(forgetful.offer("k", event("e1", "a=1"))).isEqualTo(Verdict.STALE);
    }

    @Test
    void neverHoldsMoreKeysThanTheLimit() {
        CausalGate<Integer> wide = CausalGate.builder().maxKeys(2_000).build();
        for (int i = 0; i < 20_000; i++) {
            wide.offer(i, event("e" + i, "a=" + (i + 1)));
            assertThat(wide.size()).isLessThanOrEqualTo(2_000);
        }
        assertThat(wide.size() + wide.evictions()).isEqualTo(20_000);
        assertThat(wide.size()).isGreaterThan(1_900);
    }

    @Test
    void forgetsAKeyWhoseEventIsBeingAppliedWithoutHarm() {
        CausalGate<String> one = CausalGate.builder().maxKeys(1).build();
        one.offer("k", event("e1", "a=1"));
        try (Admission admission = one.admit("k", event("e2", "a=2"))) {
            one.offer("l", event("e3", "a=3"));
            assertThat(one.offer("k", event("e9", "b=1"))).isEqualTo(Verdict.IN_PROGRESS);
            admission.commit();
        }
        assertThat(one.applied("k")).contains(VectorTimestamp.of("a", 2));
        assertThat(one.size()).isEqualTo(1);
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> CausalGate.builder().maxKeys(0))
                .hasMessage("maxKeys must be from 1 to 2147483647, was 0");
        assertThatThrownBy(() -> CausalGate.builder().maxIdsPerKey(-1))
                .hasMessage("maxIdsPerKey must be from 0 to 2147483647, was -1");
        assertThatThrownBy(() -> CausalGate.builder().maxNodes(0))
                .hasMessage("maxNodes must be from 1 to 2147483647, was 0");
    }

    @Test
    void tellsLogsHowFullItIs() {
        small.offer("k", event("e1", "a=1"));
        assertThat(small).hasToString("CausalGate[keys=1, evictions=0]");
    }
}
