package io.clockwork.analysis.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Finding;
import io.clockwork.analysis.Race;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Tracked;
import io.clockwork.record.TrackedLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.opentest4j.AssertionFailedError;

/** Runs tests that have to fail, and looks at what they say. */
class CausalTestTest {
    @TempDir
    Path pages;

    private Launched run(String method) {
        return run(method, Map.of());
    }

    private Launched run(String method, Map<String, String> parameters) {
        return Launched.of(Sample.class, method, pages, parameters);
    }

    /** Tests of which some fail; none of them is run but by the launcher. */
    static class Sample {
        private Tracked<Integer> balance;
        private TrackedLock lock;

        @BeforeEach
        void open(Recorder recorder) {
            balance = recorder.tracked("balance", 0);
            lock = recorder.lock("lock");
            balance.set(1000);
        }

        private void withdraw(int amount) {
            balance.update(before -> before - amount);
        }

        private void withdrawLocked(int amount) {
            lock.lock();
            try {
                withdraw(amount);
            } finally {
                lock.unlock();
            }
        }

        @AfterEach
        void close(Recorder recorder) {
            balance.get();
        }

        @CausalTest
        void races(ExecutorService pool) throws Exception {
            Future<?> first = pool.submit(() -> withdraw(100));
            Future<?> second = pool.submit(() -> withdraw(200));
            first.get();
            second.get();
        }

        @CausalTest
        void locks(ExecutorService pool, TestInfo info) throws Exception {
            Future<?> first = pool.submit(() -> withdrawLocked(100));
            Future<?> second = pool.submit(() -> withdrawLocked(200));
            first.get();
            second.get();
        }

        @CausalTest
        void racesAndFails(ExecutorService pool) throws Exception {
            races(pool);
            Assertions.fail("of its own");
        }

        @CausalTest
        void racesAndIsAborted(ExecutorService pool) throws Exception {
            races(pool);
            Assumptions.abort("not here");
        }

        @CausalTest
        void racesWithAStrayTask(ExecutorService pool) {
            pool.execute(() -> withdraw(1));
            pool.execute(() -> withdraw(2));
        }

        @CausalTest(failOn = Race.Verdict.POSSIBLE)
        void isLucky(Recorder recorder, ExecutorService pool) throws Exception {
            CountDownLatch done = new CountDownLatch(1);
            Future<?> first = pool.submit(() -> {
                withdraw(100);
                withdrawLocked(1);
                done.countDown();
            });
            done.await();
            withdrawLocked(2);
            first.get();
        }

        @CausalTest
        void isLuckyAndContent(Recorder recorder, ExecutorService pool) throws Exception {
            isLucky(recorder, pool);
        }

        @CausalTest
        void deadlocksUnasked(Recorder recorder, ExecutorService pool) throws Exception {
            deadlocks(recorder, pool);
        }

        @CausalTest(findings = Finding.DEADLOCK, failOn = Race.Verdict.POSSIBLE)
        void deadlocks(Recorder recorder, ExecutorService pool) throws Exception {
            TrackedLock other = recorder.lock("other");
            Future<?> first = pool.submit(() -> takeBoth(lock, other));
            Future<?> second = pool.submit(() -> takeBoth(other, lock));
            first.get();
            second.get();
        }

        private static synchronized void takeBoth(TrackedLock one, TrackedLock two) {
            one.lock();
            try {
                assertThat(two.tryLock()).isTrue();
                two.unlock();
            } finally {
                one.unlock();
            }
        }

        @CausalTest
        void misuses(Recorder recorder) {
            Scope scope = recorder.begin("pay");
            scope.close();
            scope.close();
        }
    }

    /** Tests that take a parameter or none. */
    static class Bare {
        @CausalTest
        void recordsNothing(ExecutorService pool) throws Exception {
            pool.submit(() -> {}).get();
        }

        @CausalTest
        void racesUnderAHostileName(Recorder recorder, ExecutorService pool) throws Exception {
            Tracked<Integer> hostile = recorder.tracked("</pre><script>&", 0);
            Future<?> first = pool.submit(() -> hostile.set(1));
            Future<?> second = pool.submit(() -> hostile.set(2));
            first.get();
            second.get();
        }

        @CausalTest(schedules = 400)
        void racesInSomeSchedules(Recorder recorder, ExecutorService pool) throws Exception {
            Tracked<Integer> config = recorder.tracked("config", 0);
            var published = recorder.atomicReference("published", false);
            Future<?> writer = pool.submit(() -> {
                config.set(1);
                published.set(true);
            });
            Future<?> reader = pool.submit(() -> {
                if (!published.get()) {
                    config.get(); // not there yet: takes what there is
                }
            });
            writer.get();
            reader.get();
        }

        @CausalTest(schedules = 3, seed = 5)
        void fails(Recorder recorder) {
            recorder.tracked("x", 0).set(1);
            Assertions.fail("of its own");
        }

        @CausalTest(schedules = 4)
        void passes(Recorder recorder) {
            recorder.tracked("x", 0).set(1);
        }

        @CausalTest(schedules = 0)
        void neverRuns(Recorder recorder) {
            recorder.tracked("x", 0).set(1);
        }
    }

    private Launched runBare(String method, Map<String, String> parameters) {
        return Launched.of(Bare.class, method, pages, parameters);
    }

    private Path page(String method) {
        return pages.resolve(Sample.class.getName().replace('$', '.') + '.' + method + ".html");
    }

    @Test
    void aRaceFailsATestThatWentWellAndLeavesAPage() {
        String message = run("races").message();
        assertThat(message).contains("race on balance: CausalTestTest.java:", "CERTAIN", "worker-1", "worker-2");
        assertThat(message).endsWith("More: " + page("races") + "\n");
        assertThat(page("races")).content().contains("CausalTestTest.java:");
    }

    @Test
    void namesInAPageAreTextAndNoMarkup() {
        runBare("racesUnderAHostileName", Map.of());
        assertThat(pages.resolve(Bare.class.getName().replace('$', '.') + ".racesUnderAHostileName.html"))
                .content()
                .contains("\\u003c/pre", "<title>" + Bare.class.getName().replace('$', '.'))
                .doesNotContain("</pre><script>");
    }

    @Test
    void theFailurePointsToTheTest() {
        assertThat(run("races").only().failure().getStackTrace())
                .singleElement()
                .satisfies(frame -> {
                    assertThat(frame.getClassName()).isEqualTo(Sample.class.getName());
                    assertThat(frame.getMethodName()).isEqualTo("races");
                });
    }

    @Test
    void theSameTestPassesWithALockAndLeavesNoPage() {
        assertThat(run("locks").only().passed()).isTrue();
        assertThat(pages).isEmptyDirectory();
    }

    @Test
    void toATestThatFailsAnyhowTheRaceIsAdded() {
        Throwable failure = run("racesAndFails").only().failure();
        assertThat(failure).isInstanceOf(AssertionFailedError.class).hasMessage("of its own");
        assertThat(failure.getSuppressed()).singleElement().asString().contains("race on balance");
        assertThat(page("racesAndFails")).exists();
    }

    @Test
    void anAbortedTestStaysAborted() {
        assertThat(run("racesAndIsAborted").only().result().getStatus()).isEqualTo(TestExecutionResult.Status.ABORTED);
    }

    @Test
    void workThatTheTestDidNotWaitForIsWaitedFor() {
        for (int i = 0; i < 20; i++) {
            String message = run("racesWithAStrayTask").message();
            assertThat(message).contains("task 1: executed work", "task 2: executed work", "CERTAIN");
        }
    }

    @Test
    void workThatDoesNotEndIsInterruptedAndFails() throws Exception {
        Workers workers = new Workers(Recorder.create("test"));
        CountDownLatch interrupted = new CountDownLatch(1);
        workers.executor().execute(() -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        assertThat(workers.close(Duration.ZERO)).contains("still ran 0 seconds after the test; wait for its futures");
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void possibleRacesFailOnRequest() {
        assertThat(run("isLucky").message()).contains("POSSIBLE");
        assertThat(run("isLuckyAndContent").only().passed()).isTrue();
    }

    @Test
    void deadlocksFailOnRequest() {
        assertThat(run("deadlocks").message()).startsWith("deadlock on ").contains("asks for lock", "asks for other");
        assertThat(run("deadlocksUnasked").only().passed()).isTrue();
    }

    @Test
    void misusesOfTheRecorderFail() {
        assertThat(run("misuses").only().failure()).hasMessageContaining("operation \"pay\" was ended twice");
    }

    @Test
    void aTestThatRecordsNothingFails() {
        assertThat(runBare("recordsNothing", Map.of()).message())
                .contains("recorded nothing that could race")
                .contains("recorder.tracked");
    }

    @Test
    void schedulesBringOutARaceThatMostRunsMissAndSayHowToRunItAgain() {
        List<Launched.Run> runs = runBare("racesInSomeSchedules", Map.of()).runs;
        Launched.Run last = runs.get(runs.size() - 1);
        int seed = runs.size() - 1;
        assertThat(runs).filteredOn(Launched.Run::passed).hasSize(seed);
        assertThat(last.name()).isEqualTo("seed " + seed);
        assertThat(last.failure())
                .hasMessageContaining("race on config")
                .hasMessageContaining("Seed " + seed + ", schedule " + (seed + 1) + " of 400."
                        + " Again with the same delays: @CausalTest(seed = " + seed + ") or -Dclockwork.seed=" + seed);
    }

    @Test
    void noScheduleIsRunAfterOneThatFailed() {
        Launched.Run only = runBare("fails", Map.of()).only();
        assertThat(only.name()).isEqualTo("seed 5");
        assertThat(only.failure()).hasMessage("of its own");
        assertThat(only.failure().getSuppressed()).singleElement().asString().contains("Seed 5, schedule 1 of 3.");
    }

    @Test
    void parametersOfJUnitChooseSeedAndSchedules() {
        assertThat(runBare("passes", Map.of()).runs).hasSize(4);
        assertThat(runBare("passes", Map.of("clockwork.schedules", "7")).runs)
                .extracting(Launched.Run::name)
                .containsExactly("seed 0", "seed 1", "seed 2", "seed 3", "seed 4", "seed 5", "seed 6");
        assertThat(runBare("passes", Map.of("clockwork.seed", "17")).only().name())
                .isEqualTo("seed 17");
        assertThat(runBare("passes", Map.of("clockwork.seed", "x")).message())
                .isEqualTo("configuration parameter clockwork.seed must be a whole number, was \"x\"");
        assertThat(runBare("neverRuns", Map.of()).message()).isEqualTo("schedules must be at least 1, was 0");
    }

    @Test
    void testsThatRunAtATimeAreRecordedApart() {
        Map<String, String> parallel = Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "8",
                "junit.jupiter.execution.parallel.config.executor-service", "WORKER_THREAD_POOL",
                "clockwork.schedules", "8");
        List<Launched.Run> runs = Launched.of(Parallel.class, "", pages, parallel).runs;
        assertThat(runs).hasSizeGreaterThanOrEqualTo(8);
        for (Launched.Run run : runs) {
            if (!run.passed()) {
                assertThat(run.failure()).hasMessageContaining("race on racing: CausalTestTest.java:");
                assertThat(run.failure().getMessage())
                        .contains("3 tasks, 1 trace")
                        .doesNotContain("quiet");
            }
        }
        assertThat(runs).anyMatch(run -> !run.passed());
        assertThat(runs).filteredOn(Launched.Run::passed).hasSize(8);
    }

    /** Tests that run at a time, each under eight schedules. */
    static class Parallel {
        @CausalTest
        void races(Recorder recorder, ExecutorService pool) throws Exception {
            Tracked<Integer> racing = recorder.tracked("racing", 0);
            Future<?> first = pool.submit(() -> racing.set(1));
            Future<?> second = pool.submit(() -> racing.set(2));
            first.get();
            second.get();
        }

        @CausalTest
        void isQuiet(Recorder recorder, ExecutorService pool) throws Exception {
            Tracked<Integer> quiet = recorder.tracked("quiet", 0);
            pool.submit(() -> quiet.set(1)).get();
            pool.submit(() -> quiet.set(2)).get();
        }
    }
}
