package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.CausalityRelation;
import io.clockwork.VectorTimestamp;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages of futures are tasks of the trace in which they were added, after the stages that they depend on. */
@SuppressWarnings("try") // scopes are there to be closed
class FutureStagesTest {
    private final Recorder recorder = Recorder.builder("futures").withoutTimes().build();
    private final Variable x = recorder.variable("x");
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final ExecutorService pool = recorder.wrap(threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private VectorTimestamp now() {
        x.read(0);
        return recorder.timestamp();
    }

    private CompletableFuture<VectorTimestamp> async() {
        return recorder.supplyAsync(this::now, pool);
    }

    private static void assertOrder(VectorTimestamp before, VectorTimestamp after) {
        assertThat(before.compare(after)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
    }

    private static void assertConcurrent(VectorTimestamp a, VectorTimestamp b) {
        assertThat(a.compare(b)).isEqualTo(CausalityRelation.CONCURRENT);
    }

    private void assertOneTrace() {
        assertThat(recorder.recording().tasks())
                .filteredOn(task -> task.origin() == null)
                .extracting(RecordedTask::name)
                .containsOnly("main");
        assertThat(recorder.recording().tasks()).noneMatch(RecordedTask::isUnlinked);
        assertThat(recorder.recording().misuses()).isZero();
    }

    /** A future that is completed by the current task at the moment of the call, or was before stages are added. */
    private record Gate(CompletableFuture<VectorTimestamp> future, Runnable open) {}

    private Gate gate(boolean early) {
        CompletableFuture<VectorTimestamp> future = recorder.wrap(new CompletableFuture<>());
        Runnable open = () -> future.complete(now());
        if (early) {
            open.run();
        }
        return new Gate(future, early ? () -> {} : open);
    }

    private void check(
            boolean early, Function<CompletableFuture<VectorTimestamp>, CompletableFuture<VectorTimestamp>> adds) {
        try (Scope trace = recorder.openTrace("main")) {
            Gate gate = gate(early);
            VectorTimestamp added = now();
            Task opener = recorder.fork("opener");
            CompletableFuture<VectorTimestamp> result = adds.apply(gate.future);
            VectorTimestamp after = now();
            opener.run(gate.open);
            VectorTimestamp opened = opener.call(this::now);
            VectorTimestamp inStage = result.join();
            VectorTimestamp joined = now();
            assertOrder(added, inStage);
            assertConcurrent(after, inStage);
            assertOrder(gate.future.join(), inStage);
            assertConcurrent(opened, inStage);
            assertOrder(inStage, joined);
        }
        assertOneTrace();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void followWhatTheyDependOnAndWhereTheyWereAdded(boolean early) {
        VectorTimestamp[] in = new VectorTimestamp[1];
        check(early, f -> f.thenApply(v -> now()));
        check(early, f -> f.thenApplyAsync(v -> now()));
        check(early, f -> f.thenApplyAsync(v -> now(), pool));
        check(early, f -> f.thenApplyAsync(v -> now(), threads));
        check(early, f -> f.handle((v, e) -> now()));
        check(early, f -> f.handleAsync((v, e) -> now()));
        check(early, f -> f.handleAsync((v, e) -> now(), pool));
        check(early, f -> f.thenAccept(v -> in[0] = now()).thenApply(v -> in[0]));
        check(early, f -> f.thenAcceptAsync(v -> in[0] = now()).thenApply(v -> in[0]));
        check(early, f -> f.thenAcceptAsync(v -> in[0] = now(), pool).thenApply(v -> in[0]));
        check(early, f -> f.thenRun(() -> in[0] = now()).thenApply(v -> in[0]));
        check(early, f -> f.thenRunAsync(() -> in[0] = now()).thenApply(v -> in[0]));
        check(early, f -> f.thenRunAsync(() -> in[0] = now(), pool).thenApply(v -> in[0]));
        check(early, f -> f.whenComplete((v, e) -> in[0] = now()).thenApply(v -> in[0]));
        check(early, f -> f.whenCompleteAsync((v, e) -> in[0] = now()).thenApply(v -> in[0]));
        check(early, f -> f.whenCompleteAsync((v, e) -> in[0] = now(), pool).thenApply(v -> in[0]));
        check(early, f -> f.thenCompose(v -> CompletableFuture.completedFuture(now())));
        check(early, f -> f.thenComposeAsync(v -> async()));
        check(early, f -> f.thenComposeAsync(v -> async().thenApply(w -> now()), pool));
        check(early, f -> f.copy().thenApply(v -> now()));
        check(early, f -> f.exceptionally(e -> null).thenApply(v -> now()));
        check(early, f -> f.exceptionallyAsync(e -> null).thenApply(v -> now()));
        check(
                early,
                f -> f.thenApply(v -> {
                            throw new IllegalStateException("fails");
                        })
                        .thenApply(v -> now())
                        .exceptionally(e -> now()));
        check(early, f -> failed(f).exceptionallyAsync(e -> now()));
        check(early, f -> failed(f).exceptionallyAsync(e -> now(), pool));
        check(early, f -> failed(f).exceptionallyCompose(e -> async()));
        check(early, f -> failed(f).exceptionallyComposeAsync(e -> async()));
        check(early, f -> failed(f).exceptionallyComposeAsync(e -> async(), pool));
    }

    private CompletableFuture<VectorTimestamp> failed(CompletableFuture<VectorTimestamp> future) {
        return future.thenApply(v -> {
            throw new IllegalStateException("fails");
        });
    }

    @Test
    void ofTwoFuturesFollowBoth() {
        try (Scope trace = recorder.openTrace("main")) {
            for (UnaryOperator<CompletableFuture<VectorTimestamp>> other :
                    List.<UnaryOperator<CompletableFuture<VectorTimestamp>>>of(f -> f, f -> async())) {
                CompletableFuture<VectorTimestamp> left = async();
                CompletableFuture<VectorTimestamp> right = other.apply(async());
                List<CompletableFuture<VectorTimestamp>> both = List.of(
                        left.thenCombine(right, (a, b) -> now()),
                        left.thenCombineAsync(right, (a, b) -> now()),
                        left.thenCombineAsync(right, (a, b) -> now(), pool));
                for (CompletableFuture<VectorTimestamp> one : both) {
                    assertOrder(left.join(), one.join());
                    assertOrder(right.join(), one.join());
                    assertOrder(one.join(), now());
                }
                assertConcurrent(both.get(0).join(), both.get(1).join());
                VectorTimestamp[] in = new VectorTimestamp[1];
                left.thenAcceptBoth(right, (a, b) -> in[0] = now()).join();
                assertOrder(right.join(), in[0]);
                left.thenAcceptBothAsync(right, (a, b) -> in[0] = now()).join();
                left.thenAcceptBothAsync(right, (a, b) -> in[0] = now(), pool).join();
                assertOrder(in[0], now());
                left.runAfterBoth(right, () -> in[0] = now()).join();
                left.runAfterBothAsync(right, () -> in[0] = now()).join();
                left.runAfterBothAsync(right, () -> in[0] = now(), pool).join();
                assertOrder(in[0], now());
            }
        }
        assertOneTrace();
    }

    @Test
    void ofTheFirstOfTwoFollowThatOne() throws Exception {
        try (Scope trace = recorder.openTrace("main")) {
            CompletableFuture<VectorTimestamp> first = async();
            VectorTimestamp inFirst = first.thenApply(v -> v).join();
            CountDownLatch go = new CountDownLatch(1);
            VectorTimestamp[] inLast = new VectorTimestamp[1];
            CompletableFuture<VectorTimestamp> last = recorder.supplyAsync(
                    () -> {
                        inLast[0] = now();
                        await(go);
                        return now();
                    },
                    pool);
            Task adds = recorder.fork("adds");
            List<CompletableFuture<VectorTimestamp>> results = adds.call(() -> List.of(
                    last.applyToEither(first, v -> now()),
                    first.applyToEitherAsync(last, v -> now()),
                    first.applyToEitherAsync(last, v -> now(), pool),
                    first.acceptEither(last, v -> now()).thenApply(v -> now()),
                    first.acceptEitherAsync(last, v -> now()).thenApply(v -> now()),
                    first.acceptEitherAsync(last, v -> now(), pool).thenApply(v -> now()),
                    first.runAfterEither(last, () -> now()).thenApply(v -> now()),
                    first.runAfterEitherAsync(last, () -> now()).thenApply(v -> now()),
                    first.runAfterEitherAsync(last, () -> now(), pool).thenApply(v -> now()),
                    recorder.anyOf(last, first).thenApply(v -> now())));
            for (CompletableFuture<VectorTimestamp> one : results) {
                assertOrder(inFirst, one.join());
                assertConcurrent(inLast[0], one.join());
            }
            go.countDown();
            assertOrder(last.get(), now());
        }
        assertOneTrace();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void allOfManyAreFollowedByTheEndOfAll() {
        try (Scope trace = recorder.openTrace("main")) {
            List<CompletableFuture<VectorTimestamp>> many =
                    IntStream.range(0, 20).mapToObj(i -> async()).toList();
            CompletableFuture<Void> all = recorder.allOf(many.toArray(CompletableFuture<?>[]::new));
            VectorTimestamp after = all.thenApply(v -> now()).join();
            many.forEach(one -> assertOrder(one.join(), after));
        }
        assertOneTrace();
    }

    @Test
    void areWrappedWithWhatEndedThem() {
        try (Scope trace = recorder.openTrace("main")) {
            CountDownLatch go = new CountDownLatch(1);
            CompletableFuture<VectorTimestamp> plain = CompletableFuture.supplyAsync(
                    () -> {
                        await(go);
                        return now();
                    },
                    pool);
            CompletableFuture<VectorTimestamp> wrapped = recorder.wrap(plain);
            go.countDown();
            assertOrder(wrapped.join(), now());
            VectorTimestamp[] in = new VectorTimestamp[1];
            CompletableFuture<Void> run = recorder.runAsync(() -> in[0] = now(), pool);
            VectorTimestamp after = run.thenApply(v -> now()).join();
            assertOrder(in[0], after);
        }
        assertOneTrace();
    }

    @Test
    void behaveAsThoseOfTheJdk() throws Exception {
        CompletableFuture<Integer> failing = recorder.wrap(CompletableFuture.supplyAsync(() -> {
            throw new IllegalStateException("disk");
        }));
        assertThatThrownBy(() -> failing.thenApply(i -> i + 1).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failing.handle((value, failure) -> value == null).get()).isTrue();
        CompletableFuture<Integer> never = recorder.wrap(new CompletableFuture<>());
        assertThat(never.getNow(7)).isEqualTo(7);
        assertThat(never.isDone()).isFalse();
        assertThat(never.isCancelled()).isFalse();
        assertThatThrownBy(() -> never.get(1, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThatThrownBy(() -> never.orTimeout(1, TimeUnit.MILLISECONDS).join())
                .hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThat(never.isCompletedExceptionally()).isTrue();
        CompletableFuture<Integer> cancelled = recorder.wrap(new CompletableFuture<>());
        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(cancelled.isCancelled()).isTrue();
        CompletableFuture<Integer> late = recorder.wrap(new CompletableFuture<Integer>());
        assertThat(late.completeAsync(() -> 3).join()).isEqualTo(3);
        late.obtrudeValue(4);
        assertThat(late.join()).isEqualTo(4);
        late.obtrudeException(new IllegalStateException("late"));
        assertThatThrownBy(late::join).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(recorder.wrap(late)).isSameAs(late);
        assertThat(recorder.allOf().isDone()).isTrue();
        assertThat(recorder.anyOf().isDone()).isFalse();
        assertThat(recorder.recording().tasks()).noneMatch(RecordedTask::isUnlinked);
    }

    @Test
    void refuseWorkThatIsNullAtOnce() {
        CompletableFuture<Integer> future = recorder.supplyAsync(() -> 1, Runnable::run);
        assertThatNullPointerException().isThrownBy(() -> future.thenApply(null));
        assertThatNullPointerException().isThrownBy(() -> future.thenAcceptAsync(null));
        assertThatNullPointerException().isThrownBy(() -> future.thenRun(null));
        assertThatNullPointerException().isThrownBy(() -> future.thenCompose(null));
        assertThatNullPointerException().isThrownBy(() -> future.thenCombine(future, null));
        assertThatNullPointerException().isThrownBy(() -> future.handle(null));
        assertThatNullPointerException().isThrownBy(() -> future.whenComplete(null));
        assertThatNullPointerException().isThrownBy(() -> future.acceptEither(future, null));
    }

    @Test
    void areFollowedByWhoPollsThem() {
        try (Scope trace = recorder.openTrace("main")) {
            CompletableFuture<VectorTimestamp> future = async().thenApplyAsync(v -> now(), pool);
            while (!future.isDone()) {
                Thread.onSpinWait();
            }
            VectorTimestamp after = now();
            assertOrder(future.getNow(null), after);
            CompletableFuture<VectorTimestamp> completed = recorder.wrap(new CompletableFuture<>());
            completed.completeAsync(this::now, pool);
            assertOrder(completed.join(), now());
        }
        assertOneTrace();
    }

    @Test
    void completedByTwoAtATimeClaimNoOrderThatIsNotThere() throws Exception {
        try (Scope trace = recorder.openTrace("main")) {
            for (int i = 0; i < 500; i++) {
                CompletableFuture<VectorTimestamp> future = recorder.wrap(new CompletableFuture<>());
                Task left = recorder.fork("left");
                Task right = recorder.fork("right");
                CompletableFuture<VectorTimestamp> seen = future.thenApply(v -> now());
                var a = threads.submit(() -> left.call(() -> {
                    VectorTimestamp here = now();
                    return future.complete(here) ? here : null;
                }));
                VectorTimestamp here = right.call(() -> {
                    VectorTimestamp mine = now();
                    return future.complete(mine) ? mine : null;
                });
                VectorTimestamp there = a.get();
                VectorTimestamp winner = here == null ? there : here;
                VectorTimestamp loser = (here == null ? right : left).call(recorder::timestamp);
                assertThat(seen.join()).isNotNull();
                assertThat(winner).isSameAs(future.join());
                assertThat(loser.compare(seen.join())).isEqualTo(CausalityRelation.CONCURRENT);
            }
        }
    }

    @Test
    void inALongChainKeepVectorsNarrowAndUseNoDeepStack() {
        try (Scope trace = recorder.openTrace("main")) {
            CompletableFuture<VectorTimestamp> end = async();
            for (int i = 0; i < 20_000; i++) {
                end = end.thenApplyAsync(v -> now(), pool);
            }
            assertThat(end.join().size()).isLessThan(20_100);
            CompletableFuture<VectorTimestamp> failed = recorder.wrap(CompletableFuture.failedFuture(new Error("no")));
            for (int i = 0; i < 20_000; i++) {
                failed = failed.thenApply(v -> v);
            }
            assertThat(failed.isDone()).isTrue();
            assertThat(failed.exceptionally(e -> now()).join()).isNotNull();
        }
    }
}
