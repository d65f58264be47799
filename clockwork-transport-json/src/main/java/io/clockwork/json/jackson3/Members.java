package io.clockwork.json.jackson3;

import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.MismatchedInputException;

/** The members of one object that a value needs; each of them at most once, others are skipped. */
final class Members {
    private final JsonParser in;
    private final Class<?> type;
    private final CodecLimits limits;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    private Members(JsonParser in, Class<?> type, CodecLimits limits) {
        this.in = in;
        this.type = type;
        this.limits = limits;
    }

    /** Reads the object that begins at the parser's token. */
    static Members of(JsonParser in, Class<?> type, CodecLimits limits, String... names) {
        Members members = new Members(in, type, limits);
        List<String> wanted = Arrays.asList(names);
        members.enterObject("an object");
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            if (!wanted.contains(name)) {
                in.skipChildren();
            } else if (members.values.containsKey(name)) {
                throw members.mismatch("member " + name + " stands twice");
            } else {
                members.values.put(name, members.value(name));
            }
        }
        return members;
    }

    private void enterObject(String expected) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw mismatch("expected " + expected);
        }
    }

    private @Nullable Object value(String name) {
        return switch (name) {
            case "time" -> readCounter(name);
            case "clocks" -> readVector(name);
            case "causality" -> of(in, type, limits, "clocks").vector("clocks");
            case "payload" -> readBytes(name);
            case "timestamp_utc" -> in.currentToken() == JsonToken.VALUE_NULL ? null : readText(name);
            default -> readText(name);
        };
    }

    private String readText(String name) {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw mismatch(name + ": expected a string");
        }
        String text = in.getString();
        int max = name.equals("node_id") ? limits.maxIdBytes() : limits.maxValueBytes();
        if (text.length() > max || text.getBytes(StandardCharsets.UTF_8).length > max) {
            throw mismatch(name + ": string has more bytes than the limit of " + max);
        }
        return text;
    }

    private long readCounter(String name) {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw mismatch(name + ": expected an integer without quotes, fraction or exponent");
        }
        if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw mismatch(name + ": number is not from 0 to " + Long.MAX_VALUE);
        }
        long counter = in.getLongValue();
        if (counter < 0 || (counter == 0 && in.getString().startsWith("-"))) {
            throw mismatch(name + ": expected an integer without sign");
        }
        return counter;
    }

    private VectorTimestamp readVector(String name) {
        enterObject(name + " to be an object of node ids and counters");
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        try {
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String id = in.currentName();
                if (builder.size() == limits.maxEntries()) {
                    throw mismatch(name + ": vector has more than " + limits.maxEntries() + " entries");
                }
                if (id.getBytes(StandardCharsets.UTF_8).length > limits.maxIdBytes()) {
                    throw mismatch(name + ": node id has more bytes than the limit of " + limits.maxIdBytes());
                }
                in.nextToken();
                builder.put(id, readCounter(name));
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw mismatch(name + ": " + e.getMessage());
        }
    }

    private byte[] readBytes(String name) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw mismatch(name + ": expected an array of bytes");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long number = readCounter(name);
            if (number > 255) {
                throw mismatch(name + ": expected bytes from 0 to 255");
            }
            bytes.write((int) number);
        }
        return bytes.toByteArray();
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    String text(String name) {
        return (String) required(name);
    }

    long counter(String name) {
        return (Long) required(name);
    }

    VectorTimestamp vector(String name) {
        return (VectorTimestamp) required(name);
    }

    byte[] bytes(String name) {
        return (byte[]) required(name);
    }

    private Object required(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw mismatch("member " + name + " is missing");
        }
        return value;
    }

    MismatchedInputException mismatch(String problem) {
        return MismatchedInputException.from(in, type, problem);
    }
}
