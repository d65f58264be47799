package io.clockwork.analysis.format;

import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.json.stream.JsonToken;
import io.clockwork.json.stream.NameTable;
import io.clockwork.json.stream.StringCache;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads values that producers write in several ways. */
final class JsonForms {
    private static final int HEX_SPAN_ID = 16;
    private static final int MAX_NUMBER = 64;
    private static final NameTable ATTRIBUTE = NameTable.of("key", "value");

    private final JsonScanner json;
    private final StringCache names = StringCache.withSlots(4096);

    JsonForms(JsonScanner json) {
        this.json = json;
    }

    StringCache names() {
        return names;
    }

    int line() {
        return (int) Math.min(json.line(), Integer.MAX_VALUE);
    }

    /** {@return whether an array comes next, which is entered; null counts as none} */
    boolean entersArray() {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return false;
        }
        json.beginArray();
        return true;
    }

    /** {@return whether an object comes next, which is entered; null counts as none} */
    boolean entersObject() {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return false;
        }
        json.beginObject();
        return true;
    }

    /** {@return the string, number or boolean that comes next as text, or null if it is none} */
    @Nullable
    String scalar(@Nullable StringCache cache) {
        return switch (json.peek()) {
            case STRING -> cache == null ? json.nextString() : json.nextString(cache);
            case NUMBER -> json.nextNumberToken();
            case BOOLEAN -> String.valueOf(json.nextBoolean());
            default -> {
                json.skipValue();
                yield null;
            }
        };
    }

    /** {@return a scalar that is repeated in many places} */
    @Nullable
    String name() {
        return scalar(names);
    }

    /** {@return the index of the string that comes next, or {@link NameTable#UNKNOWN}, of another value too} */
    int word(NameTable words) {
        if (json.peek() == JsonToken.STRING) {
            return json.nextString(words);
        }
        json.skipValue();
        return NameTable.UNKNOWN;
    }

    /** Takes what a tag or an attribute says: the index of its key, and its value or null if it is no scalar. */
    @FunctionalInterface
    interface Attributes {
        void accept(int key, @Nullable String value);
    }

    /** Reads an array of objects with a key and a value; gives those with one of {@code keys}, read by {@code scalar}. */
    void attributes(NameTable keys, Attributes taker, Supplier<@Nullable String> scalar) {
        if (entersArray()) {
            while (json.hasNext()) {
                attribute(keys, taker, scalar);
            }
            json.endArray();
        }
    }

    private void attribute(NameTable keys, Attributes taker, Supplier<@Nullable String> scalar) {
        boolean hasKey = false;
        int key = NameTable.UNKNOWN;
        String value = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName(ATTRIBUTE)) {
                case 0 -> {
                    key = word(keys);
                    hasKey = true;
                }
                case 1 -> {
                    if (hasKey && key == NameTable.UNKNOWN) {
                        json.skipValue();
                    } else {
                        value = scalar.get();
                    }
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (key != NameTable.UNKNOWN) {
            taker.accept(key, value);
        }
    }

    /** {@return nanoseconds written as a number or in a string, or {@link SpanRow#NO_TIME}} */
    long nanos() {
        return time(1);
    }

    /** {@return the nanoseconds of microseconds written as a number or in a string, or {@link SpanRow#NO_TIME}} */
    long micros() {
        return time(1_000);
    }

    private long time(int unit) {
        if (json.peek() == JsonToken.NUMBER) {
            try {
                long number = json.nextLong();
                return unit == 1
                        ? Math.max(-Micros.MAX_NANOS, Math.min(number, Micros.MAX_NANOS))
                        : Micros.toNanos(number);
            } catch (JsonSyntaxException e) {
                // A fraction, an exponent or very large; what is ill-formed throws again below.
            }
        }
        String text = scalar(null);
        if (text == null || text.length() > MAX_NUMBER) {
            return SpanRow.NO_TIME;
        }
        try {
            return unit == 1 ? toNanos(text) : Micros.toNanos(text);
        } catch (NumberFormatException e) {
            return SpanRow.NO_TIME;
        }
    }

    private static long toNanos(String text) {
        try {
            long number = Long.parseLong(text.strip());
            return Math.max(-Micros.MAX_NANOS, Math.min(number, Micros.MAX_NANOS));
        } catch (NumberFormatException e) {
            long thousandfold = Micros.toNanos(text);
            return Math.abs(thousandfold) == Micros.MAX_NANOS ? thousandfold : thousandfold / 1_000;
        }
    }

    /** {@return a hexadecimal id in lower case, or null for one that is missing, empty or all zeros} */
    static @Nullable String id(@Nullable String text) {
        if (text == null) {
            return null;
        }
        boolean zeros = true;
        boolean upper = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            zeros &= c == '0';
            upper |= c >= 'A' && c <= 'F';
            if (Character.digit(c, 16) < 0 || c > 'f') {
                return text; // no hexadecimal id, but one all the same
            }
        }
        return zeros ? null : upper ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** {@return as {@link #id}, with zeros before it up to 16 digits} */
    static @Nullable String paddedId(@Nullable String text) {
        String id = id(text);
        boolean shorter =
                id != null && id.length() < HEX_SPAN_ID && id.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return id != null && shorter ? "0".repeat(HEX_SPAN_ID - id.length()) + id : id;
    }
}
