package io.clockwork.examples;

import io.clockwork.analysis.junit.CausalTest;
import io.clockwork.record.Recorder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Tests of accounts, of which those of {@link Account} fail: {@link AccountExampleTest} runs them. */
class AccountExample {
    @CausalTest
    void twoWithdrawalsAtATime(Recorder recorder, ExecutorService pool) throws Exception {
        Account account = new Account(recorder, () -> {});
        Future<?> first = pool.submit(() -> account.withdraw(100));
        Future<?> second = pool.submit(() -> account.withdraw(200));
        first.get();
        second.get();
    }

    @CausalTest
    void twoWithdrawalsAtATimeOfALockedAccount(Recorder recorder, ExecutorService pool) throws Exception {
        Account account = new LockedAccount(recorder, () -> {});
        Future<?> first = pool.submit(() -> account.withdraw(100));
        Future<?> second = pool.submit(() -> account.withdraw(200));
        first.get();
        second.get();
    }

    @CausalTest
    void aWithdrawalDuringACheck(Recorder recorder, ExecutorService pool) throws Exception {
        BadLuck badLuck = new BadLuck();
        badLuck.strikes(new Account(recorder, badLuck::check), pool);
    }

    @CausalTest
    void aWithdrawalDuringACheckOfALockedAccount(Recorder recorder, ExecutorService pool) throws Exception {
        BadLuck badLuck = new BadLuck();
        badLuck.strikes(new LockedAccount(recorder, badLuck::check), pool);
    }

    /**
     * Brings about what a real system meets once in a while: during the check of one withdrawal another one comes in, and gets
     * as far as it can. It is not recorded, as bad luck is not.
     */
    private static final class BadLuck {
        private final CountDownLatch checking = new CountDownLatch(1);
        private volatile Thread second;
        private volatile boolean done;

        void strikes(Account account, ExecutorService pool) throws Exception {
            Future<?> first = pool.submit(() -> account.withdraw(100));
            checking.await();
            Future<?> other = pool.submit(() -> {
                second = Thread.currentThread();
                account.withdraw(200);
                done = true;
            });
            first.get();
            other.get();
        }

        /** Ends for the first withdrawal when the second one is done, or waits for a lock. */
        void check() {
            if (checking.getCount() > 0) {
                checking.countDown();
                while (!done && (second == null || second.getState() != Thread.State.WAITING)) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
