package io.clockwork.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work on another executor, each piece as a task forked where it was submitted and joined where it is got.
 *
 * <p>Work is handed to the same method of the other executor, which may treat its own futures in ways of its own, as
 * fork-join pools do. An {@code AbstractExecutorService} all the same, because completion services ask those, and no
 * others, for the futures that they give out.
 */
class TrackedExecutor extends AbstractExecutorService implements AutoCloseable {
    static final String SUBMITTED = "submitted work";

    final Recorder recorder;
    private final ExecutorService delegate;
    /** Work whose end nobody may have waited for; whoever sees the executor's termination has. */
    private final Group unjoined;

    TrackedExecutor(Recorder recorder, ExecutorService delegate) {
        this.recorder = recorder;
        this.delegate = delegate;
        unjoined = new Group(recorder);
    }

    /** A piece of work and its task, whose scope is closed before the result is visible to those who wait for it. */
    record Piece<T>(Task task, Callable<T> work) implements Callable<T> {
        @Override
        public T call() throws Exception {
            return task.finish(work::call);
        }

        TrackedResult<T> result() throws Exception {
            return new TrackedResult<>(task, call());
        }
    }

    /** A result and the task that it is from. */
    record TrackedResult<T>(Task task, T value) {}

    final <T> Piece<T> piece(Callable<T> work) {
        Objects.requireNonNull(work, "work");
        return work instanceof WrappedCallable<T> wrapped && wrapped.task.recorder == recorder
                ? piece(wrapped.task.claim(), wrapped.work)
                : piece(recorder.fork(SUBMITTED), work);
    }

    private <T> Piece<T> piece(Task task, Callable<T> work) {
        unjoined.add(task);
        return new Piece<>(task, work);
    }

    private <T> List<Piece<T>> pieces(Collection<? extends Callable<T>> work) {
        List<Piece<T>> pieces = new ArrayList<>(work.size());
        for (Callable<T> one : work) {
            pieces.add(piece(one));
        }
        return pieces;
    }

    /** {@return the task of work that gives no result} */
    final Task taskOf(Runnable work, String name, boolean detached) {
        Objects.requireNonNull(work, "work");
        Task task = work instanceof WrappedRunnable wrapped && wrapped.task.recorder == recorder
                ? wrapped.task.claim()
                : recorder.fork(name, detached);
        unjoined.add(task);
        return task;
    }

    final Runnable workOf(Runnable work) {
        return work instanceof WrappedRunnable wrapped && wrapped.task.recorder == recorder ? wrapped.work : work;
    }

    /** {@return the executor for work that brings its task along} */
    final ExecutorService delegateFor(Task task) {
        unjoined.add(task);
        return delegate;
    }

    @Override
    public void execute(Runnable command) {
        if (command instanceof JoiningTask<?>) {
            delegate.execute(command);
        } else {
            Task task = taskOf(command, Recorder.EXECUTED, true);
            Runnable work = workOf(command);
            delegate.execute(() -> task.finish(work));
        }
    }

    @Override
    public <T> Future<T> submit(Callable<T> work) {
        Piece<T> piece = piece(work);
        return new JoiningFuture<>(delegate.submit(piece), piece.task);
    }

    @Override
    public <T> Future<T> submit(Runnable work, T result) {
        Task task = taskOf(work, SUBMITTED, false);
        Runnable body = workOf(work);
        return new JoiningFuture<>(delegate.submit(() -> task.finish(body), result), task);
    }

    @Override
    public Future<?> submit(Runnable work) {
        Task task = taskOf(work, SUBMITTED, false);
        Runnable body = workOf(work);
        return new JoiningFuture<>(delegate.submit(() -> task.finish(body)), task);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> work) throws InterruptedException {
        List<Piece<T>> pieces = pieces(work);
        return joined(pieces, delegate.invokeAll(pieces));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> work, long timeout, TimeUnit unit)
            throws InterruptedException {
        List<Piece<T>> pieces = pieces(work);
        return joined(pieces, delegate.invokeAll(pieces, timeout, unit));
    }

    private static <T> List<Future<T>> joined(List<Piece<T>> pieces, List<Future<T>> futures) {
        List<Future<T>> joined = new ArrayList<>(futures.size());
        for (int i = 0; i < futures.size(); i++) {
            JoiningFuture<T> future = new JoiningFuture<>(futures.get(i), pieces.get(i).task);
            future.joinIfDone();
            joined.add(future);
        }
        return joined;
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> work) throws InterruptedException, ExecutionException {
        return joined(delegate.invokeAny(results(work)));
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> work, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return joined(delegate.invokeAny(results(work), timeout, unit));
    }

    private <T> List<Callable<TrackedResult<T>>> results(Collection<? extends Callable<T>> work) {
        List<Callable<TrackedResult<T>>> results = new ArrayList<>(work.size());
        for (Piece<T> piece : pieces(work)) {
            results.add(piece::result);
        }
        return results;
    }

    private <T> T joined(TrackedResult<T> result) {
        recorder.observe(result.task);
        return result.value;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        Runnable work = workOf(runnable);
        return new JoiningTask<>(piece(taskOf(runnable, SUBMITTED, false), () -> {
            work.run();
            return value;
        }));
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new JoiningTask<>(piece(callable));
    }

    @Override
    public void shutdown() {
        delegate.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return delegate.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return delegate.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return joinIf(delegate.isTerminated());
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return joinIf(delegate.awaitTermination(timeout, unit));
    }

    /**
     * As {@code ExecutorService.close}, which came with Java 19: waits for the work that was submitted, but for the common
     * pool, which nobody can end and which runs on. An interrupt stops the work that runs and what waits for it.
     */
    @Override
    public void close() {
        if (delegate instanceof AutoCloseable closeable) {
            close(closeable);
        } else if (delegate != ForkJoinPool.commonPool()) {
            shutdown();
            awaitTermination();
        }
        isTerminated();
    }

    private static void close(AutoCloseable delegate) {
        try {
            delegate.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the executor could not be closed: " + e, e);
        }
    }

    private void awaitTermination() {
        boolean interrupted = false;
        boolean terminated = false;
        while (!terminated) {
            try {
                terminated = awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                if (!interrupted) {
                    shutdownNow();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean joinIf(boolean terminated) {
        if (terminated) {
            unjoined.join();
        }
        return terminated;
    }

    /** What a completion service gives out. */
    private static final class JoiningTask<T> extends FutureTask<T> {
        private final Task task;

        JoiningTask(Piece<T> piece) {
            super(piece);
            task = piece.task;
        }

        @Override
        public boolean isDone() {
            boolean done = super.isDone();
            return done && JoiningFuture.join(this, task);
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            try {
                return super.get();
            } finally {
                isDone();
            }
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            try {
                return super.get(timeout, unit);
            } finally {
                isDone();
            }
        }
    }
}
