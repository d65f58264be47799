package io.clockwork.record;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

class TrackedReadLockTest extends LockContract {
    @Override
    Pair newLock(Recorder on) {
        TrackedReadWriteLock lock = on.readWriteLock("the lock");
        return new Pair(lock.readLock(), lock.writeLock());
    }

    @Override
    EventKind acquire() {
        return EventKind.ACQUIRE_SHARED;
    }

    @Override
    EventKind release() {
        return EventKind.RELEASE_SHARED;
    }

    @Override
    Lock ofJdk() {
        return new ReentrantReadWriteLock().readLock();
    }
}
