package io.clockwork.record;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The methods of a {@link TrackedFuture} that add a stage: each makes a task of what it is to run, and nothing else. */
abstract class TrackedStages<T> extends CompletableFuture<T> {
    final Recorder recorder;

    TrackedStages(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new TrackedFuture<>(recorder);
    }

    private TrackedFuture<T> self() {
        return (TrackedFuture<T>) this;
    }

    private Stage stage(String name) {
        return new Stage(recorder, name, self());
    }

    private <U> CompletableFuture<U> result(Stage stage, CompletableFuture<U> result) {
        ((TrackedFuture<U>) result).follow(stage);
        return result;
    }

    /** Adds what is no task; for this package's own use. */
    void then(BiConsumer<? super T, ? super Throwable> action) {
        var unused = super.whenComplete(action);
    }

    /** {@return the end of this or the other one, whichever is first} */
    @SuppressWarnings("unchecked") // both give a T
    private CompletableFuture<T> first(CompletionStage<? extends T> other) {
        return (CompletableFuture<T>) TrackedFuture.anyOf(recorder, this, TrackedFuture.of(recorder, other));
    }

    private TrackedFuture<?> firstOf(CompletionStage<?> other) {
        return TrackedFuture.anyOf(recorder, this, TrackedFuture.of(recorder, other));
    }

    @Override
    public CompletableFuture<T> copy() {
        return thenApply(value -> value);
    }

    @Override
    public <U> CompletableFuture<U> thenApply(Function<? super T, ? extends U> work) {
        Stage stage = stage("thenApply");
        return result(stage, super.thenApply(stage.<T, U>function(work)));
    }

    @Override
    public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> work) {
        Stage stage = stage("thenApply");
        return result(stage, super.thenApplyAsync(stage.<T, U>function(work)));
    }

    @Override
    public <U> CompletableFuture<U> thenApplyAsync(Function<? super T, ? extends U> work, Executor executor) {
        Stage stage = stage("thenApply");
        return result(stage, super.thenApplyAsync(stage.<T, U>function(work), stage.executor(executor)));
    }

    @Override
    public CompletableFuture<Void> thenAccept(Consumer<? super T> work) {
        Stage stage = stage("thenAccept");
        return result(stage, super.thenAccept(stage.consumer(work)));
    }

    @Override
    public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> work) {
        Stage stage = stage("thenAccept");
        return result(stage, super.thenAcceptAsync(stage.consumer(work)));
    }

    @Override
    public CompletableFuture<Void> thenAcceptAsync(Consumer<? super T> work, Executor executor) {
        Stage stage = stage("thenAccept");
        return result(stage, super.thenAcceptAsync(stage.consumer(work), stage.executor(executor)));
    }

    @Override
    public CompletableFuture<Void> thenRun(Runnable work) {
        Stage stage = stage("thenRun");
        return result(stage, super.thenRun(stage.runnable(work)));
    }

    @Override
    public CompletableFuture<Void> thenRunAsync(Runnable work) {
        Stage stage = stage("thenRun");
        return result(stage, super.thenRunAsync(stage.runnable(work)));
    }

    @Override
    public CompletableFuture<Void> thenRunAsync(Runnable work, Executor executor) {
        Stage stage = stage("thenRun");
        return result(stage, super.thenRunAsync(stage.runnable(work), stage.executor(executor)));
    }

    @Override
    public <U> CompletableFuture<U> thenCompose(Function<? super T, ? extends CompletionStage<U>> work) {
        Stage stage = stage("thenCompose");
        return result(stage, super.thenCompose(stage.compose(work)));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(Function<? super T, ? extends CompletionStage<U>> work) {
        Stage stage = stage("thenCompose");
        return result(stage, super.thenComposeAsync(stage.compose(work)));
    }

    @Override
    public <U> CompletableFuture<U> thenComposeAsync(
            Function<? super T, ? extends CompletionStage<U>> work, Executor executor) {
        Stage stage = stage("thenCompose");
        return result(stage, super.thenComposeAsync(stage.compose(work), stage.executor(executor)));
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> work) {
        Stage stage = stage("whenComplete");
        return result(stage, super.whenComplete(stage.consumer(work)));
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> work) {
        Stage stage = stage("whenComplete");
        return result(stage, super.whenCompleteAsync(stage.consumer(work)));
    }

    @Override
    public CompletableFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super Throwable> work, Executor executor) {
        Stage stage = stage("whenComplete");
        return result(stage, super.whenCompleteAsync(stage.consumer(work), stage.executor(executor)));
    }

    @Override
    public <U> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> work) {
        Stage stage = stage("handle");
        return result(stage, super.handle(stage.<T, Throwable, U>function(work)));
    }

    @Override
    public <U> CompletableFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> work) {
        Stage stage = stage("handle");
        return result(stage, super.handleAsync(stage.<T, Throwable, U>function(work)));
    }

    @Override
    public <U> CompletableFuture<U> handleAsync(BiFunction<? super T, Throwable, ? extends U> work, Executor executor) {
        Stage stage = stage("handle");
        return result(stage, super.handleAsync(stage.<T, Throwable, U>function(work), stage.executor(executor)));
    }

    @Override
    public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> work) {
        Stage stage = stage("exceptionally");
        return result(stage, super.exceptionally(stage.<Throwable, T>function(work)));
    }

    @Override
    public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> work) {
        Stage stage = stage("exceptionally");
        return result(stage, super.exceptionallyAsync(stage.<Throwable, T>function(work)));
    }

    @Override
    public CompletableFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> work, Executor executor) {
        Stage stage = stage("exceptionally");
        return result(stage, super.exceptionallyAsync(stage.<Throwable, T>function(work), stage.executor(executor)));
    }

    @Override
    public CompletableFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> work) {
        Stage stage = stage("exceptionallyCompose");
        return result(stage, super.exceptionallyCompose(stage.compose(work)));
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> work) {
        Stage stage = stage("exceptionallyCompose");
        return result(stage, super.exceptionallyComposeAsync(stage.compose(work)));
    }

    @Override
    public CompletableFuture<T> exceptionallyComposeAsync(
            Function<Throwable, ? extends CompletionStage<T>> work, Executor executor) {
        Stage stage = stage("exceptionallyCompose");
        return result(stage, super.exceptionallyComposeAsync(stage.compose(work), stage.executor(executor)));
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> work) {
        TrackedFuture<? extends U> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "thenCombine", self(), tracked);
        return result(stage, super.thenCombine(tracked, stage.<T, U, V>function(work)));
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> work) {
        TrackedFuture<? extends U> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "thenCombine", self(), tracked);
        return result(stage, super.thenCombineAsync(tracked, stage.<T, U, V>function(work)));
    }

    @Override
    public <U, V> CompletableFuture<V> thenCombineAsync(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> work, Executor executor) {
        TrackedFuture<? extends U> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "thenCombine", self(), tracked);
        return result(stage, super.thenCombineAsync(tracked, stage.<T, U, V>function(work), stage.executor(executor)));
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> work) {
        TrackedFuture<? extends U> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "thenAcceptBoth", self(), tracked);
        return result(stage, super.thenAcceptBoth(tracked, stage.<T, U>consumer(work)));
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> work) {
        TrackedFuture<? extends U> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "thenAcceptBoth", self(), tracked);
        return result(stage, super.thenAcceptBothAsync(tracked, stage.<T, U>consumer(work)));
    }

    @Override
    public <U> CompletableFuture<Void> thenAcceptBothAsync(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> work, Executor executor) {
        TrackedFuture<? extends U> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "thenAcceptBoth", self(), tracked);
        return result(stage, super.thenAcceptBothAsync(tracked, stage.<T, U>consumer(work), stage.executor(executor)));
    }

    @Override
    public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable work) {
        TrackedFuture<?> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "runAfterBoth", self(), tracked);
        return result(stage, super.runAfterBoth(tracked, stage.runnable(work)));
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable work) {
        TrackedFuture<?> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "runAfterBoth", self(), tracked);
        return result(stage, super.runAfterBothAsync(tracked, stage.runnable(work)));
    }

    @Override
    public CompletableFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable work, Executor executor) {
        TrackedFuture<?> tracked = TrackedFuture.of(recorder, other);
        Stage stage = new Stage(recorder, "runAfterBoth", self(), tracked);
        return result(stage, super.runAfterBothAsync(tracked, stage.runnable(work), stage.executor(executor)));
    }

    @Override
    public <U> CompletableFuture<U> applyToEither(CompletionStage<? extends T> other, Function<? super T, U> work) {
        return first(other).thenApply(work);
    }

    @Override
    public <U> CompletableFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> work) {
        return first(other).thenApplyAsync(work);
    }

    @Override
    public <U> CompletableFuture<U> applyToEitherAsync(
            CompletionStage<? extends T> other, Function<? super T, U> work, Executor executor) {
        return first(other).thenApplyAsync(work, executor);
    }

    @Override
    public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> work) {
        return first(other).thenAccept(work);
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(CompletionStage<? extends T> other, Consumer<? super T> work) {
        return first(other).thenAcceptAsync(work);
    }

    @Override
    public CompletableFuture<Void> acceptEitherAsync(
            CompletionStage<? extends T> other, Consumer<? super T> work, Executor executor) {
        return first(other).thenAcceptAsync(work, executor);
    }

    @Override
    public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable work) {
        return firstOf(other).thenRun(work);
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable work) {
        return firstOf(other).thenRunAsync(work);
    }

    @Override
    public CompletableFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable work, Executor executor) {
        return firstOf(other).thenRunAsync(work, executor);
    }
}
