package io.clockwork.analysis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the runs of one operation called: which operations, in how many of the runs, how often in one. */
final class CalledOperations {
    long runs;
    final Map<Callee, Usage> callees = new TreeMap<>();

    record Callee(String service, String operation) implements Comparable<Callee> {
        @Override
        public int compareTo(Callee other) {
            int byService = service.compareTo(other.service);
            return byService != 0 ? byService : operation.compareTo(other.operation);
        }

        String label() {
            return service + ": " + operation;
        }
    }

    static final class Usage {
        /** In how many runs it was called. */
        long runs;
        /** How often it was called in the run that called it most. */
        long most;
    }

    /** What one run called: how often each operation, and how often that failed. */
    static final class Run {
        final Map<Callee, int[]> counts = new LinkedHashMap<>();

        void call(Callee callee, boolean failed) {
            int[] count = counts.computeIfAbsent(callee, c -> new int[2]);
            count[0]++;
            count[1] += failed ? 1 : 0;
        }
    }

    void add(Run run) {
        runs++;
        if (run.counts.isEmpty()) {
            return;
        }
        run.counts.forEach((callee, count) -> {
            Usage usage = callees.computeIfAbsent(callee, c -> new Usage());
            usage.runs++;
            usage.most = Math.max(usage.most, count[0]);
        });
    }

    /** {@return what every run called} */
    Map<Callee, Usage> always() {
        Map<Callee, Usage> always = new TreeMap<>(callees);
        always.values().removeIf(usage -> usage.runs != runs);
        return always;
    }

    void addAll(CalledOperations other) {
        runs += other.runs;
        other.callees.forEach((callee, theirs) -> {
            Usage usage = callees.computeIfAbsent(callee, c -> new Usage());
            usage.runs += theirs.runs;
            usage.most = Math.max(usage.most, theirs.most);
        });
    }
}
