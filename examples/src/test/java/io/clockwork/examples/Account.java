package io.clockwork.examples;

import io.clockwork.record.Recorder;
import io.clockwork.record.Tracked;

/** An account as many are written, with the mistake that many have. */
class Account {
    private final Tracked<Integer> balance;
    private final Runnable fraudCheck;

    Account(Recorder recorder, Runnable fraudCheck) {
        this.balance = recorder.tracked("balance", 1000);
        this.fraudCheck = fraudCheck;
    }

    void withdraw(int amount) {
        int before = balance.get();
        fraudCheck.run();
        balance.set(before - amount);
    }
}
