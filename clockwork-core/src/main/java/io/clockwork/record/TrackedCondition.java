package io.clockwork.record;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * A condition of a recorded lock: waiting is a release of the lock and an acquire, however it ends.
 *
 * <p>Who does not hold the lock gets the exception of the JDK's condition, and nothing is recorded.
 */
@SuppressWarnings("WaitNotInLoop") // the loop is the application's
final class TrackedCondition implements Condition {
    private final Condition condition;
    private final BooleanSupplier held;
    private final SyncPoint point;
    private final int number;

    TrackedCondition(Condition condition, BooleanSupplier held, SyncPoint point, int number) {
        this.condition = condition;
        this.held = held;
        this.point = point;
        this.number = number;
    }

    @Override
    public void await() throws InterruptedException {
        boolean released = release();
        try {
            condition.await();
        } finally {
            reacquire(released);
        }
    }

    @Override
    public void awaitUninterruptibly() {
        boolean released = release();
        try {
            condition.awaitUninterruptibly();
        } finally {
            reacquire(released);
        }
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        boolean released = release();
        try {
            return condition.awaitNanos(nanosTimeout);
        } finally {
            reacquire(released);
        }
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        boolean released = release();
        try {
            return condition.await(time, unit);
        } finally {
            reacquire(released);
        }
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        boolean released = release();
        try {
            return condition.awaitUntil(deadline);
        } finally {
            reacquire(released);
        }
    }

    @Override
    public void signal() {
        recordSignal();
        condition.signal();
    }

    @Override
    public void signalAll() {
        recordSignal();
        condition.signalAll();
    }

    private boolean release() {
        boolean holding = held.getAsBoolean();
        if (holding) {
            point.releaseExclusive(EventKind.WAIT);
        }
        return holding;
    }

    private void reacquire(boolean released) {
        if (released) {
            point.acquire(EventKind.ACQUIRE, point.last());
        }
    }

    private void recordSignal() {
        if (held.getAsBoolean()) {
            point.record(EventKind.NOTIFY, number, ValueType.LONG, null);
        }
    }
}
