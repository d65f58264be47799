package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

/** Recording allocates nothing but what the events stay in: no more than a variable's reads do. */
@SuppressWarnings({"try", "LockNotBeforeTry"}) // nothing in between can throw
class TrackedAllocationTest {
    private static final int ROUNDS = 50_000;

    private final Recorder recorder =
            Recorder.builder("memory").withoutTimes().maxEvents(1_000_000).build();

    /** {@return the bytes allocated for each of the two events of a round} */
    private long bytesAnEvent(Runnable round) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Scope trace = recorder.openTrace("main")) {
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            return (threads.getCurrentThreadAllocatedBytes() - before) / (2L * ROUNDS);
        }
    }

    private static Runnable holding(Lock lock) {
        return () -> {
            lock.lock();
            lock.unlock();
        };
    }

    private void assertFree(Runnable round) {
        Variable variable = recorder.variable("variable");
        long bare = bytesAnEvent(() -> {
            variable.read(1);
            variable.read(2);
        });
        assertThat(bare).isPositive();
        // The smallest object, once a round of two events, would be 8.
        assertThat(bytesAnEvent(round)).isLessThanOrEqualTo(bare + 3);
    }

    @Test
    void forALock() {
        assertFree(holding(recorder.lock("lock")));
    }

    @Test
    void forAReadWriteLock() {
        TrackedReadWriteLock lock = recorder.readWriteLock("lock");
        assertFree(holding(lock.readLock()));
        assertFree(holding(lock.writeLock()));
    }

    @Test
    void forASemaphore() {
        TrackedSemaphore semaphore = recorder.semaphore("semaphore", 1);
        assertFree(() -> {
            semaphore.acquireUninterruptibly();
            semaphore.release();
        });
    }

    @Test
    void forAnAtomicThatIsRead() {
        TrackedAtomicLong atomic = recorder.atomicLong("atomic", 1_000_000);
        assertFree(() -> {
            atomic.set(1_000_001);
            atomic.get();
        });
    }

    @Test
    void forALatchThatIsOpen() throws InterruptedException {
        TrackedLatch latch = recorder.latch("latch", Integer.MAX_VALUE);
        TrackedLatch open = recorder.latch("open", 0);
        assertFree(() -> {
            latch.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
