package io.clockwork.analysis;

import static io.clockwork.analysis.TaskThreads.forkAll;
import static io.clockwork.analysis.TaskThreads.locked;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedAtomicLong;
import io.clockwork.record.TrackedReadWriteLock;
import io.clockwork.record.Variable;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

/** The scenarios that Raceway's documentation states, with the verdicts that are right. */
@SuppressWarnings("try") // scopes are there to be closed
class RacewayScenariosTest {
    private final Recorder recorder = Recorder.create("bank");
    private final Variable balance = recorder.variable("balance");

    private EventLog log() {
        return EventLog.of(recorder);
    }

    private List<Race> races() {
        return Report.of(log()).races();
    }

    /** Forks a task for each piece of work, then runs them on threads of their own, one after the other. */
    private void inTasks(Runnable... work) {
        try (Scope trace = recorder.openTrace("root")) {
            forkAll(recorder, work);
        }
    }

    @Test
    void twoForkedTasksThatWriteWithoutALockRace() {
        inTasks(() -> balance.write(1), () -> balance.write(2));
        assertThat(races()).singleElement().satisfies(race -> {
            assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(race.kind()).isEqualTo(Kind.WRITE_WRITE);
        });
    }

    @Test
    void oneLockAtBothExcludesTheRace() {
        Lock lock = recorder.lock("balance-lock");
        inTasks(locked(lock, () -> balance.write(1)), locked(lock, () -> balance.write(2)));
        assertThat(races()).isEmpty();
    }

    @Test
    void differentLocksExcludeNothing() {
        inTasks(locked(recorder.lock("a"), () -> balance.write(1)), locked(recorder.lock("b"), () -> balance.write(2)));
        assertThat(races()).extracting(Race::verdict).containsExactly(Verdict.CERTAIN);
    }

    @Test
    void publishingUnderALockOrdersThisRunOnly() {
        Lock lock = recorder.lock("L");
        inTasks(locked(lock, () -> balance.write(1)), () -> {
            locked(lock, () -> {}).run();
            balance.read(1);
        });
        assertThat(races()).extracting(Race::verdict).containsExactly(Verdict.POSSIBLE);
    }

    @Test
    void twoSharedHoldsDoNotExcludeEachOther() {
        TrackedReadWriteLock lock = recorder.readWriteLock("L");
        inTasks(locked(lock.readLock(), () -> balance.read(0)), locked(lock.readLock(), () -> balance.write(1)));
        assertThat(races()).extracting(Race::verdict).containsExactly(Verdict.CERTAIN);
    }

    @Test
    void atomicUpdatesDoNotRace() {
        TrackedAtomicLong counter = recorder.atomicLong("counter", 0);
        inTasks(counter::incrementAndGet, counter::incrementAndGet);
        assertThat(races()).isEmpty();
        assertThat(Report.of(log()).atomicity()).isEmpty();
    }

    @Test
    void anAtomicWriteAndAPlainReadRaceUnlessAnAcquiringReadComesInBetween() {
        assertThat(Report.of(atomicWriteAndPlainRead(false)).races())
                .extracting(Race::verdict)
                .containsExactly(Verdict.CERTAIN);
        assertThat(Report.of(atomicWriteAndPlainRead(true)).races())
                .extracting(Race::verdict)
                .doesNotContain(Verdict.CERTAIN, Verdict.LIKELY);
    }

    private static EventLog atomicWriteAndPlainRead(boolean acquire) {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("root");
        int left = builder.task(trace, "bank", "left");
        int right = builder.task(trace, "bank", "right");
        int write = builder.event(left, EventKind.ATOMIC_WRITE, "flag");
        if (acquire) {
            builder.precedes(write, builder.event(right, EventKind.ATOMIC_READ, "flag"));
        }
        builder.event(right, EventKind.READ, "flag");
        return builder.build();
    }

    @Test
    void aJoinOrdersTheChildsWriteBeforeTheParents() {
        try (Scope trace = recorder.openTrace("root")) {
            Task child = recorder.fork("child");
            TaskThreads.run(child, () -> balance.write(1));
            recorder.join(child);
            balance.write(2);
        }
        assertThat(races()).isEmpty();
    }

    @Test
    void aParentThatWritesBeforeItJoinsRacesWithItsChild() {
        try (Scope trace = recorder.openTrace("root")) {
            Task child = recorder.fork("child");
            balance.write(2);
            TaskThreads.run(child, () -> balance.write(1));
            recorder.join(child);
        }
        assertThat(races()).extracting(Race::verdict).containsExactly(Verdict.CERTAIN);
    }

    @Test
    void aTaskThatHopsThreadsIsOneTask() {
        try (Scope trace = recorder.openTrace("root")) {
            Task task = recorder.fork("hopping");
            TaskThreads.run(task, () -> balance.write(1));
            TaskThreads.run(task, () -> balance.write(2));
        }
        assertThat(races()).isEmpty();
    }

    @Test
    void twoTasksOnOneThreadAreOrderedInThisRunOnly() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (Scope trace = recorder.openTrace("root")) {
            ExecutorService pool = recorder.wrap(one);
            Future<?> first = pool.submit(() -> balance.write(1));
            pool.submit(() -> balance.write(2)).get();
            first.get();
        } finally {
            one.shutdownNow();
        }
        assertThat(races()).extracting(Race::verdict).containsExactly(Verdict.POSSIBLE);
    }

    @Test
    void tracesThatWriteOneVariableRaceAcrossTracesOnly() throws Exception {
        Variable shared = recorder.variable("shared");
        for (int i = 0; i < 2; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try (Scope trace = recorder.openTrace("request " + number)) {
                    shared.write(number);
                }
            });
            thread.start();
            thread.join();
        }
        assertThat(CrossTrace.of(log()).races()).extracting(Race::verdict).containsExactly(Verdict.CERTAIN);
        assertThat(CrossTrace.of(log()).variables()).containsExactly(new CrossTrace.Variable("shared", 2, 2, 1));
        assertThat(Report.ofEachTrace(log(), Suppressions.none()))
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.races()).isEmpty());
    }

    @Test
    void threeHopsOfServicesAreOneChain() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("request");
        int[] tasks = new int[3];
        int sent = -1;
        for (int i = 0; i < 3; i++) {
            tasks[i] = builder.task(trace, "service " + i, "handler");
            if (sent >= 0) {
                builder.origin(tasks[i], sent, Link.MESSAGE);
            }
            if (i != 1) {
                builder.event(tasks[i], EventKind.READ, "stock");
                builder.event(tasks[i], EventKind.WRITE, "stock");
            }
            sent = builder.event(tasks[i], EventKind.SEND, "next");
        }
        Report report = Report.of(builder.build());
        assertThat(report.races()).isEmpty();
        assertThat(report.atomicity()).isEmpty();
    }

    @Test
    void aChildAndWhatItsParentDoesNextAreConcurrent() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int parent = builder.task(trace, "s", "parent");
        int child = builder.task(trace, "s", "child");
        builder.origin(child, builder.event(parent, EventKind.FORK, "child"), Link.FORK);
        builder.event(parent, EventKind.CUSTOM, "sibling");
        builder.event(child, EventKind.CUSTOM, "spawned");
        CausalGraph graph = CausalGraph.of(builder.build());
        assertThat(graph.relation(1, 2)).isEqualTo(CausalityRelation.CONCURRENT);
        assertThat(graph.causes(0, 2)).isTrue();
    }

    @Test
    void theSlowerOfTwoBranchesIsOnTheCriticalPath() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int root = builder.task(trace, "s", "root");
        builder.nanos(builder.event(root, EventKind.BEGIN, "request"), 0);
        int fork = builder.event(root, EventKind.CUSTOM, "call both");
        builder.nanos(fork, 0);
        branch(builder, trace, fork, "fast", 5_000_000);
        branch(builder, trace, fork, "slow", 20_000_000);
        builder.nanos(builder.event(root, EventKind.END, "request"), 20_000_000);
        CriticalPath path = CriticalPath.response(builder.build()).get(0);
        assertThat(path.sections())
                .extracting(CriticalPath.Section::operation)
                .contains("slow")
                .doesNotContain("fast");
        assertThat(path.byOperation().get(0).name()).contains("slow");
        assertThat(path.elapsedNanos()).isEqualTo(20_000_000);
    }

    private static void branch(EventLogBuilder builder, int trace, int origin, String name, long nanos) {
        int task = builder.task(trace, "s", name);
        builder.origin(task, origin, Link.CALL);
        builder.nanos(builder.event(task, EventKind.BEGIN, name), 0);
        builder.nanos(builder.event(task, EventKind.END, name), nanos);
    }

    @Test
    void aResponseTimeNearTheMeanIsNoAnomalyAndOneFarOffIs() {
        EventLog usual = responses(15, 19, 15, 19, 15, 19, 15, 19, 15, 19);
        Baseline baseline = Baseline.of(usual);
        assertThat(baseline.check(responses(17), 10).anomalies()).isEmpty();
        assertThat(baseline.check(responses(40), 10).anomalies())
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.kind()).isEqualTo(Anomaly.Kind.SLOW);
                    assertThat(anomaly.operation()).isEqualTo("HttpResponse");
                    assertThat(anomaly.value()).isEqualTo(40_000_000);
                });
    }

    private static EventLog responses(long... millis) {
        SpanLog log = new SpanLog();
        for (long time : millis) {
            log.root("HttpResponse", 0, time * 1_000_000);
        }
        return log.build();
    }

    @Test
    void oneCallFromAServiceToAnotherIsOneEdge() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("request");
        int caller = builder.task(trace, "svc-a", "handler");
        builder.nanos(builder.event(caller, EventKind.BEGIN, "handle"), 0);
        int call = builder.event(caller, EventKind.REQUEST, "svc-b");
        builder.nanos(call, 10);
        int callee = builder.task(trace, "svc-b", "handler");
        builder.origin(callee, call, Link.CALL);
        builder.nanos(builder.event(callee, EventKind.BEGIN, "serve"), 20);
        builder.nanos(builder.event(callee, EventKind.END, "serve"), 80);
        builder.nanos(builder.event(caller, EventKind.END, "handle"), 100);
        assertThat(Report.of(builder.build()).services().calls())
                .singleElement()
                .satisfies(calls -> {
                    assertThat(calls.caller()).isEqualTo("svc-a");
                    assertThat(calls.callee()).isEqualTo("svc-b");
                    assertThat(calls.count()).isEqualTo(1);
                });
    }
}
