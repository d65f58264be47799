package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A run of tasks on threads of their own, each of which says {@code before} and {@code after} what it does. */
abstract class SyncRun {
    final Recorder recorder = Recorder.create("order");
    final Scope trace = recorder.openTrace("main");
    final List<Thread> threads = new ArrayList<>();
    EventLog log;
    CausalGraph graph;

    /** What a task does; the application's own coordination is by means that are not recorded. */
    interface Work {
        void run() throws InterruptedException;
    }

    Thread start(String name, Work work) {
        Task task = recorder.fork(name);
        Thread thread = new Thread(
                () -> task.run(() -> {
                    try {
                        recorder.event(EventKind.CUSTOM, "before", null);
                        work.run();
                        recorder.event(EventKind.CUSTOM, "after", null);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }),
                "thread of " + name);
        thread.start();
        threads.add(thread);
        return thread;
    }

    /** Runs the work to its end, so that the run is the same each time. */
    void run(String name, Work work) throws InterruptedException {
        start(name, work).join();
    }

    static void isWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    void read() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        log = EventLog.of(recorder);
        graph = CausalGraph.of(log);
        assertThat(log.diagnostics()).isEmpty();
    }

    @AfterEach
    void close() {
        trace.close();
    }
}
