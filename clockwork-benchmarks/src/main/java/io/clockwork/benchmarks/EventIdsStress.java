package io.clockwork.benchmarks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.clockwork.EventIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** The ids of one {@link EventIds} ascend from call to call whatever the thread, while the wall clock stands still. */
public final class EventIdsStress {
    private static final InstantSource WALL_CLOCK = () -> Instant.ofEpochMilli(1);
    private static final RandomGenerator SEEDS = new SplittableRandom(1);
    private static final UUID NONE = new UUID(0, 0);

    private static String order(UUID before, UUID after) {
        return before.compareTo(after) < 0 ? "ascends" : "descends";
    }

    private EventIdsStress() {}

    /** The ids of two threads are distinct, and those of each ascend. */
    @JCStressTest
    @Outcome(id = "ascends, ascends, distinct", expect = ACCEPTABLE, desc = "as claimed")
    @State
    public static class TwoEach {
        private final EventIds ids = new EventIds(WALL_CLOCK, SEEDS);
        private UUID first = NONE;
        private UUID firstNext = NONE;
        private UUID second = NONE;
        private UUID secondNext = NONE;

        @Actor
        public void first(LLL_Result r) {
            first = ids.next();
            UUID next = ids.next();
            r.r1 = order(first, next);
            firstNext = next;
        }

        @Actor
        public void second(LLL_Result r) {
            second = ids.next();
            UUID next = ids.next();
            r.r2 = order(second, next);
            secondNext = next;
        }

        @Arbiter
        public void after(LLL_Result r) {
            r.r3 = Stream.of(first, firstNext, second, secondNext).distinct().count() == 4 ? "distinct" : "twice";
        }
    }

    /** An id made after another thread showed its own is greater. */
    @JCStressTest
    @Outcome(id = "none", expect = ACCEPTABLE, desc = "made before")
    @Outcome(id = "ascends", expect = ACCEPTABLE, desc = "made after")
    @State
    public static class HandOver {
        private final EventIds ids = new EventIds(WALL_CLOCK, SEEDS);
        private volatile UUID shown = NONE;

        @Actor
        public void first() {
            shown = ids.next();
        }

        @Actor
        public void second(L_Result r) {
            UUID seen = shown;
            UUID next = ids.next();
            r.r1 = seen.equals(NONE) ? "none" : order(seen, next);
        }
    }
}
