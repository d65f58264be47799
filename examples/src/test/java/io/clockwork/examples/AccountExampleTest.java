package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.clockwork.record.Recorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A test with a race fails with a message that names the bug and its two lines; with the lock it passes. */
class AccountExampleTest {
    @TempDir
    Path pages;

    @Test
    void theMessageNamesTheBugAndTheTwoLines() {
        assertThat(run("aWithdrawalDuringACheck").getThrowable().orElseThrow())
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        """
                        lost-update race on balance: Account.java:17 and Account.java:19, and 1 more

                        Found 2 certain races; the first: a lost update on balance.
                        11 events, 3 tasks, 1 trace

                        RACES   2 certain, 0 likely, 0 possible
                        1. LOST UPDATE on balance   CERTAIN
                           task 1: submitted work                task 2: submitted work
                           thread worker-1                       thread worker-2
                           ------------------------------------  ------------------------------------
                           read 1000            Account.java:17
                                                                 read 1000            Account.java:17
                                                                 write 800            Account.java:19
                           write 900            Account.java:19
                           1000 -> 900 and 1000 -> 800: both started from the same value, so one of the
                           updates is lost.
                           Nothing orders them: no fork, join, message or lock leads from one to the
                           other.

                        2. READ-WRITE RACE on balance   CERTAIN   seen 2 times
                           task 1: submitted work                task 2: submitted work
                           thread worker-1                       thread worker-2
                           ------------------------------------  ------------------------------------
                           read 1000            Account.java:17
                                                                 write 800            Account.java:19
                           Nothing orders them: no fork, join, message or lock leads from one to the
                           other.

                        More: %s
                        """.formatted(pages.resolve(AccountExample.class.getName() + ".aWithdrawalDuringACheck.html")));
    }

    @Test
    void theSameTestPassesWithALock() {
        assertThat(run("aWithdrawalDuringACheckOfALockedAccount").getStatus())
                .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    }

    /** Which of both comes first is not known here, and neither is whether an update was lost; the race is certain. */
    @Test
    void theRaceIsFoundInARunThatGoesWell() {
        assertThat(run("twoWithdrawalsAtATime").getThrowable().orElseThrow())
                .hasMessageContaining("race on balance: Account.java:")
                .hasMessageContaining("CERTAIN");
        assertThat(run("twoWithdrawalsAtATimeOfALockedAccount").getStatus())
                .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    }

    private TestExecutionResult run(String method) {
        List<TestExecutionResult> results = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(
                                        AccountExample.class, method, Recorder.class, ExecutorService.class))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .configurationParameter("clockwork.reports", pages.toString())
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    results.add(result);
                                }
                            }
                        });
        assertThat(results).hasSize(1);
        return results.get(0);
    }
}
