package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.record.TrackedAtomicInteger;
import io.clockwork.record.TrackedLatch;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.TrackedQueue;
import io.clockwork.record.TrackedReadWriteLock;
import io.clockwork.record.TrackedSemaphore;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The order that each kind of synchronisation gives to what tasks do before it and after it. */
@SuppressWarnings({"try", "LockNotBeforeTry", "WaitNotInLoop"}) // one step after the other is what is looked at
class SyncOrderTest extends SyncRun {
    private int event(String task, String what) {
        for (int e = 0; e < log.size(); e++) {
            if (log.taskName(log.task(e)).equals(task) && log.subject(e).equals(what)) {
                return e;
            }
        }
        throw new AssertionError("no " + what + " of " + task);
    }

    /** All that the first task did before comes before all that the second did after; causality knows nothing of it. */
    private void assertOrdered(String first, String second) {
        int before = event(first, "before");
        int after = event(second, "after");
        assertThat(graph.relation(before, after))
                .as(first + " -> " + second)
                .isEqualTo(CausalityRelation.HAPPENS_BEFORE);
        assertThat(graph.causes(before, after)).isFalse();
    }

    private void assertNotOrdered(String first, String second) {
        assertThat(graph.happensBefore(event(first, "before"), event(second, "after")))
                .as(first + " -> " + second)
                .isFalse();
    }

    private static Work locked(Lock lock) {
        return () -> {
            lock.lock();
            lock.unlock();
        };
    }

    @Nested
    class ALock {
        @Test
        void ordersItsHoldersAndNobodyElse() throws Exception {
            TrackedLock lock = recorder.lock("lock");
            run("first", locked(lock));
            run("second", locked(lock));
            run("elsewhere", locked(recorder.lock("lock")));
            run("loser", () -> assertThat(recorder.lock("lock").isLocked()).isFalse());
            read();
            assertOrdered("first", "second");
            assertNotOrdered("second", "first");
            assertNotOrdered("first", "elsewhere");
            assertNotOrdered("elsewhere", "second");
            assertThat(graph.relation(event("first", "after"), event("second", "before")))
                    .isEqualTo(CausalityRelation.CONCURRENT);
        }

        @Test
        void ordersNothingByAnAttemptThatFails() throws Exception {
            TrackedLock lock = recorder.lock("lock");
            CountDownLatch tried = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            start("holder", () -> {
                lock.lock();
                held.countDown();
                tried.await();
                lock.unlock();
            });
            held.await();
            run("loser", () -> assertThat(lock.tryLock()).isFalse());
            tried.countDown();
            read();
            assertNotOrdered("holder", "loser");
            assertNotOrdered("loser", "holder");
        }

        @Test
        void ordersTheSignallerBeforeTheSignalled() throws Exception {
            TrackedLock lock = recorder.lock("lock");
            Condition condition = lock.newCondition();
            Thread waiter = start("waiter", () -> {
                lock.lock();
                condition.await();
                lock.unlock();
            });
            isWaiting(waiter);
            run("signaller", () -> {
                lock.lock();
                condition.signal();
                lock.unlock();
            });
            read();
            assertOrdered("signaller", "waiter");
            assertOrdered("waiter", "signaller");
            assertThat(graph.happensBefore(event("signaller", "after"), event("waiter", "after")))
                    .isFalse();
        }
    }

    @Nested
    class AReadWriteLock {
        @Test
        void ordersWritersWithAllAndReadersWithWritersOnly() throws Exception {
            TrackedReadWriteLock lock = recorder.readWriteLock("lock");
            run("writer", locked(lock.writeLock()));
            run("reader 1", locked(lock.readLock()));
            run("reader 2", locked(lock.readLock()));
            run("reader 3", locked(lock.readLock()));
            run("next writer", locked(lock.writeLock()));
            run("next reader", locked(lock.readLock()));
            read();
            for (int i = 1; i <= 3; i++) {
                assertOrdered("writer", "reader " + i);
                assertOrdered("reader " + i, "next writer");
                assertOrdered("reader " + i, "next reader");
                for (int k = 1; k <= 3; k++) {
                    if (i != k) {
                        assertNotOrdered("reader " + i, "reader " + k);
                    }
                }
            }
            assertOrdered("writer", "next writer");
        }
    }

    @Nested
    class ASemaphore {
        @Test
        void ordersReleasesBeforeTheAcquiresThatMayOweToThem() throws Exception {
            TrackedSemaphore semaphore = recorder.semaphore("permits", 0);
            run("first", semaphore::release);
            run("second", semaphore::release);
            run("one", semaphore::acquire);
            run("other", semaphore::acquire);
            run("third", semaphore::release);
            run("last", semaphore::acquire);
            read();
            assertNotOrdered("first", "second");
            for (String release : List.of("first", "second")) {
                assertOrdered(release, "one");
                assertOrdered(release, "other");
                assertNotOrdered(release, "third");
                assertNotOrdered(release, "last");
            }
            assertNotOrdered("one", "other");
            assertOrdered("third", "last");
        }

        @Test
        void thatIsNeverEmptyOrdersByWhatItsUsersKnew() throws Exception {
            TrackedSemaphore semaphore = recorder.semaphore("permits", 5);
            for (int i = 0; i < 50; i++) {
                run("task " + i, () -> {
                    semaphore.acquire();
                    semaphore.release();
                });
            }
            read();
            assertOrdered("task 0", "task 1");
            assertOrdered("task 0", "task 49");
            assertOrdered("task 48", "task 49");
            assertNotOrdered("task 1", "task 0");
            long edges = 0;
            for (boolean sync : log.columns().edgeSync) {
                edges += sync ? 1 : 0;
            }
            assertThat(edges).isEqualTo(49);
        }
    }

    @Nested
    class ALatch {
        @Test
        void ordersTheCountDownsThatOpenedItBeforeWhoSawItOpen() throws Exception {
            TrackedLatch latch = recorder.latch("latch", 2);
            Thread waiter = start("waiter", latch::await);
            isWaiting(waiter);
            run("first", latch::countDown);
            run("second", latch::countDown);
            run("surplus", latch::countDown);
            run("late", latch::await);
            read();
            for (String count : List.of("first", "second")) {
                assertOrdered(count, "waiter");
                assertOrdered(count, "late");
                assertNotOrdered(count, "surplus");
            }
            assertNotOrdered("first", "second");
            assertNotOrdered("second", "first");
            assertNotOrdered("surplus", "late");
            assertNotOrdered("surplus", "waiter");
        }
    }

    @Nested
    class AQueue {
        @Test
        void ordersThePutBeforeTheTakeOfTheSameElement() throws Exception {
            TrackedQueue<String> queue = recorder.queue("queue", 2);
            run("put 1", () -> queue.put("1"));
            run("put 2", () -> queue.put("2"));
            run("peek 1", queue::peek);
            run("take 1", queue::take);
            run("take 2", queue::take);
            read();
            for (int i = 1; i <= 2; i++) {
                assertOrdered("put " + i, "take " + i);
                assertNotOrdered("put " + i, "take " + (3 - i));
                assertNotOrdered("put " + i, "put " + (3 - i));
                assertNotOrdered("take " + i, "take " + (3 - i));
            }
            assertOrdered("put 1", "peek 1");
            assertNotOrdered("put 2", "peek 1");
        }
    }

    @Nested
    class AnAtomic {
        @Test
        void ordersAWriteBeforeTheReadsThatSawIt() throws Exception {
            TrackedAtomicInteger x = recorder.atomicInteger("x", 0);
            run("early", x::get);
            run("first", () -> x.set(1));
            run("second", () -> x.set(2));
            run("reader", x::get);
            run("other reader", x::get);
            run("failing", () -> assertThat(x.compareAndSet(1, 3)).isFalse());
            run("adder", x::incrementAndGet);
            run("last", x::get);
            run("relaxed", x::getPlain);
            read();
            assertNotOrdered("first", "second");
            assertNotOrdered("first", "reader");
            assertOrdered("second", "reader");
            assertOrdered("second", "failing");
            assertOrdered("second", "adder");
            assertOrdered("adder", "last");
            assertOrdered("second", "last");
            assertNotOrdered("reader", "other reader");
            assertNotOrdered("reader", "adder");
            assertNotOrdered("early", "first");
            assertNotOrdered("adder", "relaxed");
            assertThat(log.value(event("reader", "x"))).isEqualTo(2L);
            assertThat(log.value(event("failing", "x"))).isEqualTo(2L);
            assertThat(log.value(event("last", "x"))).isEqualTo(3L);
            assertThat(log.value(event("relaxed", "x"))).isEqualTo(3L);
        }
    }
}
