package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class EventLogTest {
    @Test
    void putsEveryCauseBeforeItsEffectWhateverTheOrderOfTheInput() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int late = builder.task(trace, "s", "late");
        int early = builder.task(trace, "s", "early");
        int effect = builder.event(late, EventKind.CUSTOM, "effect");
        builder.event(late, EventKind.CUSTOM, "after effect");
        builder.event(early, EventKind.CUSTOM, "before cause");
        builder.causes(builder.event(early, EventKind.CUSTOM, "cause"), effect);
        EventLog log = builder.build();
        assertThat(subjects(log)).containsExactly("before cause", "cause", "effect", "after effect");
        assertThat(log.sequence(3)).isEqualTo(2);
    }

    @Test
    void ordersByTimeWhatCausesLeaveOpen() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        for (int i = 9; i >= 0; i--) {
            int event = builder.event(builder.task(trace, "s", "task"), EventKind.CUSTOM, "at " + i);
            builder.nanos(event, i);
        }
        assertThat(subjects(builder.build())).startsWith("at 0", "at 1").endsWith("at 9");
    }

    @Test
    void leavesOutWhatDependsOnACycleAndSaysHowMuch() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int a = builder.task(trace, "s", "a");
        int b = builder.task(trace, "s", "b");
        builder.event(a, EventKind.CUSTOM, "fine");
        int first = builder.event(a, EventKind.CUSTOM, "first");
        int second = builder.event(b, EventKind.CUSTOM, "second");
        builder.causes(first, second);
        builder.causes(second, first);
        EventLog log = builder.build();
        assertThat(subjects(log)).containsExactly("fine");
        assertThat(log.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("CYCLE");
            assertThat(diagnostic.message()).startsWith("2 events were left out");
        });
    }

    @Test
    void keepsTheOrderThatTheRecorderSaw() throws Exception {
        Recorder recorder = Recorder.builder("service").captureSites().build();
        Variable x = recorder.variable("x");
        TrackedLock lock = recorder.lock("lock");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        ExecutorService pool = recorder.wrap(threads);
        try (Scope scope = recorder.openTrace("main")) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(pool.submit(() -> {
                    lock.lock();
                    try {
                        x.read(1);
                        x.write(2);
                    } finally {
                        lock.unlock();
                    }
                }));
            }
            for (Future<?> future : all) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        EventLog log = EventLog.of(recorder);
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> accesses = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) == EventKind.READ || log.kind(e) == EventKind.WRITE) {
                accesses.add(e);
            }
        }
        assertThat(accesses).hasSize(100);
        for (int i = 1; i < accesses.size(); i++) {
            assertThat(graph.happensBefore(accesses.get(i - 1), accesses.get(i)))
                    .isTrue();
        }
        assertThat(log.site(accesses.get(0))).startsWith("EventLogTest.java:");
        assertThat(log.thread(accesses.get(0))).startsWith("pool-");
        assertThat(log.diagnostics()).isEmpty();
    }

    @Test
    void tellsWhereTheChainBroke() throws Exception {
        Recorder recorder = Recorder.create("service");
        Thread stray = new Thread(() -> recorder.variable("x").write(1), "stray");
        stray.start();
        stray.join();
        assertThat(EventLog.of(recorder).diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("CHAIN_BROKEN");
            assertThat(diagnostic.message()).contains("unlinked work on stray");
        });
    }

    @Test
    void tellsWhatTheRecorderDropped() {
        Recorder recorder = Recorder.builder("service").maxEvents(5).build();
        try (Scope scope = recorder.openTrace("main")) {
            Variable x = recorder.variable("x");
            for (int i = 0; i < 10; i++) {
                x.write(i);
            }
            Task task = recorder.fork("lost");
            task.run(() -> x.write(11));
            recorder.join(task);
        }
        EventLog log = EventLog.of(recorder);
        assertThat(log.size()).isEqualTo(5);
        assertThat(log.diagnostics()).extracting(Diagnostic::code).contains("DROPPED");
    }

    @Test
    void keepsWhatTracersSayOfSpansInTheLogOfEachTrace() {
        EventLogBuilder builder = EventLog.builder();
        for (String name : List.of("t", "u")) {
            int trace = builder.trace(name);
            builder.event(builder.task(trace, "shop", "plain"), EventKind.BEGIN, "GET");
            int task = builder.task(trace, "shop", "span");
            builder.event(task, EventKind.BEGIN, "GET");
            builder.spanKind(task, SpanKind.CLIENT);
            builder.error(task);
            builder.shared(task);
            builder.status(task, 503);
            builder.peer(task, "bank of " + name);
            builder.missingParent(task, "gone");
        }
        for (EventLog log : builder.build().byTrace()) {
            assertThat(log.spanKind(0)).isEqualTo(SpanKind.UNKNOWN);
            assertThat(log.isError(0) || log.isShared(0)).isFalse();
            assertThat(log.peer(0) + log.missingParent(0)).isEmpty();
            assertThat(log.status(0)).isZero();
            assertThat(log.spanKind(1)).isEqualTo(SpanKind.CLIENT);
            assertThat(log.isError(1) && log.isShared(1)).isTrue();
            assertThat(log.status(1)).isEqualTo(503);
            assertThat(log.peer(1)).isEqualTo("bank of " + log.traceName(0));
            assertThat(log.missingParent(1)).isEqualTo("gone");
        }
    }

    @Test
    void tellsTheEdgesOfAnEvent() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int cause = builder.event(builder.task(trace, "s", "a"), EventKind.SEND, "x");
        int release = builder.event(builder.task(trace, "s", "b"), EventKind.RELEASE, "x");
        int effect = builder.event(builder.task(trace, "s", "c"), EventKind.CUSTOM, "x");
        builder.causes(cause, effect);
        builder.precedes(release, effect);
        EventLog log = builder.build();
        assertThat(log.causeCount(cause)).isZero();
        assertThat(log.causeCount(effect)).isEqualTo(2);
        assertThat(log.cause(effect, 0)).isEqualTo(cause);
        assertThat(log.isSync(effect, 0)).isFalse();
        assertThat(log.cause(effect, 1)).isEqualTo(release);
        assertThat(log.isSync(effect, 1)).isTrue();
    }

    private static List<String> subjects(EventLog log) {
        List<String> subjects = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            subjects.add(log.subject(e));
        }
        return subjects;
    }
}
