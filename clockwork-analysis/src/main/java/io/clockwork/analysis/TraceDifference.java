package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one set of traces differs from another: where the time on the critical paths went, and which service is suspected
 * of having brought it about.
 *
 * @param tracesBefore how many traces the earlier set has
 * @param tracesAfter how many traces the later set has
 * @param services by how much each service's time on the response paths changed, the largest increase first
 * @param operations the same of each operation, named {@code service: operation}
 * @param suspects the services of both sets, the most suspected first
 */
public record TraceDifference(
        int tracesBefore, int tracesAfter, List<Change> services, List<Change> operations, List<Suspect> suspects) {
    /** Creates a difference of copies of the lists. */
    public TraceDifference {
        services = List.copyOf(services);
        operations = List.copyOf(operations);
        suspects = List.copyOf(suspects);
    }

    /**
     * Returns the difference from {@code before} to {@code after}; O(n log n) in operations.
     *
     * <p>A suspect's clues are changes of what an operation spends by itself, of how often it calls, and of how often it
     * fails. What an operation spends that only waits for one call to another service counts for that service. What
     * changed alike for most services that one service calls counts for the caller. A clue weighs as much as it is
     * significant (Welch's t of the logarithms of times, with variances moderated as by Smyth 2004) times the root of the
     * time that it is about. What only one of the sets has is no clue: which requests came is not the services' doing.
     */
    public static TraceDifference of(EventLog before, EventLog after) {
        CallProfile old = CallProfile.of(before);
        CallProfile now = CallProfile.of(after);
        Map<String, double[]> services = new TreeMap<>();
        Map<String, double[]> operations = new TreeMap<>();
        CallProfile[] both = {old, now};
        for (int side = 0; side < both.length; side++) {
            int index = side;
            int traces = Math.max(1, both[side].traces);
            both[side].times.forEach((cell, times) -> {
                double part = times.onPath / traces;
                services.computeIfAbsent(cell.service(), s -> new double[2])[index] += part;
                String name = CriticalPath.nameOf(cell.service(), cell.operation());
                operations.computeIfAbsent(name, s -> new double[2])[index] += part;
            });
        }
        return new TraceDifference(
                old.traces, now.traces, changes(services), changes(operations), SuspectRanking.of(old, now));
    }

    /** {@return the difference for people: plain text of 80 columns} */
    public String toText() {
        return toText(TextStyle.plain());
    }

    /** {@return the difference for people, as {@code style} says} */
    public String toText(TextStyle style) {
        return new DifferenceText(this, style).render();
    }

    /** {@return the difference for programs: one JSON object, as {@code docs/formats/difference-json.md} describes it} */
    public String toJson() {
        return DifferenceJson.write(this);
    }

    private static List<Change> changes(Map<String, double[]> sums) {
        List<Change> changes = new ArrayList<>();
        sums.forEach((name, sides) -> changes.add(new Change(name, sides[0], sides[1])));
        changes.sort(Comparator.comparingDouble(Change::nanosPerTrace).reversed());
        return changes;
    }

    /**
     * By how much the time on the paths changed.
     *
     * @param name whose time
     * @param before nanoseconds per trace of the earlier set
     * @param after nanoseconds per trace of the later set
     */
    public record Change(String name, double before, double after) {
        /** {@return by how many nanoseconds per trace it grew} */
        public double nanosPerTrace() {
            return after - before;
        }
    }
}
