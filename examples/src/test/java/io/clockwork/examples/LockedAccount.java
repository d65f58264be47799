package io.clockwork.examples;

import io.clockwork.record.Recorder;
import io.clockwork.record.TrackedLock;

/** The account without the mistake. */
class LockedAccount extends Account {
    private final TrackedLock lock;

    LockedAccount(Recorder recorder, Runnable fraudCheck) {
        super(recorder, fraudCheck);
        lock = recorder.lock("account");
    }

    @Override
    void withdraw(int amount) {
        lock.lock();
        try {
            super.withdraw(amount);
        } finally {
            lock.unlock();
        }
    }
}
