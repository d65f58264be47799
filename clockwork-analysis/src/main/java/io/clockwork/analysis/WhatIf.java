package io.clockwork.analysis;

import java.util.List;
import java.util.Objects;

/**
 * How long a root operation would take if one operation did its own work faster or slower.
 *
 * <p>The trace is replayed: gaps stay, and so does the order that is recorded. Whether a call waited for another one that had
 * ended before is not recorded; both are told.
 *
 * @param trace the name of the trace
 * @param service the service of the root operation
 * @param operation the root operation
 * @param nanos how long it took
 * @param ifInOrder how long it would take if each call had waited for the one that ended last before it
 * @param ifIndependent how long it would take if calls by other tasks had waited for nothing but their caller's own work
 */
public record WhatIf(String trace, String service, String operation, long nanos, long ifInOrder, long ifIndependent) {
    /** Creates an answer. */
    public WhatIf {
        Objects.requireNonNull(trace, "trace");
    }

    /**
     * Returns an answer for each root operation, by trace and start; O(n log n).
     *
     * @param service the service of the operation that changes
     * @param operation its name
     * @param factor what its own times are multiplied by, at least 0
     */
    public static List<WhatIf> of(EventLog log, String service, String operation, double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be a finite number from 0, was " + factor);
        }
        return log.isTimed() ? new PathReplay(log, service, operation, factor).replay() : List.of();
    }
}
