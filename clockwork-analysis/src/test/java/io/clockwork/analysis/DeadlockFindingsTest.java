package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Deadlock.Side;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is one deadlock, in which order they are shown, and how much is looked at. */
class DeadlockFindingsTest {
    private final EventLogBuilder log = EventLog.builder();
    private final int trace = log.trace("t");

    private int task() {
        return log.task(trace, "s", "task");
    }

    /** Takes locks inside each other and gives them back. */
    private int nest(int task, String... locks) {
        int last = -1;
        for (String lock : locks) {
            last = log.event(task, EventKind.ACQUIRE, lock);
        }
        for (int i = locks.length - 1; i >= 0; i--) {
            log.event(task, EventKind.RELEASE, locks[i]);
        }
        return last;
    }

    /** As many tasks that take two locks in one order as in the other, which see what the first ones leave. */
    private void possibleOnly(int first, int second) {
        int[] tasks = new int[first];
        for (int i = 0; i < first; i++) {
            tasks[i] = task();
            nest(tasks[i], "a", "b");
        }
        for (int task : tasks) {
            log.event(task, EventKind.WRITE, "flag " + task);
        }
        for (int i = 0; i < second; i++) {
            int task = task();
            for (int writer : tasks) {
                log.event(task, EventKind.READ, "flag " + writer);
            }
            nest(task, "b", "a");
        }
    }

    private DeadlockDetector.Result run() {
        return DeadlockDetector.run(log.build());
    }

    @Test
    void allPairsOfTasksAreLookedAtWhereThereAreFew() {
        possibleOnly(8, 8);
        DeadlockDetector.Result result = run();
        assertThat(result.deadlocks()).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.verdict()).isEqualTo(Verdict.POSSIBLE);
            assertThat(deadlock.count()).isEqualTo(64);
        });
        assertThat(result.diagnostics()).isEmpty();
    }

    @Test
    void ofMoreThanSixtyFourPairsOfTasksTheRestIsNotLookedAt() {
        possibleOnly(13, 5);
        DeadlockDetector.Result result = run();
        assertThat(result.deadlocks())
                .singleElement()
                .extracting(Deadlock::count)
                .isEqualTo(64);
        assertThat(result.diagnostics()).extracting(Diagnostic::code).containsExactly("DEADLOCKS_CUT");
    }

    @Test
    void aCertainPairEndsTheSearch() {
        for (int i = 0; i < 20; i++) {
            nest(task(), "a", "b");
            nest(task(), "b", "a");
        }
        DeadlockDetector.Result result = run();
        assertThat(result.deadlocks()).extracting(Deadlock::count).containsExactly(1);
        assertThat(result.diagnostics()).isEmpty();
    }

    @Test
    void aThousandCyclesAreLookedAt() {
        cycles(1_000);
        assertThat(run().deadlocks()).hasSize(1_000);
        assertThat(run().diagnostics()).isEmpty();
    }

    @Test
    void moreCyclesAreNotLookedAtAndTheResultSaysSo() {
        cycles(1_001);
        assertThat(run().deadlocks()).hasSize(1_000);
        assertThat(run().diagnostics()).extracting(Diagnostic::code).containsExactly("DEADLOCKS_CUT");
    }

    private void cycles(int count) {
        int one = task();
        int other = task();
        for (int i = 0; i < count; i++) {
            nest(one, "a" + i, "b" + i);
            nest(other, "b" + i, "a" + i);
        }
    }

    @Test
    void whatIsHeldBesidesMakesNoOtherDeadlock() {
        int first = nest(task(), "a", "b");
        int second = nest(task(), "b", "a");
        nest(task(), "x", "a", "b");
        nest(task(), "y", "b", "a");
        assertThat(run().deadlocks())
                .filteredOn(deadlock -> deadlock.sides().size() == 2)
                .singleElement()
                .satisfies(deadlock -> {
                    assertThat(deadlock.count()).isEqualTo(4);
                    assertThat(deadlock.sides()).extracting(Side::event).containsExactly(first, second);
                });
    }

    @Test
    void theSurestAndThenTheSmallestAndThenTheFirstAreShownFirst() {
        int writer = task();
        nest(writer, "p", "q");
        log.event(writer, EventKind.WRITE, "flag");
        circle("k", "l", "m");
        circle("c", "d");
        circle("a", "b");
        int reader = task();
        log.event(reader, EventKind.READ, "flag");
        nest(reader, "q", "p");
        List<Deadlock> deadlocks = run().deadlocks();
        assertThat(deadlocks)
                .extracting(deadlock -> deadlock.verdict() + " "
                        + deadlock.sides().stream().map(Side::lock).toList())
                .containsExactly("CERTAIN [d, c]", "CERTAIN [b, a]", "CERTAIN [l, m, k]", "POSSIBLE [q, p]");
    }

    private void circle(String... locks) {
        for (int i = 0; i < locks.length; i++) {
            nest(task(), locks[i], locks[(i + 1) % locks.length]);
        }
    }

    @Test
    void aSurerExampleTakesThePlaceOfAnEarlierOne() {
        possibleOnly(1, 1);
        int sure = nest(task(), "b", "a");
        assertThat(run().deadlocks()).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(deadlock.count()).isEqualTo(2);
            assertThat(deadlock.sides().get(1).event()).isEqualTo(sure);
        });
    }

    @Test
    void aSurerExampleStaysWhenALessSureOneFollows() {
        nest(task(), "a", "b");
        int sure = nest(task(), "b", "a");
        int writer = task();
        nest(writer, "z", "a", "b");
        log.event(writer, EventKind.WRITE, "flag");
        int reader = task();
        log.event(reader, EventKind.READ, "flag");
        nest(reader, "b", "y", "a");
        assertThat(run().deadlocks()).singleElement().satisfies(deadlock -> {
            assertThat(deadlock.verdict()).isEqualTo(Verdict.CERTAIN);
            assertThat(deadlock.sides().get(1).event()).isEqualTo(sure);
        });
    }

    @Test
    void whoDoesNotGetALockAwayFromAnotherIsInNoCircle() {
        nest(task(), "a", "b");
        nest(task(), "b", "c");
        nest(task(), "c", "d");
        assertThat(run().deadlocks()).isEmpty();
        assertThat(run().diagnostics()).isEmpty();
    }
}
