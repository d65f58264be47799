package io.clockwork.analysis.format;

import io.clockwork.json.stream.NameTable;
import io.clockwork.record.EventKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One log of a Jaeger span: what happened at a moment, in fields. Errors are told as OpenTracing tells them, or as exceptions are that
 * come from OpenTelemetry.
 *
 * @see <a href="https://opentracing.io/specification/conventions/">OpenTracing, Semantic Conventions: Log fields</a>
 */
final class JaegerLog {
    /** The keys of fields that matter. */
    static final NameTable KEYS = NameTable.of(
            "event", "message", "exception.type", "exception.message", "error.kind", "error.object", "error");

    private final @Nullable String[] fields = new @Nullable String[7];

    /** Takes a field whose key has this index in {@link #KEYS}; of two of one key the first one holds. */
    void field(int key, @Nullable String value) {
        if (fields[key] == null) {
            fields[key] = value;
        }
    }

    SpanMoment at(long nanos) {
        String error = first(2, 4, 5, 6);
        if (error == null && "error".equals(fields[0])) {
            error = "error";
        }
        if (error != null) {
            return new SpanMoment(nanos, EventKind.ERROR, error, first(3, 1));
        }
        return new SpanMoment(nanos, EventKind.CUSTOM, Objects.requireNonNullElse(first(0, 1), "log"), null);
    }

    private @Nullable String first(int... keys) {
        for (int key : keys) {
            String field = fields[key];
            if (field != null && !field.isEmpty()) {
                return field;
            }
        }
        return null;
    }
}
