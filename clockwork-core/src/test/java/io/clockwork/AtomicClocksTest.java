package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AtomicClocksTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 2_000;

    /** Runs {@code action} {@link #ROUNDS} times in each of {@link #THREADS} threads; each list is in program order. */
    private static <T> List<List<T>> inThreads(Supplier<T> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(THREADS);
            Callable<List<T>> run = () -> {
                start.countDown();
                start.await();
                List<T> results = new ArrayList<>(ROUNDS);
                for (int i = 0; i < ROUNDS; i++) {
                    results.add(action.get());
                }
                return results;
            };
            List<Future<List<T>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(run));
            }
            List<List<T>> results = new ArrayList<>();
            for (Future<List<T>> thread : running) {
                results.add(thread.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Nested
    class Vector {
        @Test
        void doesWhatTheImmutableClockDoes() {
            VectorClock clock = VectorClock.of("b", List.of("a"));
            AtomicVectorClock live = new AtomicVectorClock(clock);
            VectorTimestamp remote = VectorTimestamp.of("a", 4, "c", 0);
            assertThat(live.timestamp()).isSameAs(clock.timestamp());
            assertThat(live.tick()).hasToString(clock.tick().timestamp().toString());
            assertThat(live.send()).hasToString("a=0,b=2");
            assertThat(live.receive(remote)).hasToString("a=4,b=3,c=0");
            assertThat(live.merge(VectorTimestamp.of("d", 1))).hasToString("a=4,b=3,c=0,d=1");
            assertThat(live.recover(VectorTimestamp.of("b", 9))).hasToString("a=4,b=9,c=0,d=1");
            assertThat(live.snapshot().tick().timestamp()).hasToString("a=4,b=10,c=0,d=1");
            assertThat(live.node()).isEqualTo("b");
            assertThat(live).hasToString("b@a=4,b=9,c=0,d=1");
        }

        @Test
        void whatItReturnsIsWhatItShows() {
            AtomicVectorClock live = AtomicVectorClock.of("a");
            assertThat(live.tick()).isSameAs(live.timestamp());
            assertThat(live.receive(VectorTimestamp.of("b", 1))).isSameAs(live.timestamp());
        }

        @Test
        void staysAsItWasWhenAnOperationThrows() {
            AtomicVectorClock live = AtomicVectorClock.of("a");
            live.tick();
            VectorTimestamp before = live.timestamp();
            VectorTimestamp forged = VectorTimestamp.of("a", 2, "b", 9);
            for (Runnable action : List.<Runnable>of(() -> live.receive(forged), () -> live.merge(forged))) {
                assertThat(catchThrowableOfType(OwnCounterAheadException.class, action::run))
                        .isNotNull();
                assertThat(live.timestamp()).isSameAs(before);
            }
            VectorTimestamp atLimit = live.recover(VectorTimestamp.of("a", Long.MAX_VALUE));
            for (Runnable action :
                    List.<Runnable>of(live::tick, live::send, () -> live.receive(VectorTimestamp.of("b", 9)))) {
                assertThat(catchThrowableOfType(ClockOverflowException.class, action::run))
                        .isNotNull();
                assertThat(live.timestamp()).isSameAs(atLimit);
            }
        }

        @Test
        void threadsGetDistinctTimestampsInOneTotalOrder() throws Exception {
            AtomicVectorClock remote = AtomicVectorClock.of("remote");
            AtomicVectorClock live = AtomicVectorClock.of("a");
            List<List<VectorTimestamp>> results =
                    inThreads(() -> switch ((int) (live.timestamp().get("a") % 3)) {
                        case 0 -> live.tick();
                        case 1 -> live.send();
                        default -> live.receive(remote.send());
                    });
            List<VectorTimestamp> all = new ArrayList<>();
            for (List<VectorTimestamp> thread : results) {
                for (int i = 1; i < thread.size(); i++) {
                    assertThat(thread.get(i - 1).compare(thread.get(i))).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
                }
                all.addAll(thread);
            }
            all.sort(Comparator.comparingLong(t -> t.get("a")));
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get("a")).isEqualTo(i + 1);
                assertThat(i == 0 || all.get(i - 1).compare(all.get(i)) == CausalityRelation.HAPPENS_BEFORE)
                        .isTrue();
            }
            assertThat(live.timestamp().get("a")).isEqualTo((long) THREADS * ROUNDS);
        }

        @Test
        void mergesOfManyThreadsAreAllLearned() throws Exception {
            AtomicVectorClock remote = AtomicVectorClock.of("remote");
            AtomicVectorClock live = AtomicVectorClock.of("a");
            inThreads(() -> live.merge(remote.tick()));
            assertThat(live.timestamp()).hasToString("a=0,remote=" + THREADS * ROUNDS);
        }
    }

    @Nested
    class Lamport {
        @Test
        void doesWhatTheImmutableClockDoes() {
            AtomicLamportClock live =
                    new AtomicLamportClock(LamportClock.of("a").tick());
            assertThat(live.timestamp()).hasToString("a:1");
            assertThat(live.tick()).hasToString("a:2");
            assertThat(live.send()).hasToString("a:3");
            assertThat(live.receive(new LamportTimestamp("b", 9))).hasToString("a:10");
            assertThat(live.receive(new LamportTimestamp("b", 9))).hasToString("a:11");
            assertThat(live.snapshot()).isEqualTo(new LamportClock(new LamportTimestamp("a", 11)));
            assertThat(live.node()).isEqualTo("a");
            assertThat(live).hasToString("a:11");
        }

        @Test
        void staysAsItWasWhenAnOperationThrows() {
            AtomicLamportClock live = AtomicLamportClock.of("a");
            live.tick();
            LamportTimestamp last = new LamportTimestamp("b", Long.MAX_VALUE);
            assertThat(catchThrowableOfType(ClockOverflowException.class, () -> live.receive(last)))
                    .isNotNull();
            assertThat(live.timestamp()).hasToString("a:1");
            live.receive(new LamportTimestamp("b", Long.MAX_VALUE - 1));
            assertThat(catchThrowableOfType(ClockOverflowException.class, live::tick))
                    .isNotNull();
            assertThat(catchThrowableOfType(ClockOverflowException.class, live::send))
                    .isNotNull();
            assertThat(live.timestamp().time()).isEqualTo(Long.MAX_VALUE);
        }

        @Test
        void threadsGetDistinctTimesThatAscendInEachThread() throws Exception {
            AtomicLamportClock remote = AtomicLamportClock.of("remote");
            AtomicLamportClock live = AtomicLamportClock.of("a");
            List<List<LamportTimestamp>> results =
                    inThreads(() -> live.timestamp().time() % 2 == 0 ? live.tick() : live.receive(remote.send()));
            for (List<LamportTimestamp> thread : results) {
                assertThat(thread).isSorted().doesNotHaveDuplicates();
            }
            assertThat(results.stream().flatMap(List::stream)).doesNotHaveDuplicates();
        }
    }
}
