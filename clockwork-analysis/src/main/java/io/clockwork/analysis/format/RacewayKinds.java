package io.clockwork.analysis.format;

import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import io.clockwork.record.EventKind;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what an event of Raceway is: an object with one member, which names the variant and holds what it says. */
final class RacewayKinds {
    private static final NameTable FIELDS = NameTable.of(
            "variable",
            "old_value",
            "new_value",
            "location",
            "access_type",
            "lock_id",
            "lock_type",
            "function_name",
            "file",
            "line",
            "task_id",
            "future_id",
            "ordering",
            "method",
            "url",
            "status",
            "duration_ms",
            "query",
            "database",
            "rows_affected",
            "error_type",
            "message",
            "name",
            "awaited_at");
    private static final int OLD_VALUE = 1;
    private static final int NEW_VALUE = 2;
    private static final int DURATION = 16;

    private final JsonScanner json;
    private final JsonForms forms;
    private final @Nullable String[] fields = new @Nullable String[FIELDS.size()];
    private @Nullable Object oldValue;
    private @Nullable Object newValue;
    private long duration;

    RacewayKinds(JsonScanner json, JsonForms forms) {
        this.json = json;
        this.forms = forms;
    }

    void read(RacewayEvent event) {
        if (json.peek() == JsonToken.STRING) {
            event.subject = json.nextString(forms.names());
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            String variant = json.nextName(forms.names());
            fields();
            interpret(variant, event);
        }
        json.endObject();
    }

    private void fields() {
        Arrays.fill(fields, null);
        oldValue = null;
        newValue = null;
        duration = 0;
        if (json.peek() != JsonToken.BEGIN_OBJECT) {
            json.skipValue();
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            int field = json.nextName(FIELDS);
            switch (field) {
                case NameTable.UNKNOWN -> json.skipValue();
                case OLD_VALUE -> oldValue = value();
                case NEW_VALUE -> newValue = value();
                case DURATION -> duration = RacewayReader.duration(forms.nanos(), 1_000_000);
                default -> fields[field] = forms.name();
            }
        }
        json.endObject();
    }

    private @Nullable Object value() {
        if (json.peek() == JsonToken.NUMBER) {
            try {
                return json.nextLong();
            } catch (JsonSyntaxException e) {
                return json.nextNumberToken(); // a fraction or very large
            }
        }
        return json.peek() == JsonToken.BOOLEAN ? (Object) json.nextBoolean() : forms.name();
    }

    private String field(int index) {
        return Objects.requireNonNullElse(fields[index], "");
    }

    private void interpret(String variant, RacewayEvent event) {
        event.duration = Math.max(event.duration, duration);
        event.site = field(3);
        switch (variant) {
            case "StateChange" -> access(event);
            case "LockAcquire" -> set(event, isShared() ? EventKind.ACQUIRE_SHARED : EventKind.ACQUIRE, field(5));
            case "LockRelease" -> set(event, isShared() ? EventKind.RELEASE_SHARED : EventKind.RELEASE, field(5));
            case "FunctionCall" -> {
                set(event, EventKind.CUSTOM, field(7));
                event.site = field(8).isEmpty() ? "" : field(8) + (field(9).isEmpty() ? "" : ':' + field(9));
            }
            case "AsyncSpawn" -> set(event, EventKind.FORK, field(10));
            case "AsyncAwait" -> {
                set(event, EventKind.JOIN, field(11));
                event.site = field(23);
            }
            case "MemoryFence" -> set(event, EventKind.FENCE, field(12));
            case "HttpRequest" -> set(event, EventKind.REQUEST, (field(13) + ' ' + field(14)).strip());
            case "HttpResponse" -> {
                set(event, EventKind.RESPONSE, "HTTP response");
                event.value = fields[15];
            }
            case "DatabaseQuery" -> {
                set(event, EventKind.QUERY, field(18));
                event.value = fields[17];
            }
            case "DatabaseResult" -> {
                set(event, EventKind.RESULT, "rows");
                event.value = fields[19];
            }
            case "Error" -> {
                set(event, EventKind.ERROR, field(20));
                event.value = fields[21];
            }
            case "Custom" -> set(event, EventKind.CUSTOM, field(22));
            default -> set(event, EventKind.CUSTOM, variant);
        }
    }

    private static void set(RacewayEvent event, EventKind kind, String subject) {
        event.kind = kind;
        event.subject = subject.isEmpty() ? "unknown" : subject;
    }

    private boolean isShared() {
        return field(6).endsWith("Read");
    }

    private void access(RacewayEvent event) {
        EventKind kind = switch (field(4)) {
            case "Read" -> EventKind.READ;
            case "AtomicRead" -> EventKind.ATOMIC_READ;
            case "AtomicWrite" -> EventKind.ATOMIC_WRITE;
            case "AtomicRMW" -> EventKind.ATOMIC_UPDATE;
            default -> EventKind.WRITE; // the strictest: a race is rather shown than hidden
        };
        set(event, kind, field(0));
        event.value = newValue != null ? newValue : oldValue;
    }
}
