package io.clockwork.analysis;

import static io.clockwork.analysis.RaceStream.ACQUIRE;
import static io.clockwork.analysis.RaceStream.FORK;
import static io.clockwork.analysis.RaceStream.JOIN;
import static io.clockwork.analysis.RaceStream.OTHER;
import static io.clockwork.analysis.RaceStream.READ;
import static io.clockwork.analysis.RaceStream.RELEASE;
import static io.clockwork.analysis.RaceStream.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clockwork.analysis.Race.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that end and go on, and variables beside each other. */
class RaceStreamThreadsTest {
    private static final int X = 0;
    private static final int SITE = 1;
    private final RaceStream stream = RaceStream.ofVerdicts();

    private boolean add(int operation, int thread, int target) {
        return stream.add(operation, thread, target, SITE);
    }

    private Report report() {
        return stream.report(NumberNames.NUMBERS, List.of(), Suppressions.none());
    }

    private void forkAndEnd(int thread) {
        add(FORK, 0, thread);
        add(OTHER, thread, 0);
        add(JOIN, 0, thread);
    }

    @Test
    void aBatchIsAddedFromItsFirstToItsLast() {
        int[] batch = {
            RaceStream.head(WRITE, 9), 0, 1, //
            RaceStream.head(ACQUIRE, 1), 0, 2, //
            RaceStream.head(WRITE, 1), 5, 3, //
            RaceStream.head(READ, 2), 5, 4, //
            RaceStream.head(WRITE, 9), 0, 5
        };
        stream.addAll(batch, 3, 12);
        assertThat(stream.events()).isEqualTo(3);
        assertThat(stream.threads()).isEqualTo(2);
        assertThat(stream.racyEvents()).isEqualTo(1);
        assertThat(stream.racyVariables()).isEqualTo(1);
        assertThat(stream.racyPairs()).isEqualTo(1);
        assertThat(report().races()).singleElement().satisfies(race -> {
            assertThat(race.variable()).isEqualTo("x5");
            assertThat(race.first().thread()).isEqualTo("thread 1");
            assertThat(race.first().locks()).containsExactly("lock 0");
            assertThat(race.second().site()).isEqualTo("line 4");
        });
    }

    @Test
    void whatIsNoEventHasANumberOnly() {
        assertThat(stream.add(RaceStream.NOTHING, 3, 0, SITE)).isFalse();
        assertThat(stream.events()).isEqualTo(1);
        assertThat(stream.threads()).isZero();
        assertThat(stream.width()).isZero();
    }

    @Test
    void aThreadThatGoesOnAfterItsJoinKeepsItsPlaceWhileThatIsFree() {
        forkAndEnd(1);
        forkAndEnd(2);
        add(WRITE, 2, X);
        forkAndEnd(3);
        assertThat(stream.width()).isEqualTo(3);
        assertThat(add(WRITE, 3, X)).isTrue();
        assertThat(add(WRITE, 2, X)).isTrue();
    }

    @Test
    void aThreadWhosePlaceWasTakenGoesOnAfterItsEnd() {
        add(FORK, 0, 1);
        add(WRITE, 1, X);
        add(ACQUIRE, 0, 0);
        add(WRITE, 0, 1);
        add(RELEASE, 0, 0);
        add(ACQUIRE, 1, 0);
        add(RELEASE, 1, 0);
        add(JOIN, 0, 1);
        add(FORK, 0, 2);
        add(WRITE, 2, 2);
        assertThat(stream.width()).isEqualTo(2);
        assertThat(add(WRITE, 1, X)).as("its own write").isFalse();
        assertThat(add(READ, 1, 1)).as("what it learned of by a lock").isFalse();
        assertThat(add(READ, 1, 2)).as("who took its place").isTrue();
        assertThat(stream.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("1 times a thread went on after it was joined");
        assertThat(report().races())
                .extracting(Race::variable, Race::verdict)
                .containsExactly(tuple("x2", Verdict.CERTAIN), tuple("x1", Verdict.POSSIBLE));
    }

    @Test
    void aThreadMayBeForkedAgainAfterItsPlaceWasTaken() {
        forkAndEnd(1);
        forkAndEnd(2);
        add(WRITE, 0, X);
        add(FORK, 0, 1);
        assertThat(add(WRITE, 1, X)).isFalse();
        assertThat(stream.width()).isEqualTo(3);
    }

    @Test
    void aThreadMayBeJoinedAgainAfterItsPlaceWasTaken() {
        add(FORK, 0, 3);
        add(OTHER, 3, 0);
        add(FORK, 0, 1);
        add(WRITE, 1, X);
        add(JOIN, 0, 1);
        add(FORK, 0, 2);
        add(WRITE, 2, 1);
        add(JOIN, 3, 1);
        assertThat(add(WRITE, 3, X)).as("what it joined").isFalse();
        assertThat(add(WRITE, 3, 1)).as("who took its place").isTrue();
    }

    @Test
    void aJoinAgainTellsOneMoreThreadOfTheEnd() {
        add(FORK, 0, 2);
        add(FORK, 0, 1);
        add(WRITE, 1, X);
        add(JOIN, 0, 1);
        add(JOIN, 2, 1);
        assertThat(add(WRITE, 2, X)).isFalse();
    }

    @Test
    void aThreadThatJoinsItselfGoesOn() {
        add(WRITE, 0, X);
        add(JOIN, 0, 0);
        assertThat(add(WRITE, 0, X)).isFalse();
        assertThat(stream.diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 257})
    void ofTheLast256EndsAllIsKnown(int ends) {
        add(FORK, 0, 1);
        add(WRITE, 1, X);
        add(JOIN, 0, 1);
        for (int thread = 2; thread < 2 + ends; thread++) {
            forkAndEnd(thread);
        }
        assertThat(stream.width()).isEqualTo(2);
        assertThat(add(WRITE, 1, X)).isEqualTo(ends > 256);
    }

    @Test
    void aLockThatAnotherThreadTakesIsHeldNoMore() {
        add(ACQUIRE, 0, 0);
        add(ACQUIRE, 1, 0);
        stream.add(WRITE, 0, X, 2);
        stream.add(WRITE, 1, X, 3);
        assertThat(report().races()).singleElement().satisfies(race -> {
            assertThat(race.first().locks()).isEmpty();
            assertThat(race.second().locks()).containsExactly("lock 0");
        });
    }

    @Test
    void aReadOfARacingWriteMakesWhatFollowsLikelyOnly() {
        stream.add(WRITE, 0, 1, 1);
        stream.add(WRITE, 0, X, 2);
        stream.add(READ, 1, X, 3);
        add(ACQUIRE, 1, 0);
        add(RELEASE, 1, 0);
        add(ACQUIRE, 2, 0);
        stream.add(READ, 2, 1, 4);
        add(FORK, 1, 3);
        stream.add(WRITE, 3, 1, 5);
        assertThat(report().races())
                .extracting(Race::variable, Race::verdict)
                .containsExactlyInAnyOrder(
                        tuple("x0", Verdict.CERTAIN),
                        tuple("x1", Verdict.LIKELY),
                        tuple("x1", Verdict.LIKELY),
                        tuple("x1", Verdict.CERTAIN));
    }

    @Test
    void aThreadThatGoesOnKnowsWhatItsReadsSaw() {
        add(FORK, 0, 1);
        stream.add(WRITE, 5, 1, 2);
        stream.add(WRITE, 5, X, 3);
        stream.add(READ, 1, X, 4);
        add(JOIN, 0, 1);
        add(FORK, 0, 2);
        add(OTHER, 2, 0);
        assertThat(stream.add(WRITE, 1, 1, 5)).isTrue();
        assertThat(stream.width()).isEqualTo(4);
        assertThat(report().races())
                .extracting(Race::variable, Race::verdict)
                .containsExactly(tuple("x0", Verdict.CERTAIN), tuple("x1", Verdict.LIKELY));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachOfManyLocksOrdersItsHoldersAndNobodyElse(boolean afterARacingRead) {
        if (afterARacingRead) {
            add(WRITE, 0, 1_000);
            add(READ, 1, 1_000);
        }
        for (int lock = 199; lock >= 0; lock--) {
            use(stream, 0, lock, lock, WRITE);
        }
        long racy = stream.racyEvents();
        // Whoever takes the lock that was given back first learns of the first write only.
        use(stream, 2, 199, 199, READ);
        assertThat(stream.racyEvents()).isEqualTo(racy);
        stream.add(READ, 2, 198, SITE);
        assertThat(stream.racyEvents()).isEqualTo(racy + 1);
        for (int lock = 198; lock >= 0; lock--) {
            use(stream, 3, lock, lock, READ);
        }
        assertThat(stream.racyEvents()).isEqualTo(racy + 1);
        assertThat(report().races())
                .filteredOn(race -> race.variable().equals("x198"))
                .singleElement()
                .satisfies(race -> assertThat(race.first().locks()).containsExactly("lock 198"));
    }

    private static void use(RaceStream stream, int thread, int lock, int variable, int operation) {
        stream.add(ACQUIRE, thread, lock, SITE);
        stream.add(operation, thread, variable, SITE);
        stream.add(RELEASE, thread, lock, SITE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachOfManyVariablesHasItsOwnUse(boolean inTwoLooks) {
        RaceStream last = stream;
        if (inTwoLooks) {
            RaceStream candidates = RaceStream.ofCandidates();
            useMany(candidates);
            last = candidates.verdicts();
        }
        useMany(last);
        Report report = last.report(NumberNames.NUMBERS, List.of(), Suppressions.none());
        assertThat(report.races())
                .hasSize(80)
                .allSatisfy(race -> assertThat(race.verdict())
                        .isEqualTo(number(race.variable()) % 5 == 2 ? Verdict.POSSIBLE : Verdict.CERTAIN));
        assertThat(report.variables()).hasSize(120).allSatisfy(variable -> {
            int role = number(variable.name()) % 5;
            assertThat(variable)
                    .extracting(
                            SharedVariable::tasks,
                            SharedVariable::accesses,
                            SharedVariable::races,
                            SharedVariable::commonLocks)
                    .containsExactly(2, 2, role == 1 ? 0 : 1, role == 1 ? List.of("lock 0") : List.of());
        });
    }

    private static int number(String variable) {
        return Integer.parseInt(variable, 1, variable.length(), 10);
    }

    /** In turn: one thread's own, guarded by a lock, handed over by it, written by both, and only read. */
    private static void useMany(RaceStream stream) {
        for (int x = 0; x < 200; x++) {
            boolean guarded = x % 5 == 1 || x % 5 == 2;
            use(stream, 0, x, x % 5 == 4 ? READ : WRITE, guarded);
        }
        for (int x = 3; x < 200; x += 5) {
            use(stream, 1, x, WRITE, false);
        }
        for (int x = 0; x < 200; x++) {
            if (x % 5 == 3) {
                continue;
            }
            if (x % 5 == 2) {
                stream.add(ACQUIRE, 1, 0, SITE);
                stream.add(RELEASE, 1, 0, SITE);
            }
            use(stream, x % 5 == 0 ? 0 : 1, x, READ, x % 5 == 1);
        }
    }

    private static void use(RaceStream stream, int thread, int variable, int operation, boolean guarded) {
        if (guarded) {
            stream.add(ACQUIRE, thread, 0, SITE);
        }
        stream.add(operation, thread, variable, SITE + thread);
        if (guarded) {
            stream.add(RELEASE, thread, 0, SITE);
        }
    }
}
