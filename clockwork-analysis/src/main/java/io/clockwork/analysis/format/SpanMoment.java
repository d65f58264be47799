package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.record.EventKind;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a span says happened at one moment: an annotation, a log, an event. */
record SpanMoment(
        long nanos,
        EventKind kind,
        String subject,
        @Nullable String value) implements Comparable<SpanMoment> {
    private static final Comparator<SpanMoment> ORDER = Comparator.comparingLong(SpanMoment::nanos)
            .thenComparing(SpanMoment::kind)
            .thenComparing(SpanMoment::subject)
            .thenComparing(SpanMoment::value, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(SpanMoment other) {
        return ORDER.compare(this, other);
    }

    /** Adds moments to a task, in the order of their times. */
    static void addAll(@Nullable List<SpanMoment> moments, EventLogBuilder log, int task) {
        if (moments == null) {
            return;
        }
        if (moments.size() > 1) {
            moments.sort(Comparator.comparingLong(SpanMoment::nanos));
        }
        for (SpanMoment moment : moments) {
            int event = log.event(task, moment.kind(), moment.subject());
            log.nanos(event, moment.nanos());
            if (moment.value() != null) {
                log.value(event, moment.value());
            }
        }
    }
}
