package io.clockwork.benchmarks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.clockwork.HybridClock;
import io.clockwork.HybridTimestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * {@link HybridClock} is linearizable: its results are those of the calls one after the other. The wall clock stands at
 * 1 ms, the messages are of 2 ms and 3 ms; a packed reading is the milliseconds times 65,536 plus the counter.
 */
public final class HybridClockStress {
    private static final InstantSource WALL_CLOCK = () -> Instant.ofEpochMilli(1);
    private static final long FROM_B = new HybridTimestamp(2, 9).toLong();
    private static final long FROM_C = new HybridTimestamp(3, 19).toLong();

    private static HybridClock clock() {
        return new HybridClock(WALL_CLOCK, Duration.ofMillis(10));
    }

    private HybridClockStress() {}

    /** Two readings of one millisecond are distinct and ordered. */
    @JCStressTest
    @Outcome(id = "65536, 65537", expect = ACCEPTABLE, desc = "first, then second")
    @Outcome(id = "65537, 65536", expect = ACCEPTABLE, desc = "second, then first")
    @State
    public static class NowNow {
        private final HybridClock clock = clock();

        @Actor
        public void first(JJ_Result r) {
            r.r1 = clock.nowLong();
        }

        @Actor
        public void second(JJ_Result r) {
            r.r2 = clock.nowLong();
        }
    }

    /** A reading after a receipt is later than the message. */
    @JCStressTest
    @Outcome(id = "65536, 131082", expect = ACCEPTABLE, desc = "read, then received")
    @Outcome(id = "131083, 131082", expect = ACCEPTABLE, desc = "received, then read")
    @State
    public static class NowUpdate {
        private final HybridClock clock = clock();

        @Actor
        public void first(JJ_Result r) {
            r.r1 = clock.nowLong();
        }

        @Actor
        public void second(JJ_Result r) {
            r.r2 = clock.updateLong(FROM_B);
        }
    }

    /** The second of two receipts is later than both messages and the first. */
    @JCStressTest
    @Outcome(id = "131082, 196628", expect = ACCEPTABLE, desc = "b, then c")
    @Outcome(id = "196629, 196628", expect = ACCEPTABLE, desc = "c, then b")
    @State
    public static class UpdateUpdate {
        private final HybridClock clock = clock();

        @Actor
        public void first(JJ_Result r) {
            r.r1 = clock.updateLong(FROM_B);
        }

        @Actor
        public void second(JJ_Result r) {
            r.r2 = clock.updateLong(FROM_C);
        }
    }
}
