package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gate against causal histories, and under threads against some sequential order. */
class CausalGatePropertyTest {
    private static final int KEYS = 3;

    private static TracedEvent traced(CausalExecution.Event event, boolean ownerKnown) {
        VectorTimestamp timestamp = event.timestamp();
        return TracedEvent.of(
                "e" + event.index(),
                "changed",
                new byte[0],
                ownerKnown ? timestamp : VectorTimestamp.parse(timestamp.toString()));
    }

    /** What was applied to one key, as sets of events. */
    private static final class Model {
        final List<CausalExecution.Event> applied = new ArrayList<>();
        final BitSet known = new BitSet();

        Verdict verdict(CausalExecution.Event event, boolean ownerKnown) {
            if (known.get(event.index())) {
                boolean again = applied.contains(event);
                boolean covered = ownerKnown
                        && applied.stream().anyMatch(a -> a.node() == event.node() && a.index() > event.index());
                return again || covered ? Verdict.DUPLICATE : Verdict.STALE;
            }
            BitSet unseen = (BitSet) known.clone();
            unseen.andNot(event.past());
            return unseen.isEmpty() ? Verdict.NEW : Verdict.CONFLICTING;
        }

        void apply(CausalExecution.Event event) {
            applied.add(event);
            known.or(event.past());
            known.set(event.index());
        }

        VectorTimestamp timestamp() {
            return applied.stream()
                    .map(CausalExecution.Event::timestamp)
                    .reduce(VectorTimestamp.empty(), VectorTimestamp::merge);
        }
    }

    @Property
    void verdictsAreThoseOfTheCausalHistories(@ForAll long seed, @ForAll boolean ownerKnown) {
        Random random = new Random(seed);
        List<CausalExecution.Event> events = CausalExecution.random(random, 3, 20);
        CausalGate<Integer> gate = CausalGate.builder().maxIdsPerKey(100).build();
        Map<Integer, Model> models = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            CausalExecution.Event event = events.get(random.nextInt(events.size()));
            int key = event.index() % KEYS;
            Model model = models.computeIfAbsent(key, k -> new Model());
            Verdict expected = model.verdict(event, ownerKnown);
            try (Admission admission = gate.admit(key, traced(event, ownerKnown))) {
                assertThat(admission.verdict()).isEqualTo(expected);
                boolean apply = expected == Verdict.NEW || expected == Verdict.CONFLICTING;
                if (apply && random.nextBoolean()) {
                    admission.commit();
                    model.apply(event);
                }
            }
            if (!model.applied.isEmpty()) {
                assertThat(gate.applied(key)).contains(model.timestamp());
            }
        }
    }

    @Property
    void aGateThatForgetsNeverGuesses(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int maxKeys) {
        Random random = new Random(seed);
        List<CausalExecution.Event> events = CausalExecution.random(random, 3, 30);
        CausalGate<Integer> gate =
                CausalGate.builder().maxKeys(maxKeys).maxIdsPerKey(2).build();
        Map<Integer, Model> store = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            CausalExecution.Event event = events.get(random.nextInt(events.size()));
            int key = event.index() % 6;
            Model model = store.computeIfAbsent(key, k -> new Model());
            Verdict verdict = gate.offer(key, traced(event, false));
            if (verdict == Verdict.UNKNOWN) {
                assertThat(gate.evictions()).isPositive();
                gate.restore(key, model.timestamp());
                verdict = gate.offer(key, traced(event, false));
            }
            Verdict expected = model.verdict(event, false);
            if (expected == Verdict.DUPLICATE) {
                assertThat(verdict).isIn(Verdict.DUPLICATE, Verdict.STALE); // its id may be forgotten
            } else {
                // restore() gives the join of all: an event that equals it was applied.
                assertThat(verdict).isEqualTo(expected);
            }
            if (verdict == Verdict.NEW) {
                model.apply(event);
            }
            assertThat(gate.size()).isLessThanOrEqualTo(maxKeys);
        }
    }

    /** One call with its verdict, and when it began and ended. */
    private record Call(int key, TracedEvent event, Verdict verdict, long began, long ended) {}

    @Property(tries = 200)
    void concurrentOffersEqualSomeSequentialOrder(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<CausalExecution.Event> events = CausalExecution.random(random, 3, 6);
        CausalGate<Integer> gate = CausalGate.builder().maxKeys(2).build();
        List<List<Integer>> plans = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            plans.add(random.ints(3, 0, events.size()).boxed().toList());
        }
        AtomicLong time = new AtomicLong();
        List<Call> calls = onThreads(plans, i -> {
            TracedEvent event = traced(events.get(i), false);
            long began = time.getAndIncrement();
            Verdict verdict = gate.offer(i % KEYS, event);
            return new Call(i % KEYS, event, verdict, began, time.getAndIncrement());
        });
        assertThat(hasSequentialOrder(new ArrayList<>(), calls)).as("%s", calls).isTrue();
    }

    private static boolean hasSequentialOrder(List<Call> done, List<Call> open) {
        if (open.isEmpty()) {
            return true;
        }
        for (Call next : open) {
            if (open.stream().anyMatch(other -> other.ended < next.began)) {
                continue;
            }
            CausalGate<Integer> gate = CausalGate.builder().maxKeys(2).build();
            done.forEach(call -> gate.offer(call.key, call.event));
            if (gate.offer(next.key, next.event) == next.verdict) {
                List<Call> more = new ArrayList<>(done);
                more.add(next);
                List<Call> less = new ArrayList<>(open);
                less.remove(next);
                if (hasSequentialOrder(more, less)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Property(tries = 100)
    void effectsOfAKeyNeverOverlapAndEachIsAppliedOnceInCausalOrder(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<CausalExecution.Event> events = CausalExecution.random(random, 3, 12);
        CausalGate<Integer> gate = CausalGate.create();
        Map<Integer, List<CausalExecution.Event>> applied = new HashMap<>();
        Map<Integer, AtomicInteger> inside = new HashMap<>();
        for (int key = 0; key < KEYS; key++) {
            applied.put(key, new ArrayList<>());
            inside.put(key, new AtomicInteger());
        }
        List<List<Integer>> plans = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            plans.add(random.ints(12, 0, events.size()).boxed().toList());
        }
        AtomicInteger overlaps = new AtomicInteger();
        onThreads(plans, i -> {
            int key = i % KEYS;
            Verdict verdict = Verdict.IN_PROGRESS;
            while (verdict == Verdict.IN_PROGRESS) {
                verdict = gate.offer(key, traced(events.get(i), false), e -> {
                    overlaps.addAndGet(inside.get(key).getAndIncrement());
                    applied.get(key).add(events.get(i)); // not thread-safe: the gate orders the effects
                    inside.get(key).getAndDecrement();
                });
            }
            return verdict;
        });
        assertThat(overlaps).hasValue(0);
        for (List<CausalExecution.Event> order : applied.values()) {
            Set<CausalExecution.Event> once = new HashSet<>(order);
            assertThat(once).hasSameSizeAs(order);
            for (int i = 1; i < order.size(); i++) {
                assertThat(order.get(i - 1).happenedBefore(order.get(i))).isTrue();
            }
        }
    }

    private interface Step<R> {
        R run(int event) throws Exception;
    }

    private static <R> List<R> onThreads(List<List<Integer>> plans, Step<R> step) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(plans.size());
        try {
            CyclicBarrier start = new CyclicBarrier(plans.size());
            List<Future<List<R>>> running = new ArrayList<>();
            for (List<Integer> plan : plans) {
                running.add(threads.submit(() -> {
                    start.await();
                    List<R> results = new ArrayList<>();
                    for (int event : plan) {
                        results.add(step.run(event));
                    }
                    return results;
                }));
            }
            List<R> all = new ArrayList<>();
            for (Future<List<R>> thread : running) {
                all.addAll(thread.get());
            }
            return all;
        } finally {
            threads.shutdown();
        }
    }
}
