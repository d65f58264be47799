package io.clockwork.record;

/** Work that was wrapped; an executor that knows tasks finds its task here. */
final class WrappedRunnable implements Runnable {
    final Task task;
    final Runnable work;

    WrappedRunnable(Task task, Runnable work) {
        this.task = task;
        this.work = work;
    }

    @Override
    public void run() {
        task.claim().finish(work);
    }
}
