package io.clockwork.record;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reentrant lock whose acquires and releases are recorded; each acquire names the release that it followed.
 *
 * <p>Use it where the program would use a {@link ReentrantLock}, whose behaviour and exceptions it has. Of nested holds
 * the outermost is recorded. Waiting on a condition is a release and an acquire; whoever was signalled follows the
 * signal, for the signaller held the lock. Recording allocates nothing.
 */
public final class TrackedLock implements Lock {
    private final ReentrantLock lock;
    private final SyncPoint point;
    private final AtomicInteger conditions = new AtomicInteger();

    TrackedLock(SyncPoint point, boolean fair) {
        this.point = point;
        lock = new ReentrantLock(fair);
    }

    @Override
    public void lock() {
        blockIfTaken();
        lock.lock();
        acquired();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        blockIfTaken();
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        }
        acquired();
    }

    @Override
    public boolean tryLock() {
        return acquiredIf(lock.tryLock());
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        if (time > 0) {
            blockIfTaken();
        }
        boolean locked;
        try {
            locked = lock.tryLock(time, unit);
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        }
        return acquiredIf(locked);
    }

    /** {@inheritDoc} Throws {@link IllegalMonitorStateException} if the calling thread does not hold the lock. */
    @Override
    public void unlock() {
        if (lock.getHoldCount() == 1) {
            point.releaseExclusive(EventKind.RELEASE);
        }
        lock.unlock();
    }

    @Override
    public Condition newCondition() {
        return new TrackedCondition(
                lock.newCondition(), lock::isHeldByCurrentThread, point, conditions.incrementAndGet());
    }

    /** {@return whether any thread holds the lock} */
    public boolean isLocked() {
        return lock.isLocked();
    }

    /** {@return whether the calling thread holds the lock} */
    public boolean isHeldByCurrentThread() {
        return lock.isHeldByCurrentThread();
    }

    private void blockIfTaken() {
        if (lock.isLocked() && !lock.isHeldByCurrentThread()) {
            point.block();
        }
    }

    private boolean acquiredIf(boolean locked) {
        if (locked) {
            acquired();
        } else {
            point.giveUp();
        }
        return locked;
    }

    private void acquired() {
        if (lock.getHoldCount() == 1) {
            point.acquire(EventKind.ACQUIRE, point.last());
        }
    }
}
