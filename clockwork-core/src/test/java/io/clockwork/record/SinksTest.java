package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SinksTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);

    /** Records {@code traces} traces of {@code events} writes each, every one with a RESUME before. */
    @SuppressWarnings("try") // the scope is there to be closed
    private static void record(Recorder recorder, int traces, int events) {
        Variable variable = recorder.variable("x");
        for (int t = 0; t < traces; t++) {
            try (Scope scope = recorder.openTrace("trace")) {
                for (int e = 0; e < events; e++) {
                    variable.write(e);
                }
            }
        }
    }

    private static Map<Integer, List<RecordedEvent>> held(Recorder recorder) {
        TreeMap<Integer, List<RecordedEvent>> events = new TreeMap<>();
        recorder.recording().tasks().forEach(task -> events.put(task.id(), task.events()));
        return events;
    }

    private static SinkStatus status(Recorder recorder, int sink) {
        return recorder.recording().sinks().get(sink);
    }

    private static void assertGapless(Map<Integer, List<RecordedEvent>> tasks) {
        tasks.forEach((task, events) -> {
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).dot()).isEqualTo(new Dot(task, i + 1));
            }
        });
    }

    @Nested
    class Feeding {
        @Test
        void severalSinksGetAllThatTheMemoryHas() throws Exception {
            ListSink first = new ListSink();
            ListSink second = new ListSink();
            Recorder recorder =
                    Recorder.builder("bank").sink(first).sink(second).build();
            ExecutorService pool = recorder.wrap(Executors.newFixedThreadPool(3));
            record(recorder, 5, 10);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                futures.add(pool.submit(() -> record(recorder, 3, 100)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
            pool.shutdown();

            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(first.events()).isEqualTo(held(recorder)).isEqualTo(second.events());
            assertGapless(first.events());
            assertThat(first.opened()).isEqualTo(1);
            assertThat(first.flushed()).isPositive();
            SinkStatus status = status(recorder, 0);
            assertThat(status.written())
                    .isEqualTo(first.events().values().stream()
                            .mapToInt(List::size)
                            .sum());
            assertThat(status.lost() + status.pending() + status.failures()).isZero();
            assertThat(recorder.close(LONG)).isTrue();
        }

        @Test
        @SuppressWarnings("try") // the scopes are there to be closed
        void eachStretchSaysWhichThreadTheTaskWasOn() {
            ListSink sink = new ListSink();
            Recorder recorder = Recorder.builder("bank").sink(sink).build();
            Variable x = recorder.variable("x");
            try (Scope scope = recorder.openTrace("trace")) {
                x.write(1);
                assertThat(recorder.flush(LONG)).isTrue();
                x.write(2);
                assertThat(recorder.flush(LONG)).isTrue();
            }
            assertThat(recorder.close(LONG)).isTrue();
            // The sink may be fed before the first flush, too.
            assertThat(sink.parts())
                    .extracting(RecordedTask::evicted)
                    .startsWith(0)
                    .isSorted()
                    .endsWith(2);
            assertThat(sink.parts().get(0).thread()).isEmpty();
            assertThat(sink.parts().subList(1, sink.parts().size()))
                    .extracting(RecordedTask::thread)
                    .containsOnly(Thread.currentThread().getName());
        }

        @ParameterizedTest
        @EnumSource
        void aLongRunInLittleMemoryLosesNothingToASinkThatKeepsUp(Overflow overflow) {
            ListSink sink = new ListSink();
            Recorder recorder = Recorder.builder("bank")
                    .maxEvents(2_000)
                    .whenFull(overflow)
                    .sink(sink)
                    .build();
            Task again = recorder.fork("again and again");
            for (int i = 0; i < 200; i++) {
                record(recorder, 20, 10);
                again.run(() -> recorder.variable("y").write(1));
                assertThat(recorder.flush(LONG)).isTrue();
            }
            assertThat(recorder.close(LONG)).isTrue();
            assertThat(recorder.recording().dropped()).isZero();
            assertThat(status(recorder, 0).written()).isEqualTo(200 * (20 * 11 + 2));
            assertGapless(sink.events());
            assertThat(sink.events()).hasSize(200 * 20 + 1);
        }

        @ParameterizedTest
        @EnumSource
        void whatASinkCannotKeepUpWithIsDroppedAndCounted(Overflow overflow) throws Exception {
            int threads = 4;
            ListSink sink = new ListSink();
            Recorder recorder = Recorder.builder("bank")
                    .maxEvents(3_000)
                    .whenFull(overflow)
                    .sink(sink)
                    .build();
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> record(recorder, 500, 40)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
            pool.shutdown();
            assertThat(recorder.close(LONG)).isTrue();
            long got = sink.events().values().stream().mapToInt(List::size).sum();
            assertThat(got).isEqualTo(status(recorder, 0).written());
            assertThat(got + recorder.recording().dropped()).isEqualTo(threads * 500 * 41);
            sink.events()
                    .values()
                    .forEach(events -> assertThat(events)
                            .extracting(event -> event.dot().sequence())
                            .doesNotHaveDuplicates()
                            .isSorted());
        }
    }

    @Nested
    class Failing {
        private final List<Throwable> failures = List.of(
                new IOException("No space left on device"),
                new IllegalStateException("closed"),
                new NoClassDefFoundError("gone"));

        @Test
        void isCountedAndHarmsNobodyElse() {
            for (Throwable failure : failures) {
                ListSink good = new ListSink();
                Recorder recorder = Recorder.builder("bank")
                        .sink(batch -> SinksTest.<RuntimeException>sneak(failure))
                        .sink(good)
                        .build();
                record(recorder, 3, 10);
                assertThat(recorder.flush(LONG)).isFalse();
                record(recorder, 3, 10);
                assertThat(recorder.close(LONG)).isFalse();

                SinkStatus status = status(recorder, 0);
                assertThat(status.lost()).isEqualTo(66);
                assertThat(status.written()).isZero();
                assertThat(status.failures()).isPositive();
                assertThat(status.lastFailure()).isEqualTo(failure.toString());
                assertThat(status(recorder, 1).written()).isEqualTo(66);
                assertThat(good.events()).hasSize(6).isEqualTo(held(recorder));
            }
        }

        @Test
        void endsWhenTheSinkRecovers() {
            List<Integer> calls = new ArrayList<>();
            Recorder recorder = Recorder.builder("bank")
                    .sink(batch -> {
                        calls.add(batch.size());
                        if (calls.size() == 1) {
                            throw new IOException("full");
                        }
                    })
                    .build();
            record(recorder, 1, 10);
            assertThat(recorder.flush(LONG)).isFalse();
            record(recorder, 1, 10);
            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(recorder.close(LONG)).isTrue();
            SinkStatus status = status(recorder, 0);
            assertThat(status.lost() + status.written()).isEqualTo(22);
            assertThat(status.lost()).isBetween(1L, 11L);
        }

        @Test
        void beforeAFlushIsToldByThatFlushAndByNoLaterOne() {
            Recorder recorder = Recorder.builder("bank")
                    .sink(batch -> {
                        throw new IOException("full");
                    })
                    .build();
            record(recorder, 1, 10);
            while (status(recorder, 0).lost() < 11) {
                Thread.onSpinWait();
            }
            assertThat(recorder.flush(LONG)).isFalse();
            assertThat(recorder.flush(LONG)).isTrue();
            assertThat(recorder.close(LONG)).isTrue();
        }

        @Test
        void toOpenIsTriedAgainWithTheNextBatch() {
            ListSink sink = new ListSink() {
                @Override
                public synchronized void open(EventSource source) {
                    super.open(source);
                    if (opened() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                }
            };
            Recorder recorder = Recorder.builder("bank").sink(sink).build();
            record(recorder, 1, 10);
            assertThat(recorder.flush(LONG)).isFalse();
            record(recorder, 1, 10);
            assertThat(recorder.close(LONG)).isTrue();
            assertThat(sink.opened()).isEqualTo(2);
            assertThat(status(recorder, 0).lastFailure()).contains("not yet");
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void sneak(Throwable failure) throws X {
        throw (X) failure;
    }

    @Nested
    class Blocking {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch never = new CountDownLatch(1);

        private void block(List<RecordedTask> batch) throws IOException {
            entered.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }

        @Test
        void holdsUpNeitherTheProgramNorOtherSinks() throws Exception {
            ListSink good = new ListSink();
            Recorder recorder = Recorder.builder("bank")
                    .maxEvents(4_000)
                    .sink(this::block)
                    .sink(good)
                    .build();
            record(recorder, 1, 10);
            entered.await();
            for (int i = 0; i < 100; i++) {
                record(recorder, 10, 10);
                while (status(recorder, 1).pending() > 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(recorder.close(SHORT)).isFalse();
            assertThat(good.events()).hasSize(1_001);
            assertGapless(good.events());
            assertThat(recorder.recording().dropped()).isZero();
            assertThat(status(recorder, 1).lost()).isZero();
            SinkStatus blocked = awaitClosed(recorder, 0);
            assertThat(blocked.lost()).isEqualTo(11_011);
            assertThat(blocked.lastFailure()).contains("interrupted");
        }

        @Test
        void fillsTheMemoryAndThenCostsEventsButNoTime() throws Exception {
            Recorder recorder =
                    Recorder.builder("bank").maxEvents(1_000).sink(this::block).build();
            record(recorder, 1, 10);
            entered.await();
            record(recorder, 1_000, 10);
            assertThat(recorder.recording().dropped()).isGreaterThan(9_000);
            assertThat(recorder.flush(SHORT)).isFalse();
            assertThat(recorder.close(SHORT)).isFalse();
            assertThat(recorder.close(SHORT)).isFalse();
            assertThat(awaitClosed(recorder, 0).written()).isZero();
        }

        private SinkStatus awaitClosed(Recorder recorder, int sink) {
            while (!status(recorder, sink).closed()) {
                Thread.onSpinWait();
            }
            return status(recorder, sink);
        }
    }

    @Nested
    class Closing {
        @Test
        void writesWhatIsThereAndEndsTheThread() throws Exception {
            List<Thread> threads = new ArrayList<>();
            ListSink sink = new ListSink() {
                @Override
                public synchronized void write(List<RecordedTask> batch) {
                    threads.add(Thread.currentThread());
                    super.write(batch);
                }
            };
            Recorder recorder = Recorder.builder("bank").sink(sink).build();
            record(recorder, 10, 10);
            assertThat(recorder.close(LONG)).isTrue();
            assertThat(sink.events()).hasSize(10);
            assertThat(sink.closed()).isEqualTo(1);
            assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
            threads.get(0).join();

            record(recorder, 1, 10);
            assertThat(recorder.close(LONG)).isTrue();
            assertThat(recorder.flush(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
            assertThat(sink.closed()).isEqualTo(1);
            assertThat(sink.events()).hasSize(10);
            assertThat(status(recorder, 0).closed()).isTrue();
            assertThat(held(recorder).get(10)).hasSize(11);
        }

        @Test
        void ofARecorderWithoutSinksIsDoneAtOnce() {
            Recorder recorder = Recorder.create("bank");
            assertThat(recorder.flush(Duration.ZERO)).isTrue();
            assertThat(recorder.close(Duration.ZERO)).isTrue();
            assertThat(recorder.recording().sinks()).isEmpty();
        }
    }
}
