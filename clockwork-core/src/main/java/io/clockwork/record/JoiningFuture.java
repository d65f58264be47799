package io.clockwork.record;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The future of a task's result: who sees that it is there has waited for the task's end.
 *
 * <p>Who sees that it is not there yet, or that the work was cancelled, has not: cancelled work may go on.
 */
class JoiningFuture<T> implements Future<T> {
    private final Future<T> future;
    private final Task task;

    JoiningFuture(Future<T> future, Task task) {
        this.future = future;
        this.task = task;
    }

    /** Joins the task of a future that is done; returns true. */
    static boolean join(Future<?> done, Task task) {
        if (!done.isCancelled()) {
            task.recorder.observe(task);
        }
        return true;
    }

    final void joinIfDone() {
        if (future.isDone()) {
            join(future, task);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return future.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        return future.isCancelled();
    }

    @Override
    public boolean isDone() {
        return future.isDone() && join(future, task);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return future.get();
        } finally {
            joinIfDone();
        }
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return future.get(timeout, unit);
        } finally {
            joinIfDone();
        }
    }

    @Override
    public String toString() {
        return future.toString();
    }
}
