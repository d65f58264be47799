package io.clockwork.benchmarks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.clockwork.AtomicVectorClock;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** {@link AtomicVectorClock} is linearizable: its results are those of the calls one after the other, in some order. */
public final class AtomicVectorClockStress {
    private static final VectorClock START = VectorClock.of("a", List.of("b", "c"));
    private static final VectorTimestamp FROM_B = VectorTimestamp.of("b", 1);
    private static final VectorTimestamp FROM_C = VectorTimestamp.of("c", 1);

    private AtomicVectorClockStress() {}

    /** Two ticks are distinct, ordered, and both in the clock. */
    @JCStressTest
    @Outcome(
            id = {"a=1,b=0,c=0, a=2,b=0,c=0, a=2,b=0,c=0", "a=2,b=0,c=0, a=1,b=0,c=0, a=2,b=0,c=0"},
            expect = ACCEPTABLE,
            desc = "one after the other")
    @State
    public static class TickTick {
        private final AtomicVectorClock clock = new AtomicVectorClock(START);

        @Actor
        public void first(LLL_Result r) {
            r.r1 = clock.tick().toString();
        }

        @Actor
        public void second(LLL_Result r) {
            r.r2 = clock.tick().toString();
        }

        @Arbiter
        public void after(LLL_Result r) {
            r.r3 = clock.timestamp().toString();
        }
    }

    /** A tick knows a message exactly if it came after its receipt. */
    @JCStressTest
    @Outcome(id = "a=1,b=0,c=0, a=2,b=1,c=0", expect = ACCEPTABLE, desc = "ticked, then received")
    @Outcome(id = "a=2,b=1,c=0, a=1,b=1,c=0", expect = ACCEPTABLE, desc = "received, then ticked")
    @State
    public static class TickReceive {
        private final AtomicVectorClock clock = new AtomicVectorClock(START);

        @Actor
        public void tick(LL_Result r) {
            r.r1 = clock.tick().toString();
        }

        @Actor
        public void receive(LL_Result r) {
            r.r2 = clock.receive(FROM_B).toString();
        }
    }

    /** Neither of two messages is lost. */
    @JCStressTest
    @Outcome(id = "a=1,b=1,c=0, a=2,b=1,c=1", expect = ACCEPTABLE, desc = "b, then c")
    @Outcome(id = "a=2,b=1,c=1, a=1,b=0,c=1", expect = ACCEPTABLE, desc = "c, then b")
    @State
    public static class ReceiveReceive {
        private final AtomicVectorClock clock = new AtomicVectorClock(START);

        @Actor
        public void fromB(LL_Result r) {
            r.r1 = clock.receive(FROM_B).toString();
        }

        @Actor
        public void fromC(LL_Result r) {
            r.r2 = clock.receive(FROM_C).toString();
        }
    }

    /** A merge is no event, but what is learned stays. */
    @JCStressTest
    @Outcome(id = "a=1,b=0,c=0, a=1,b=1,c=0", expect = ACCEPTABLE, desc = "ticked, then merged")
    @Outcome(id = "a=1,b=1,c=0, a=0,b=1,c=0", expect = ACCEPTABLE, desc = "merged, then ticked")
    @State
    public static class TickMerge {
        private final AtomicVectorClock clock = new AtomicVectorClock(START);

        @Actor
        public void tick(LL_Result r) {
            r.r1 = clock.tick().toString();
        }

        @Actor
        public void merge(LL_Result r) {
            r.r2 = clock.merge(FROM_B).toString();
        }
    }

    /** Who looks twice never sees the clock go back, nor a state that it did not have. */
    @JCStressTest
    @Outcome(
            id = {"a=0,b=0,c=0, a=0,b=0,c=0", "a=0,b=0,c=0, a=1,b=0,c=0"},
            expect = ACCEPTABLE,
            desc = "before, or a tick apart")
    @Outcome(
            id = {"a=0,b=0,c=0, a=2,b=1,c=0", "a=1,b=0,c=0, a=2,b=1,c=0", "a=2,b=1,c=0, a=2,b=1,c=0"},
            expect = ACCEPTABLE,
            desc = "the later look is after all")
    @Outcome(id = "a=1,b=0,c=0, a=1,b=0,c=0", expect = ACCEPTABLE, desc = "both between")
    @State
    public static class Looks {
        private final AtomicVectorClock clock = new AtomicVectorClock(START);

        @Actor
        public void advance() {
            clock.tick();
            clock.receive(FROM_B);
        }

        @Actor
        public void look(LL_Result r) {
            r.r1 = clock.timestamp().toString();
            r.r2 = clock.timestamp().toString();
        }
    }

    /** A timestamp handed on by a data race is whole. */
    @JCStressTest
    @Outcome(id = "null", expect = ACCEPTABLE, desc = "not seen yet")
    @Outcome(id = "a=1,b=1,c=0", expect = ACCEPTABLE, desc = "whole")
    @State
    public static class RacyPublication {
        private final AtomicVectorClock clock = new AtomicVectorClock(START);
        private @Nullable VectorTimestamp published;

        @Actor
        public void publish() {
            published = clock.receive(FROM_B);
        }

        @Actor
        public void read(L_Result r) {
            r.r1 = String.valueOf(published);
        }
    }
}
