package io.clockwork.analysis;

import static io.clockwork.analysis.TaskThreads.forkAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Deadlock.Side;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedReadWriteLock;
import io.clockwork.record.Variable;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class DeadlockDetectorTest {
    private final Recorder recorder = Recorder.builder("bank").captureSites().build();
    private final Lock a = recorder.lock("a");
    private final Lock b = recorder.lock("b");
    private final Lock c = recorder.lock("c");

    private static void nested(Lock outer, Lock inner, Runnable work) {
        outer.lock();
        try {
            inner.lock();
            try {
                work.run();
            } finally {
                inner.unlock();
            }
        } finally {
            outer.unlock();
        }
    }

    private static void nested(Lock outer, Lock inner) {
        nested(outer, inner, () -> {});
    }

    private List<Deadlock> deadlocks(Runnable... work) {
        try (Scope trace = recorder.openTrace("main")) {
            forkAll(recorder, work);
        }
        return Report.of(EventLog.of(recorder)).deadlocks();
    }

    @Test
    void twoTasksThatTakeTwoLocksInBothOrdersCanWaitForEachOther() {
        List<Deadlock> deadlocks = deadlocks(() -> nested(a, b), () -> nested(b, a));
        assertThat(deadlocks).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(deadlock.sides()).extracting(Side::lock).containsExactly("b", "a");
            assertThat(deadlock.sides()).extracting(Side::task).containsExactly("task 0", "task 1");
            assertThat(deadlock.sides()).allSatisfy(side -> {
                assertThat(side.site()).startsWith("DeadlockDetectorTest.java:");
                assertThat(side.thread()).isNotEmpty();
                assertThat(side.held()).singleElement().satisfies(held -> {
                    assertThat(held.site()).startsWith("DeadlockDetectorTest.java:");
                    assertThat(held.event()).isBetween(0, side.event() - 1);
                });
            });
            assertThat(deadlock.sides().get(0).held().get(0).lock()).isEqualTo("a");
        });
    }

    @Test
    void aGateThatAllHoldKeepsThemApart() {
        assertThat(deadlocks(
                        () -> nested(c, a, () -> nested(b, recorder.lock("d"))),
                        () -> nested(c, b, () -> nested(a, recorder.lock("d")))))
                .isEmpty();
    }

    @Test
    void oneTaskDoesNotWaitForItself() {
        assertThat(deadlocks(() -> {
                    nested(a, b);
                    nested(b, a);
                }))
                .isEmpty();
    }

    @Test
    void aLockThatIsHeldAlreadyIsNotAskedFor() {
        assertThat(deadlocks(() -> nested(a, b, () -> nested(a, b)), () -> nested(a, b, () -> nested(b, a))))
                .isEmpty();
    }

    @Test
    void readersDoNotKeepReadersOut() {
        TrackedReadWriteLock x = recorder.readWriteLock("x");
        TrackedReadWriteLock y = recorder.readWriteLock("y");
        assertThat(deadlocks(() -> nested(x.readLock(), y.readLock()), () -> nested(y.readLock(), x.readLock())))
                .isEmpty();
    }

    @Test
    void readersKeepWritersOut() {
        TrackedReadWriteLock x = recorder.readWriteLock("x");
        TrackedReadWriteLock y = recorder.readWriteLock("y");
        List<Deadlock> deadlocks =
                deadlocks(() -> nested(x.readLock(), y.writeLock()), () -> nested(y.readLock(), x.writeLock()));
        assertThat(deadlocks).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.sides()).noneMatch(Side::shared);
            assertThat(deadlock.sides()).allMatch(side -> side.held().get(0).shared());
        });
    }

    @Test
    void aJoinKeepsThemApart() {
        try (Scope trace = recorder.openTrace("main")) {
            Task child = recorder.fork("child");
            TaskThreads.run(child, () -> nested(a, b));
            recorder.join(child);
            nested(b, a);
        }
        assertThat(Report.of(EventLog.of(recorder)).deadlocks()).isEmpty();
    }

    @Test
    void aReadThatWouldSeeAnotherValueMakesItPossibleOnly() {
        Variable flag = recorder.variable("flag");
        List<Deadlock> deadlocks = deadlocks(
                () -> {
                    nested(a, b);
                    flag.write(1);
                },
                () -> {
                    flag.read(1);
                    nested(b, a);
                });
        assertThat(deadlocks).extracting(Deadlock::verdict).containsExactly(Verdict.POSSIBLE);
    }

    @Test
    void aSignalThatWouldBeMissingMakesItPossibleOnly() {
        assertThat(signalled(true)).extracting(Deadlock::verdict).containsExactly(Verdict.POSSIBLE);
        assertThat(signalled(false)).extracting(Deadlock::verdict).containsExactly(Verdict.CERTAIN);
    }

    /** One task waits for another one's signal, which comes before or after that one's own nested locks. */
    private static List<Deadlock> signalled(boolean afterNesting) {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int waiter = builder.task(trace, "s", "waiter");
        int signaller = builder.task(trace, "s", "signaller");
        builder.event(waiter, EventKind.ACQUIRE, "monitor");
        int waits = builder.event(waiter, EventKind.WAIT, "monitor");
        if (afterNesting) {
            nest(builder, signaller, "b", "a");
        }
        builder.precedes(waits, builder.event(signaller, EventKind.ACQUIRE, "monitor"));
        builder.event(signaller, EventKind.NOTIFY, "monitor");
        int release = builder.event(signaller, EventKind.RELEASE, "monitor");
        if (!afterNesting) {
            nest(builder, signaller, "b", "a");
        }
        builder.precedes(release, builder.event(waiter, EventKind.ACQUIRE, "monitor"));
        builder.event(waiter, EventKind.RELEASE, "monitor");
        nest(builder, waiter, "a", "b");
        return Report.of(builder.build()).deadlocks();
    }

    private static void nest(EventLogBuilder builder, int task, String outer, String inner) {
        builder.event(task, EventKind.ACQUIRE, outer);
        builder.event(task, EventKind.ACQUIRE, inner);
        builder.event(task, EventKind.RELEASE, inner);
        builder.event(task, EventKind.RELEASE, outer);
    }

    @Test
    void philosophersWaitInACircleOfAnyLength() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("table");
        int seats = 100;
        for (int i = 0; i < seats; i++) {
            int task = builder.task(trace, "table", "philosopher " + i);
            String left = "fork " + i;
            String right = "fork " + (i + 1) % seats;
            builder.event(task, EventKind.ACQUIRE, left);
            builder.event(task, EventKind.ACQUIRE, right);
            builder.event(task, EventKind.RELEASE, right);
            builder.event(task, EventKind.RELEASE, left);
        }
        List<Deadlock> deadlocks = Report.of(builder.build()).deadlocks();
        assertThat(deadlocks).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(deadlock.sides()).hasSize(seats);
            for (int i = 0; i < seats; i++) {
                Side next = deadlock.sides().get((i + 1) % seats);
                assertThat(next.held().get(0).lock())
                        .isEqualTo(deadlock.sides().get(i).lock());
            }
        });
    }

    @Test
    void manyTasksThatDoTheSameAreOneFinding() {
        Runnable[] work = new Runnable[20];
        for (int i = 0; i < work.length; i++) {
            work[i] = i % 2 == 0 ? () -> nested(a, b) : () -> nested(b, a);
        }
        assertThat(deadlocks(work)).hasSize(1);
    }

    @Test
    void whatIsNotLookedAtIsTold() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                int task = builder.task(trace, "s", "task");
                builder.event(task, EventKind.ACQUIRE, "lock " + i);
                builder.event(task, EventKind.ACQUIRE, "lock " + (i + j + 1) % 41);
                builder.event(task, EventKind.RELEASE, "lock " + (i + j + 1) % 41);
                builder.event(task, EventKind.RELEASE, "lock " + i);
            }
        }
        Report report = Report.of(builder.build());
        assertThat(report.deadlocks()).hasSizeGreaterThan(100);
        assertThat(report.diagnostics()).extracting(Diagnostic::code).contains("DEADLOCKS_CUT");
    }

    @Test
    void theReportShowsBothSides() {
        deadlocks(() -> nested(a, b), () -> nested(b, a));
        Report report = Report.of(EventLog.of(recorder));
        assertThat(report.toText())
                .contains("DEADLOCKS   1 certain, 0 possible", "1. 2 tasks in a circle   CERTAIN")
                .containsPattern(
                        "holds    a +DeadlockDetectorTest.java:\\d+\n +asks for b +DeadlockDetectorTest.java:\\d+")
                .containsPattern(
                        "holds    b +DeadlockDetectorTest.java:\\d+\n +asks for a +DeadlockDetectorTest.java:\\d+");
        assertThat(report.toText().lines()).allMatch(line -> line.length() <= 80);
        assertThat(report.toJson())
                .contains("\"deadlocks\": [", "\"lock\": \"b\"", "\"held\": [", "\"id\": \"deadlock-");
        assertThat(report.hasFindings(Verdict.CERTAIN)).isTrue();
    }
}
