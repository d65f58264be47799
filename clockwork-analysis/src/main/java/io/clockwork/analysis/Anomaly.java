package io.clockwork.analysis;

import java.util.Objects;

/**
 * Something that a baseline has not seen, told once for all its occurrences.
 *
 * @param kind what is unusual
 * @param severity how unusual
 * @param service the service that ran the operation
 * @param operation the operation
 * @param callee what was called or not, as {@code service: operation}; for SLOW and FAST the service that the time is
 *     charged to; empty where nothing was called
 * @param count how many times it occurred
 * @param trace the trace of the witness: of the farthest time, else of the smallest trace in which it occurred
 * @param task the task of the witness: the span id in imported traces
 * @param value what the witness has: nanoseconds that it spent by itself, or a number of calls
 * @param usual what the baseline has: the median in nanoseconds, or the largest number of calls
 * @param score for SLOW and FAST how many robust standard deviations the value is off; else 0
 */
public record Anomaly(
        Kind kind,
        Severity severity,
        String service,
        String operation,
        String callee,
        int count,
        String trace,
        String task,
        long value,
        long usual,
        double score) {
    /** Creates an anomaly. */
    public Anomaly {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(severity, "severity");
    }

    /** What is unusual. */
    public enum Kind {
        /** An operation spent more time by itself than it does. */
        SLOW,
        /** An operation spent less time by itself than it does: it may have given up. */
        FAST,
        /** An operation failed that hardly ever does. */
        ERROR,
        /** An operation did not call what it always calls. */
        MISSING_CALL,
        /** A service called another one that it never called. */
        UNSEEN_EDGE,
        /** One run called an operation more than twice as often as any run did, and calls of it failed. */
        RETRY_STORM,
        /** One run called an operation more than twice as often as any run did. */
        FAN_OUT
    }

    /** How unusual it is. */
    public enum Severity {
        /** Beyond chance. */
        MINOR,
        /** Far beyond. */
        WARNING,
        /** Out of all proportion, or a failure. */
        CRITICAL
    }
}
