package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.CausalityRelation;
import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Work keeps its trace and its causes on whatever thread it runs. */
@SuppressWarnings("try") // scopes are there to be closed
class WrapTest {
    private final Recorder recorder = Recorder.builder("wrap").withoutTimes().build();
    private final Variable x = recorder.variable("x");
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private List<RecordedTask> tasks() {
        return recorder.recording().tasks();
    }

    private void assertOneTrace() {
        assertThat(tasks()).extracting(RecordedTask::trace).containsOnly(0);
        assertThat(tasks()).noneMatch(RecordedTask::isUnlinked);
        assertThat(recorder.recording().misuses()).isZero();
    }

    private static void assertOrder(VectorTimestamp before, VectorTimestamp after) {
        assertThat(before.compare(after)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
    }

    private static void assertConcurrent(VectorTimestamp a, VectorTimestamp b) {
        assertThat(a.compare(b)).isEqualTo(CausalityRelation.CONCURRENT);
    }

    /** Records an event and gives its timestamp. */
    private VectorTimestamp now() {
        x.read(0);
        return recorder.timestamp();
    }

    private <T> T elsewhere(Callable<T> work) throws Exception {
        return threads.submit(work).get();
    }

    @Nested
    class Functions {
        @Test
        void ofAnyShapeRunAsTasksSetOffWhereTheyWereWrapped() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                VectorTimestamp before = now();
                Supplier<VectorTimestamp> supplier = recorder.wrapSupplier(() -> now());
                Function<Integer, VectorTimestamp> function = recorder.wrapFunction((Integer i) -> now());
                BiFunction<Integer, Integer, VectorTimestamp> both =
                        recorder.wrapBiFunction((Integer i, Integer j) -> now());
                Consumer<List<VectorTimestamp>> consumer = recorder.wrapConsumer(list -> list.add(now()));
                Callable<VectorTimestamp> callable = recorder.wrap("named", (Callable<VectorTimestamp>) () -> now());
                VectorTimestamp after = now();
                List<VectorTimestamp> in = new ArrayList<>();
                in.add(elsewhere(supplier::get));
                in.add(elsewhere(() -> function.apply(1)));
                in.add(elsewhere(() -> both.apply(1, 2)));
                elsewhere(() -> {
                    consumer.accept(in);
                    return 0;
                });
                in.add(elsewhere(callable));
                for (VectorTimestamp one : in) {
                    assertOrder(before, one);
                    assertConcurrent(one, after);
                }
                assertConcurrent(in.get(0), in.get(1));
            }
            assertOneTrace();
            assertThat(tasks()).extracting(RecordedTask::name).contains("named");
        }

        @Test
        void thatAreCalledAgainAreTasksOfTheirOwn() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                Function<Integer, VectorTimestamp> function = recorder.wrapFunction((Integer i) -> now());
                assertConcurrent(elsewhere(() -> function.apply(1)), elsewhere(() -> function.apply(2)));
            }
            assertOneTrace();
            assertThat(tasks()).hasSize(3);
        }

        @Test
        void thatWereNeverWrappedAreTasksOfTheirOwnToo() throws Exception {
            try (Scope trace = recorder.openTrace("main")) {
                VectorTimestamp before = now();
                ExecutorService one = Executors.newSingleThreadExecutor();
                one.submit(() -> x.write(1)).get();
                one.submit(recorder.wrap(() -> x.write(2))).get();
                one.submit(() -> x.write(3)).get();
                one.shutdown();
                assertThat(before.isEmpty()).isFalse();
            }
            assertThat(tasks()).filteredOn(RecordedTask::isUnlinked).hasSize(2);
            assertThat(tasks()).filteredOn(RecordedTask::isUnlinked).allMatch(task -> task.trace() > 0);
        }

        @Test
        void wrappedOutsideAnyTaskAreTheFirstOfTheirTraces() throws Exception {
            Runnable work = recorder.wrap("alone", () -> x.write(1));
            threads.submit(work).get();
            assertThat(tasks()).singleElement().satisfies(task -> {
                assertThat(task.name()).isEqualTo("alone");
                assertThat(task.isUnlinked()).isFalse();
                assertThat(task.origin()).isNull();
            });
        }
    }

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

    @Nested
    class StructuredWork {
        @Test
        void keepsParallelStreamsInOneTraceAndJoinsThem() {
            List<VectorTimestamp> in = java.util.Collections.synchronizedList(new ArrayList<>());
            try (Scope trace = recorder.openTrace("main")) {
                VectorTimestamp before = now();
                int sum = recorder.callStructured(
                        "sum",
                        () -> IntStream.range(0, 1000)
                                .boxed()
                                .parallel()
                                .map(recorder.wrapFunction((Integer i) -> {
                                    in.add(now());
                                    return i;
                                }))
                                .mapToInt(i -> i)
                                .sum());
                assertThat(sum).isEqualTo(499_500);
                VectorTimestamp after = now();
                for (VectorTimestamp one : in) {
                    assertOrder(before, one);
                    assertOrder(one, after);
                }
                assertConcurrent(in.get(0), in.get(1));
            }
            assertThat(in).hasSize(1000);
            assertOneTrace();
        }

        @Test
        void keepsThreadsInOneTraceAndJoinsThem() throws Exception {
            List<VectorTimestamp> in = java.util.Collections.synchronizedList(new ArrayList<>());
            CyclicBarrier barrier = new CyclicBarrier(3);
            try (Scope trace = recorder.openTrace("main")) {
                recorder.<Integer, Exception>callStructured("threads", () -> {
                    List<Thread> running = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        Thread thread = recorder.wrapFactory(Thread::new).newThread(() -> {
                            try {
                                in.add(now());
                                barrier.await();
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });
                        thread.start();
                        running.add(thread);
                    }
                    for (Thread thread : running) {
                        thread.join();
                    }
                    return 0;
                });
                VectorTimestamp after = now();
                in.forEach(one -> assertOrder(one, after));
                assertThat(in).hasSize(3);
            }
            assertOneTrace();
        }

        @Test
        void doesNotJoinWhatStillRuns() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Future<VectorTimestamp> late;
            try (Scope trace = recorder.openTrace("main")) {
                late = recorder.callStructured(
                        "leaky",
                        () -> threads.submit(recorder.wrap((Callable<VectorTimestamp>) () -> {
                            begun.countDown();
                            go.await();
                            return now();
                        })));
                begun.await();
                VectorTimestamp after = now();
                go.countDown();
                assertConcurrent(late.get(), after);
            }
        }
    }

    @Nested
    class VirtualThreads {
        @Test
        void keepTheTrace() throws Exception {
            ExecutorService virtual;
            try {
                virtual = (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (NoSuchMethodException e) {
                throw new TestAbortedException("virtual threads need JDK 21", e);
            }
            try (Scope trace = recorder.openTrace("main")) {
                ExecutorService each = recorder.wrap(virtual);
                List<Future<VectorTimestamp>> futures = new ArrayList<>();
                CountDownLatch submitted = new CountDownLatch(1);
                for (int i = 0; i < 1000; i++) {
                    futures.add(each.submit(() -> {
                        now();
                        submitted.await(); // leaves its carrier thread meanwhile
                        return now();
                    }));
                }
                submitted.countDown();
                for (Future<VectorTimestamp> future : futures) {
                    assertOrder(future.get(), now());
                }
                assertConcurrent(futures.get(0).get(), futures.get(1).get());
            } finally {
                virtual.shutdownNow();
            }
            assertOneTrace();
            assertThat(tasks()).hasSize(1001);
            assertThat(tasks().get(1).events().get(0).subject()).isEqualTo("unnamed thread");
        }
    }

    @Nested
    class Subscribers {
        @Test
        void followWhoPublishes() throws Exception {
            List<VectorTimestamp> sent = new ArrayList<>();
            List<VectorTimestamp> seen = new ArrayList<>();
            CountDownLatch complete = new CountDownLatch(1);
            try (Scope trace = recorder.openTrace("main");
                    // Signals are sent in the publishing thread.
                    SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(Runnable::run, 16)) {
                VectorTimestamp before = now();
                publisher.subscribe(recorder.wrap(new Flow.Subscriber<Integer>() {
                    @Override
                    public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(Integer item) {
                        seen.add(now());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        throw new AssertionError(failure);
                    }

                    @Override
                    public void onComplete() {
                        complete.countDown();
                    }
                }));
                for (int i = 0; i < 3; i++) {
                    sent.add(now());
                    publisher.submit(i);
                }
                VectorTimestamp after = now();
                publisher.close();
                complete.await();
                for (int i = 0; i < 3; i++) {
                    assertOrder(before, seen.get(i));
                    assertOrder(sent.get(i), seen.get(i));
                    assertConcurrent(seen.get(i), after);
                }
                assertOrder(seen.get(0), seen.get(1));
            }
            assertOneTrace();
        }
    }
}
