package io.clockwork.benchmarks;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.clockwork.CausalGate;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** {@link CausalGate} decides about a key as if one event came after the other, and applies each at most once. */
public final class CausalGateStress {
    private static final TracedEvent FROM_A = event("1", VectorTimestamp.of("a", 1));
    private static final TracedEvent AGAIN = event("1", VectorTimestamp.of("a", 1));
    private static final TracedEvent FROM_B = event("2", VectorTimestamp.of("b", 1));
    private static final TracedEvent AFTER_A = event("3", VectorTimestamp.of("a", 1, "b", 1));

    private CausalGateStress() {}

    private static TracedEvent event(String id, VectorTimestamp causality) {
        return TracedEvent.of(id, "changed", new byte[0], causality);
    }

    /** One key, and how often an event was applied to it. */
    private abstract static class OneKey {
        private final CausalGate<String> gate = CausalGate.create();
        private final AtomicInteger applied = new AtomicInteger();

        String offer(TracedEvent event) {
            return gate.offer("key", event, e -> applied.incrementAndGet()).name();
        }

        String applied() {
            return applied.get() + " " + gate.applied("key").orElseThrow();
        }
    }

    /** An event that is delivered twice at a time is applied once. */
    @JCStressTest
    @Outcome(
            id = {"NEW, DUPLICATE, 1 a=1", "DUPLICATE, NEW, 1 a=1"},
            expect = ACCEPTABLE,
            desc = "one after the other")
    @Outcome(
            id = {"NEW, IN_PROGRESS, 1 a=1", "IN_PROGRESS, NEW, 1 a=1"},
            expect = ACCEPTABLE,
            desc = "one while the other was being applied")
    @State
    public static class TheSameEvent extends OneKey {
        @Actor
        public void first(LLL_Result r) {
            r.r1 = offer(FROM_A);
        }

        @Actor
        public void second(LLL_Result r) {
            r.r2 = offer(AGAIN);
        }

        @Arbiter
        public void after(LLL_Result r) {
            r.r3 = applied();
        }
    }

    /** Of two concurrent events the one that comes second conflicts. */
    @JCStressTest
    @Outcome(
            id = {"NEW, CONFLICTING, 1 a=1", "CONFLICTING, NEW, 1 b=1"},
            expect = ACCEPTABLE,
            desc = "one after the other")
    @Outcome(
            id = {"NEW, IN_PROGRESS, 1 a=1", "IN_PROGRESS, NEW, 1 b=1"},
            expect = ACCEPTABLE,
            desc = "one while the other was being applied")
    @State
    public static class ConcurrentEvents extends OneKey {
        @Actor
        public void first(LLL_Result r) {
            r.r1 = offer(FROM_A);
        }

        @Actor
        public void second(LLL_Result r) {
            r.r2 = offer(FROM_B);
        }

        @Arbiter
        public void after(LLL_Result r) {
            r.r3 = applied();
        }
    }

    /** An effect overtaken by what it caused is stale, and the state never goes back. */
    @JCStressTest
    @Outcome(
            id = {"NEW, NEW, 2 a=1,b=1", "STALE, NEW, 1 a=1,b=1"},
            expect = ACCEPTABLE,
            desc = "one after the other")
    @Outcome(
            id = {"NEW, IN_PROGRESS, 1 a=1", "IN_PROGRESS, NEW, 1 a=1,b=1"},
            expect = ACCEPTABLE,
            desc = "one while the other was being applied")
    @State
    public static class CauseAndEffect extends OneKey {
        @Actor
        public void cause(LLL_Result r) {
            r.r1 = offer(FROM_A);
        }

        @Actor
        public void effect(LLL_Result r) {
            r.r2 = offer(AFTER_A);
        }

        @Arbiter
        public void after(LLL_Result r) {
            r.r3 = applied();
        }
    }
}
