package io.clockwork.analysis.html;

import io.clockwork.json.stream.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the report wrote as JSON: maps, lists, strings, longs, doubles and booleans. */
final class JsonTree {
    private final JsonScanner json;

    private JsonTree(JsonScanner json) {
        this.json = json;
    }

    static @Nullable Object read(String text) {
        try (JsonScanner json = JsonScanner.of(text.getBytes(StandardCharsets.UTF_8))) {
            Object value = new JsonTree(json).value();
            json.endDocument();
            return value;
        }
    }

    /** Goes as deep as the report's members do, whatever the data. */
    private @Nullable Object value() {
        return switch (json.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
            case STRING -> json.nextString();
            case NUMBER -> number(json.nextNumberToken());
            case BOOLEAN -> json.nextBoolean();
            default -> {
                json.nextNull();
                yield null;
            }
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            members.put(json.nextName(), value());
        }
        json.endObject();
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            elements.add(value());
        }
        json.endArray();
        return elements;
    }

    private static Object number(String token) {
        boolean isWhole = token.chars().allMatch(c -> c == '-' || Character.isDigit(c));
        if (isWhole) {
            return Long.valueOf(token);
        }
        return Double.valueOf(token);
    }
}
