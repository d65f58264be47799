package io.clockwork.benchmarks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.clockwork.AtomicLamportClock;
import io.clockwork.LamportTimestamp;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** {@link AtomicLamportClock} is linearizable: its results are those of the calls one after the other. */
public final class AtomicLamportClockStress {
    private static final LamportTimestamp FROM_B = new LamportTimestamp("b", 10);
    private static final LamportTimestamp FROM_C = new LamportTimestamp("c", 20);

    private AtomicLamportClockStress() {}

    /** Two ticks are distinct and ordered. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "first, then second")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "second, then first")
    @State
    public static class TickTick {
        private final AtomicLamportClock clock = AtomicLamportClock.of("a");

        @Actor
        public void first(JJ_Result r) {
            r.r1 = clock.tick().time();
        }

        @Actor
        public void second(JJ_Result r) {
            r.r2 = clock.tick().time();
        }
    }

    /** A tick after a receipt is later than the message. */
    @JCStressTest
    @Outcome(id = "1, 11", expect = ACCEPTABLE, desc = "ticked, then received")
    @Outcome(id = "12, 11", expect = ACCEPTABLE, desc = "received, then ticked")
    @State
    public static class TickReceive {
        private final AtomicLamportClock clock = AtomicLamportClock.of("a");

        @Actor
        public void first(JJ_Result r) {
            r.r1 = clock.tick().time();
        }

        @Actor
        public void second(JJ_Result r) {
            r.r2 = clock.receive(FROM_B).time();
        }
    }

    /** The second of two receipts is later than both messages and the first. */
    @JCStressTest
    @Outcome(id = "11, 21", expect = ACCEPTABLE, desc = "b, then c")
    @Outcome(id = "22, 21", expect = ACCEPTABLE, desc = "c, then b")
    @State
    public static class ReceiveReceive {
        private final AtomicLamportClock clock = AtomicLamportClock.of("a");

        @Actor
        public void first(JJ_Result r) {
            r.r1 = clock.receive(FROM_B).time();
        }

        @Actor
        public void second(JJ_Result r) {
            r.r2 = clock.receive(FROM_C).time();
        }
    }

    /** Who looks twice never sees the clock go back, nor a time that it did not have. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 1", "0, 11", "1, 1", "1, 11", "11, 11"},
            expect = ACCEPTABLE,
            desc = "ascending")
    @State
    public static class Looks {
        private final AtomicLamportClock clock = AtomicLamportClock.of("a");

        @Actor
        public void first() {
            clock.tick();
            clock.receive(FROM_B);
        }

        @Actor
        public void second(JJ_Result r) {
            r.r1 = clock.timestamp().time();
            r.r2 = clock.timestamp().time();
        }
    }
}
