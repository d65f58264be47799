package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * All findings about a log, as data; {@link #toText()} and {@link #toJson()} show them.
 *
 * @param events how many events the log has
 * @param tasks how many tasks
 * @param traces how many traces
 * @param races the races, the surest and worst first
 * @param variables the variables that several tasks shared, in order of name
 * @param orders the shape of each trace's causal order; empty for logs of nothing but timed operations, in which the
 *     order of most events is not recorded
 * @param criticalPaths what determined the time of each root operation
 * @param diagnostics what could not be used as it was
 */
public record Report(
        int events,
        int tasks,
        int traces,
        List<Race> races,
        List<SharedVariable> variables,
        List<CausalOrder> orders,
        List<CriticalPath> criticalPaths,
        List<Diagnostic> diagnostics) {
    /** Creates a report of copies of the lists. */
    public Report {
        races = List.copyOf(races);
        variables = List.copyOf(variables);
        orders = List.copyOf(orders);
        criticalPaths = List.copyOf(criticalPaths);
        diagnostics = List.copyOf(diagnostics);
    }

    /** {@return the findings about {@code log}} */
    public static Report of(EventLog log) {
        List<CausalOrder> orders = new ArrayList<>();
        RaceDetector.Result races = new RaceDetector.Result(List.of(), List.of());
        if (hasMoreThanOperations(log)) {
            CausalGraph graph = CausalGraph.of(log);
            races = RaceDetector.run(log, graph);
            orders.addAll(graph.orders());
        }
        return new Report(
                log.size(),
                log.taskCount(),
                log.traceCount(),
                races.races(),
                races.variables(),
                orders,
                CriticalPath.response(log),
                log.diagnostics());
    }

    private static boolean hasMoreThanOperations(EventLog log) {
        for (int e = 0; e < log.size(); e++) {
            switch (log.kind(e)) {
                case BEGIN, END -> {
                    continue;
                }
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return how many races have {@code verdict}} */
    public long count(Race.Verdict verdict) {
        return races.stream().filter(race -> race.verdict() == verdict).count();
    }

    /** {@return the report for people: plain text, at most 80 columns but for long names} */
    public String toText() {
        return new TextReport(this).render();
    }

    /** {@return the report for programs: one JSON object, the same for the same log} */
    public String toJson() {
        return new JsonReport(this).render();
    }
}
