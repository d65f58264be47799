package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Wrapped work keeps its trace and its causes on whatever thread it runs. */
@SuppressWarnings("try") // scopes are there to be closed
class WrapTest extends WrappedWork {
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
