package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.Task;
import io.clockwork.record.Tracked;
import io.clockwork.record.TrackedAtomicInteger;
import io.clockwork.record.TrackedAtomicReference;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.TrackedReadWriteLock;
import io.clockwork.record.TrackedSemaphore;
import io.clockwork.record.Variable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/** The races that each kind of synchronisation leaves between tasks that use it. */
@SuppressWarnings({"try", "LockNotBeforeTry", "WaitNotInLoop"}) // one step after the other is what is looked at
class SyncRacesTest extends SyncRun {
    private final Variable balance = recorder.variable("balance");

    private List<Race> races() throws InterruptedException {
        read();
        return Report.of(log).races();
    }

    @Test
    void areNoneUnderALockThatTheThreadTookOutsideOfTheTask() throws Exception {
        TrackedLock lock = recorder.lock("lock");
        Task inner = recorder.fork("inner");
        run("outer", () -> {
            lock.lock();
            inner.run(() -> balance.write(1));
            lock.unlock();
        });
        run("other", () -> {
            lock.lock();
            balance.write(2);
            lock.unlock();
        });
        assertThat(races()).isEmpty();
    }

    @Test
    void areNotHiddenByALockThatAnotherTaskOfTheThreadReleased() throws Exception {
        TrackedLock lock = recorder.lock("lock");
        Task inner = recorder.fork("inner");
        CountDownLatch done = new CountDownLatch(1);
        run("outer", () -> {
            inner.run(lock::lock);
            lock.unlock();
            inner.run(() -> balance.write(1));
        });
        run("other", () -> {
            lock.lock();
            balance.write(2);
            lock.unlock();
            done.countDown();
        });
        assertThat(races()).singleElement().satisfies(race -> {
            assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(race.first().locks()).isEmpty();
            assertThat(race.second().locks()).containsExactly("lock");
        });
    }

    @Test
    void areThereWhenWritersShareTheLock() throws Exception {
        TrackedReadWriteLock lock = recorder.readWriteLock("lock");
        for (String task : List.of("one", "other")) {
            run(task, () -> {
                lock.readLock().lock();
                balance.write(1);
                lock.readLock().unlock();
            });
        }
        assertThat(races()).singleElement().satisfies(race -> {
            assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(race.first().locks()).containsExactly("lock (shared)");
        });
    }

    @Test
    void areNoneBetweenReadersAndAWriterOfAReadWriteLock() throws Exception {
        TrackedReadWriteLock lock = recorder.readWriteLock("lock");
        for (String task : List.of("one", "other")) {
            run(task, () -> {
                lock.readLock().lock();
                balance.read(1);
                lock.readLock().unlock();
            });
        }
        run("writer", () -> {
            lock.writeLock().lock();
            lock.readLock().lock();
            balance.write(1);
            lock.writeLock().unlock();
            lock.readLock().unlock();
        });
        assertThat(races()).isEmpty();
        assertThat(Report.of(log).variables().get(0).commonLocks()).containsExactly("lock");
    }

    @Test
    void areNoneWhileAWaiterHasGivenTheLockAway() throws Exception {
        TrackedLock lock = recorder.lock("lock");
        Condition condition = lock.newCondition();
        Thread waiter = start("waiter", () -> {
            lock.lock();
            condition.await();
            balance.read(1);
            lock.unlock();
        });
        isWaiting(waiter);
        run("signaller", () -> {
            lock.lock();
            balance.write(1);
            condition.signal();
            lock.unlock();
        });
        assertThat(races()).isEmpty();
    }

    @Test
    void arePossibleOnlyBetweenHoldersOfPermits() throws Exception {
        TrackedSemaphore permit = recorder.semaphore("permit", 1);
        for (String task : List.of("one", "other")) {
            run(task, () -> {
                permit.acquire();
                balance.write(1);
                permit.release();
            });
        }
        assertThat(races()).extracting(Race::verdict).containsExactly(Verdict.POSSIBLE);
    }

    @Test
    void areNoneBetweenAtomicsButCertainWithAPlainRead() throws Exception {
        TrackedAtomicInteger atomic = recorder.atomicInteger("balance", 0);
        run("one", atomic::incrementAndGet);
        run("other", atomic::incrementAndGet);
        run("plain", () -> balance.read(2));
        assertThat(races()).singleElement().satisfies(race -> {
            assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(List.of(race.first().task(), race.second().task())).contains("plain");
        });
    }

    @Test
    void ofAPublishedObjectArePossibleOnly() throws Exception {
        Tracked<Integer> data = recorder.tracked("data", 0);
        TrackedAtomicReference<Tracked<Integer>> published = recorder.atomicReference("published", null);
        run("publisher", () -> {
            data.set(1);
            published.set(data);
        });
        run("reader", () -> published.get().get());
        assertThat(races()).singleElement().satisfies(race -> {
            assertThat(race.variable()).isEqualTo("data");
            assertThat(race.verdict()).isEqualTo(Verdict.POSSIBLE);
        });
    }
}
