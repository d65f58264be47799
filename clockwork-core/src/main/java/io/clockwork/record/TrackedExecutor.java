package io.clockwork.record;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs work on another executor, each piece as a task forked where it was submitted and joined where it is got. */
final class TrackedExecutor extends AbstractExecutorService {
    private static final int MAX_UNJOINED = 10_000;

    private final Recorder recorder;
    private final ExecutorService delegate;
    /** Work whose end nobody may have waited for; whoever sees the executor's termination has. The latest ones only. */
    private final Queue<Task> unjoined = new ConcurrentLinkedQueue<>();

    private final AtomicInteger count = new AtomicInteger();

    TrackedExecutor(Recorder recorder, ExecutorService delegate) {
        this.recorder = recorder;
        this.delegate = delegate;
    }

    @Override
    public void execute(Runnable command) {
        if (command instanceof JoiningFuture<?> future) {
            unjoined(future.task);
            delegate.execute(command);
        } else {
            Task task = recorder.fork("executed work");
            unjoined(task);
            delegate.execute(() -> task.run(command));
        }
    }

    private void unjoined(Task task) {
        unjoined.add(task);
        if (count.incrementAndGet() > MAX_UNJOINED && unjoined.poll() != null) {
            count.decrementAndGet();
        }
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return newTaskFor(() -> {
            runnable.run();
            return value;
        });
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new JoiningFuture<>(recorder.fork("submitted work"), callable);
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
        return delegate.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        boolean terminated = delegate.awaitTermination(timeout, unit);
        for (Task task = terminated ? unjoined.poll() : null; task != null; task = unjoined.poll()) {
            count.decrementAndGet();
            if (task.isAtRest()) {
                recorder.join(task);
            }
        }
        return terminated;
    }

    /** The scope is closed inside the computation, before the result is visible to those who wait for it. */
    private static final class JoiningFuture<T> extends FutureTask<T> {
        private final Task task;

        JoiningFuture(Task task, Callable<T> callable) {
            super(() -> task.call(callable::call));
            this.task = task;
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            try {
                return super.get();
            } finally {
                joinWhenDone();
            }
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            try {
                return super.get(timeout, unit);
            } finally {
                joinWhenDone();
            }
        }

        private void joinWhenDone() {
            if (isDone() && !isCancelled()) {
                task.recorder.join(task);
            }
        }
    }
}
