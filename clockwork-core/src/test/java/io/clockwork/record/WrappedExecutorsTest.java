package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Work that is given to an executor or a scheduler keeps its trace, and who sees its end follows it. */
@SuppressWarnings("try") // scopes are there to be closed
class WrappedExecutorsTest extends WrappedWork {
    @Nested
    class ExecutorServices {
        private final ExecutorService pool = recorder.wrap(threads);

        @Test
        void joinWhoSeesThatWorkIsDone() {
            try (Scope trace = recorder.openTrace("main")) {
                VectorTimestamp[] in = new VectorTimestamp[1];
                Future<?> future = pool.submit(() -> in[0] = now());
                while (!future.isDone()) {
                    Thread.onSpinWait();
                }
                VectorTimestamp after = now();
                assertOrder(in[0], after);
                assertThat(future.isDone()).isTrue();
                assertThat(future.isDone()).isTrue();
            }
            assertThat(tasks().get(0).events())
                    .filteredOn(event -> event.kind() == EventKind.JOIN)
                    .hasSize(1);
            assertOneTrace();
        }

        @Test
        void doNotJoinWhoSeesThatWorkIsNotDone() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                CountDownLatch go = new CountDownLatch(1);
                Future<?> future = pool.submit(() -> {
                    now();
                    return go.await(1, TimeUnit.MINUTES);
                });
                assertThat(future.isDone()).isFalse();
                assertThatThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS))
                        .isInstanceOf(java.util.concurrent.TimeoutException.class);
                assertThat(tasks().get(0).events()).noneMatch(event -> event.kind() == EventKind.JOIN);
                go.countDown();
                future.get();
            }
            assertOneTrace();
        }

        @Test
        void doNotJoinWorkThatWasCancelledAndMayGoOn() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                CountDownLatch begun = new CountDownLatch(1);
                CountDownLatch go = new CountDownLatch(1);
                VectorTimestamp[] in = new VectorTimestamp[1];
                CountDownLatch ended = new CountDownLatch(1);
                Future<?> future = pool.submit(() -> {
                    begun.countDown();
                    while (go.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    in[0] = now();
                    ended.countDown();
                });
                begun.await();
                future.cancel(true);
                assertThat(future.isDone()).isTrue();
                assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
                VectorTimestamp after = now();
                go.countDown();
                ended.await();
                assertConcurrent(in[0], after);
            }
            assertOneTrace();
        }

        @Test
        void joinOneOfManyOrAllOfThem() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                Callable<VectorTimestamp> work = () -> now();
                VectorTimestamp any = pool.invokeAny(List.of(work, work, work));
                assertOrder(any, now());
                List<VectorTimestamp> all = new ArrayList<>();
                for (Future<VectorTimestamp> future : pool.invokeAll(List.of(work, work, work))) {
                    all.add(future.get());
                }
                VectorTimestamp after = now();
                all.forEach(one -> assertOrder(one, after));
                assertConcurrent(all.get(0), all.get(1));
                for (Future<VectorTimestamp> future : pool.invokeAll(List.of(work, work), 1, TimeUnit.MINUTES)) {
                    assertOrder(future.get(), now());
                }
                assertOrder(pool.invokeAny(List.of(work), 1, TimeUnit.MINUTES), now());
            }
            assertOneTrace();
        }

        @Test
        void joinWhoSeesThatTheyTerminated() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                List<VectorTimestamp> in = java.util.Collections.synchronizedList(new ArrayList<>());
                for (int i = 0; i < 20; i++) {
                    pool.execute(() -> in.add(now()));
                }
                pool.shutdown();
                while (!pool.isTerminated()) {
                    Thread.onSpinWait();
                }
                VectorTimestamp after = now();
                in.forEach(one -> assertOrder(one, after));
                assertThat(in).hasSize(20);
            }
            assertOneTrace();
        }

        @Test
        void refuseWorkThatIsNullAtOnce() {
            assertThatNullPointerException().isThrownBy(() -> pool.execute(null));
            assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null));
            assertThatNullPointerException().isThrownBy(() -> pool.submit((Callable<String>) null));
            assertThat(recorder.recording().tasks()).isEmpty();
        }

        @Test
        void serveCompletionServices() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                ExecutorCompletionService<VectorTimestamp> service = new ExecutorCompletionService<>(pool);
                for (int i = 0; i < 5; i++) {
                    var unused = service.submit(() -> now());
                }
                for (int i = 0; i < 5; i++) {
                    assertOrder(service.take().get(), now());
                }
            }
            assertOneTrace();
        }

        @Test
        void nameTheTaskAsItsWorkWasNamed() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                pool.submit(recorder.wrap("first", () -> x.write(1))).get();
                pool.submit(recorder.wrap("second", (Callable<Integer>) () -> 7 + (int) now().get("none")))
                        .get();
                pool.execute(recorder.wrap("third", () -> x.write(1)));
                pool.shutdown();
                pool.awaitTermination(1, TimeUnit.MINUTES);
            }
            assertThat(tasks()).extracting(RecordedTask::name).containsExactly("main", "first", "second", "third");
            assertOneTrace();
        }

        @Test
        void helpOneAnotherInAForkJoinPoolAsBefore() throws Exception {
            ForkJoinPool two = new ForkJoinPool(2);
            try (Scope trace = recorder.openTrace("main")) {
                ExecutorService forkJoin = recorder.wrap((ExecutorService) two);
                assertThat(forkJoin.submit(() -> sum(forkJoin, 0, 64)).get()).isEqualTo(64 * 63 / 2);
            } finally {
                two.shutdownNow();
            }
            assertOneTrace();
        }

        private int sum(ExecutorService forkJoin, int from, int to) throws Exception {
            x.read(from);
            if (to - from == 1) {
                return from;
            }
            Future<Integer> left = forkJoin.submit(() -> sum(forkJoin, from, (from + to) / 2));
            Future<Integer> right = forkJoin.submit(() -> sum(forkJoin, (from + to) / 2, to));
            return left.get() + right.get();
        }

        @Test
        void joinNothingIntoWorkOutsideAnyTaskUntilItRecordsSomething() throws Exception {
            Future<Integer> future;
            try (Scope trace = recorder.openTrace("main")) {
                future = pool.submit(() -> {
                    x.write(1);
                    return 7;
                });
            }
            assertThat(future.get()).isEqualTo(7);
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.MINUTES);
            assertThat(tasks()).noneMatch(RecordedTask::isUnlinked);
            x.read(1);
            RecordedTask unlinked = tasks().get(2);
            assertThat(unlinked.events())
                    .extracting(RecordedEvent::kind)
                    .containsExactly(EventKind.RESUME, EventKind.JOIN, EventKind.READ);
            assertThat(unlinked.events().get(1).causedBy()).contains(new Dot(1, 2));
        }
    }

    @Nested
    class Schedulers {
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledExecutorService scheduler = recorder.wrap(timer);

        @AfterEach
        void stop() {
            timer.shutdownNow();
        }

        @Test
        void runWorkLaterInItsTask() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                VectorTimestamp before = now();
                ScheduledFuture<VectorTimestamp> late = scheduler.schedule(() -> now(), 1, TimeUnit.MILLISECONDS);
                ScheduledFuture<?> later = scheduler.schedule(() -> x.write(1), 1, TimeUnit.MILLISECONDS);
                assertThat(late.compareTo(later)).isLessThanOrEqualTo(0);
                assertOrder(before, late.get());
                assertOrder(late.get(), now());
                later.get();
            }
            assertOneTrace();
        }

        @Test
        void runPeriodicWorkInOneTask() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                CountDownLatch runs = new CountDownLatch(5);
                List<VectorTimestamp> in = java.util.Collections.synchronizedList(new ArrayList<>());
                Runnable work = () -> {
                    in.add(now());
                    runs.countDown();
                };
                ScheduledFuture<?> rate = scheduler.scheduleAtFixedRate(work, 0, 1, TimeUnit.MILLISECONDS);
                runs.await();
                rate.cancel(false);
                var unused = scheduler.scheduleWithFixedDelay(work, 0, 1, TimeUnit.HOURS);
                timer.submit(() -> {}).get();
                for (int i = 1; i < 5; i++) {
                    assertOrder(in.get(i - 1), in.get(i));
                }
            }
            assertOneTrace();
            assertThat(tasks())
                    .extracting(RecordedTask::name)
                    .containsExactly("main", "scheduled work", "scheduled work");
        }
    }
}
