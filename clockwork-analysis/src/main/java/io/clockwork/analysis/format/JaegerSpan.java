package io.clockwork.analysis.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One span as it was read, before the processes and the other spans of its trace are known. */
final class JaegerSpan {
    /** In place of a time that is missing or no number. */
    static final long NO_TIME = Long.MIN_VALUE;

    final int line;
    final SpanTraits traits = new SpanTraits();

    @Nullable
    String id;

    @Nullable
    String operation;

    @Nullable
    String processId;

    /** The service that stands in the span itself; once the processes are known, the one that holds. */
    @Nullable
    String service;

    long start = NO_TIME;
    long duration = NO_TIME;

    @Nullable
    List<SpanMoment> moments;

    private List<Reference> references = List.of();

    JaegerSpan(int line) {
        this.line = line;
    }

    /**
     * Names a span that this one comes from.
     *
     * @param type 0 is CHILD_OF, 1 is FOLLOWS_FROM, -1 another
     */
    record Reference(@Nullable String id, int type) {}

    SpanIdentity identity() {
        return new SpanIdentity(
                String.valueOf(id), start, duration, String.valueOf(operation), String.valueOf(service));
    }

    void reference(@Nullable String span, int type) {
        if (references.isEmpty()) {
            references = new ArrayList<>(1);
        }
        references.add(new Reference(span, type));
    }

    /** {@return the references, which are not needed after this and are let go} */
    List<Reference> takeReferences() {
        List<Reference> taken = references;
        references = List.of();
        return taken;
    }

    /** Adds a log; returns false for one without a time, which has no place. */
    boolean log(JaegerLog entry, long nanos) {
        if (nanos == NO_TIME) {
            return false;
        }
        if (moments == null) {
            moments = new ArrayList<>(2);
        }
        moments.add(entry.at(nanos));
        return true;
    }

    String name() {
        return Objects.requireNonNullElse(operation, "unknown");
    }
}
