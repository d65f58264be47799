package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Wrapped executors at the end of a try statement, as since Java 19 every executor may be. */
@Timeout(60)
@SuppressWarnings("try") // scopes are there to be closed
class ExecutorCloseTest {
    private final Recorder recorder = Recorder.builder("close").build();

    /** What a try statement calls; before Java 19 the type of an executor does not tell that it can be closed. */
    private static void close(ExecutorService executor) throws Exception {
        assertThat(executor).isInstanceOf(AutoCloseable.class);
        ((AutoCloseable) executor).close();
    }

    @Test
    void theCommonPoolIsNotWaitedForAndGoesOn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService common = recorder.wrap(recorder.wrap((ExecutorService) ForkJoinPool.commonPool()));
        Future<?> work = common.submit(() -> {
            end.await();
            return null;
        });
        close(common);
        assertThat(work.isDone()).isFalse();
        end.countDown();
        work.get(1, TimeUnit.MINUTES);
        assertThat(common.submit(() -> 7).get()).isEqualTo(7);
        assertThat(common.isShutdown()).isFalse();
    }

    @Test
    void whatWasSubmittedIsWaitedForAndJoined() throws Exception {
        ExecutorService pool = recorder.wrap(Executors.newFixedThreadPool(2));
        try (Scope trace = recorder.openTrace("trace")) {
            CountDownLatch begun = new CountDownLatch(1);
            pool.execute(() -> {
                begun.countDown();
                recorder.variable("x").write(1);
            });
            begun.await();
            close(pool);
            assertThat(pool.isTerminated()).isTrue();
        }
        RecordedEvent written = Recorded.event(recorder, Recorder.EXECUTED, EventKind.WRITE);
        assertThat(Recorded.event(recorder, "trace", EventKind.JOIN).cause()).isEqualTo(written.dot());
    }

    @Test
    void anInterruptStopsTheWorkAndIsKept() throws Exception {
        ExecutorService pool = recorder.wrap(Executors.newSingleThreadExecutor());
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean stopped = new AtomicBoolean();
        pool.execute(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                stopped.set(true);
            }
        });
        Thread.currentThread().interrupt();
        close(pool);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThat(stopped.get() || Recorded.events(recorder, Recorder.EXECUTED).isEmpty())
                .isTrue();
    }

    /** An executor with an end of its own. */
    private static final class OwnEnd extends ThreadPoolExecutor implements AutoCloseable {
        private final RuntimeException failure = new IllegalStateException("still busy");
        private boolean closed;

        OwnEnd() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public void close() {
            if (closed) {
                throw failure;
            }
            closed = true;
        }
    }

    @Test
    void anExecutorThatKnowsHowToCloseDoesSo() throws Exception {
        try (OwnEnd own = new OwnEnd()) {
            ExecutorService pool = recorder.wrap((ExecutorService) own);
            close(pool);
            assertThat(own.closed).isTrue();
            assertThat(pool.isShutdown()).isFalse();
            assertThatThrownBy(() -> close(pool)).isSameAs(own.failure);
            own.closed = false;
            own.shutdownNow();
        }
    }
}
