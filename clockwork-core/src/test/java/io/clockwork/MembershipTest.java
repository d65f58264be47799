package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Nodes that come, restart and go. */
class MembershipTest {
    private static final VectorTimestamp WITH_DEAD = VectorTimestamp.parse("a=4,b=2,dead=7");

    @Nested
    class Retire {
        @Test
        void dropsTheNodeAndItsCounter() {
            VectorClock clock = VectorClock.of("a").receive(VectorTimestamp.parse("b=2,dead=7"));
            assertThat(clock.retire("dead").timestamp()).hasToString("a=1,b=2");
            assertThat(clock.retire("dead").tick().timestamp()).hasToString("a=2,b=2");
        }

        @Test
        void ofALiveClockReturnsTheTimestampThatIsLeft() {
            AtomicVectorClock clock = AtomicVectorClock.of("a");
            clock.receive(VectorTimestamp.parse("b=2,dead=7"));
            assertThat(clock.retire("dead")).hasToString("a=1,b=2").isEqualTo(clock.timestamp());
        }

        @Test
        void isNotUndoneByAMessageThatStillNamesTheNode() {
            VectorClock clock = VectorClock.restore("c", WITH_DEAD).retire("dead");
            assertThat(clock.receive(WITH_DEAD).timestamp()).hasToString("a=4,b=2,c=1");
            VectorTimestamp newer = VectorTimestamp.parse("a=5,dead=9,new=1");
            assertThat(clock.receive(newer).timestamp()).hasToString("a=5,b=2,c=1,new=1");
            assertThat(clock.merge(newer).receive(newer).timestamp()).hasToString("a=5,b=2,c=1,new=1");
            assertThat(clock.recover(VectorTimestamp.parse("c=8,dead=9")).timestamp())
                    .hasToString("a=4,b=2,c=8");
        }

        @Test
        void outlivesWhatIsLearnedLater() {
            AtomicVectorClock clock = AtomicVectorClock.of("c");
            clock.receive(WITH_DEAD);
            clock.retire("dead");
            for (int i = 0; i < 20; i++) {
                clock.receive(VectorTimestamp.of("new" + i, 1, "dead", 100 + i));
            }
            assertThat(clock.timestamp().contains("dead")).isFalse();
            assertThat(clock.timestamp().size()).isEqualTo(23);
        }

        @Test
        void refusesTheClocksOwnNode() {
            assertThatThrownBy(() -> VectorClock.of("a").retire("a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("node \"a\" is the clock's own and cannot be retired by it; start a new clock under a"
                            + " new instance id");
        }

        @Test
        void keepsTheOwnersPlaceOnBothSidesOfTheGap() {
            VectorClock clock = VectorClock.of("m", List.of("a", "z"));
            assertThat(clock.tick().retire("a").tick().timestamp()).hasToString("m=2,z=0");
            assertThat(clock.tick().retire("z").tick().timestamp()).hasToString("a=0,m=2");
        }

        @Test
        void remembersABoundedNumberTheLongestRetiredForgottenFirst() {
            AtomicVectorClock clock = AtomicVectorClock.of("own");
            for (int i = 0; i <= RetiredNodes.MAX; i++) {
                clock.retire("n" + i);
            }
            clock.receive(VectorTimestamp.of("n0", 1, "n1", 1));
            assertThat(clock.timestamp()).hasToString("n0=1,own=1");
        }
    }

    @Test
    void aRestartThatLostItsCounterIsRefusedUntilItRecovers() {
        VectorTimestamp remembered = VectorTimestamp.parse("a=41,b=7");
        AtomicVectorClock restarted = AtomicVectorClock.of("a");
        assertThatThrownBy(() -> restarted.receive(remembered))
                .isInstanceOfSatisfying(OwnCounterAheadException.class, e -> {
                    assertThat(e.ownCounter()).isZero();
                    assertThat(e.remoteCounter()).isEqualTo(41);
                });
        assertThat(restarted.timestamp()).hasToString("a=0");
        restarted.recover(remembered);
        assertThat(restarted.tick()).hasToString("a=42,b=7");
    }

    /** Whatever is retired, wherever and whenever: an order that is claimed is an order that is there. */
    @Property
    void retiringNeverClaimsAnOrderThatIsNotThere(@ForAll long seed, @ForAll @IntRange(min = 5, max = 80) int steps) {
        Random random = new Random(seed);
        int nodes = 3 + random.nextInt(4);
        List<VectorClock> clocks = new ArrayList<>();
        List<BitSet> pasts = new ArrayList<>();
        for (int n = 0; n < nodes; n++) {
            clocks.add(VectorClock.of("n" + n));
            pasts.add(new BitSet());
        }
        List<VectorTimestamp> events = new ArrayList<>();
        List<BitSet> before = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            int n = random.nextInt(nodes);
            if (random.nextInt(6) == 0) {
                int other = (n + 1 + random.nextInt(nodes - 1)) % nodes;
                clocks.set(n, clocks.get(n).retire("n" + other));
                continue;
            }
            int message = events.isEmpty() || random.nextBoolean() ? -1 : random.nextInt(events.size());
            clocks.set(n, message < 0 ? clocks.get(n).send() : clocks.get(n).receive(events.get(message)));
            if (message >= 0) {
                pasts.get(n).or(before.get(message));
                pasts.get(n).set(message);
            }
            before.add((BitSet) pasts.get(n).clone());
            pasts.get(n).set(events.size());
            events.add(clocks.get(n).timestamp());
        }
        for (int a = 0; a < events.size(); a++) {
            for (int b = 0; b < events.size(); b++) {
                CausalityRelation claimed = events.get(a).compare(events.get(b));
                if (a == b) {
                    assertThat(claimed).isEqualTo(CausalityRelation.EQUAL);
                } else if (claimed == CausalityRelation.HAPPENS_BEFORE) {
                    assertThat(before.get(b).get(a)).isTrue();
                } else if (claimed == CausalityRelation.HAPPENS_AFTER) {
                    assertThat(before.get(a).get(b)).isTrue();
                } else {
                    assertThat(claimed).isEqualTo(CausalityRelation.CONCURRENT);
                }
            }
        }
    }
}
