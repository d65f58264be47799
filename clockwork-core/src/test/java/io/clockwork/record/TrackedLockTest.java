package io.clockwork.record;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

class TrackedLockTest extends LockContract {
    @Override
    Pair newLock(Recorder on) {
        Lock lock = on.lock("the lock");
        return new Pair(lock, lock);
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
        return new ReentrantLock();
    }
}
