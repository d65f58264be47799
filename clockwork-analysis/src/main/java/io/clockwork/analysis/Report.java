package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * All findings about a log, as data; {@link #toText()} and {@link #toJson()} show them.
 *
 * @param events how many events the log has
 * @param tasks how many tasks
 * @param traces how many traces
 * @param races the races, the surest and worst first
 * @param atomicity what is meant as one step and can be split, the surest and worst first
 * @param publications what was made visible to other tasks without sync
 * @param deadlocks tasks that can wait for each other in a circle, the surest first
 * @param suppressed findings that rules accept, which are not among the others
 * @param variables the variables that several tasks shared, in order of name
 * @param orders the shape of each trace's causal order; empty for logs of nothing but timed operations, in which the
 *     order of most events is not recorded
 * @param criticalPaths what determined the time of each root operation
 * @param completionPaths what determined when each trace was over, with what nobody waited for
 * @param profile what the critical paths have in common
 * @param services who called whom
 * @param contention how tasks waited for locks, the longest waited for first
 * @param anomalies what is unusual by a baseline; nothing where none was given
 * @param diagnostics what could not be used as it was
 */
public record Report(
        int events,
        int tasks,
        int traces,
        List<Race> races,
        List<AtomicityViolation> atomicity,
        List<UnsafePublication> publications,
        List<Deadlock> deadlocks,
        List<Suppressed> suppressed,
        List<SharedVariable> variables,
        List<CausalOrder> orders,
        List<CriticalPath> criticalPaths,
        List<CriticalPath> completionPaths,
        PathProfile profile,
        ServiceGraph services,
        List<LockContention> contention,
        Anomalies anomalies,
        List<Diagnostic> diagnostics) {
    /** Creates a report of copies of the lists. */
    public Report {
        races = List.copyOf(races);
        atomicity = List.copyOf(atomicity);
        publications = List.copyOf(publications);
        deadlocks = List.copyOf(deadlocks);
        suppressed = List.copyOf(suppressed);
        variables = List.copyOf(variables);
        orders = List.copyOf(orders);
        criticalPaths = List.copyOf(criticalPaths);
        completionPaths = List.copyOf(completionPaths);
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(services, "services");
        contention = List.copyOf(contention);
        Objects.requireNonNull(anomalies, "anomalies");
        diagnostics = List.copyOf(diagnostics);
    }

    /** {@return the findings about {@code log}} */
    public static Report of(EventLog log) {
        return of(log, Suppressions.none());
    }

    /** {@return the findings about {@code log}, without those that are accepted, which it lists} */
    public static Report of(EventLog log, Suppressions suppressions) {
        return of(log, suppressions, Anomalies.none());
    }

    /** Returns the findings as {@link #of(EventLog, Suppressions)} does, with what is unusual by {@code baseline}. */
    public static Report of(EventLog log, Suppressions suppressions, Baseline baseline) {
        return of(log, suppressions, baseline.check(log));
    }

    private static Report of(EventLog log, Suppressions suppressions, Anomalies anomalies) {
        List<CausalOrder> orders = List.of();
        RaceDetector.Result races = new RaceDetector.Result(List.of(), List.of(), List.of());
        AtomicityDetector.Result atomicity = new AtomicityDetector.Result(List.of(), List.of());
        DeadlockDetector.Result deadlocks = new DeadlockDetector.Result(List.of(), List.of());
        List<UnsafePublication> publications = List.of();
        if (hasMoreThanOperations(log)) {
            CausalGraph graph = CausalGraph.of(log);
            races = RaceDetector.run(log, graph, false);
            atomicity = AtomicityDetector.run(log, graph);
            publications = Publications.of(log, graph);
            deadlocks = DeadlockDetector.run(log);
            orders = graph.orders();
        }
        SuppressionFilter filter = new SuppressionFilter(suppressions);
        List<Race> keptRaces = filter.filter(races.races(), FindingIds::of, FindingsText::words);
        List<AtomicityViolation> keptAtomicity =
                filter.filter(atomicity.violations(), FindingIds::of, FindingsText::words);
        List<UnsafePublication> keptPublications = filter.filter(publications, FindingIds::of, FindingsText::words);
        List<Deadlock> keptDeadlocks = filter.filter(deadlocks.deadlocks(), FindingIds::of, FindingsText::words);
        List<Diagnostic> diagnostics = new ArrayList<>(log.diagnostics());
        diagnostics.addAll(races.diagnostics());
        diagnostics.addAll(atomicity.diagnostics());
        diagnostics.addAll(deadlocks.diagnostics());
        diagnostics.addAll(filter.unused());
        OperationPaths operations = new OperationPaths(log);
        return new Report(
                log.size(),
                log.taskCount(),
                log.traceCount(),
                keptRaces,
                keptAtomicity,
                keptPublications,
                keptDeadlocks,
                filter.suppressed(),
                races.variables(),
                orders,
                operations.responses(),
                operations.completions(),
                operations.profile(),
                operations.services(),
                LockContention.of(log),
                anomalies,
                diagnostics);
    }

    /**
     * Returns the findings about each trace by itself, by trace: what several traces do to one variable is in {@link
     * CrossTrace}. All processors take part; the result is the same however many there are.
     */
    public static List<Report> ofEachTrace(EventLog log, Suppressions suppressions) {
        return log.byTrace().parallelStream()
                .map(trace -> of(trace, suppressions))
                .toList();
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

    /** {@return whether there is a race, a split step or a deadlock that is at least as sure as {@code limit}} */
    public boolean hasFindings(Race.Verdict limit) {
        return races.stream().anyMatch(race -> race.verdict().compareTo(limit) <= 0)
                || atomicity.stream().anyMatch(violation -> violation.verdict().compareTo(limit) <= 0)
                || deadlocks.stream().anyMatch(deadlock -> deadlock.verdict().compareTo(limit) <= 0);
    }

    /**
     * Returns one sentence that says what was found: first findings, else where the time went, else the order of events.
     * Names in it are as they came: who shows it escapes them.
     */
    public String summary() {
        return Summary.of(this, false);
    }

    /**
     * Returns the findings of some kinds that are at least as sure as {@code limit}, and what is not known: what a test that
     * fails has to say. Nothing else is in that report.
     */
    public Report findings(Set<Finding> kinds, Race.Verdict limit) {
        return ofFindings(
                events,
                tasks,
                traces,
                atLeast(kinds.contains(Finding.RACE) ? races : List.of(), Race::verdict, limit),
                atLeast(
                        kinds.contains(Finding.ATOMICITY_VIOLATION) ? atomicity : List.of(),
                        AtomicityViolation::verdict,
                        limit),
                atLeast(kinds.contains(Finding.DEADLOCK) ? deadlocks : List.of(), Deadlock::verdict, limit),
                List.of(),
                List.of(),
                diagnostics);
    }

    /** {@return a report of findings alone: it tells nothing of paths and services} */
    static Report ofFindings(
            int events,
            int tasks,
            int traces,
            List<Race> races,
            List<AtomicityViolation> atomicity,
            List<Deadlock> deadlocks,
            List<Suppressed> suppressed,
            List<SharedVariable> variables,
            List<Diagnostic> diagnostics) {
        return new Report(
                events,
                tasks,
                traces,
                races,
                atomicity,
                List.of(),
                deadlocks,
                suppressed,
                variables,
                List.of(),
                List.of(),
                List.of(),
                PathProfile.none(),
                ServiceGraph.none(),
                List.of(),
                Anomalies.none(),
                diagnostics);
    }

    private static <T> List<T> atLeast(List<T> all, Function<T, Race.Verdict> verdict, Race.Verdict limit) {
        return all.stream()
                .filter(finding -> verdict.apply(finding).compareTo(limit) <= 0)
                .toList();
    }

    /** {@return the report for people: plain text of 80 columns; long names are shortened in their middle} */
    public String toText() {
        return toText(TextStyle.plain());
    }

    /** {@return the report for people, as {@code style} says} */
    public String toText(TextStyle style) {
        return new TextReport(this, style).render();
    }

    /** {@return the report for programs: one JSON object, the same for the same log} */
    public String toJson() {
        return new JsonReport(this).render();
    }
}
