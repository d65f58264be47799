package io.clockwork.record;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

class TrackedWriteLockTest extends LockContract {
    @Override
    Pair newLock(Recorder on) {
        TrackedReadWriteLock lock = on.readWriteLock("the lock");
        return new Pair(lock.writeLock(), lock.writeLock());
    }

    @Override
    EventKind acquire() {
        return EventKind.ACQUIRE;
    }

    @Override
    EventKind release() {
        return EventKind.RELEASE;
    }

    @Override
    Lock ofJdk() {
        return new ReentrantReadWriteLock().writeLock();
    }
}
