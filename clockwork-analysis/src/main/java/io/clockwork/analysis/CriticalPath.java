package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What determined the time that a root operation took: sections that follow each other without gap or overlap, from its
 * start to its end, so that their times sum to {@link #elapsedNanos()}.
 *
 * <p>Times are in nanoseconds since the moment that the log counts from.
 *
 * @param trace the name of the trace
 * @param service the service that ran the root operation
 * @param operation the root operation
 * @param task the name of its task; the span id in imported traces
 * @param startNanos when it began
 * @param endNanos when it ended
 * @param sections the sections, earliest first; empty when it took no time
 * @param warnings what the path had to assume, each with a stable code before a colon, as {@code CLIPPED: 2 operations
 *     ...}
 */
public record CriticalPath(
        String trace,
        String service,
        String operation,
        String task,
        long startNanos,
        long endNanos,
        List<Section> sections,
        List<String> warnings) {

    /** Creates a path of copies of the lists. */
    public CriticalPath {
        Objects.requireNonNull(trace, "trace");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(task, "task");
        sections = sections instanceof SectionList ? sections : List.copyOf(sections);
        warnings = List.copyOf(warnings);
    }

    /**
     * Returns the response path of every root operation: by trace, in a trace by start; O(n log n) in events.
     *
     * <p>From the end of an operation it goes back to the operation it had called that ended last until then, and goes
     * on inside that one; what no called operation covers is charged to the operation itself. Operations that nobody
     * waited for (a message's consumer, a fork that is not joined before its parent ends) are not on it, and what
     * reaches out of its caller's time counts only as far as it lies in it.
     *
     * <p>Empty when the log has no times or no operations; operations that are set off by a cycle have no root, and the
     * log's diagnostics tell of them.
     */
    public static List<CriticalPath> response(EventLog log) {
        return new OperationPaths(log).responses();
    }

    /**
     * Returns the response path of every root operation as {@link #response(EventLog)} does, with operations that seem to run
     * outside of their callers' times treated as {@code skew} says. What was moved has the times that it was moved to.
     */
    public static List<CriticalPath> response(EventLog log, ClockSkew skew) {
        return switch (skew) {
            case CLIP -> response(log);
            case SHIFT -> log.isTimed() ? ResponsePaths.shifted(log) : List.of();
        };
    }

    /**
     * Returns the completion path of every trace, by trace: what determined when its last event happened, from its first
     * event on; O(n log n) in events.
     *
     * <p>Like the response path from the end of the last operation, but what was set off without being waited for is on it,
     * too: from its start it goes on in the cause at that moment, or waits since the end of the cause. In recorded programs
     * it goes from event to event, always to what came last of the causes. A trace whose tasks have no causes is gone
     * through from each to the one that ended last before. A log without times is counted in events: a nanosecond is an event
     * then.
     *
     * <p>Empty for an empty log.
     */
    public static List<CriticalPath> completion(EventLog log) {
        return new OperationPaths(log).completions();
    }

    /** {@return how long the root operation took} */
    public long elapsedNanos() {
        return endNanos - startNanos;
    }

    /** {@return the time on the path of each service, longest first, then by name} */
    public List<Contribution> byService() {
        return contributions(Section::service);
    }

    /** {@return the time on the path of each operation, named {@code service: operation} if the service is known, longest first, then by name} */
    public List<Contribution> byOperation() {
        return contributions(section -> nameOf(section.service(), section.operation())
                + (section.reason() == PathReason.WAITING ? " (waiting)" : ""));
    }

    /** {@return how an operation is called: by its name alone where nobody knows its service} */
    static String nameOf(String service, String operation) {
        return service.isEmpty() ? operation : service + ": " + operation;
    }

    private List<Contribution> contributions(Function<Section, String> name) {
        Map<String, Long> sums = new HashMap<>();
        for (Section section : sections) {
            sums.merge(name.apply(section), section.nanos(), Long::sum);
        }
        List<Contribution> all = new ArrayList<>();
        sums.forEach((key, nanos) -> all.add(new Contribution(key, nanos, (double) nanos / elapsedNanos())));
        all.sort(Comparator.comparingLong(Contribution::nanos).reversed().thenComparing(Contribution::name));
        return List.copyOf(all);
    }

    /**
     * A time in which one operation was what the end waited for.
     *
     * @param service the service that ran the operation
     * @param operation the operation
     * @param task the name of its task; the span id in imported traces
     * @param taskNumber the number of its task in the log
     * @param startNanos when the section begins
     * @param endNanos when it ends, after its start
     * @param reason how it is known that the operation was waited for
     */
    public record Section(
            String service,
            String operation,
            String task,
            int taskNumber,
            long startNanos,
            long endNanos,
            PathReason reason) {

        /** {@return how long the section is} */
        public long nanos() {
            return endNanos - startNanos;
        }
    }

    /**
     * The part that a service or an operation has in a path.
     *
     * @param name whose part
     * @param nanos its time on the path
     * @param share that time as a part of the elapsed time, from 0 to 1
     */
    public record Contribution(String name, long nanos, double share) {}
}
