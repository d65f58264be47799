package io.clockwork.record;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A {@link TrackedExecutor} of work that is to be done later, or again and again. */
final class TrackedScheduler extends TrackedExecutor implements ScheduledExecutorService {
    private static final String SCHEDULED = "scheduled work";

    private final ScheduledExecutorService delegate;

    TrackedScheduler(Recorder recorder, ScheduledExecutorService delegate) {
        super(recorder, delegate);
        this.delegate = delegate;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        Task task = taskOf(command, SCHEDULED, true);
        Runnable work = workOf(command);
        return new Scheduled<>(delegate.schedule(() -> task.finish(work), delay, unit), task);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        Piece<V> piece = piece(callable);
        return new Scheduled<>(delegate.schedule(piece, delay, unit), piece.task());
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        Task task = taskOf(command, SCHEDULED, true);
        Runnable work = workOf(command);
        return new Scheduled<>(delegate.scheduleAtFixedRate(() -> task.run(work), initialDelay, period, unit), task);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        Task task = taskOf(command, SCHEDULED, true);
        Runnable work = workOf(command);
        return new Scheduled<>(delegate.scheduleWithFixedDelay(() -> task.run(work), initialDelay, delay, unit), task);
    }

    /** A {@link JoiningFuture} with a delay. */
    private static final class Scheduled<V> extends JoiningFuture<V> implements ScheduledFuture<V> {
        private final ScheduledFuture<V> future;

        Scheduled(ScheduledFuture<V> future, Task task) {
            super(future, task);
            this.future = future;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return future.getDelay(unit);
        }

        @Override
        public int compareTo(Delayed other) {
            return future.compareTo(other instanceof Scheduled<?> scheduled ? scheduled.future : other);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Scheduled<?> scheduled && future.equals(scheduled.future);
        }

        @Override
        public int hashCode() {
            return future.hashCode();
        }
    }
}
