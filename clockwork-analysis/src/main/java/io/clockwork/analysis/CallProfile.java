package io.clockwork.analysis;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the operations of a set of traces spent and called: one pass over the operations. */
final class CallProfile {
    /** Times below are alike: clocks and schedulers are no better. */
    private static final double FLOOR_NANOS = 100_000;

    final int traces;
    final Map<Cell, Times> times = new LinkedHashMap<>();
    final Map<Caller, Calls> calls = new LinkedHashMap<>();

    private final CallTimes source;
    private final EventColumns log;

    /** One operation, and the service that its own time is charged to. */
    record Cell(String service, String charged, String operation) {}

    record Caller(String service, String operation) {}

    static final class Times {
        /** Of the logarithms of the own times: faults make times longer by factors. */
        final Moments logarithms = new Moments();

        final Moments errors = new Moments();
        double onPath;
        double duration;

        double meanOnPath() {
            return onPath / logarithms.count();
        }

        double meanDuration() {
            return duration / logarithms.count();
        }
    }

    /** How often each run of an operation called, by the service that the call is charged to. */
    static final class Calls {
        long runs;
        final Map<String, Callee> callees = new LinkedHashMap<>();

        /** {@return the moments of the calls to a service, runs without any included} */
        Moments to(Callee callee) {
            callee.perRun.addZeros(runs - callee.perRun.count());
            return callee.perRun;
        }
    }

    static final class Callee {
        final Moments perRun = new Moments();
        /** The most calls of one run. */
        int most;

        private long calls;
        private double duration;

        double meanDuration() {
            return duration / calls;
        }
    }

    private CallProfile(EventLog log) {
        this.log = log.columns();
        traces = log.traceCount();
        source = CallTimes.of(log);
        addTimes();
        addCalls();
    }

    static CallProfile of(EventLog log) {
        return new CallProfile(log);
    }

    private String name(int number) {
        return log.names.get(number);
    }

    private void addTimes() {
        for (int op = 0; op < source.size(); op++) {
            Cell cell = new Cell(name(source.service(op)), name(source.charged[op]), source.operations.name(op));
            Times sum = times.computeIfAbsent(cell, c -> new Times());
            sum.logarithms.add(Math.log(source.self[op] + FLOOR_NANOS));
            sum.errors.add(source.failed[op] ? 1 : 0);
            sum.onPath += source.onPath[op];
            sum.duration += source.duration(op);
        }
    }

    private void addCalls() {
        int n = source.size();
        int[] starts = source.childStarts();
        int[] children = source.children(starts);
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        for (int op = 0; op < n; op++) {
            Caller caller = new Caller(name(source.service(op)), source.operations.name(op));
            Calls sum = calls.computeIfAbsent(caller, c -> new Calls());
            sum.runs++;
            counts.clear();
            for (int k = starts[op]; k < starts[op + 1]; k++) {
                int child = children[k];
                counts.merge(source.charged[child], 1, Integer::sum);
                Callee callee = sum.callees.computeIfAbsent(name(source.charged[child]), c -> new Callee());
                callee.calls++;
                callee.duration += source.duration(child);
            }
            counts.forEach((charged, count) -> {
                Callee callee = sum.callees.computeIfAbsent(name(charged), c -> new Callee());
                callee.perRun.add(count);
                callee.most = Math.max(callee.most, count);
            });
        }
    }
}
