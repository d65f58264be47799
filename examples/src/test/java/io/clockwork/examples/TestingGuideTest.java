package io.clockwork.examples;

import static io.clockwork.analysis.testing.CausalAssertions.assertCausalOrder;
import static io.clockwork.analysis.testing.CausalAssertions.assertConcurrent;
import static io.clockwork.analysis.testing.CausalAssertions.assertCriticalPathContains;
import static io.clockwork.analysis.testing.CausalAssertions.assertHappensBefore;
import static io.clockwork.analysis.testing.CausalAssertions.assertNoDeadlocks;
import static io.clockwork.analysis.testing.CausalAssertions.assertNoRaces;

import io.clockwork.AtomicVectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Finding;
import io.clockwork.analysis.junit.CausalTest;
import io.clockwork.record.Recorder;
import io.clockwork.record.Tracked;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The code of the guide to testing, docs/guides/testing.md, as far as it passes; the rest is in {@link AccountExample}. */
class TestingGuideTest {
    @CausalTest(
            schedules = 50,
            findings = {Finding.RACE, Finding.DEADLOCK})
    void readersSeeTheConfiguration(Recorder recorder, ExecutorService pool) throws Exception {
        Tracked<String> config = recorder.tracked("config", "");
        var published = recorder.atomicReference("published", false);
        Future<?> writer = pool.submit(() -> {
            config.set("eu-west");
            published.set(true);
        });
        Future<?> reader = pool.submit(() -> {
            if (published.get()) {
                config.get();
            }
        });
        writer.get();
        reader.get();
    }

    @Test
    void assertions() {
        Recorder recorder = Recorder.create("shop");
        recorder.fork("request").run(() -> {
            recorder.call("pay", () -> 1);
            recorder.call("ship", () -> 1);
            recorder.call("notify", () -> 1);
        });
        EventLog log = EventLog.of(recorder);
        assertHappensBefore(log, "pay", "ship"); // operations, messages, tasks by name
        assertCausalOrder(log, "pay", "ship", "notify");
        assertNoRaces(log);
        assertNoDeadlocks(recorder);
    }

    @Test
    void timestamps() {
        AtomicVectorClock orders = AtomicVectorClock.of("orders");
        AtomicVectorClock billing = AtomicVectorClock.of("billing");
        VectorTimestamp placed = orders.send();
        VectorTimestamp billed = billing.receive(placed);
        VectorTimestamp packed = orders.tick();
        assertHappensBefore(placed, billed);
        assertConcurrent(billed, packed);
    }

    @Test
    void criticalPath() {
        Recorder recorder = Recorder.create("shop");
        recorder.fork("request")
                .run(() -> recorder.call(
                        "order",
                        () -> recorder.call("price", () -> {
                            long start = System.nanoTime();
                            while (System.nanoTime() - start < 1_000_000) {
                                Thread.onSpinWait();
                            }
                            return 1;
                        })));
        EventLog log = EventLog.of(recorder);
        assertCriticalPathContains(log, "price"); // or "shop: price"
    }
}
