package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedAtomicLong;
import io.clockwork.record.TrackedLatch;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.TrackedQueue;
import io.clockwork.record.TrackedReadWriteLock;
import io.clockwork.record.TrackedSemaphore;
import io.clockwork.record.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Threads that run into each other: what they saw in memory, which the objects guard, tells the true order, and the
 * recorded one has to be the same.
 */
@SuppressWarnings({"try", "LockNotBeforeTry"}) // nothing in between can throw
class SyncStressTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 2_000;

    private final Recorder recorder = Recorder.builder("stress").withoutTimes().build();
    private final Variable mark = recorder.variable("mark");
    /** Guarded by what is tested; not recorded. */
    private long counter;

    private interface Work {
        void run(int thread) throws InterruptedException;
    }

    private EventLog run(Work work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        try (Scope trace = recorder.openTrace("main")) {
            for (int t = 0; t < THREADS; t++) {
                int number = t;
                Task task = recorder.fork("task " + t);
                threads.add(new Thread(() -> task.run(() -> {
                    try {
                        work.run(number);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        EventLog log = EventLog.of(recorder);
        assertThat(log.diagnostics()).isEmpty();
        return log;
    }

    /** {@return the marks in the order of their values} */
    private static List<Integer> marks(EventLog log, EventKind kind) {
        List<Integer> marks = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) == kind && log.subject(e).equals("mark")) {
                marks.add(e);
            }
        }
        marks.sort(Comparator.comparing(e -> number(log, e)));
        return marks;
    }

    private static long number(EventLog log, int event) {
        return log.value(event) instanceof Long number ? number : -1;
    }

    @Test
    void holdersOfALockAreInTheOrderOfTheCounter() throws Exception {
        TrackedLock lock = recorder.lock("lock");
        EventLog log = run(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                // Who spins gets the lock at the very moment when it is free.
                while (thread % 2 == 0 && (lock.isLocked() || !lock.tryLock())) {
                    Thread.onSpinWait();
                }
                if (thread % 2 == 1) {
                    lock.lock();
                }
                mark.write(counter++);
                lock.unlock();
            }
        });
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> writes = marks(log, EventKind.WRITE);
        assertThat(writes).hasSize(THREADS * ROUNDS);
        for (int i = 0; i < writes.size(); i++) {
            assertThat(number(log, writes.get(i))).isEqualTo(i);
            assertThat(i == 0 || graph.happensBefore(writes.get(i - 1), writes.get(i)))
                    .isTrue();
        }
        assertThat(Report.of(log).races()).isEmpty();
    }

    @Test
    void readersAreBetweenTheWriterThatTheySawAndTheNext() throws Exception {
        TrackedReadWriteLock lock = recorder.readWriteLock("lock");
        EventLog log = run(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                if (i % 8 == thread) {
                    lock.writeLock().lock();
                    mark.write(++counter);
                    lock.writeLock().unlock();
                } else {
                    lock.readLock().lock();
                    mark.read(counter);
                    lock.readLock().unlock();
                }
            }
        });
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> writes = marks(log, EventKind.WRITE);
        for (int i = 1; i < writes.size(); i++) {
            assertThat(graph.happensBefore(writes.get(i - 1), writes.get(i))).isTrue();
        }
        for (int read : marks(log, EventKind.READ)) {
            int seen = (int) number(log, read);
            assertThat(seen == 0 || graph.happensBefore(writes.get(seen - 1), read))
                    .isTrue();
            assertThat(seen == writes.size() || graph.happensBefore(read, writes.get(seen)))
                    .isTrue();
            assertThat(seen == writes.size() || !graph.happensBefore(writes.get(seen), read))
                    .isTrue();
        }
        assertThat(Report.of(log).races()).isEmpty();
    }

    @Test
    void elementsAreTakenAfterTheyWerePut() throws Exception {
        TrackedQueue<Long> queue = recorder.queue("queue", 3);
        EventLog log = run(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                if (thread % 2 == 0) {
                    long element = (long) thread * ROUNDS + i;
                    mark.write(element);
                    queue.put(element);
                } else {
                    mark.read(queue.take());
                }
            }
        });
        CausalGraph graph = CausalGraph.of(log);
        Map<Long, Integer> puts = new HashMap<>();
        marks(log, EventKind.WRITE).forEach(write -> puts.put(number(log, write), write));
        List<Integer> takes = marks(log, EventKind.READ);
        assertThat(takes).hasSize(THREADS / 2 * ROUNDS);
        for (int take : takes) {
            assertThat(graph.happensBefore(puts.get(number(log, take)), take)).isTrue();
        }
    }

    @Test
    void updatesOfAnAtomicAreInTheOrderOfItsValues() throws Exception {
        TrackedAtomicLong atomic = recorder.atomicLong("mark", 0);
        EventLog log = run(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                switch (thread) {
                    case 0 -> atomic.incrementAndGet();
                    case 1 -> atomic.getAndUpdate(value -> value + 1);
                    case 2 -> {
                        long seen = atomic.get();
                        atomic.compareAndSet(seen, seen + 1);
                    }
                    default -> atomic.get();
                }
            }
        });
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> updates = marks(log, EventKind.ATOMIC_UPDATE);
        assertThat(updates).hasSize((int) atomic.get());
        for (int i = 0; i < updates.size(); i++) {
            assertThat(number(log, updates.get(i))).isEqualTo(i + 1L);
            assertThat(i == 0 || graph.happensBefore(updates.get(i - 1), updates.get(i)))
                    .isTrue();
        }
        for (int read : marks(log, EventKind.ATOMIC_READ)) {
            int seen = (int) number(log, read);
            assertThat(seen == 0 || graph.happensBefore(updates.get(seen - 1), read))
                    .isTrue();
            assertThat(seen == updates.size() || !graph.happensBefore(updates.get(seen), read))
                    .isTrue();
        }
        assertThat(Report.of(log).races()).isEmpty();
    }

    @Test
    void permitsThatExcludeOrderLikeALock() throws Exception {
        TrackedSemaphore semaphore = recorder.semaphore("semaphore", 1);
        EventLog log = run(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                semaphore.acquire();
                mark.write(counter++);
                semaphore.release();
            }
        });
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> writes = marks(log, EventKind.WRITE);
        for (int i = 1; i < writes.size(); i++) {
            assertThat(number(log, writes.get(i))).isEqualTo(i);
            assertThat(graph.happensBefore(writes.get(i - 1), writes.get(i))).isTrue();
        }
    }

    /**
     * A clock that is not recorded is read before each release and after each acquire: whoever is said to follow a release
     * read a later time. And whatever is in the past of an acquire had permits enough.
     */
    @Test
    void permitsThatAreManyOrderNeitherTooMuchNorTooLittle() throws Exception {
        int permits = 3;
        AtomicLong clock = new AtomicLong();
        TrackedSemaphore semaphore = recorder.semaphore("semaphore", permits);
        EventLog log = run(thread -> {
            for (int i = 0; i < ROUNDS / 4; i++) {
                semaphore.acquire();
                mark.read(clock.incrementAndGet());
                mark.write(clock.incrementAndGet());
                semaphore.release();
            }
        });
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> releases = marks(log, EventKind.WRITE);
        List<Integer> acquires = marks(log, EventKind.READ);
        assertThat(acquires).hasSize(THREADS * ROUNDS / 4);
        for (int acquire : acquires) {
            int released = 0;
            for (int release : releases) {
                if (graph.happensBefore(release, acquire)) {
                    assertThat(number(log, release)).isLessThan(number(log, acquire));
                    released++;
                }
            }
            int acquired = 1;
            for (int other : acquires) {
                acquired += graph.happensBefore(other, acquire) ? 1 : 0;
            }
            assertThat(acquired).isLessThanOrEqualTo(permits + released);
        }
    }

    @Test
    void latchesAreSeenOpenAfterAllTheirCountDowns() throws Exception {
        int latches = 200;
        List<TrackedLatch> gates = new ArrayList<>();
        for (int i = 0; i < latches; i++) {
            gates.add(recorder.latch("gate", THREADS));
        }
        EventLog log = run(thread -> {
            for (int i = 0; i < latches; i++) {
                mark.write(i);
                gates.get(i).countDown();
                gates.get(i).await();
                mark.read(i);
            }
        });
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> writes = marks(log, EventKind.WRITE);
        List<Integer> reads = marks(log, EventKind.READ);
        assertThat(writes).hasSize(latches * THREADS);
        for (int i = 0; i < latches * THREADS; i++) {
            int group = i / THREADS * THREADS;
            for (int k = group; k < group + THREADS; k++) {
                assertThat(graph.happensBefore(writes.get(k), reads.get(i))).isTrue();
            }
        }
    }
}
