package io.clockwork.record;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A reentrant read-write lock whose acquires and releases are recorded.
 *
 * <p>Use it where the program would use a {@link ReentrantReadWriteLock}, whose behaviour and exceptions it has. A reader
 * follows the last writer's release; readers are not ordered with each other; a writer follows the last writer and all
 * readers since. Of nested holds of one mode the outermost is recorded. Recording allocates nothing.
 */
public final class TrackedReadWriteLock implements ReadWriteLock {
    private final ReentrantReadWriteLock lock;
    private final SyncPoint point;
    private final Mode reading;
    private final Mode writing;

    TrackedReadWriteLock(SyncPoint point, boolean fair) {
        this.point = point;
        lock = new ReentrantReadWriteLock(fair);
        reading = new Reading(lock.readLock());
        writing = new Writing(lock.writeLock());
    }

    @Override
    public Lock readLock() {
        return reading;
    }

    @Override
    public Lock writeLock() {
        return writing;
    }

    private abstract class Mode implements Lock {
        private final Lock delegate;

        Mode(Lock delegate) {
            this.delegate = delegate;
        }

        /** {@return whether the calling thread would have to wait, if nothing changes} */
        abstract boolean isTaken();

        /** {@return how many holds of this mode the calling thread has} */
        abstract int holds();

        abstract void recordAcquire();

        abstract void recordRelease();

        @Override
        public final void lock() {
            blockIfTaken();
            delegate.lock();
            acquired();
        }

        @Override
        public final void lockInterruptibly() throws InterruptedException {
            blockIfTaken();
            try {
                delegate.lockInterruptibly();
            } catch (InterruptedException e) {
                point.giveUp();
                throw e;
            }
            acquired();
        }

        @Override
        public final boolean tryLock() {
            return acquiredIf(delegate.tryLock());
        }

        @Override
        public final boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
            if (time > 0) {
                blockIfTaken();
            }
            boolean locked;
            try {
                locked = delegate.tryLock(time, unit);
            } catch (InterruptedException e) {
                point.giveUp();
                throw e;
            }
            return acquiredIf(locked);
        }

        @Override
        public final void unlock() {
            if (holds() == 1) {
                recordRelease();
            }
            delegate.unlock();
        }

        @Override
        public Condition newCondition() {
            return delegate.newCondition();
        }

        private void blockIfTaken() {
            if (isTaken()) {
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
            if (holds() == 1) {
                recordAcquire();
            }
        }
    }

    private final class Reading extends Mode {
        Reading(Lock delegate) {
            super(delegate);
        }

        @Override
        boolean isTaken() {
            return lock.isWriteLocked() && !lock.isWriteLockedByCurrentThread();
        }

        @Override
        int holds() {
            return lock.getReadHoldCount();
        }

        @Override
        void recordAcquire() {
            point.acquire(EventKind.ACQUIRE_SHARED, point.lastExclusive());
        }

        @Override
        void recordRelease() {
            point.releaseShared(EventKind.RELEASE_SHARED);
        }
    }

    private final class Writing extends Mode {
        private final AtomicInteger conditions = new AtomicInteger();

        Writing(Lock delegate) {
            super(delegate);
        }

        @Override
        boolean isTaken() {
            return (lock.isWriteLocked() || lock.getReadLockCount() > 0) && !lock.isWriteLockedByCurrentThread();
        }

        @Override
        int holds() {
            return lock.getWriteHoldCount();
        }

        @Override
        void recordAcquire() {
            point.acquire(EventKind.ACQUIRE, point.last());
        }

        @Override
        void recordRelease() {
            point.releaseExclusive(EventKind.RELEASE);
        }

        @Override
        public Condition newCondition() {
            return new TrackedCondition(
                    super.newCondition(), lock::isWriteLockedByCurrentThread, point, conditions.incrementAndGet());
        }
    }
}
