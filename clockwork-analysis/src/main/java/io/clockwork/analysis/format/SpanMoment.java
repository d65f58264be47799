package io.clockwork.analysis.format;

import io.clockwork.record.EventKind;
import org.jspecify.annotations.Nullable;

/** Something that a span says happened at one moment: an annotation, a log, an event. */
record SpanMoment(
        long nanos,
        EventKind kind,
        String subject,
        @Nullable String value) {}
