package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.record.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many pairs race, and which one is shown, where the boundaries are. */
class RaceCountsTest {
    private final EventLogBuilder builder = EventLog.builder();
    private final int trace = builder.trace("trace");
    private final int left = builder.task(trace, "service", "left");
    private final int right = builder.task(trace, "service", "right");

    private int access(int task, EventKind kind) {
        return builder.event(task, kind, "x");
    }

    private Race race() {
        List<Race> races = Report.of(builder.build()).races();
        assertThat(races).hasSize(1);
        return races.get(0);
    }

    @Test
    void pairsAreCountedFromTheFirstAccessThatIsNotKnown() {
        access(left, EventKind.WRITE);
        int known = access(left, EventKind.WRITE);
        for (int i = 0; i < 7; i++) {
            access(left, EventKind.WRITE);
        }
        int read = access(right, EventKind.READ);
        builder.causes(known, read);
        assertThat(race().count()).isEqualTo(7);
        assertThat(race().verdict()).isEqualTo(Verdict.CERTAIN);
    }

    @Test
    void theLastAccessBeforeIsTheOneThatIsShown() {
        access(left, EventKind.WRITE);
        int last = access(left, EventKind.WRITE);
        int first = access(right, EventKind.READ);
        access(right, EventKind.READ);
        Race race = race();
        assertThat(race.first().event()).isEqualTo(last);
        assertThat(race.second().event()).isEqualTo(first);
        assertThat(race.count()).isEqualTo(4);
    }

    @Test
    void aKnownLastAccessLeavesNothing() {
        access(left, EventKind.WRITE);
        int last = access(left, EventKind.WRITE);
        builder.causes(last, access(right, EventKind.READ));
        assertThat(Report.of(builder.build()).races()).isEmpty();
    }

    @Test
    void pairsThatOnlySyncOrdersCountToo() {
        access(left, EventKind.WRITE);
        int released = builder.event(left, EventKind.RELEASE, "lock");
        access(left, EventKind.WRITE);
        int acquired = builder.event(right, EventKind.ACQUIRE, "lock");
        builder.precedes(released, acquired);
        builder.event(right, EventKind.RELEASE, "lock");
        access(right, EventKind.WRITE);
        assertThat(race().count()).isEqualTo(2);
        assertThat(race().verdict()).isEqualTo(Verdict.CERTAIN);
        assertThat(race().kind()).isEqualTo(Kind.WRITE_WRITE);
    }

    @Test
    void aSurerPairIsShownInPlaceOfAnEarlierOne() {
        int third = builder.task(trace, "service", "third");
        int write = access(left, EventKind.WRITE);
        int acquired = builder.event(right, EventKind.ACQUIRE, "lock");
        builder.precedes(write, acquired);
        builder.event(right, EventKind.RELEASE, "lock");
        access(right, EventKind.WRITE);
        int certain = access(third, EventKind.WRITE);
        Race race = race();
        assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
        assertThat(race.second().event()).isEqualTo(certain);
        assertThat(race.count()).isEqualTo(3);
    }

    @Test
    void aLostUpdateIsShownInPlaceOfAnEarlierOverwriting() {
        int third = builder.task(trace, "service", "third");
        builder.value(access(left, EventKind.READ), 5);
        builder.value(access(right, EventKind.READ), 5);
        int first = access(left, EventKind.WRITE);
        builder.value(first, 6);
        builder.value(access(third, EventKind.WRITE), 9);
        int second = access(right, EventKind.WRITE);
        builder.value(second, 6);
        assertThat(Report.of(builder.build()).races())
                .filteredOn(race -> race.first().write() && race.second().write())
                .singleElement()
                .satisfies(race -> {
                    assertThat(race.kind()).isEqualTo(Kind.LOST_UPDATE);
                    assertThat(race.first().event()).isEqualTo(first);
                    assertThat(race.second().event()).isEqualTo(second);
                    assertThat(race.witness()).extracting(Access::event).containsExactly(0, 1, first, second);
                });
    }

    @Test
    void whatSawTheFirstEventRacesWithItLikelyOnly() {
        access(left, EventKind.WRITE);
        access(right, EventKind.READ);
        access(right, EventKind.WRITE);
        assertThat(Report.of(builder.build()).races())
                .extracting(Race::kind, Race::verdict)
                .containsExactly(tuple(Kind.READ_WRITE, Verdict.CERTAIN), tuple(Kind.WRITE_WRITE, Verdict.LIKELY));
    }

    @Test
    void aSharedHoldAndAnExclusiveOneKeepApartAndTwoSharedOnesDoNot() {
        assertThat(racesUnder(EventKind.ACQUIRE_SHARED, EventKind.ACQUIRE)).isEmpty();
        assertThat(racesUnder(EventKind.ACQUIRE, EventKind.ACQUIRE_SHARED)).isEmpty();
        assertThat(racesUnder(EventKind.ACQUIRE, EventKind.ACQUIRE)).isEmpty();
        assertThat(racesUnder(EventKind.ACQUIRE_SHARED, EventKind.ACQUIRE_SHARED))
                .extracting(Race::verdict)
                .containsExactly(Verdict.POSSIBLE);
    }

    private static List<Race> racesUnder(EventKind first, EventKind second) {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("trace");
        int released = -1;
        for (EventKind kind : List.of(first, second)) {
            int task = log.task(trace, "service", kind.name());
            int acquire = log.event(task, kind, "lock");
            if (released >= 0) {
                log.precedes(released, acquire);
            }
            log.event(task, EventKind.WRITE, "x");
            boolean shared = kind == EventKind.ACQUIRE_SHARED;
            released = log.event(task, shared ? EventKind.RELEASE_SHARED : EventKind.RELEASE, "lock");
        }
        Report report = Report.of(log.build());
        assertThat(report.variables())
                .singleElement()
                .satisfies(variable -> assertThat(variable.commonLocks()).containsExactly("lock"));
        return report.races();
    }

    @Test
    void variablesTellTasksAccessesAndRaces() {
        access(left, EventKind.WRITE);
        access(right, EventKind.READ);
        access(right, EventKind.WRITE);
        builder.event(left, EventKind.WRITE, "own");
        builder.event(left, EventKind.READ, "read");
        builder.event(right, EventKind.READ, "read");
        assertThat(Report.of(builder.build()).variables()).containsExactly(new SharedVariable("x", 2, 3, 2, List.of()));
    }

    @Test
    void aWriteAfterAllAccessesEndsWhatMayRaceWithThem() {
        access(left, EventKind.READ);
        int before = access(right, EventKind.READ);
        int write = access(left, EventKind.WRITE);
        builder.causes(before, write);
        int task = builder.task(trace, "service", "later");
        builder.causes(write, access(task, EventKind.WRITE));
        assertThat(Report.of(builder.build()).races()).isEmpty();
    }

    @Test
    void aWriteThatSeesNotAllAccessesDoesNotHideTheOthers() {
        access(left, EventKind.READ);
        access(right, EventKind.READ);
        int write = access(left, EventKind.WRITE);
        builder.causes(write, access(builder.task(trace, "service", "later"), EventKind.WRITE));
        assertThat(Report.of(builder.build()).races())
                .extracting(race -> race.first().task() + ' ' + race.second().task() + ' ' + race.count())
                .containsExactly("right left 2");
    }

    @Test
    void aNewTaskRacesWithAllThatWasEverDone() {
        int released = -1;
        for (int i = 0; i < 30_000; i++) {
            int task = i % 2 == 0 ? left : right;
            int acquired = builder.event(task, EventKind.ACQUIRE, "lock");
            if (released >= 0) {
                builder.precedes(released, acquired);
            }
            access(task, EventKind.WRITE);
            released = builder.event(task, EventKind.RELEASE, "lock");
        }
        access(builder.task(trace, "service", "new"), EventKind.READ);
        Race race = race();
        assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
        assertThat(race.count()).isEqualTo(30_000);
        assertThat(race.first().task()).isEqualTo("right");
        assertThat(race.first().locks()).containsExactly("lock");
    }

    @Test
    void asManyTasksAsAreComparedAreAllCounted() {
        Report report = afterWritesBy(RaceDetector.MAX_RACING);
        assertThat(report.races())
                .extracting(Race::kind, Race::count)
                .containsExactly(tuple(Kind.READ_WRITE, RaceDetector.MAX_RACING));
        assertThat(report.diagnostics()).extracting(Diagnostic::code).doesNotContain("RACES_NOT_COUNTED");
    }

    @Test
    void moreTasksAreNotAllCountedAndTheReportSaysSo() {
        Report report = afterWritesBy(RaceDetector.MAX_RACING + 1);
        assertThat(report.races())
                .extracting(Race::kind, Race::count)
                .containsExactly(tuple(Kind.READ_WRITE, RaceDetector.MAX_RACING));
        assertThat(report.diagnostics()).extracting(Diagnostic::code).contains("RACES_NOT_COUNTED");
    }

    /** A read of what that many tasks wrote in the order of a lock, each in a trace of its own, but without that lock. */
    private Report afterWritesBy(int tasks) {
        int released = -1;
        for (int i = 0; i < tasks; i++) {
            int task = builder.task(builder.trace("trace " + i), "service", "writer " + i);
            int acquired = builder.event(task, EventKind.ACQUIRE, "lock");
            if (released >= 0) {
                builder.precedes(released, acquired);
            }
            access(task, EventKind.WRITE);
            released = builder.event(task, EventKind.RELEASE, "lock");
        }
        access(left, EventKind.READ);
        return Report.of(builder.build());
    }

    @Test
    void aRareSiteIsFoundAmongManyTasks() {
        int rare = access(left, EventKind.WRITE);
        builder.site(rare, "Rare.java:1");
        afterWritesBy(2 * RaceDetector.MAX_RACING);
        List<Race> races = Report.of(builder.build()).races();
        assertThat(races).anySatisfy(race -> {
            assertThat(race.first().event()).isEqualTo(rare);
            assertThat(race.count()).isEqualTo(2 * RaceDetector.MAX_RACING);
        });
    }
}
