package io.clockwork.analysis.cli;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.TextStyle;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.Variable;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The banking race: two transfers from one account at the same time, without a lock and then with one. */
final class Demo {
    private final PrintStream out;
    private final TextStyle style;

    Demo(PrintStream out, TextStyle style) {
        this.out = out;
        this.style = style;
    }

    /** Runs and reports both; returns what was recorded without a lock. */
    EventLog run() {
        out.println("Two transfers, of 100 and of 200, leave an account that holds 1000.");
        out.println();
        out.println("==== Without a lock " + "=".repeat(60));
        EventLog unlocked = report(new Unlocked());
        out.println();
        out.println("==== With a lock " + "=".repeat(63));
        report(new Locked());
        return unlocked;
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private EventLog report(Account account) {
        Recorder recorder = account.recorder;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        ExecutorService pool = recorder.wrap(threads);
        try (Scope trace = recorder.openTrace("two transfers")) {
            recorder.call("POST /transfers", () -> {
                Future<?> hundred = pool.submit(() -> account.transfer(100));
                Future<?> twoHundred = pool.submit(() -> account.transfer(200));
                await(hundred);
                await(twoHundred);
                return account.balance;
            });
        } finally {
            threads.shutdownNow();
        }
        out.println("Balance afterwards: " + account.balance + " (700 is right)");
        EventLog log = EventLog.of(recorder);
        out.print(Report.of(log).toText(style));
        return log;
    }

    private static void await(Future<?> transfer) {
        try {
            transfer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a transfer failed", e.getCause());
        }
    }

    /** An account whose balance is recorded at each access. */
    private abstract static class Account {
        final Recorder recorder = Recorder.builder("bank").captureSites().build();
        private final Variable tracked = recorder.variable("alice.balance");
        volatile long balance = 1000;

        abstract void transfer(long amount);

        final void withdraw(long amount) {
            recorder.call("transfer " + amount, () -> {
                long before = balance;
                tracked.read(before);
                afterRead();
                long after = before - amount;
                balance = after;
                tracked.write(after);
                return after;
            });
        }

        void afterRead() {}
    }

    /** Reads, computes and writes, as if nobody else did. */
    private static final class Unlocked extends Account {
        /**
         * Brings about the moment that a real system meets once in a while: both have read before either writes. It is
         * not recorded, as bad luck is not.
         */
        private final CountDownLatch bothHaveRead = new CountDownLatch(2);

        @Override
        void transfer(long amount) {
            withdraw(amount);
        }

        @Override
        void afterRead() {
            bothHaveRead.countDown();
            try {
                bothHaveRead.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does the same while it holds the account's lock. */
    private static final class Locked extends Account {
        private final TrackedLock lock = recorder.lock("alice.lock");

        @Override
        void transfer(long amount) {
            lock.lock();
            try {
                withdraw(amount);
            } finally {
                lock.unlock();
            }
        }
    }
}
