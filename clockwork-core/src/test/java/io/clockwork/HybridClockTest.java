package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HybridClockTest {
    private static final Duration DRIFT = Duration.ofMillis(500);

    /** A wall clock that the test sets. */
    private static final class WallClock implements InstantSource {
        private long millis;

        WallClock(long millis) {
            this.millis = millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }

    @Nested
    class Now {
        @Test
        void showsTheWallClock() {
            assertThat(new HybridClock(new WallClock(1000), DRIFT).now()).isEqualTo(HybridTimestamp.at(1000));
        }

        @Test
        void doesNotRegressWhenTheWallClockStepsBack() {
            WallClock wall = new WallClock(1_000_000);
            HybridClock clock = new HybridClock(wall, DRIFT);
            clock.now();
            wall.millis = 10;
            assertThat(clock.now()).isEqualTo(new HybridTimestamp(1_000_000, 1));
            wall.millis = 1_000_001;
            assertThat(clock.now()).isEqualTo(HybridTimestamp.at(1_000_001));
        }

        @Test
        void goesOnPastAFullMillisecond() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT, new HybridTimestamp(1000, 65_534));
            assertThat(clock.now()).isEqualTo(new HybridTimestamp(1000, 65_535));
            assertThat(clock.now()).isEqualTo(HybridTimestamp.at(1001));
        }

        @Test
        void goesOnAfterTheReadingSavedBeforeARestart() {
            HybridTimestamp saved = new HybridTimestamp(2000, 7);
            assertThat(new HybridClock(new WallClock(1000), DRIFT, saved).now())
                    .isEqualTo(new HybridTimestamp(2000, 8));
        }

        @Test
        void refusesAWallClockOutOfRange() {
            HybridClock clock = new HybridClock(new WallClock(-1), DRIFT);
            assertThatThrownBy(clock::now)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("-1");
            assertThat(clock.last()).isEqualTo(HybridTimestamp.at(0));
        }

        @Test
        void takesTheFirstAndTheLastWallClockOfTheRange() {
            assertThat(new HybridClock(new WallClock(0), DRIFT).now()).isEqualTo(new HybridTimestamp(0, 1));
            long max = HybridTimestamp.MAX_WALL_MILLIS;
            assertThat(new HybridClock(new WallClock(max), DRIFT).now()).isEqualTo(HybridTimestamp.at(max));
            assertThatThrownBy(() -> new HybridClock(new WallClock(max + 1), DRIFT).now())
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void logsShowTheLastReading() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
            assertThat(clock).hasToString(clock.now().toString());
        }
    }

    @Nested
    class Update {
        @Test
        void acceptsAMessageAtTheLimit() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
            assertThat(clock.update(new HybridTimestamp(1500, 3))).isEqualTo(new HybridTimestamp(1500, 4));
        }

        @Test
        void refusesAMessageBeyondTheLimitAndStaysAsItWas() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
            HybridTimestamp before = clock.now();
            assertThatThrownBy(() -> clock.update(HybridTimestamp.at(1501)))
                    .isInstanceOfSatisfying(ClockDriftException.class, e -> {
                        assertThat(e.aheadMillis()).isEqualTo(501);
                        assertThat(e.maxDriftMillis()).isEqualTo(500);
                    })
                    .hasMessageContaining("000000000001501.00000")
                    .hasMessageContaining(" is 501 ms ahead")
                    .hasMessageContaining("limit is 500 ms")
                    .hasMessageContaining("raise maxDrift");
            assertThat(clock.last()).isEqualTo(before);
        }

        @Test
        void refusesTheLastOfAllReadings() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
            assertThatThrownBy(() -> clock.updateLong(-1)).isInstanceOf(ClockDriftException.class);
        }

        @Test
        void acceptsAMessageFromThePast() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
            assertThat(clock.update(HybridTimestamp.at(1))).isEqualTo(HybridTimestamp.at(1000));
        }
    }

    @Nested
    class Merge {
        @Test
        void learnsALaterReadingWithoutTakingOne() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
            HybridTimestamp remote = new HybridTimestamp(1500, 3);
            assertThat(clock.merge(remote)).isEqualTo(remote);
            assertThat(clock.now()).isEqualTo(new HybridTimestamp(1500, 4));
        }

        @Test
        void ignoresAnEarlierReadingEvenFarAheadOfAWallClockThatSteppedBack() {
            WallClock wall = new WallClock(1_000_000);
            HybridClock clock = new HybridClock(wall, DRIFT);
            HybridTimestamp last = clock.now();
            wall.millis = 0;
            assertThat(clock.merge(HybridTimestamp.at(999_999))).isEqualTo(last);
            assertThat(clock.last()).isEqualTo(last);
        }

        @Test
        void refusesAReadingBeyondTheLimit() {
            HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
            assertThatThrownBy(() -> clock.merge(HybridTimestamp.at(1501))).isInstanceOf(ClockDriftException.class);
            assertThat(clock.last()).isEqualTo(HybridTimestamp.at(0));
        }
    }

    @Test
    void refusesANegativeDrift() {
        assertThatThrownBy(() -> new HybridClock(InstantSource.system(), Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxDrift");
    }

    @Test
    void readingsOfTwoThreadsAreDistinctAndAscend() throws Exception {
        HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
        int each = 100_000;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<long[]> task = () -> {
                long[] readings = new long[each];
                for (int i = 0; i < each; i++) {
                    readings[i] = i % 3 == 0 ? clock.updateLong(readings[i / 2]) : clock.nowLong();
                }
                return readings;
            };
            List<Long> all = new ArrayList<>();
            for (Future<long[]> done : threads.invokeAll(List.of(task, task))) {
                long before = -1;
                for (long reading : done.get()) {
                    assertThat(reading).isGreaterThan(before);
                    before = reading;
                    all.add(reading);
                }
            }
            assertThat(all).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    /** One step of an execution: a node's wall clock moves, then it has an event, perhaps receiving from another. */
    record Step(int node, int wallStep, int from) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> node = Arbitraries.integers().between(0, 3);
        Arbitrary<Integer> wallStep = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0)),
                Tuple.of(4, Arbitraries.integers().between(0, 5)),
                Tuple.of(1, Arbitraries.integers().between(-40, 40)));
        Arbitrary<Integer> from = Arbitraries.integers().between(-4, 3);
        return Combinators.combine(node, wallStep, from).as(Step::new).list().ofMaxSize(80);
    }

    /** Theorem 1 against vector clocks, and the bounds of Corollary 1: l is at least pt and is a pt that was seen. */
    @Property
    void readingsAgreeWithCausalityAndStayNearTheWallClocks(@ForAll("steps") List<Step> steps) {
        WallClock[] walls = new WallClock[4];
        HybridClock[] clocks = new HybridClock[4];
        VectorClock[] vectors = new VectorClock[4];
        for (int n = 0; n < 4; n++) {
            walls[n] = new WallClock(1000 + n * 13L); // skewed from the start
            clocks[n] = new HybridClock(walls[n], Duration.ofDays(1));
            vectors[n] = VectorClock.of("n" + n);
        }
        List<HybridTimestamp> readings = new ArrayList<>();
        List<VectorTimestamp> times = new ArrayList<>();
        long maxWall = 0;
        for (Step step : steps) {
            int n = step.node();
            walls[n].millis += step.wallStep();
            maxWall = Math.max(maxWall, walls[n].millis);
            boolean receives = step.from() >= 0 && step.from() != n;
            HybridTimestamp reading;
            if (receives) {
                reading = clocks[n].update(clocks[step.from()].last());
                vectors[n] = vectors[n].receive(vectors[step.from()].timestamp());
            } else {
                reading = clocks[n].now();
                vectors[n] = vectors[n].tick();
            }
            assertThat(reading.wallMillis()).isBetween(walls[n].millis, maxWall);
            assertThat(reading.counter()).isLessThanOrEqualTo(readings.size());
            for (int e = 0; e < readings.size(); e++) {
                if (times.get(e).compare(vectors[n].timestamp()) == CausalityRelation.HAPPENS_BEFORE) {
                    assertThat(readings.get(e)).isLessThan(reading);
                }
            }
            readings.add(reading);
            times.add(vectors[n].timestamp());
        }
    }

    @Property
    void noMessageMovesTheClockBeyondTheDriftBound(@ForAll("remotes") List<Long> remotes) {
        long bound = DRIFT.toMillis();
        HybridClock clock = new HybridClock(new WallClock(1000), DRIFT);
        for (long remote : remotes) {
            HybridTimestamp before = clock.last();
            boolean refused = false;
            try {
                clock.update(HybridTimestamp.at(remote));
            } catch (ClockDriftException e) {
                refused = true;
                assertThat(clock.last()).isEqualTo(before);
            }
            assertThat(refused).isEqualTo(remote > 1000 + bound);
            assertThat(clock.last().wallMillis()).isLessThanOrEqualTo(1000 + bound);
        }
    }

    @Provide
    Arbitrary<List<Long>> remotes() {
        return Arbitraries.longs().between(0, 3000).list().ofMaxSize(20);
    }
}
