package io.clockwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    private static final long NOW = 0x0192_3456_789AL;

    private long millis = NOW;

    private EventIds ids() {
        return new EventIds(() -> Instant.ofEpochMilli(millis), new SplittableRandom(1));
    }

    private static long millisOf(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }

    @Nested
    class Form {
        @Test
        void isVersion7OfTheRfcVariant() {
            UUID id = ids().next();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        }

        @Test
        void beginsWithTheMillisecond() {
            assertThat(ids().nextString()).startsWith("01923456-789a-7000-").hasSize(36);
        }

        @Test
        void textIsTheLowerCaseFormOfTheId() {
            String text = ids().nextString();
            assertThat(text).isEqualTo(ids().next().toString()).matches("[0-9a-f-]{36}");
        }

        @Test
        void clampsAWallClockThatTheFormatCannotHold() {
            millis = -5;
            EventIds ids = ids();
            assertThat(millisOf(ids.next())).isZero();
            millis = Long.MAX_VALUE / 2;
            assertThat(millisOf(ids.next())).isEqualTo((1L << 48) - 1);
        }
    }

    @Nested
    class Order {
        @Test
        void ascendsInsideOneMillisecond() {
            assertAscending(ids(), 5_000);
        }

        @Test
        void ascendsPastAFullCounterByRunningAhead() {
            EventIds ids = ids();
            UUID last = assertAscending(ids, 3 * (1 << 16));
            assertThat(millisOf(last)).isEqualTo(NOW + 2);
            millis = NOW + 3;
            assertThat(millisOf(ids.next())).isEqualTo(NOW + 3);
        }

        @Test
        void ascendsThroughAClockThatStepsBack() {
            EventIds ids = ids();
            UUID before = ids.next();
            millis = NOW - 3_600_000;
            UUID after = ids.next();
            assertThat(after).isGreaterThan(before);
            assertThat(millisOf(after)).isEqualTo(NOW);
            millis = NOW + 1;
            assertThat(millisOf(ids.next())).isEqualTo(NOW + 1);
        }

        private UUID assertAscending(EventIds ids, int count) {
            UUID before = ids.next();
            for (int i = 1; i < count; i++) {
                UUID id = ids.next();
                if (id.compareTo(before) <= 0) {
                    assertThat(id).isGreaterThan(before);
                }
                before = id;
            }
            return before;
        }
    }

    @Nested
    class Threads {
        @Test
        void makeDistinctIdsEachAscending() throws Exception {
            EventIds ids = new EventIds(InstantSource.system(), new SplittableRandom(1));
            Callable<UUID[]> task = () -> {
                UUID[] made = new UUID[100_000];
                Arrays.setAll(made, i -> ids.next());
                return made;
            };
            Set<UUID> all = new HashSet<>();
            for (UUID[] made : inTwoThreads(task, task)) {
                assertThat(made).isSorted();
                all.addAll(Arrays.asList(made));
            }
            assertThat(all).hasSize(200_000);
        }

        @Test
        void ascendAlongTheHandOverFromThreadToThread() throws Exception {
            EventIds ids = ids(); // the wall clock stands still
            Exchanger<UUID> meeting = new Exchanger<>();
            Callable<Boolean> task = () -> {
                for (int i = 0; i < 5_000; i++) {
                    UUID mine = ids.next();
                    UUID theirs = meeting.exchange(mine);
                    UUID next = ids.next();
                    if (next.compareTo(mine) <= 0 || next.compareTo(theirs) <= 0) {
                        return false;
                    }
                }
                return true;
            };
            assertThat(inTwoThreads(task, task)).containsExactly(true, true);
        }

        private static <T> List<T> inTwoThreads(Callable<T> first, Callable<T> second) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<T> results = new ArrayList<>();
                for (Future<T> done : threads.invokeAll(List.of(first, second))) {
                    results.add(done.get());
                }
                return results;
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class Noise {
        @Test
        void differsBetweenProcesses() {
            Set<Long> noise = new HashSet<>();
            for (int seed = 0; seed < 1000; seed++) {
                EventIds ids = new EventIds(() -> Instant.ofEpochMilli(NOW), new SplittableRandom(seed));
                noise.add(ids.next().getLeastSignificantBits());
            }
            assertThat(noise).hasSize(1000);
        }

        @Test
        void hasEachBitSetAboutHalfOfTheTime() {
            EventIds ids = ids();
            int[] set = new int[58];
            int count = 10_000;
            for (int i = 0; i < count; i++) {
                long low = ids.next().getLeastSignificantBits();
                for (int bit = 0; bit < set.length; bit++) {
                    set[bit] += (int) (low >>> bit & 1);
                }
            }
            for (int n : set) {
                assertThat(n).isBetween(count / 2 - 300, count / 2 + 300);
            }
        }
    }

    @Property
    void keepsVersionAndVariantAtAnyTimeAndSeed(@ForAll @LongRange(max = (1L << 48) - 1) long now, @ForAll long seed) {
        EventIds ids = new EventIds(() -> Instant.ofEpochMilli(now), new SplittableRandom(seed));
        for (int i = 0; i < 20; i++) {
            UUID id = ids.next();
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(millisOf(id)).isEqualTo(now);
        }
    }

    @Property
    void ascendsWhateverTheClockDoes(@ForAll List<@LongRange(max = 50) Long> clock) {
        EventIds ids = ids();
        String before = "";
        for (long now : clock) {
            millis = now;
            String id = ids.nextString();
            assertThat(id).isGreaterThan(before);
            before = id;
        }
    }

    @Test
    void theProcessHasOneGeneratorOnTheSystemClock() {
        assertThat(EventIds.system()).isSameAs(EventIds.system());
        long before = System.currentTimeMillis();
        UUID id = EventIds.system().next();
        assertThat(millisOf(id)).isBetween(before, System.currentTimeMillis() + 1);
        assertThat(EventIds.system().next()).isGreaterThan(id);
    }
}
