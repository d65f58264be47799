package io.clockwork.record;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reentrant lock whose acquires and releases are recorded; each acquire names the release that it followed.
 *
 * <p>Use it where the program would use a {@link ReentrantLock}.
 */
public final class TrackedLock implements Lock {
    private final Recorder recorder;
    private final int number;
    private final ReentrantLock lock = new ReentrantLock();
    /** The packed dot of the last release; guarded by the lock. */
    private long lastRelease = Dot.NONE;

    TrackedLock(Recorder recorder, int number) {
        this.recorder = recorder;
        this.number = number;
    }

    @Override
    public void lock() {
        lock.lock();
        acquired();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        lock.lockInterruptibly();
        acquired();
    }

    @Override
    public boolean tryLock() {
        boolean locked = lock.tryLock();
        if (locked) {
            acquired();
        }
        return locked;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        boolean locked = lock.tryLock(time, unit);
        if (locked) {
            acquired();
        }
        return locked;
    }

    /** {@inheritDoc} Throws {@link IllegalMonitorStateException} if the calling thread does not hold the lock. */
    @Override
    public void unlock() {
        if (lock.getHoldCount() == 1) {
            lastRelease = recorder.recordOrLast(EventKind.RELEASE, number);
        }
        lock.unlock();
    }

    /** Not supported by this lock: throws {@link UnsupportedOperationException}. */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("a TrackedLock has no conditions; use a ReentrantLock where one waits");
    }

    private void acquired() {
        if (lock.getHoldCount() == 1) {
            recorder.record(EventKind.ACQUIRE, number, lastRelease, ValueType.CAUSE, null);
        }
    }
}
