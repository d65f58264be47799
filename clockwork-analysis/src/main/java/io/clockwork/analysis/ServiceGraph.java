package io.clockwork.analysis;

import java.util.List;
import java.util.Objects;

/**
 * Who called whom.
 *
 * @param traces how many traces were looked at
 * @param services the services and what they talk to, by name
 * @param calls the calls between them, by caller and callee
 */
public record ServiceGraph(int traces, List<Service> services, List<Calls> calls) {
    /** Creates a graph of copies of the lists. */
    public ServiceGraph {
        services = List.copyOf(services);
        calls = List.copyOf(calls);
    }

    static ServiceGraph none() {
        return new ServiceGraph(0, List.of(), List.of());
    }

    /**
     * Returns the service graph of {@code log}; O(n log n).
     *
     * <p>In a trace whose spans have kinds, a call is told by its server's span, or by its client's if that has nothing below
     * it: then the service at the other end is the one that the span names. Producers and consumers are told with the broker
     * between them. In other traces a call is where parent and child are of different services.
     */
    public static ServiceGraph of(EventLog log) {
        return new OperationPaths(log).services();
    }

    /**
     * A service.
     *
     * @param name its name
     * @param recorded whether it recorded anything itself; otherwise others only name it: a database, a broker, somebody else
     * @param operations how many operations it ran
     * @param errors how many of them failed
     * @param pathShare its share of the response paths, from 0 to 1
     */
    public record Service(String name, boolean recorded, long operations, long errors, double pathShare) {}

    /**
     * The calls from one service to another.
     *
     * @param caller the service that called
     * @param callee the service that was called
     * @param count how many calls
     * @param errors how many of them failed
     * @param inferred how many of them are only inferred: what was between the two is not recorded
     * @param callerSide how long they took for the caller
     * @param calleeSide how long they took for the callee; the rest was spent on the way
     * @param pathShare the share of the response paths spent below these calls until the next one, from 0 to 1
     */
    public record Calls(
            String caller,
            String callee,
            long count,
            long errors,
            long inferred,
            Latency callerSide,
            Latency calleeSide,
            double pathShare) {
        /** Creates an edge. */
        public Calls {
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(callee, "callee");
        }
    }

    /**
     * Quantiles of times in nanoseconds, to 1%; 0 where nothing was measured.
     *
     * @param count how many times were measured
     * @param median half are not longer
     * @param p95 95 of 100 are not longer
     * @param p99 99 of 100 are not longer
     */
    public record Latency(long count, long median, long p95, long p99) {
        static Latency of(QuantileSketch times) {
            return new Latency(
                    times.count(),
                    Math.round(times.quantile(0.5)),
                    Math.round(times.quantile(0.95)),
                    Math.round(times.quantile(0.99)));
        }
    }
}
