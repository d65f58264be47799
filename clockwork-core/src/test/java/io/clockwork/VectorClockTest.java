package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VectorClockTest {
    private static VectorClock clock(String node, String text) {
        return VectorClock.restore(node, VectorTimestamp.parse(text));
    }

    private static VectorTimestamp vector(String text) {
        return VectorTimestamp.parse(text);
    }

    @Nested
    class Start {
        @Test
        void aClockKnowsItselfAndItsPeersAtZero() {
            assertThat(VectorClock.of("b").timestamp()).hasToString("b=0");
            assertThat(VectorClock.of("b", List.of("c", "a")).timestamp()).hasToString("a=0,b=0,c=0");
            assertThat(VectorClock.of("b", List.of("c", "a")).node()).isEqualTo("b");
        }

        @Test
        void aPeerMayBeNamedTwice() {
            assertThat(VectorClock.of("b", List.of("a", "c", "a")).timestamp()).hasToString("a=0,b=0,c=0");
        }

        @Test
        void aPeerMustNotBeTheClocksOwnNode() {
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class, () -> VectorClock.of("a", List.of("b", "a"))))
                    .hasMessage("peer \"a\" is the clock's own node; name only the others");
        }

        @Test
        void aRestoredClockGoesOnWhereItStood() {
            assertThat(clock("b", "a=4,b=7").tick().timestamp()).hasToString("a=4,b=8");
        }

        @Test
        void aClockRestoredWithoutItsOwnNodeStandsAtZero() {
            assertThat(clock("b", "a=4,c=1").timestamp()).hasToString("a=4,b=0,c=1");
            assertThat(clock("b", "").timestamp()).hasToString("b=0");
        }

        @Test
        void aClockIsRestoredFromAnotherClocksTimestamp() {
            VectorTimestamp other =
                    VectorClock.of("a").tick().tick().receive(vector("b=3")).timestamp();
            assertThat(VectorClock.restore("b", other).tick().timestamp()).hasToString("a=3,b=4");
            assertThat(other).hasToString("a=3,b=3");
        }
    }

    @Nested
    class Advancing {
        @Test
        void tickAndSendCountTheOwnNodeOnly() {
            assertThat(clock("b", "a=4,b=7,c=1").tick().timestamp()).hasToString("a=4,b=8,c=1");
            assertThat(clock("b", "a=4,b=7,c=1").send().timestamp()).hasToString("a=4,b=8,c=1");
        }

        @Test
        void receiveTakesTheLargerCountersThenCountsItself() {
            assertThat(clock("b", "a=4,b=7,c=1").receive(vector("a=2,b=3,c=9")).timestamp())
                    .hasToString("a=4,b=8,c=9");
        }

        @Test
        void receiveLearnsUnknownNodesAlsoAtZero() {
            assertThat(clock("b", "b=7").receive(vector("a=2,c=0")).timestamp()).hasToString("a=2,b=8,c=0");
        }

        @Test
        void receivingNothingNewIsStillAnEvent() {
            VectorClock clock = clock("b", "a=4,b=7");
            assertThat(clock.receive(vector("a=4")).timestamp()).hasToString("a=4,b=8");
            assertThat(clock.receive(VectorTimestamp.empty()).timestamp()).hasToString("a=4,b=8");
            assertThat(clock.receive(clock.timestamp()).timestamp()).hasToString("a=4,b=8");
        }

        @Test
        void mergeLearnsWithoutAnEvent() {
            assertThat(clock("b", "a=4,b=7").merge(vector("a=5,b=6,c=0")).timestamp())
                    .hasToString("a=5,b=7,c=0");
        }

        @Test
        void twoClocksCanBeEqualAfterMergeWithoutBeingOneEvent() {
            VectorClock a = clock("a", "a=1");
            VectorClock b = clock("b", "b=1");
            assertThat(a.merge(b.timestamp())
                            .timestamp()
                            .compare(b.merge(a.timestamp()).timestamp()))
                    .isEqualTo(CausalityRelation.EQUAL);
        }

        @Test
        void earlierTimestampsStayAsTheyWere() {
            VectorClock first = clock("b", "a=4,b=7");
            VectorTimestamp before = first.timestamp();
            first.tick().receive(vector("a=9,z=1")).tick();
            assertThat(before).hasToString("a=4,b=7");
        }

        @Test
        void theLastCounterIsReachedAndNotPassed() {
            VectorClock last = clock("b", "b=" + (Long.MAX_VALUE - 1)).tick();
            assertThat(last.timestamp().get("b")).isEqualTo(Long.MAX_VALUE);
            for (Runnable action : List.<Runnable>of(last::tick, last::send, () -> last.receive(vector("a=1")))) {
                assertThat(catchThrowableOfType(ClockOverflowException.class, action::run))
                        .isNotNull();
            }
            assertThat(last.merge(vector("a=1")).timestamp()).hasToString("a=1,b=" + Long.MAX_VALUE);
        }

        @Test
        void anotherNodesCounterMayStandAtTheLimit() {
            assertThat(clock("b", "b=1").receive(vector("a=" + Long.MAX_VALUE)).timestamp())
                    .hasToString("a=" + Long.MAX_VALUE + ",b=2");
        }
    }

    @Nested
    class OwnCounterAhead {
        private final VectorClock clock = clock("b", "a=4,b=7");
        private final VectorTimestamp forged = vector("a=9,b=8");

        @Test
        void isRefusedByReceiveAndMergeNamingBothCounters() { // 2.3
            for (Runnable action : List.<Runnable>of(() -> clock.receive(forged), () -> clock.merge(forged))) {
                OwnCounterAheadException e = catchThrowableOfType(OwnCounterAheadException.class, action::run);
                assertThat(e.ownCounter()).isEqualTo(7);
                assertThat(e.remoteCounter()).isEqualTo(8);
            }
            assertThat(clock.timestamp()).hasToString("a=4,b=7");
        }

        @Test
        void isAdoptedByRecover() { // 2.3
            assertThat(clock.recover(forged).timestamp()).hasToString("a=9,b=8");
            assertThat(clock.recover(forged).tick().timestamp()).hasToString("a=9,b=9");
        }

        @Test
        void recoverNeverGoesBack() {
            assertThat(clock.recover(vector("a=5,b=1")).timestamp()).hasToString("a=5,b=7");
            assertThat(clock.recover(VectorTimestamp.empty()).timestamp()).hasToString("a=4,b=7");
        }

        @Test
        void isSeenAlsoWhenBothShareTheirTable() { // 2.3
            VectorClock restarted = clock.tick();
            VectorTimestamp later = restarted.tick().timestamp();
            assertThat(catchThrowableOfType(OwnCounterAheadException.class, () -> restarted.receive(later)))
                    .isNotNull();
        }
    }

    @Nested
    class Equality {
        @Test
        void isThatOfNodeAndTimestamp() {
            assertThat(clock("b", "a=1,b=2")).isEqualTo(clock("b", "b=2,a=1")).hasSameHashCodeAs(clock("b", "a=1,b=2"));
            assertThat(clock("b", "a=1,b=2")).isNotEqualTo(clock("a", "a=1,b=2"));
            assertThat(clock("b", "a=1,b=2")).isNotEqualTo(clock("b", "a=1,b=3"));
            assertThat(clock("b", "b=2")).hasToString("b@b=2");
        }
    }
}
