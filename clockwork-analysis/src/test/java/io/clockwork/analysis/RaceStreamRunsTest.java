package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Runs with a certain shape: wide, long, odd. */
class RaceStreamRunsTest {
    private final RaceStream stream = RaceStream.ofVerdicts();

    @Test
    void aMillionShortThreadsTakeAsManySlotsAsRunAtATime() {
        for (int thread = 1; thread <= 1_000_000; thread++) {
            stream.add(RaceStream.FORK, 0, thread, 1);
            stream.add(RaceStream.WRITE, thread, thread % 100, 2);
            if (thread > 50) {
                stream.add(RaceStream.JOIN, 0, thread - 50, 3);
            }
        }
        assertThat(stream.width()).isLessThanOrEqualTo(52);
        assertThat(stream.threads()).isEqualTo(1_000_001);
        assertThat(stream.racyEvents()).isZero();
    }

    @Test
    void memoryOfAHotVariableDoesNotGrowWithItsAccesses() {
        for (int i = 0; i < 200_000; i++) {
            int thread = i % 4;
            stream.add(RaceStream.ACQUIRE, thread, 0, 1);
            stream.add(RaceStream.READ, thread, 0, 2);
            stream.add(RaceStream.WRITE, thread, 0, 3);
            stream.add(RaceStream.RELEASE, thread, 0, 4);
            if (i % 10 == 0) {
                stream.add(RaceStream.WRITE, thread, 1, 5);
            }
        }
        assertThat(stream.engine().history.size(0)).isLessThan(200 * AccessHistory.RECORD);
        assertThat(stream.engine().history.size(1)).isLessThan(200 * AccessHistory.RECORD);
    }

    @Test
    void aNewThreadRacesWithAllThatWasEverDone() {
        for (int i = 0; i < 30_000; i++) {
            int thread = i % 3;
            stream.add(RaceStream.ACQUIRE, thread, 0, 1);
            stream.add(RaceStream.WRITE, thread, 0, 2);
            stream.add(RaceStream.RELEASE, thread, 0, 3);
        }
        stream.add(RaceStream.READ, 3, 0, 4);
        assertThat(stream.racyPairs()).isEqualTo(30_000);
        assertThat(stream.report(NumberNames.NUMBERS, List.of(), Suppressions.none())
                        .races())
                .singleElement()
                .satisfies(race -> {
                    assertThat(race.verdict()).isEqualTo(Race.Verdict.CERTAIN);
                    assertThat(race.count()).isEqualTo(30_000);
                    assertThat(race.first().locks()).containsExactly("lock 0");
                    assertThat(race.second().locks()).isEmpty();
                    assertThat(race.first().thread()).isEqualTo("thread 2");
                    assertThat(race.second().site()).isEqualTo("line 4");
                });
    }

    @Test
    void aSecondLookTellsTheSameAsOneAlone() {
        RaceStream candidates = RaceStream.ofCandidates();
        List.of(stream, candidates).forEach(RaceStreamRunsTest::someRaces);
        RaceStream second = candidates.verdicts();
        someRaces(second);
        Report report = second.report(NumberNames.NUMBERS, List.of(), Suppressions.none());
        assertThat(report).isEqualTo(stream.report(NumberNames.NUMBERS, List.of(), Suppressions.none()));
        assertThat(report.variables())
                .extracting(
                        SharedVariable::name, SharedVariable::tasks, SharedVariable::accesses, SharedVariable::races)
                .containsExactly(tuple("x1", 3, 300, 1), tuple("x2", 2, 2, 1), tuple("x3", 3, 300, 0));
        assertThat(second.engine().history.size(1)).isPositive();
        assertThat(second.engine().history.size(3)).isZero();
        assertThat(second.engine().history.size(4)).isZero();
        assertThatThrownBy(second::verdicts).hasMessageContaining("begin with ofCandidates()");
        assertThatThrownBy(second::sitePairs).hasMessageContaining("begin with ofRacyEvents()");
    }

    private static void someRaces(RaceStream stream) {
        for (int i = 0; i < 300; i++) {
            int thread = i % 3;
            stream.add(RaceStream.WRITE, thread, 4 + thread, 1);
            stream.add(RaceStream.ACQUIRE, thread, 0, 1);
            stream.add(RaceStream.WRITE, thread, 3, 2);
            stream.add(RaceStream.RELEASE, thread, 0, 3);
            stream.add(RaceStream.WRITE, thread, 1, 4);
        }
        stream.add(RaceStream.ACQUIRE, 0, 0, 1);
        stream.add(RaceStream.WRITE, 0, 2, 5);
        stream.add(RaceStream.RELEASE, 0, 0, 3);
        stream.add(RaceStream.ACQUIRE, 1, 0, 1);
        stream.add(RaceStream.RELEASE, 1, 0, 3);
        stream.add(RaceStream.READ, 1, 2, 6);
    }

    @Test
    void whatIsOddIsCounted() {
        stream.add(RaceStream.RELEASE, 0, 0, 1);
        stream.add(RaceStream.ACQUIRE, 0, 0, 1);
        stream.add(RaceStream.ACQUIRE, 0, 0, 1);
        stream.add(RaceStream.ACQUIRE, 1, 0, 1);
        stream.add(RaceStream.FORK, 0, 1, 1);
        stream.add(RaceStream.JOIN, 0, 2, 1);
        stream.add(RaceStream.JOIN, 0, 1, 1);
        stream.add(RaceStream.READ, 1, 0, 1);
        assertThat(stream.diagnostics())
                .extracting(diagnostic ->
                        diagnostic.code() + " " + diagnostic.message().split(" ", -1)[0])
                .containsExactly(
                        "ACQUIRE_OF_HELD_LOCK 1",
                        "REENTRANT_ACQUIRE 1",
                        "RELEASE_BY_NON_HOLDER 1",
                        "JOIN_OF_SILENT_THREAD 1",
                        "FORK_OF_RUNNING_THREAD 1",
                        "EVENT_AFTER_JOIN 1");
    }

    @Test
    void aReentrantHoldEndsWithItsLastRelease() {
        stream.add(RaceStream.ACQUIRE, 0, 0, 1);
        stream.add(RaceStream.ACQUIRE, 0, 0, 1);
        stream.add(RaceStream.RELEASE, 0, 0, 1);
        stream.add(RaceStream.WRITE, 0, 0, 2);
        stream.add(RaceStream.RELEASE, 0, 0, 1);
        stream.add(RaceStream.ACQUIRE, 1, 0, 1);
        stream.add(RaceStream.WRITE, 1, 0, 3);
        stream.add(RaceStream.RELEASE, 1, 0, 1);
        Report report = stream.report(NumberNames.NUMBERS, List.of(), Suppressions.none());
        assertThat(report.races()).isEmpty();
        assertThat(report.variables()).containsExactly(new SharedVariable("x0", 2, 2, 0, List.of("lock 0")));
    }

    @Test
    void tooManyThreadsAtATimeAreRefused() {
        for (int thread = 0; thread < 32_768; thread++) {
            stream.add(RaceStream.OTHER, thread, 0, 0);
        }
        assertThatThrownBy(() -> stream.add(RaceStream.OTHER, 32_768, 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than 32768 threads run at a time, at event 32769");
    }

    @Test
    void aSmallStackIsEnough() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, this::run256Threads, "small", 128 << 10);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
        assertThat(stream.width()).isEqualTo(257);
    }

    private void run256Threads() {
        for (int thread = 1; thread <= 256; thread++) {
            stream.add(RaceStream.FORK, 0, thread, 0);
        }
        for (int i = 0; i < 100_000; i++) {
            int thread = 1 + i % 256;
            stream.add(RaceStream.ACQUIRE, thread, i % 10, 1);
            stream.add(RaceStream.WRITE, thread, i % 10, 2);
            stream.add(RaceStream.RELEASE, thread, i % 10, 3);
        }
    }
}
