package io.clockwork.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future that knows what its end follows: a stage that ran as a task, other futures, or whoever completed it.
 *
 * <p>Who sees that it has ended joins that.
 */
final class TrackedFuture<T> extends TrackedStages<T> {
    /** What the end follows is not known, as several may be completing the future at this moment. */
    private static final Object CONTESTED = new Object();

    private static final VarHandle SOURCE;

    static {
        try {
            SOURCE = MethodHandles.lookup().findVarHandle(TrackedFuture.class, "source", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A {@link Stage}, a {@link Task}, a future or an array of futures; null while nobody has ended it. */
    private volatile @Nullable Object source;

    TrackedFuture(Recorder recorder) {
        super(recorder);
    }

    static <T> TrackedFuture<T> of(Recorder recorder, CompletionStage<T> stage) {
        if (stage instanceof TrackedFuture<T> tracked && tracked.recorder == recorder) {
            return tracked;
        }
        TrackedFuture<T> future = new TrackedFuture<>(recorder);
        stage.whenComplete((value, failure) -> future.end(value, failure));
        return future;
    }

    static TrackedFuture<Void> allOf(Recorder recorder, CompletableFuture<?>... futures) {
        TrackedFuture<?>[] all = new TrackedFuture<?>[futures.length];
        for (int i = 0; i < futures.length; i++) {
            all[i] = of(recorder, futures[i]);
        }
        TrackedFuture<Void> ended = new TrackedFuture<>(recorder);
        var unused = CompletableFuture.allOf(all).whenComplete((none, failure) -> ended.endAfter(all, null, failure));
        return ended;
    }

    static TrackedFuture<Object> anyOf(Recorder recorder, CompletableFuture<?>... futures) {
        TrackedFuture<Object> ended = new TrackedFuture<>(recorder);
        for (CompletableFuture<?> one : futures) {
            TrackedFuture<?> tracked = of(recorder, one);
            tracked.then((value, failure) -> ended.endAfter(tracked, value, failure));
        }
        return ended;
    }

    @SuppressWarnings("NullAway") // the result of a future of Void is null
    static CompletableFuture<Void> run(Recorder recorder, Runnable work, Executor executor) {
        return new TrackedFuture<Void>(recorder)
                .completeAsync(
                        () -> {
                            work.run();
                            return null;
                        },
                        executor);
    }

    private void endAfter(Object follows, @Nullable Object value, @Nullable Throwable failure) {
        if (SOURCE.compareAndSet(this, null, follows)) {
            finish(value, failure);
        }
    }

    private void end(@Nullable T value, @Nullable Throwable failure) {
        claim();
        finish(value, failure);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the value of a future of T, which may be null
    private void finish(@Nullable Object value, @Nullable Throwable failure) {
        if (failure != null) {
            super.completeExceptionally(failure);
        } else {
            super.complete((T) value);
        }
    }

    /** Makes this future, which nobody else knows yet, the result of {@code stage}. */
    void follow(Stage stage) {
        source = stage;
    }

    /*
     * Whoever completes the future says so before. If another one did so, it is not known which of the two was the
     * first: then nothing is claimed.
     */
    private void claim() {
        if (super.isDone()) {
            return;
        }
        Task mine = source == null ? recorder.handOff("completion") : null;
        if (mine == null || !SOURCE.compareAndSet(this, null, mine)) {
            source = CONTESTED;
        }
    }

    /** Joins what the end follows into the current task; for those who see that the future has ended. */
    void observe() {
        Object follows = source;
        if (follows instanceof Task task) {
            recorder.observe(task);
        } else if (follows instanceof Stage stage && stage.hasBegun() && !stage.hasInner()) {
            recorder.observe(stage.task);
        } else if (follows != null && follows != CONTESTED) {
            observeAll();
        }
    }

    /** Without recursion: a chain of stages that were left out because of a failure may be long. */
    private void observeAll() {
        Set<TrackedFuture<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<TrackedFuture<?>> due = new ArrayDeque<>();
        due.push(this);
        while (!due.isEmpty()) {
            TrackedFuture<?> future = due.pop();
            if (!seen.add(future)) {
                continue;
            }
            Object follows = future.source;
            if (follows instanceof Task task) {
                recorder.observe(task);
            } else if (follows instanceof Stage stage) {
                stage.observe(due);
            } else if (follows instanceof TrackedFuture<?> other) {
                due.push(other);
            } else if (follows instanceof TrackedFuture<?>[] others) {
                for (TrackedFuture<?> other : others) {
                    due.push(other);
                }
            }
        }
    }

    private boolean observeIf(boolean ended) {
        if (ended) {
            observe();
        }
        return ended;
    }

    @Override
    public boolean complete(T value) {
        claim();
        return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        claim();
        return super.completeExceptionally(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        claim();
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public void obtrudeValue(T value) {
        source = CONTESTED;
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable failure) {
        source = CONTESTED;
        super.obtrudeException(failure);
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        Objects.requireNonNull(supplier, "supplier");
        Stage stage = new Stage(recorder, "async work");
        if (!SOURCE.compareAndSet(this, null, stage)) {
            source = CONTESTED;
        }
        return super.completeAsync(() -> stage.call(supplier), stage.executor(executor));
    }

    @Override
    public boolean isDone() {
        return observeIf(super.isDone());
    }

    @Override
    public boolean isCompletedExceptionally() {
        return observeIf(super.isCompletedExceptionally());
    }

    @Override
    public boolean isCancelled() {
        return observeIf(super.isCancelled());
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return super.get();
        } finally {
            observeIf(super.isDone());
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return super.get(timeout, unit);
        } finally {
            observeIf(super.isDone());
        }
    }

    @Override
    public T join() {
        try {
            return super.join();
        } finally {
            observeIf(super.isDone());
        }
    }

    @Override
    public T getNow(T valueIfAbsent) {
        boolean ended = super.isDone();
        try {
            return super.getNow(valueIfAbsent);
        } finally {
            observeIf(ended);
        }
    }
}
