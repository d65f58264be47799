package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What several traces do to one variable, which no trace shows by itself.
 *
 * @param races the races between tasks of different traces, the surest and worst first
 * @param variables the variables that several traces accessed, at least one of them writing, in order of name
 */
public record CrossTrace(List<Race> races, List<Variable> variables) {
    /** Creates a result of copies of the lists. */
    public CrossTrace {
        races = List.copyOf(races);
        variables = List.copyOf(variables);
    }

    /**
     * A variable that several traces share.
     *
     * @param name the variable's name
     * @param traces how many traces accessed it
     * @param accesses how many times they did
     * @param races how many races between traces there are about it
     */
    public record Variable(String name, int traces, int accesses, int races) {}

    private static final class Tally {
        final Set<Integer> traces = new HashSet<>();
        int accesses;
        boolean written;
    }

    /** {@return what the traces of a log do to the variables that they share} */
    public static CrossTrace of(EventLog log) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List<Race> races = new ArrayList<>();
        for (Race race : RaceDetector.run(log, CausalGraph.of(log), true).races()) {
            races.add(race);
            counts.merge(race.variable(), 1, Integer::sum);
        }
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (int e = 0; e < log.size(); e++) {
            if (Accesses.isAccess(log.kind(e))) {
                Tally tally = tallies.computeIfAbsent(log.subject(e), name -> new Tally());
                tally.accesses++;
                tally.traces.add(log.trace(log.task(e)));
                tally.written |= Accesses.writes(log.kind(e));
            }
        }
        List<Variable> variables = new ArrayList<>();
        tallies.forEach((name, tally) -> {
            if (tally.traces.size() > 1 && tally.written) {
                variables.add(new Variable(name, tally.traces.size(), tally.accesses, counts.getOrDefault(name, 0)));
            }
        });
        variables.sort(Comparator.comparing(Variable::name));
        return new CrossTrace(races, variables);
    }
}
