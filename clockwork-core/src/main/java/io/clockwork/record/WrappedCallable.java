package io.clockwork.record;

import java.util.concurrent.Callable;

/** Work that was wrapped; an executor that knows tasks finds its task here. */
final class WrappedCallable<T> implements Callable<T> {
    final Task task;
    final Callable<T> work;

    WrappedCallable(Task task, Callable<T> work) {
        this.task = task;
        this.work = work;
    }

    @Override
    public T call() throws Exception {
        return task.claim().finish(work::call);
    }
}
