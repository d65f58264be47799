package io.clockwork.analysis.junit;

import io.clockwork.record.Recorder;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of a test, if it asks for any. */
final class Workers {
    private final Recorder recorder;
    private final AtomicInteger threads = new AtomicInteger();
    private @Nullable ExecutorService pool;
    private @Nullable ExecutorService recorded;

    Workers(Recorder recorder) {
        this.recorder = recorder;
    }

    ExecutorService executor() {
        if (recorded == null) {
            // A thread that went on with the next piece of work would order the two, and hide a race between them.
            pool = new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, 0, TimeUnit.NANOSECONDS, new SynchronousQueue<>(), this::newThread);
            recorded = recorder.wrap(pool);
        }
        return recorded;
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "worker-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for the end of all work; returns what is wrong, empty if nothing is. */
    String close(Duration deadline) {
        if (pool == null) {
            return "";
        }
        pool.shutdown();
        try {
            if (pool.awaitTermination(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return "";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.shutdownNow();
        return "work that the test gave to its ExecutorService still ran " + deadline.toSeconds()
                + " seconds after the test; wait for its futures in the test";
    }
}
