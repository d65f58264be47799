package io.clockwork.analysis.html;

import io.clockwork.json.stream.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of JSON objects as columns: one for each member that any row has. A column is
 *
 * <ul>
 *   <li>a string: whole numbers as {@link NumberText};
 *   <li>{@code text}, {@code flag}, {@code moment}: numbers of texts, 0 or 1, nanoseconds since the page's first moment;
 *   <li>{@code real}: numbers that are not whole;
 *   <li>{@code rows}: objects, as a table; {@code list}: arrays, by their lengths and the column {@code of} all elements;
 *   <li>{@code some}: flags that tell which rows have a value, and the column {@code of} those values.
 * </ul>
 */
final class Columns {
    private final JsonWriter json;
    private final Texts texts;
    private final long firstMoment;

    Columns(JsonWriter json, Texts texts, long firstMoment) {
        this.json = json;
        this.texts = texts;
        this.firstMoment = firstMoment;
    }

    void numbers(String name, int size, IntToLongFunction numbers) {
        json.name(name).value(NumberText.of(size, numbers));
    }

    /** Writes rows, each a map; goes as deep as the report's members do, whatever the data. */
    void table(List<?> rows) {
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            for (Map.Entry<?, ?> member : ((Map<?, ?>) rows.get(row)).entrySet()) {
                List<@Nullable Object> column =
                        columns.computeIfAbsent((String) member.getKey(), name -> new ArrayList<>());
                pad(column, row);
                column.add(member.getValue());
            }
        }
        json.beginObject().name("size").value(rows.size()).name("columns").beginObject();
        for (Map.Entry<String, List<@Nullable Object>> column : columns.entrySet()) {
            pad(column.getValue(), rows.size());
            json.name(column.getKey());
            column(column.getKey(), column.getValue());
        }
        json.endObject().endObject();
    }

    private static void pad(List<@Nullable Object> column, int size) {
        while (column.size() < size) {
            column.add(null);
        }
    }

    private void column(String name, List<? extends @Nullable Object> values) {
        List<Object> present = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                present.add(value);
            }
        }
        if (present.size() == values.size()) {
            values(name, present);
            return;
        }
        json.beginObject();
        numbers("some", values.size(), row -> values.get(row) == null ? 0 : 1);
        json.name("of");
        values(name, present);
        json.endObject();
    }

    private void values(String name, List<?> values) {
        Object first = values.isEmpty() ? 0L : values.get(0);
        if (first instanceof Map) {
            json.beginObject().name("rows");
            table(values);
            json.endObject();
        } else if (first instanceof List) {
            lists(name, values);
        } else if (first instanceof String) {
            tagged("text", values.size(), row -> texts.numberOf((String) values.get(row)));
        } else if (first instanceof Boolean) {
            tagged("flag", values.size(), row -> (Boolean) values.get(row) ? 1 : 0);
        } else if (name.equals("startNanos") || name.equals("endNanos")) {
            tagged("moment", values.size(), row -> whole(values, row) - firstMoment);
        } else if (values.stream().allMatch(Long.class::isInstance)) {
            json.value(NumberText.of(values.size(), row -> whole(values, row)));
        } else {
            json.beginObject().name("real").beginArray();
            values.forEach(value -> json.value(((Number) value).doubleValue()));
            json.endArray().endObject();
        }
    }

    private static long whole(List<?> values, int row) {
        return (Long) Objects.requireNonNull(values.get(row));
    }

    private void tagged(String tag, int size, IntToLongFunction numbers) {
        json.beginObject();
        numbers(tag, size, numbers);
        json.endObject();
    }

    private void lists(String name, List<?> lists) {
        List<@Nullable Object> elements = new ArrayList<>();
        lists.forEach(list -> elements.addAll((List<?>) list));
        json.beginObject();
        numbers("list", lists.size(), row -> ((List<?>) lists.get(row)).size());
        json.name("of");
        column(name, elements);
        json.endObject();
    }
}
