package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.VectorTimestamp;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** What tests of wrapped work share: a recorder, threads for the work, and the order in which it was done. */
abstract class WrappedWork {
    final Recorder recorder = Recorder.builder("wrap").withoutTimes().build();
    final Variable x = recorder.variable("x");
    final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    List<RecordedTask> tasks() {
        return recorder.recording().tasks();
    }

    void assertOneTrace() {
        assertThat(tasks()).extracting(RecordedTask::trace).containsOnly(0);
        assertThat(tasks()).noneMatch(RecordedTask::isUnlinked);
        assertThat(recorder.recording().misuses()).isZero();
    }

    static void assertOrder(VectorTimestamp before, VectorTimestamp after) {
        assertThat(before.compare(after)).isEqualTo(CausalityRelation.HAPPENS_BEFORE);
    }

    static void assertConcurrent(VectorTimestamp a, VectorTimestamp b) {
        assertThat(a.compare(b)).isEqualTo(CausalityRelation.CONCURRENT);
    }

    /** Records an event and gives its timestamp. */
    VectorTimestamp now() {
        x.read(0);
        return recorder.timestamp();
    }

    <T> T elsewhere(Callable<T> work) throws Exception {
        return threads.submit(work).get();
    }
}
