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

    /** Most spans have one reference at most. */
    private @Nullable String firstReference;

    private byte firstType;
    private boolean isReferring;
    private List<Reference> moreReferences = List.of();

    JaegerSpan(int line) {
        this.line = line;
    }

    /**
     * Names a span that this one comes from.
     *
     * @param type 0 is CHILD_OF, 1 is FOLLOWS_FROM, -1 another
     */
    record Reference(@Nullable String id, byte type) {}

    SpanIdentity identity() {
        return new SpanIdentity(
                String.valueOf(id), start, duration, String.valueOf(operation), String.valueOf(service));
    }

    /** Names a span that this one comes from; the type is as in {@link Reference}. */
    void reference(@Nullable String span, int type) {
        if (!isReferring) {
            isReferring = true;
            firstReference = span;
            firstType = (byte) type;
            return;
        }
        if (moreReferences.isEmpty()) {
            moreReferences = new ArrayList<>(1);
        }
        moreReferences.add(new Reference(span, (byte) type));
    }

    /** {@return the references, in order, which are not needed after this and are let go} */
    List<Reference> takeReferences() {
        if (!isReferring) {
            return List.of();
        }
        List<Reference> taken = new ArrayList<>(moreReferences.size() + 1);
        taken.add(new Reference(firstReference, firstType));
        taken.addAll(moreReferences);
        isReferring = false;
        firstReference = null;
        moreReferences = List.of();
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
