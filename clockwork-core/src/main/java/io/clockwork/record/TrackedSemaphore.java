package io.clockwork.record;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * A semaphore whose acquires and releases are recorded.
 *
 * <p>Use it where the program would use a {@link Semaphore}, whose methods and behaviour it has. Permits have no identity,
 * so an acquire follows each release that it may owe its permits to: all since the semaphore was last without permits. It
 * follows none from before, for those permits are spent. Releases are not ordered with each other. Holding a permit is no
 * lock, even when there is only one: nothing keeps a program from releasing what it has not acquired. Recording allocates
 * nothing.
 */
public final class TrackedSemaphore {
    private final SyncPoint point;
    private final Permits permits;

    TrackedSemaphore(SyncPoint point, int permits, boolean fair) {
        this.point = point;
        this.permits = new Permits(point, permits, fair);
    }

    /** Acquires a permit, waiting for it if necessary. */
    public void acquire() throws InterruptedException {
        acquire(1);
    }

    /** Acquires so many permits, waiting for them if necessary. */
    public void acquire(int count) throws InterruptedException {
        blockIfShort(checked(count));
        try {
            permits.acquireSharedInterruptibly(count);
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        }
    }

    /** Acquires a permit, waiting for it if necessary, whether or not the thread is interrupted. */
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    /** Acquires so many permits, waiting for them if necessary, whether or not the thread is interrupted. */
    public void acquireUninterruptibly(int count) {
        blockIfShort(checked(count));
        permits.acquireShared(count);
    }

    /** Acquires a permit if there is one, even when others wait; returns whether it did. */
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    /** Acquires so many permits if there are, even when others wait; returns whether it did. */
    public boolean tryAcquire(int count) {
        return acquired(permits.take(checked(count)) >= 0);
    }

    /** Acquires a permit if one becomes available in time; returns whether it did. */
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    /** Acquires so many permits if they become available in time; returns whether it did. */
    public boolean tryAcquire(int count, long timeout, TimeUnit unit) throws InterruptedException {
        checked(count);
        if (timeout > 0) {
            blockIfShort(count);
        }
        boolean acquired;
        try {
            acquired = permits.tryAcquireSharedNanos(count, unit.toNanos(timeout));
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        }
        return acquired(acquired);
    }

    /** Releases a permit. */
    public void release() {
        release(1);
    }

    /** Releases so many permits. */
    public void release(int count) {
        permits.releaseShared(checked(count));
    }

    /** {@return how many permits there are at this moment} */
    public int availablePermits() {
        return permits.available();
    }

    /** Acquires all permits that there are, and returns their number. */
    public int drainPermits() {
        return permits.drain();
    }

    /** {@return whether the permits go to those who wait in the order of their coming} */
    public boolean isFair() {
        return permits.fair;
    }

    /** {@return whether threads wait for permits; it may have changed on return} */
    public boolean hasQueuedThreads() {
        return permits.hasQueuedThreads();
    }

    /** {@return an estimate of how many threads wait for permits} */
    public int getQueueLength() {
        return permits.getQueueLength();
    }

    @Override
    public String toString() {
        return super.toString() + "[Permits = " + availablePermits() + ']';
    }

    private static int checked(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("permits must be at least 0, was " + count);
        }
        return count;
    }

    private void blockIfShort(int count) {
        if (permits.available() < count) {
            point.block();
        }
    }

    private boolean acquired(boolean acquired) {
        if (!acquired) {
            point.giveUp();
        }
        return acquired;
    }

    /**
     * The permits, and the queue of those who wait.
     *
     * <p>The JDK's semaphore would not do: between its acquire and a look at the last release others may have released.
     * The number of permits and the chain of releases change together here, under a monitor that is held for the time of
     * one event.
     */
    private static final class Permits extends AbstractQueuedSynchronizer {
        private static final long serialVersionUID = 1;

        private final transient SyncPoint point;
        private final boolean fair;
        private final transient Object guard = new Object();

        Permits(SyncPoint point, int permits, boolean fair) {
            this.point = point;
            this.fair = fair;
            setState(permits);
        }

        int available() {
            return getState();
        }

        @Override
        protected int tryAcquireShared(int count) {
            return fair && hasQueuedPredecessors() ? -1 : take(count);
        }

        /** Takes permits if there are so many; returns how many are left, or a negative number if it took none. */
        int take(int count) {
            int left;
            long releases;
            synchronized (guard) {
                left = getState() - count;
                if (left < 0 || count == 0) {
                    return left;
                }
                setState(left);
                releases = point.last();
                if (left == 0) {
                    point.forget();
                }
            }
            point.acquire(EventKind.ACQUIRE_PERMITS, releases);
            return left;
        }

        int drain() {
            int available;
            long releases;
            synchronized (guard) {
                available = getState();
                if (available == 0) {
                    return 0;
                }
                if (available < 0) {
                    // What was owed is released.
                    point.releaseShared(EventKind.RELEASE_PERMITS);
                    setState(0);
                    return available;
                }
                releases = point.last();
                setState(0);
                point.forget();
            }
            point.acquire(EventKind.ACQUIRE_PERMITS, releases);
            return available;
        }

        @Override
        protected boolean tryReleaseShared(int count) {
            synchronized (guard) {
                int available = getState();
                if (available + count < available) {
                    throw new Error("Maximum permit count exceeded");
                }
                if (count > 0) {
                    point.releaseShared(EventKind.RELEASE_PERMITS);
                    setState(available + count);
                }
            }
            return true;
        }
    }
}
