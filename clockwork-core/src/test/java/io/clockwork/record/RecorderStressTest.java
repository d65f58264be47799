package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Threads that do everything at once, scopes closed wrongly among it: no dot is lost or stands twice, and nothing is
 * kept alive. {@code -Dclockwork.stress.seconds=600} makes it last.
 */
class RecorderStressTest {
    private static final long COLLECTED_WITHIN_MILLIS = 30_000;
    private static final int THREADS = 6;

    private final AtomicLong writes = new AtomicLong();
    private long allWrites;
    private final AtomicLong executing = new AtomicLong();
    private final Queue<Task> shared = new ConcurrentLinkedQueue<>();
    private final Queue<Scope> strays = new ConcurrentLinkedQueue<>();

    @Test
    void losesNothingAndLeaksNothing() throws Exception {
        long end = System.nanoTime() + Long.getLong("clockwork.stress.seconds", 2) * 1_000_000_000L;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            ReferenceQueue<Recorder> collected = new ReferenceQueue<>();
            WeakReference<Recorder> last = new WeakReference<>(null);
            long early = 0;
            int rounds = 0;
            while (rounds < 2 || System.nanoTime() < end) {
                last = new WeakReference<>(round(threads, workers, rounds++), collected);
                early = rounds == 2 ? liveHeap() : early;
            }
            long late = liveHeap();
            System.out.printf(
                    "%d rounds, %,d writes, each with its dot; live heap %,d KB after two rounds and %,d KB at the end%n",
                    rounds, allWrites, early >> 10, late >> 10);
            assertThat(late).isLessThan(early + early / 20 + (1 << 20));
            // The threads are still there; what they knew of the recorder must not keep it alive.
            System.gc();
            Reference<? extends Recorder> gone = collected.remove(COLLECTED_WITHIN_MILLIS);
            while (gone != null && gone != last) {
                gone = collected.remove(COLLECTED_WITHIN_MILLIS);
            }
            assertThat(gone).isSameAs(last);
        } finally {
            threads.shutdownNow();
            workers.shutdownNow();
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private Recorder round(ExecutorService threads, ExecutorService workers, int round) throws Exception {
        Recorder recorder =
                Recorder.builder("stress").maxEvents(5_000_000).withoutTimes().build();
        ExecutorService pool = recorder.wrap(workers);
        writes.set(0);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            SplittableRandom random = new SplittableRandom(31L * round + t);
            work.add(() -> {
                Worker worker = new Worker(recorder, pool, random);
                for (int i = 0; i < 2_000; i++) {
                    worker.step();
                }
                worker.end();
                return 0;
            });
        }
        for (Future<Integer> future : threads.invokeAll(work)) {
            future.get();
        }
        while (executing.get() > 0) {
            Thread.onSpinWait();
        }
        strays.clear();
        shared.clear();
        check(recorder);
        return recorder;
    }

    private void check(Recorder recorder) {
        Recording recording = recorder.recording();
        long seen = 0;
        BitSet ids = new BitSet();
        for (RecordedTask task : recording.tasks()) {
            assertThat(ids.get(task.id())).isFalse();
            ids.set(task.id());
            int sequence = 0;
            for (RecordedEvent event : task.events()) {
                sequence++;
                assertThat(event.dot().task()).isEqualTo(task.id());
                assertThat(event.dot().sequence()).isEqualTo(sequence);
                seen += event.kind() == EventKind.WRITE ? 1 : 0;
            }
        }
        assertThat(seen).isEqualTo(writes.get());
        assertThat(recording.dropped()).isZero();
        allWrites += seen;
    }

    private final class Worker {
        private final Recorder recorder;
        private final ExecutorService pool;
        private final SplittableRandom random;
        private final Variable x;
        private final Scope outermost;
        private final List<Scope> open = new ArrayList<>();
        private final List<Future<?>> futures = new ArrayList<>();

        Worker(Recorder recorder, ExecutorService pool, SplittableRandom random) {
            this.recorder = recorder;
            this.pool = pool;
            this.random = random;
            x = recorder.variable("x");
            outermost = recorder.openTrace("outermost");
        }

        void step() throws Exception {
            switch (random.nextInt(16)) {
                case 0 -> open.add(recorder.openTrace("trace"));
                case 1 -> {
                    Task task = shared.poll();
                    open.add((task == null ? recorder.fork("task") : task).open());
                }
                case 2 -> shared.add(recorder.fork("shared"));
                case 3 -> {
                    Task task = shared.peek();
                    if (task != null) {
                        recorder.join(task);
                    }
                }
                case 4, 5 -> close(open.size() - 1);
                case 6 -> close(random.nextInt(8)); // perhaps out of order
                case 7 -> {
                    Scope stray = strays.poll();
                    if (stray != null) {
                        stray.close(); // perhaps of another thread, perhaps closed before
                    }
                }
                case 8 -> futures.add(pool.submit(this::write));
                case 9 -> {
                    executing.incrementAndGet();
                    pool.execute(recorder.wrap(() -> {
                        write();
                        executing.decrementAndGet();
                    }));
                }
                case 10 -> {
                    if (!futures.isEmpty()) {
                        futures.remove(random.nextInt(futures.size())).get();
                    }
                }
                default -> write();
            }
        }

        private void close(int index) {
            if (index >= 0 && index < open.size()) {
                Scope scope = open.remove(index);
                scope.close();
                if (random.nextInt(10) == 0) {
                    strays.add(scope);
                }
            } else if (random.nextInt(50) == 0) {
                strays.add(recorder.openTrace("never closed here"));
            }
        }

        private void write() {
            x.write(writes.incrementAndGet());
        }

        void end() throws Exception {
            for (Future<?> future : futures) {
                future.get();
            }
            outermost.close(); // and with it whatever was left open
        }
    }
}
