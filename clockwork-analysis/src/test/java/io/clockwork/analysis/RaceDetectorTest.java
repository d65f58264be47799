package io.clockwork.analysis;

import static io.clockwork.analysis.TaskThreads.forkAll;
import static io.clockwork.analysis.TaskThreads.locked;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.Variable;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are there to be closed
class RaceDetectorTest {
    private final Recorder recorder = Recorder.create("bank");
    private final Variable balance = recorder.variable("balance");

    private Report report() {
        return Report.of(EventLog.of(recorder));
    }

    /** Runs each piece on a thread of its own, one after the other, so that the run is the same each time. */
    private void inTasks(Runnable... work) {
        try (Scope trace = recorder.openTrace("main")) {
            forkAll(recorder, work).forEach(recorder::join);
        }
    }

    @Nested
    class Scenarios {
        @Test
        void twoTasksThatWriteWithoutALockRace() {
            inTasks(() -> balance.write(1), () -> balance.write(2));
            assertThat(report().races()).singleElement().satisfies(race -> {
                assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
                assertThat(race.kind()).isEqualTo(Kind.WRITE_WRITE);
                assertThat(race.first().task()).isEqualTo("task 0");
                assertThat(race.second().task()).isEqualTo("task 1");
                assertThat(race.first().thread()).isNotEqualTo(race.second().thread());
            });
        }

        @Test
        void theSameLockAtBothExcludesARace() {
            TrackedLock lock = recorder.lock("balance-lock");
            inTasks(locked(lock, () -> balance.write(1)), locked(lock, () -> balance.write(2)));
            assertThat(report().races()).isEmpty();
            assertThat(report().variables())
                    .containsExactly(new SharedVariable("balance", 2, 2, 0, List.of("balance-lock")));
        }

        @Test
        void differentLocksExcludeNothing() {
            inTasks(
                    locked(recorder.lock("left"), () -> balance.write(1)),
                    locked(recorder.lock("right"), () -> balance.write(2)));
            assertThat(report().races()).singleElement().satisfies(race -> {
                assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
                assertThat(race.first().locks()).containsExactly("left");
                assertThat(race.second().locks()).containsExactly("right");
            });
        }

        @Test
        void aLockTakenInBetweenOrdersThisRunOnly() {
            TrackedLock lock = recorder.lock("lock");
            inTasks(
                    () -> {
                        balance.write(1);
                        locked(lock, () -> {}).run();
                    },
                    () -> {
                        locked(lock, () -> {}).run();
                        balance.read(1);
                    });
            assertThat(report().races()).singleElement().satisfies(race -> {
                assertThat(race.verdict()).isEqualTo(Verdict.POSSIBLE);
                assertThat(race.kind()).isEqualTo(Kind.READ_WRITE);
            });
        }

        @Test
        void aJoinOrdersTheChildsWriteBeforeTheParents() {
            try (Scope trace = recorder.openTrace("main")) {
                Task child = recorder.fork("child");
                TaskThreads.run(child, () -> balance.write(1));
                recorder.join(child);
                balance.write(2);
            }
            assertThat(report().races()).isEmpty();
        }

        @Test
        void aParentThatWritesBeforeItJoinsRaces() {
            try (Scope trace = recorder.openTrace("main")) {
                Task child = recorder.fork("child");
                balance.write(2);
                TaskThreads.run(child, () -> balance.write(1));
                recorder.join(child);
            }
            assertThat(report().races()).extracting(Race::verdict).containsExactly(Verdict.CERTAIN);
        }

        @Test
        void oneTaskThatHopsThreadsDoesNotRaceWithItself() {
            try (Scope trace = recorder.openTrace("main")) {
                Task task = recorder.fork("hopping");
                TaskThreads.run(task, () -> balance.write(1));
                TaskThreads.run(task, () -> balance.write(2));
            }
            assertThat(report().races()).isEmpty();
        }

        @Test
        void aThreadThatRunsTwoTasksOneAfterTheOtherOrdersThisRunOnly() throws Exception {
            ExecutorService one = Executors.newSingleThreadExecutor();
            ExecutorService pool = recorder.wrap(one);
            try (Scope trace = recorder.openTrace("main")) {
                var first = pool.submit(() -> balance.write(1));
                var second = pool.submit(() -> balance.write(2));
                second.get();
                first.get();
            } finally {
                one.shutdownNow();
            }
            assertThat(report().races()).extracting(Race::verdict).containsExactly(Verdict.POSSIBLE);
        }

        @Test
        void aTaskInterruptedByAnotherOnItsThreadIsOrderedWithItInThisRun() {
            balance.write(1);
            try (Scope outer = recorder.openTrace("outer")) {
                balance.write(2);
                try (Scope inner = recorder.openTrace("inner")) {
                    balance.write(3);
                }
                balance.write(4);
            }
            balance.write(5);
            assertThat(report().races()).isNotEmpty().extracting(Race::verdict).containsOnly(Verdict.POSSIBLE);
        }

        @Test
        void wrappedWorkThatRunsTwiceIsTwoTasks() throws Exception {
            Runnable work = recorder.wrap(() -> balance.write(1));
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(work);
                thread.start();
                thread.join();
            }
            assertThat(report().races()).extracting(Race::verdict).containsExactly(Verdict.CERTAIN);
            assertThat(recorder.recording().misuses()).isZero();
        }

        @Test
        void theTerminationOfAnExecutorComesAfterAllItsWork() throws Exception {
            ExecutorService pool = recorder.wrap(Executors.newFixedThreadPool(2));
            try (Scope trace = recorder.openTrace("main")) {
                pool.execute(() -> balance.write(1));
                pool.shutdown();
                assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
                balance.read(1);
            }
            assertThat(report().races()).isEmpty();
        }

        @Test
        void aReleaseThatWasDroppedStillOrders() {
            Recorder small = Recorder.builder("small").maxEvents(11).build();
            Variable x = small.variable("x");
            TrackedLock lock = small.lock("lock");
            try (Scope trace = small.openTrace("main")) {
                Task left = small.fork("left");
                Task right = small.fork("right");
                right.run(() -> {}); // has room for four events now, so that left has room for three
                TaskThreads.run(left, locked(lock, () -> x.write(1)));
                TaskThreads.run(right, locked(lock, () -> x.write(2)));
            }
            EventLog log = EventLog.of(small);
            assertThat(log.diagnostics()).extracting(Diagnostic::code).contains("DROPPED");
            assertThat(small.recording().tasks())
                    .extracting(task -> task.events().size())
                    .containsExactly(4, 3, 4);
            assertThat(Report.of(log).races()).isEmpty();
        }

        @Test
        void twoLocksOfOneNameAreTwoLocks() {
            inTasks(
                    locked(recorder.lock("account"), () -> balance.write(1)),
                    locked(recorder.lock("account"), () -> balance.write(2)));
            assertThat(report().races()).singleElement().satisfies(race -> {
                assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
                assertThat(race.first().locks()).containsExactly("account");
                assertThat(race.second().locks()).containsExactly("account#2");
            });
        }

        @Test
        void readsDoNotRace() {
            inTasks(() -> balance.read(1), () -> balance.read(1), () -> balance.read(1));
            assertThat(report().races()).isEmpty();
            assertThat(report().variables()).isEmpty();
        }

        @Test
        void aReadThatSawARacingWriteMakesWhatFollowsLikelyOnly() {
            Variable data = recorder.variable("data");
            Variable ready = recorder.variable("ready");
            inTasks(
                    () -> {
                        data.write(1);
                        ready.write(1);
                    },
                    () -> {
                        ready.read(1);
                        data.read(1);
                    });
            assertThat(report().races())
                    .extracting(race -> race.variable() + ' ' + race.verdict())
                    .containsExactly("ready CERTAIN", "data LIKELY");
        }
    }

    @Nested
    class LostUpdates {
        @Test
        void areToldByTheValuesThatBothStartedFrom() {
            EventLogBuilder log = EventLog.builder();
            int trace = log.trace("t");
            int main = log.task(trace, "bank", "main");
            int fork = log.event(main, EventKind.FORK, "both");
            int left = log.task(trace, "bank", "left");
            int right = log.task(trace, "bank", "right");
            log.origin(left, fork, Link.FORK);
            log.origin(right, fork, Link.FORK);
            access(log, left, EventKind.READ, 1000);
            access(log, right, EventKind.READ, 1000);
            access(log, left, EventKind.WRITE, 900);
            access(log, right, EventKind.WRITE, 800);
            Race race = Report.of(log.build()).races().get(0);
            assertThat(race.kind()).isEqualTo(Kind.LOST_UPDATE);
            assertThat(race.witness())
                    .extracting(access -> access.task() + (access.write() ? " writes " : " reads ") + access.value())
                    .containsExactly("left reads 1000", "right reads 1000", "left writes 900", "right writes 800");
        }

        @Test
        void areNotClaimedWhenTheSecondSawTheFirst() {
            inTasks(
                    () -> {
                        balance.read(1000);
                        balance.write(900);
                    },
                    () -> {
                        balance.read(900);
                        balance.write(700);
                    });
            assertThat(report().races()).isNotEmpty().extracting(Race::kind).doesNotContain(Kind.LOST_UPDATE);
        }

        private static void access(EventLogBuilder log, int task, EventKind kind, long value) {
            log.value(log.event(task, kind, "balance"), value);
        }
    }

    @Property(tries = 2000)
    void findsWhatBruteForceFinds(@ForAll long seed, @ForAll @IntRange(min = 10, max = 150) int length) {
        RandomProgram program = new RandomProgram(seed, length);
        assertThat(found(program)).isEqualTo(bruteForce(program));
    }

    /** What is true of all races at one pair of sites. */
    private record Truth(Verdict verdict, Kind kind, int count) {
        Truth plus(Truth other) {
            Truth worse = verdict != other.verdict
                    ? verdict.compareTo(other.verdict) < 0 ? this : other
                    : kind.compareTo(other.kind) < 0 ? this : other;
            return new Truth(worse.verdict, worse.kind, count + other.count);
        }
    }

    /** {@return what was found for each variable and pair of sites} */
    private static Map<String, Truth> found(RandomProgram program) {
        Map<String, Truth> found = new TreeMap<>();
        for (Race race : Report.of(program.log).races()) {
            String key = key(program, race.first().event(), race.second().event());
            Truth before = found.put(key, new Truth(race.verdict(), race.kind(), race.count()));
            assertThat(before).as(key).isNull();
        }
        return found;
    }

    private static Map<String, Truth> bruteForce(RandomProgram program) {
        List<BitSet> causality = program.causality();
        List<BitSet> happensBefore = program.happensBefore();
        List<BitSet> schedulable = program.schedulable();
        Map<String, Truth> expected = new TreeMap<>();
        for (int b = 0; b < program.steps.size(); b++) {
            for (int a = 0; a < b; a++) {
                RandomProgram.Step first = program.steps.get(a);
                RandomProgram.Step second = program.steps.get(b);
                boolean conflict = first.subject() >= 0
                        && first.subject() == second.subject()
                        && first.task() != second.task()
                        && (first.writes() || second.writes())
                        && !(first.isAtomic() && second.isAtomic());
                if (!conflict) {
                    continue;
                }
                Verdict verdict = Verdict.POSSIBLE;
                if (!happensBefore.get(b).get(a)) {
                    verdict = schedulable.get(b).get(a) ? Verdict.LIKELY : Verdict.CERTAIN;
                } else if (causality.get(b).get(a) || first.excludes(second)) {
                    continue;
                }
                Kind kind = first.writes() && second.writes() ? Kind.WRITE_WRITE : Kind.READ_WRITE;
                expected.merge(key(program, a, b), new Truth(verdict, kind, 1), Truth::plus);
            }
        }
        return expected;
    }

    private static String key(RandomProgram program, int a, int b) {
        RandomProgram.Step first = program.steps.get(a);
        RandomProgram.Step second = program.steps.get(b);
        String left = first.site() + " " + first.kind();
        String right = second.site() + " " + second.kind();
        String pair = left.compareTo(right) <= 0 ? left + " / " + right : right + " / " + left;
        return "x" + first.subject() + " " + pair;
    }
}
