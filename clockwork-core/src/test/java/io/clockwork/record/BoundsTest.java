package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.VectorTimestamp;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However long a program runs, vectors, tasks, names and events stay within bounds, and what is lost is counted. */
@SuppressWarnings("try") // scopes are there to be closed
class BoundsTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static long events(Recording recording) {
        return recording.tasks().stream()
                .mapToLong(task -> task.events().size())
                .sum();
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Nested
    class Vectors {
        private final Recorder recorder = Recorder.builder("bounds")
                .maxEvents(20_000)
                .whenFull(Overflow.DROP_OLDEST)
                .withoutTimes()
                .build();
        private final ExecutorService pool = recorder.wrap(threads);
        private final Variable x = recorder.variable("x");

        @ParameterizedTest
        @CsvSource({"8, 16", "64, 96"})
        void areAsWideAsTheProgramWasEverConcurrentAfterAMillionTasks(int atOnce, int widest) throws Exception {
            AtomicInteger width = new AtomicInteger();
            long early = 0;
            try (Scope trace = recorder.openTrace("main")) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < 1_000_000; i++) {
                    if (running.size() == atOnce) {
                        for (Future<?> future : running) {
                            future.get();
                        }
                        running.clear();
                    }
                    running.add(pool.submit(() -> {
                        x.write(1);
                        width.accumulateAndGet(recorder.timestamp().size(), Math::max);
                    }));
                    early = i == 250_000 ? liveHeap() : early;
                }
            }
            long late = liveHeap();
            System.out.printf(
                    "1,000,000 tasks, %d at once: %d components, live heap %,d KB after a quarter and %,d KB at the end%n",
                    atOnce, width.get(), early >> 10, late >> 10);
            assertThat(width.get()).isBetween(2, widest);
            assertThat(late).isLessThan(early + early / 20 + (1 << 20));
            assertThat(events(recorder.recording())).isLessThanOrEqualTo(20_000);
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void stayNarrowWhenWorkSubmitsItselfAgainAndNobodyJoins(boolean goesOn) throws Exception {
            CountDownLatch hops = new CountDownLatch(100_000);
            AtomicInteger widest = new AtomicInteger();
            Runnable[] hop = new Runnable[1];
            hop[0] = () -> {
                x.write(1);
                widest.accumulateAndGet(recorder.timestamp().size(), Math::max);
                hops.countDown();
                if (hops.getCount() > 0) {
                    pool.execute(hop[0]);
                }
                if (goesOn) {
                    x.write(2);
                }
            };
            try (Scope trace = recorder.openTrace("main")) {
                x.read(1);
                pool.execute(hop[0]);
            }
            hops.await();
            assertThat(widest.get()).isBetween(1, 3);
        }

        @Test
        void stayNarrowWhenOneTaskSetsOffManyThatNobodyJoins() throws Exception {
            AtomicInteger widest = new AtomicInteger();
            CountDownLatch runs = new CountDownLatch(100_000);
            try (Scope trace = recorder.openTrace("acceptor")) {
                for (int i = 0; i < 100_000; i++) {
                    x.read(i);
                    pool.execute(() -> {
                        x.write(1);
                        widest.accumulateAndGet(recorder.timestamp().size(), Math::max);
                        runs.countDown();
                    });
                    assertThat(recorder.timestamp().size()).isLessThanOrEqualTo(2);
                }
                runs.await();
            }
            assertThat(widest.get()).isBetween(2, 3);
        }

        @Test
        void handedOnKeepEveryOrder() {
            try (Scope trace = recorder.openTrace("main")) {
                Task child = recorder.fork("child");
                child.run(() -> x.write(1));
                VectorTimestamp inChild = child.call(recorder::timestamp);
                x.write(2);
                VectorTimestamp here = recorder.timestamp();
                assertThat(inChild.compare(here)).isEqualTo(io.clockwork.CausalityRelation.CONCURRENT);
                assertThat(inChild.size()).isEqualTo(1);
                assertThat(here.size()).isEqualTo(2);
                recorder.join(child);
                assertThat(inChild.compare(recorder.timestamp()))
                        .isEqualTo(io.clockwork.CausalityRelation.HAPPENS_BEFORE);
                assertThat(here.compare(recorder.timestamp())).isEqualTo(io.clockwork.CausalityRelation.HAPPENS_BEFORE);
            }
        }
    }

    @Nested
    class Memory {
        @ParameterizedTest
        @EnumSource(Overflow.class)
        void holdsNoMoreThanAllowedAndCountsTheRest(Overflow overflow) throws Exception {
            Recorder recorder = Recorder.builder("bounds")
                    .maxEvents(5_000)
                    .whenFull(overflow)
                    .build();
            Variable x = recorder.variable("x");
            int runs = 4_000;
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                done.add(threads.submit(() -> {
                    for (int i = 0; i < runs; i++) {
                        try (Scope trace = recorder.openTrace("trace")) {
                            x.write(i);
                            x.write(i);
                        }
                    }
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }
            Recording recording = recorder.recording();
            long kept = events(recording);
            assertThat(kept).isBetween(1_000L, 5_000L);
            assertThat(kept + recording.dropped()).isEqualTo(4L * runs * 3);
            assertThat(recording.tasks()).allMatch(task -> task.evicted() == 0 || overflow == Overflow.DROP_OLDEST);
        }

        @Test
        void keepsTheNewestEventsOfALongTask() {
            Recorder recorder = Recorder.builder("bounds")
                    .maxEvents(1_000)
                    .whenFull(Overflow.DROP_OLDEST)
                    .build();
            Variable x = recorder.variable("x");
            try (Scope trace = recorder.openTrace("main")) {
                for (int i = 0; i < 100_000; i++) {
                    x.write(i);
                }
                RecordedTask task = recorder.recording().tasks().get(0);
                List<RecordedEvent> events = task.events();
                assertThat(events.size()).isBetween(800, 1_000);
                assertThat(task.evicted() + events.size()).isEqualTo(100_001);
                assertThat(recorder.recording().dropped()).isEqualTo(task.evicted());
                for (int i = 0; i < events.size(); i++) {
                    assertThat(events.get(i).dot().sequence()).isEqualTo(task.evicted() + i + 1);
                    assertThat(events.get(i).value()).isEqualTo(task.evicted() + i - 1L);
                }
                x.write(-1);
                x.write(-1);
                assertThat(events.get(events.size() - 1).value()).isEqualTo(99_999L);
            }
        }

        @Test
        void keepsTheNewestOfManyShortTraces() {
            Recorder recorder = Recorder.builder("bounds")
                    .maxEvents(1_000)
                    .whenFull(Overflow.DROP_OLDEST)
                    .withoutTimes()
                    .build();
            Variable x = recorder.variable("x");
            for (int i = 0; i < 10_000; i++) {
                try (Scope trace = recorder.openTrace("request")) {
                    x.write(i);
                }
            }
            Recording recording = recorder.recording();
            assertThat(last(recording)).isEqualTo(9_999L);
            assertThat(events(recording) + recording.dropped()).isEqualTo(20_000);
        }

        @Test
        void keepsTheNewestOfWorkThatWasNeverWrapped() {
            Recorder recorder = Recorder.builder("bounds")
                    .maxEvents(1_000)
                    .whenFull(Overflow.DROP_OLDEST)
                    .withoutTimes()
                    .build();
            Variable x = recorder.variable("x");
            for (int i = 0; i < 10_000; i++) {
                x.write(i);
                recorder.openTrace("ends the work that was not wrapped").close();
            }
            assertThat(last(recorder.recording())).isEqualTo(9_999L);
        }

        private static Object last(Recording recording) {
            List<RecordedTask> tasks = recording.tasks();
            List<RecordedEvent> events = tasks.get(tasks.size() - 1).events();
            return events.get(events.size() - 1).value();
        }

        @Test
        void isReadConsistentlyWhileItIsGivenUp() throws Exception {
            Recorder recorder = Recorder.builder("bounds")
                    .maxEvents(500)
                    .whenFull(Overflow.DROP_OLDEST)
                    .withoutTimes()
                    .build();
            Variable x = recorder.variable("x");
            Future<?> writer = threads.submit(() -> {
                try (Scope trace = recorder.openTrace("main")) {
                    for (int i = 0; i < 300_000; i++) {
                        x.write(i + 2); // the event's sequence number
                    }
                }
            });
            int read = 0;
            while (!writer.isDone()) {
                for (RecordedTask task : recorder.recording().tasks()) {
                    for (RecordedEvent event : task.events()) {
                        if (event.kind() == EventKind.WRITE) {
                            assertThat(event.value())
                                    .isEqualTo((long) event.dot().sequence());
                            read++;
                        }
                    }
                }
            }
            writer.get();
            assertThat(read).isGreaterThanOrEqualTo(0);
        }

        @Test
        void samplesWholeTraces() {
            Recorder recorder = Recorder.builder("bounds")
                    .maxEvents(10_000)
                    .whenFull(Overflow.SAMPLE_TRACES)
                    .build();
            Variable x = recorder.variable("x");
            for (int i = 0; i < 3_000; i++) {
                try (Scope trace = recorder.openTrace("trace")) {
                    for (int j = 0; j < 3; j++) {
                        x.write(j);
                    }
                }
            }
            List<RecordedTask> tasks = recorder.recording().tasks();
            assertThat(tasks).allSatisfy(task -> assertThat(task.events()).hasSize(4));
            assertThat(tasks.size()).isBetween(1_800, 2_500);
            assertThat(tasks.get(tasks.size() - 1).trace()).isGreaterThan(2_600);
        }

        @Test
        void boundsNames() {
            Recorder recorder = Recorder.builder("bounds").maxEvents(1_000_000).build();
            try (Scope trace = recorder.openTrace("main")) {
                for (int i = 0; i < 300_000; i++) {
                    recorder.variable("x" + i).write(1);
                }
                recorder.fork("a name too many");
            }
            List<RecordedEvent> events = recorder.recording().tasks().get(0).events();
            assertThat(events).hasSizeLessThan(250_010);
            assertThat(events.get(events.size() - 1).subject()).isEqualTo("(name not kept)");
            assertThat(recorder.recording().dropped()).isEqualTo(300_000 - (events.size() - 2));
        }
    }

    @Nested
    class Scopes {
        private final Recorder recorder = Recorder.create("bounds");

        @Test
        void thatAreNeverClosedDoNotPileUp() {
            Variable x = recorder.variable("x");
            Scope first = recorder.openTrace("first");
            for (int i = 0; i < 10_000; i++) {
                recorder.openTrace("trace " + i);
            }
            x.write(1);
            first.close();
            assertThat(recorder.recording().misuses()).isGreaterThan(10);
            assertThat(recorder.recording().tasks())
                    .filteredOn(task -> task.name().equals("trace 9999"))
                    .singleElement()
                    .satisfies(task -> assertThat(task.events()).last().returns(EventKind.WRITE, RecordedEvent::kind));
        }

        @Test
        void closedOnAnotherThreadAreLeftByTheirOwn() throws Exception {
            Variable x = recorder.variable("x");
            Scope trace = recorder.openTrace("main");
            x.write(1);
            threads.submit(trace::close).get();
            x.write(2);
            assertThat(recorder.recording().misuses()).isEqualTo(1);
            assertThat(recorder.recording().tasks()).hasSize(2);
            assertThat(recorder.recording().tasks().get(1).isUnlinked()).isTrue();
        }
    }
}
