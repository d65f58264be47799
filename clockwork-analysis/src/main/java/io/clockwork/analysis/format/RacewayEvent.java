package io.clockwork.analysis.format;

import io.clockwork.record.EventKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event of Raceway as it was read. */
final class RacewayEvent {
    final int line;

    @Nullable
    String id;

    String trace = "";

    @Nullable
    String parentId;

    long nanos = SpanRow.NO_TIME;
    EventKind kind = EventKind.CUSTOM;
    String subject = "unknown";

    @Nullable
    Object value;

    String site = "";
    List<String> locks = List.of();

    String service = "";
    String process = "";
    String thread = "";
    long duration;

    @Nullable
    String span;

    @Nullable
    String upstreamSpan;

    RacewayEvent(int line) {
        this.line = line;
    }

    /** {@return whether it stands for an operation that took time, and not for a moment} */
    boolean isOperation() {
        return duration > 0;
    }

    /** {@return whether its time is that of its end} */
    boolean endsAtItsTime() {
        return kind == EventKind.RESPONSE || kind == EventKind.RESULT;
    }

    long start() {
        return endsAtItsTime() ? nanos - duration : nanos;
    }

    long end() {
        return endsAtItsTime() ? nanos : nanos + duration;
    }
}
