package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.ThreadProgram.Op;
import io.clockwork.analysis.ThreadProgram.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RaceStreamTest {
    @Property(tries = 2000)
    void findsWhatBruteForceFinds(@ForAll long seed, @ForAll @IntRange(min = 5, max = 150) int length) {
        agrees(new ThreadProgram(seed, length, false));
    }

    @Property(tries = 2000)
    void findsWhatBruteForceFindsInOddRuns(@ForAll long seed, @ForAll @IntRange(min = 5, max = 150) int length) {
        agrees(new ThreadProgram(seed, length, true));
    }

    @Property(tries = 12)
    void countsTheSameOnceItKeepsGroupsOnly(@ForAll long seed) {
        agrees(new ThreadProgram(seed, 3000, false));
    }

    private static void agrees(ThreadProgram program) {
        List<String> pairs = new ArrayList<>();
        RaceStream listing = new RaceStream(
                RaceEngine.Detail.VERDICTS, (a, b, certain) -> pairs.add((a - 1) + " " + (b - 1) + " " + certain));
        RaceStream counting = RaceStream.ofVerdicts();
        RaceStream sitePairs = RaceStream.ofSitePairs();
        RaceStream racyEvents = RaceStream.ofRacyEvents();
        RaceStream candidates = RaceStream.ofCandidates();
        List<String> expectedPairs = new ArrayList<>();
        for (int b = 0; b < program.ops.size(); b++) {
            boolean racy = false;
            for (int a = 0; a < b; a++) {
                if (program.races(a, b)) {
                    racy = true;
                    expectedPairs.add(
                            a + " " + b + " " + !program.schedulable.get(b).get(a));
                }
            }
            Op op = program.ops.get(b);
            for (RaceStream stream : List.of(listing, counting, sitePairs, racyEvents, candidates)) {
                assertThat(stream.add(op.operation(), op.thread(), op.target(), op.site()))
                        .as("event %s", b)
                        .isEqualTo(racy);
            }
        }
        assertThat(pairs).containsExactlyInAnyOrderElementsOf(expectedPairs);
        Map<String, Truth> truths = program.truths();
        assertThat(found(listing, program)).isEqualTo(truths);
        assertThat(found(counting, program)).isEqualTo(truths);
        RaceStream second = candidates.verdicts();
        program.ops.forEach(op -> second.add(op.operation(), op.thread(), op.target(), op.site()));
        assertThat(found(second, program)).isEqualTo(truths);
        assertThat(second.racyEvents()).isEqualTo(counting.racyEvents());
        assertThat(second.racyPairs()).isEqualTo(counting.racyPairs());
        firstRaceIsTheFirst(second, program);
        RaceStream secondPairs = racyEvents.sitePairs();
        program.ops.forEach(op -> secondPairs.add(op.operation(), op.thread(), op.target(), op.site()));
        assertThat(found(secondPairs, program)).isEqualTo(found(sitePairs, program));
        assertThat(secondPairs.racyPairs()).isEqualTo(sitePairs.racyPairs());
        assertThat(sitePairs.racyPairs()).isEqualTo(counting.racyPairs()).isEqualTo(expectedPairs.size());
        firstRaceIsTheFirst(counting, program);
        firstRaceIsTheFirst(sitePairs, program);
    }

    private static Map<String, Truth> found(RaceStream stream, ThreadProgram program) {
        Map<String, Truth> found = new TreeMap<>();
        RaceFindings findings = stream.engine().findings;
        for (int f = 0; f < findings.size(); f++) {
            int a = findings.stamp(f, false) - 1;
            int b = findings.stamp(f, true) - 1;
            assertThat(program.conflict(a, b)).isTrue();
            assertThat(findings.task(f, false)).isEqualTo(program.ops.get(a).thread());
            assertThat(findings.task(f, true)).isEqualTo(program.ops.get(b).thread());
            found.put(program.places(a, b), new Truth(Race.Verdict.values()[findings.rank(f)], findings.count(f)));
        }
        return found;
    }

    private static void firstRaceIsTheFirst(RaceStream stream, ThreadProgram program) {
        List<Integer> partners = new ArrayList<>();
        int first = -1;
        for (int b = 0; b < program.ops.size() && first < 0; b++) {
            for (int a = 0; a < b; a++) {
                if (program.races(a, b)) {
                    first = b;
                    partners.add(a);
                }
            }
        }
        assertThat(stream.engine().firstRace() - 1).isEqualTo(first);
        if (first >= 0) {
            assertThat(stream.engine().earliestPartner() - 1).isEqualTo(partners.get(0));
            assertThat(stream.engine().latestPartner() - 1).isEqualTo(partners.get(partners.size() - 1));
        }
    }
}
