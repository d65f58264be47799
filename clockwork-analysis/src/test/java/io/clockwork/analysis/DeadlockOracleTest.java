package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.LockProgram.Runs;
import io.clockwork.analysis.LockProgram.State;
import io.clockwork.analysis.LockProgram.Step;
import io.clockwork.analysis.Race.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** What is predicted from one run, held against all runs that there are. */
class DeadlockOracleTest {
    @Property(tries = 2000)
    void agreesWithAllRunsOfTheProgram(@ForAll long seed, @ForAll @IntRange(min = 8, max = 30) int length) {
        LockProgram program = new LockProgram(seed, length);
        Set<List<String>> certain = new HashSet<>();
        Set<List<String>> reported = new HashSet<>();
        for (Deadlock deadlock : DeadlockDetector.run(program.log).deadlocks()) {
            List<String> key = deadlock.sides().stream()
                    .map(side -> key(program.log, side.event()))
                    .sorted()
                    .toList();
            reported.add(key);
            if (deadlock.verdict() == Verdict.CERTAIN) {
                certain.add(key);
            }
        }
        Set<List<String>> all = reachable(program, Runs.ALL);
        Set<List<String>> sameReads = reachable(program, Runs.SAME_READS);
        Set<List<String>> preserving = reachable(program, Runs.SYNC_PRESERVING);
        assertThat(certain).isEqualTo(preserving);
        assertThat(sameReads).containsAll(certain);
        assertThat(reported).containsAll(all);
        Statistics.label("deadlock").collect(all.isEmpty() ? "none" : certain.isEmpty() ? "possible" : "certain");
        Statistics.label("deadlock").coverage(coverage -> {
            coverage.check("possible").percentage(share -> share > 0.5);
            coverage.check("certain").percentage(share -> share > 5);
        });
    }

    private static String key(EventLog log, int event) {
        return log.subject(event) + ' ' + log.kind(event) + " at " + log.site(event);
    }

    /** {@return the circles of waiting tasks at any point of the runs, by what is asked for where} */
    private static Set<List<String>> reachable(LockProgram program, Runs runs) {
        Set<List<String>> circles = new HashSet<>();
        program.explore(runs, state -> {
            for (int task = 0; task < program.tasks.size(); task++) {
                follow(program, state, runs, new ArrayList<>(List.of(task)), circles);
            }
        });
        return circles;
    }

    private static void follow(
            LockProgram program, State state, Runs runs, List<Integer> path, Set<List<String>> circles) {
        int last = path.get(path.size() - 1);
        if (!program.isAtNext(state, last, runs)) {
            return;
        }
        for (int blocker : program.blockers(state, last)) {
            if (blocker == path.get(0)) {
                Set<String> keys = new TreeSet<>();
                Set<Integer> locks = new HashSet<>();
                for (int task : path) {
                    Step next = Objects.requireNonNull(program.next(state, task));
                    keys.add(key(program.log, next.number()));
                    locks.add(next.subject());
                }
                if (locks.size() == path.size()) {
                    circles.add(List.copyOf(keys));
                }
            } else if (!path.contains(blocker)) {
                List<Integer> longer = new ArrayList<>(path);
                longer.add(blocker);
                follow(program, state, runs, longer, circles);
            }
        }
    }
}
