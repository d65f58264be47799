package io.clockwork.json.log;

import io.clockwork.json.stream.JsonLimits;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import io.clockwork.json.stream.StringCache;
import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.MemoryOrder;
import io.clockwork.record.MessageId;
import io.clockwork.record.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of one line; those that are not there are null or -1. */
final class LogLine {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_ATTRIBUTES = 32;
    private static final NameTable MEMBERS = NameTable.of(
            "clockwork",
            "version",
            "node",
            "run",
            "start",
            "timed",
            "task",
            "trace",
            "name",
            "origin",
            "unlinked",
            "seq",
            "kind",
            "subject",
            "thread",
            "cause",
            "value",
            "site",
            "nanos",
            "dropped",
            "misuses",
            "lost",
            "traceId",
            "message",
            "malformed",
            "order",
            "attributes");
    private static final NameTable SITE = NameTable.of("class", "method", "file", "line");
    private static final NameTable KINDS = names(EventKind.values());
    private static final NameTable ORDERS = names(MemoryOrder.values());

    private final JsonLimits limits;
    private final StringCache strings = StringCache.withSlots(1 << 12);

    @Nullable
    String clockwork;

    long version = -1;

    @Nullable
    String node;

    @Nullable
    String run;

    @Nullable
    String start;

    boolean timed;
    int task = -1;
    int trace = -1;

    @Nullable
    String traceId;

    @Nullable
    String name;

    @Nullable
    Dot origin;

    Map<String, String> attributes = Map.of();
    boolean unlinked;
    int sequence = -1;

    @Nullable
    EventKind kind;

    @Nullable
    MemoryOrder order;

    @Nullable
    String subject;

    @Nullable
    String thread;

    @Nullable
    Dot cause;

    @Nullable
    Object value;

    @Nullable
    MessageId message;

    @Nullable
    Site site;

    long nanos;
    boolean hasNanos;
    long dropped = -1;
    long misuses = -1;
    long malformed = -1;
    long lost = -1;

    LogLine(int maxBytes) {
        limits = new JsonLimits(MAX_DEPTH, maxBytes, MAX_NUMBER);
    }

    private static NameTable names(Enum<?>[] all) {
        String[] names = new String[all.length];
        for (int i = 0; i < all.length; i++) {
            names[i] = all[i].name();
        }
        return NameTable.of(names);
    }

    private void clear() {
        clockwork = node = run = start = traceId = name = subject = thread = null;
        origin = cause = null;
        attributes = Map.of();
        kind = null;
        order = null;
        message = null;
        value = null;
        site = null;
        version = dropped = misuses = malformed = lost = -1;
        task = trace = sequence = -1;
        timed = unlinked = hasNanos = false;
        nanos = 0;
    }

    /** Throws {@link JsonSyntaxException} or {@link IllegalArgumentException} when the line is not well-formed. */
    void read(byte[] bytes, int from, int length) {
        clear();
        JsonScanner json = JsonScanner.of(bytes, from, length, limits);
        json.beginObject();
        while (json.hasNext()) {
            read(json, json.nextName(MEMBERS));
        }
        json.endObject();
        json.endDocument();
    }

    private void read(JsonScanner json, int member) {
        switch (member) {
            case 0 -> clockwork = json.nextString(strings);
            case 1 -> version = json.nextLong();
            case 2 -> node = json.nextString(strings);
            case 3 -> run = json.nextString(strings);
            case 4 -> start = json.nextString(strings);
            case 5 -> timed = json.nextBoolean();
            case 6 -> task = integer(json, "task", 0);
            case 7 -> trace = integer(json, "trace", 0);
            case 8 -> name = json.nextString(strings);
            case 9 -> origin = dot(json, "origin");
            case 10 -> unlinked = json.nextBoolean();
            case 11 -> sequence = integer(json, "seq", 1);
            case 12 -> kind = kind(json);
            case 13 -> subject = json.nextString(strings);
            case 14 -> thread = json.nextString(strings);
            case 15 -> cause = dot(json, "cause");
            case 16 -> value = value(json);
            case 17 -> site = site(json);
            case 18 -> {
                nanos = json.nextLong();
                hasNanos = true;
            }
            case 19 -> dropped = json.nextLong();
            case 20 -> misuses = json.nextLong();
            case 21 -> lost = json.nextLong();
            case 22 -> traceId = json.nextString(strings);
            case 23 -> message = MessageId.parse(json.nextString());
            case 24 -> malformed = json.nextLong();
            case 25 -> order = order(json);
            case 26 -> attributes = attributes(json);
            default -> json.skipValue();
        }
    }

    private Map<String, String> attributes(JsonScanner json) {
        Map<String, String> found = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            found.put(json.nextName(strings), json.nextString(strings));
            if (found.size() > MAX_ATTRIBUTES) {
                throw new IllegalArgumentException("attributes must be at most " + MAX_ATTRIBUTES);
            }
        }
        json.endObject();
        return found;
    }

    private static int integer(JsonScanner json, String what, int min) {
        long number = json.nextLong();
        if (number < min || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    what + " must be from " + min + " to " + Integer.MAX_VALUE + ", was " + number);
        }
        return (int) number;
    }

    private static Dot dot(JsonScanner json, String what) {
        json.beginArray();
        Dot dot = new Dot(integer(json, what + "[0]", 0), integer(json, what + "[1]", 0));
        json.endArray();
        return dot;
    }

    private static EventKind kind(JsonScanner json) {
        int index = json.nextString(KINDS);
        if (index == NameTable.UNKNOWN) {
            throw new IllegalArgumentException("kind must be one that version " + LogEncoder.VERSION + " knows");
        }
        return EventKind.valueOf(KINDS.name(index));
    }

    private static MemoryOrder order(JsonScanner json) {
        int index = json.nextString(ORDERS);
        if (index == NameTable.UNKNOWN) {
            throw new IllegalArgumentException("order must be PLAIN, OPAQUE, ACQUIRE, RELEASE or VOLATILE");
        }
        return MemoryOrder.valueOf(ORDERS.name(index));
    }

    private @Nullable Object value(JsonScanner json) {
        return switch (json.peek()) {
            case NUMBER -> (Object) json.nextLong();
            case STRING -> json.nextString(strings);
            case BOOLEAN -> json.nextBoolean();
            case BEGIN_OBJECT -> typed(json);
            default -> {
                json.skipValue();
                yield null;
            }
        };
    }

    private static @Nullable Object typed(JsonScanner json) {
        Object found = null;
        json.beginObject();
        while (json.hasNext()) {
            ValueForm form = ValueForm.named(json.nextName());
            if (form == null || json.peek() != JsonToken.STRING) {
                json.skipValue();
            } else {
                found = form.read(json.nextString());
            }
        }
        json.endObject();
        return found;
    }

    private Site site(JsonScanner json) {
        String className = "";
        String method = "";
        String file = null;
        int line = 0;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(SITE)) {
                case 0 -> className = json.nextString(strings);
                case 1 -> method = json.nextString(strings);
                case 2 -> file = json.nextString(strings);
                case 3 -> line = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, json.nextLong()));
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Site(className, method, file, line);
    }
}
