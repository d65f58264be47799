package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/**
 * How one sink of a recorder fares.
 *
 * @param sink what it is, in its own words
 * @param written how many events it took
 * @param lost how many it was given and refused, or was too far behind to be given
 * @param pending how many it was not given yet
 * @param failures how many of its calls failed
 * @param lastFailure what the last one of them said; null when none failed
 * @param closed whether it gets no more events
 */
public record SinkStatus(
        String sink,
        long written,
        long lost,
        long pending,
        long failures,
        @Nullable String lastFailure,
        boolean closed) {}
