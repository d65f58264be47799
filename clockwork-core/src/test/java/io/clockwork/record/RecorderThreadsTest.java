package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many threads record, fork and join at once; nothing is lost and nothing stands twice. */
@SuppressWarnings("try") // scopes are there to be closed
class RecorderThreadsTest {
    private static final int TASKS = 400;
    private static final int EVENTS = 200;

    @Test
    void loseNoEventAndGiveNoDotTwice() throws Exception {
        Recorder recorder = Recorder.builder("many").withoutTimes().build();
        Variable x = recorder.variable("x");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        ExecutorService pool = recorder.wrap(threads);
        try (Scope trace = recorder.openTrace("main")) {
            List<Future<?>> work = new ArrayList<>();
            for (int t = 0; t < TASKS; t++) {
                work.add(pool.submit(() -> {
                    for (int i = 0; i < EVENTS; i++) {
                        x.write(i);
                    }
                }));
                if (t % 8 == 7) {
                    for (Future<?> future : work) {
                        future.get();
                    }
                    work.clear();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        Set<Dot> dots = new HashSet<>();
        int writes = 0;
        for (RecordedTask task : recorder.recording().tasks()) {
            for (RecordedEvent event : task.events()) {
                assertThat(dots.add(event.dot())).isTrue();
                writes += event.kind() == EventKind.WRITE ? 1 : 0;
            }
        }
        assertThat(writes).isEqualTo(TASKS * EVENTS);
        assertThat(recorder.recording().misuses()).isZero();
    }

    @Test
    void canBeReadWhileTheyRecord() throws Exception {
        Recorder recorder = Recorder.create("live");
        Variable x = recorder.variable("x");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 50_000; i++) {
                    x.write(i);
                }
            });
            int seen = 0;
            while (!writer.isDone()) {
                for (RecordedTask task : recorder.recording().tasks()) {
                    List<RecordedEvent> events = task.events();
                    assertThat(events.size()).isGreaterThanOrEqualTo(seen);
                    seen = events.size();
                    if (seen > 1) {
                        assertThat(events.get(seen - 1).value()).isEqualTo(seen - 2L);
                    }
                }
            }
            writer.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(recorder.recording().tasks().get(0).events()).hasSize(50_001);
    }
}
