package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.Tracked;
import io.clockwork.record.TrackedAtomicLong;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.Variable;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of the guide to recording, docs/guides/record.md. */
@SuppressWarnings("try") // scopes are there to be closed
class RecordGuideTest {
    private final Recorder recorder = Recorder.create("guide");

    @AfterEach
    void isOneTraceWithoutRaces() {
        EventLog log = EventLog.of(recorder);
        assertThat(log.diagnostics()).isEmpty();
        assertThat(log.traceCount()).isOne();
        assertThat(Report.of(log).races()).isEmpty();
    }

    @Test
    void tasks() throws Exception {
        TrackedAtomicLong total = recorder.atomicLong("total", 1);
        try (Scope trace = recorder.openTrace("nightly run")) {
            Task report = recorder.fork("report");
            Thread thread = new Thread(() -> report.run(() -> total.get()));
            thread.start();
            thread.join();
            recorder.join(report);
            recorder.call("archive", () -> total.getAndSet(0));
        }
        assertThat(total).hasToString("0");
    }

    @Test
    void structuredWork() throws Exception {
        Variable total = recorder.variable("total");
        try (Scope trace = recorder.openTrace("structured")) {
            int sum = recorder.callStructured(
                    "sum",
                    () -> IntStream.range(0, 100)
                            .parallel()
                            .boxed()
                            .map(recorder.wrapFunction((Integer i) -> i * i))
                            .mapToInt(Integer::intValue)
                            .sum());

            recorder.callStructured("two threads", () -> {
                ThreadFactory factory = recorder.wrapFactory(Thread::new); // or Thread.ofVirtual().factory()
                List<Thread> started =
                        List.of(factory.newThread(() -> total.read(1)), factory.newThread(() -> total.read(2)));
                started.forEach(Thread::start);
                for (Thread thread : started) {
                    thread.join();
                }
                return null;
            });
            total.write(sum);
            assertThat(sum).isEqualTo(328_350);
        }
    }

    @Test
    void locks() {
        TrackedLock lock = recorder.lock("accounts");
        Tracked<Integer> balance = recorder.tracked("balance", 100);

        try (Scope trace = recorder.openTrace("main")) {
            lock.lock();
            try {
                balance.update(old -> old - 10);
            } finally {
                lock.unlock();
            }
            assertThat(balance.get()).isEqualTo(90);
        }
    }
}
