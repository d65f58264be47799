package io.clockwork.record;

import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a chain of futures as a task: set off where the stage was added, run after those that it depends on.
 *
 * <p>What is not final is written before the stage's future ends and read after that.
 */
final class Stage {
    private static final TrackedFuture<?>[] NONE = {};

    final Task task;
    private final Recorder recorder;
    /** What this stage comes after; dropped when it begins, so that a long chain is not kept alive by its end. */
    private TrackedFuture<?>[] after;

    private boolean begun;
    /** The future whose end is that of this stage, for one that gives a future. */
    private @Nullable TrackedFuture<?> inner;

    Stage(Recorder recorder, String name, TrackedFuture<?>... after) {
        this.recorder = recorder;
        this.after = after;
        task = recorder.fork(name);
    }

    boolean hasBegun() {
        return begun;
    }

    boolean hasInner() {
        return inner != null;
    }

    /** Joins the task and gives the futures whose ends are to be joined as well, or instead when the stage was left out. */
    void observe(Deque<TrackedFuture<?>> due) {
        if (begun) {
            recorder.observe(task);
            TrackedFuture<?> last = inner;
            if (last != null) {
                due.push(last);
            }
        } else {
            for (TrackedFuture<?> future : after) {
                due.push(future);
            }
        }
    }

    /** {@return the executor that runs the stage without making a second task of it} */
    Executor executor(Executor executor) {
        return executor instanceof TrackedExecutor tracked && tracked.recorder == recorder
                ? tracked.delegateFor(task)
                : executor;
    }

    <R extends @Nullable Object> R call(Supplier<R> work) {
        return task.finishAfter(this::begin, work::get);
    }

    private void begin() {
        TrackedFuture<?>[] antecedents = after;
        begun = true;
        after = NONE;
        for (TrackedFuture<?> future : antecedents) {
            future.observe();
        }
    }

    private void run(Runnable work) {
        this.<@Nullable Object>call(() -> {
            work.run();
            return null;
        });
    }

    <A, R> Function<A, R> function(Function<? super A, ? extends R> work) {
        Objects.requireNonNull(work, "work");
        return a -> this.<R>call(() -> work.apply(a));
    }

    <A, B, R> BiFunction<A, B, R> function(BiFunction<? super A, ? super B, ? extends R> work) {
        Objects.requireNonNull(work, "work");
        return (a, b) -> this.<R>call(() -> work.apply(a, b));
    }

    <A, R> Function<A, CompletionStage<R>> compose(Function<? super A, ? extends CompletionStage<R>> work) {
        Objects.requireNonNull(work, "work");
        return a -> call(() -> {
            TrackedFuture<R> future = TrackedFuture.of(recorder, work.apply(a));
            inner = future;
            return future;
        });
    }

    <A> Consumer<A> consumer(Consumer<? super A> work) {
        Objects.requireNonNull(work, "work");
        return a -> run(() -> work.accept(a));
    }

    <A, B> BiConsumer<A, B> consumer(BiConsumer<? super A, ? super B> work) {
        Objects.requireNonNull(work, "work");
        return (a, b) -> run(() -> work.accept(a, b));
    }

    Runnable runnable(Runnable work) {
        Objects.requireNonNull(work, "work");
        return () -> run(work);
    }
}
