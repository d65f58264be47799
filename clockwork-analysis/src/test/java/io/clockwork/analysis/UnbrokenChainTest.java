package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs of every style keep one trace without races, and the report says where one was broken. */
@SuppressWarnings("try") // scopes are there to be closed
class UnbrokenChainTest {
    private final Recorder recorder = Recorder.builder("service").captureSites().build();
    private final Variable x = recorder.variable("x");
    private final ExecutorService threads = Executors.newFixedThreadPool(3, work -> new Thread(work, "worker"));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Each piece of work writes after the one before, or what joins them does. */
    private void assertOneTraceOfWrites(int writes) {
        EventLog log = EventLog.of(recorder);
        assertThat(log.diagnostics()).isEmpty();
        assertThat(log.traceCount()).isOne();
        assertThat(recorder.recording().misuses()).isZero();
        assertThat(IntStream.range(0, log.size())
                        .filter(e -> log.subject(e).equals("x"))
                        .count())
                .isEqualTo(writes);
        assertThat(Report.of(log).races()).isEmpty();
    }

    @Test
    void completableFuturesKeepOneTrace() {
        try (Scope trace = recorder.openTrace("stages")) {
            x.write(0);
            CompletableFuture<Void> left = recorder.runAsync(() -> x.write(1), threads)
                    .thenRunAsync(() -> x.write(2), threads)
                    .thenCompose(none -> recorder.runAsync(() -> x.write(3), threads));
            CompletableFuture<Void> right = left.thenRun(() -> x.write(4));
            recorder.allOf(left, right).join();
            x.write(5);
        }
        assertOneTraceOfWrites(6);
    }

    @Test
    void executorsKeepOneTrace() throws Exception {
        ExecutorService pool = recorder.wrap(threads);
        try (Scope trace = recorder.openTrace("executor")) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                futures.add(pool.submit(() -> x.read(1)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
            x.write(1);
        }
        assertOneTraceOfWrites(21);
    }

    @Test
    void parallelStreamsKeepOneTrace() {
        try (Scope trace = recorder.openTrace("stream")) {
            long sum = recorder.callStructured(
                    "sum",
                    () -> IntStream.range(0, 1000)
                            .parallel()
                            .mapToObj(i -> i)
                            .mapToLong(recorder.wrapFunction((Integer i) -> {
                                x.read(i);
                                return (long) i;
                            })::apply)
                            .sum());
            x.write(sum);
        }
        assertOneTraceOfWrites(1001);
    }

    @Test
    void virtualThreadsKeepOneTrace() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads come with JDK 21");
        ThreadFactory factory = recorder.wrapFactory(virtualFactory());
        try (Scope trace = recorder.openTrace("virtual")) {
            recorder.callStructured("hundred", () -> {
                List<Thread> started = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    Thread thread = factory.newThread(() -> x.read(1));
                    thread.start();
                    started.add(thread);
                }
                for (Thread thread : started) {
                    thread.join();
                }
                return null;
            });
            x.write(2);
        }
        assertOneTraceOfWrites(101);
    }

    private static ThreadFactory virtualFactory() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    @Test
    void workThatWasNotWrappedIsATaskOfItsOwnAndTheReportSaysWhere() throws Exception {
        try (Scope trace = recorder.openTrace("main")) {
            x.write(1);
            threads.submit(() -> {
                        x.write(2);
                        x.write(3);
                    })
                    .get();
            x.write(4);
        }
        Report report = Report.of(EventLog.of(recorder));
        assertThat(report.toText())
                .contains("unlinked work on worker was not wrapped: 2 events in 1 task of its own follow")
                .containsPattern("WRITE\\s+x\\s+at\\s+UnbrokenChainTest.java:")
                .contains("RACE on x");
        assertThat(report.toJson()).contains("\"CHAIN_BROKEN\"").contains("unlinked work on worker was not wrapped");
    }
}
