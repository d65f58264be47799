package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The members of an object that a form knows, found in a well-formed document; others are ignored. */
final class JsonFields {
    private final byte[] json;
    private final int object;
    private final String prefix; // of the paths
    private final String[] names;
    private final int[] places; // of the values; 0 where there is none, for a brace comes first

    private JsonFields(byte[] json, int object, String prefix, String[] names) {
        this.json = json;
        this.object = object;
        this.prefix = prefix;
        this.names = names;
        places = new int[names.length];
    }

    /**
     * Returns the members of these names of the object at {@code at}.
     *
     * @param path of the object; empty if it is the document
     */
    static JsonFields of(byte[] json, int at, String path, String... names) {
        if (json[at] != '{') {
            throw new JsonFault(
                    Reason.WRONG_TYPE, path.isEmpty() ? JsonFault.DOCUMENT : path, at, "expected an object");
        }
        JsonFields fields = new JsonFields(json, at, path.isEmpty() ? "" : path + '.', names);
        fields.find();
        return fields;
    }

    private void find() {
        byte[][] wanted = new byte[names.length][];
        Arrays.setAll(wanted, i -> names[i].getBytes(StandardCharsets.UTF_8));
        int end = json.length;
        int p = JsonSyntax.skipSpace(json, object + 1, end);
        while (json[p] != '}') {
            int from = p + 1;
            int to = JsonSyntax.skipString(json, from, end) - 1;
            int value = JsonSyntax.skipColon(json, to + 1, end);
            for (int i = 0; i < wanted.length; i++) {
                if (JsonText.isText(json, from, to, wanted[i])) {
                    if (places[i] != 0) {
                        throw new JsonFault(Reason.DUPLICATE_MEMBER, prefix + names[i], p, "member stands twice");
                    }
                    places[i] = value;
                }
            }
            p = JsonSyntax.skipSpace(json, JsonSyntax.skipValue(json, value, end, Integer.MAX_VALUE), end);
            if (json[p] == ',') {
                p = JsonSyntax.skipSpace(json, p + 1, end);
            }
        }
    }

    /** {@return the path of the member {@code name}} */
    String path(String name) {
        return prefix + name;
    }

    /** {@return whether the member {@code name} is there and not null} */
    boolean has(String name) {
        int place = places[index(name)];
        return place != 0 && json[place] != 'n';
    }

    /** {@return the place of the value of {@code name}; throws if there is none} */
    int place(String name) {
        int place = places[index(name)];
        if (place == 0) {
            throw new JsonFault(Reason.MISSING, path(name), object, "member is missing");
        }
        return place;
    }

    private int index(String name) {
        return Arrays.asList(names).indexOf(name);
    }

    /** {@return the string {@code name}} */
    String text(String name, CodecLimits limits) {
        int at = place(name);
        if (json[at] != '"') {
            throw new JsonFault(Reason.WRONG_TYPE, path(name), at, "expected a string");
        }
        int to = JsonSyntax.skipString(json, at + 1, json.length) - 1;
        if (to - at - 1 > limits.maxValueBytes()) {
            throw new JsonFault(
                    Reason.LIMIT_EXCEEDED,
                    path(name),
                    at,
                    "string has " + (to - at - 1) + " bytes, the limit is " + limits.maxValueBytes());
        }
        return JsonText.read(json, at + 1, to);
    }

    /** {@return the string {@code name}, which must not be empty} */
    String nonEmptyText(String name, CodecLimits limits) {
        String text = text(name, limits);
        if (text.isEmpty()) {
            throw new JsonFault(Reason.EMPTY, path(name), place(name), "string is empty");
        }
        return text;
    }

    /** {@return the node id {@code name}} */
    String id(String name, CodecLimits limits) {
        String id = text(name, limits);
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (id.isEmpty()) {
            throw new JsonFault(Reason.EMPTY_ID, path(name), place(name), "expected a node id, found none");
        }
        if (bytes > limits.maxIdBytes()) {
            throw new JsonFault(
                    Reason.LIMIT_EXCEEDED,
                    path(name),
                    place(name),
                    "node id has " + bytes + " bytes, the limit is " + limits.maxIdBytes());
        }
        return id;
    }

    /** {@return the counter {@code name}} */
    long counter(String name) {
        return JsonNumbers.counter(path(name), json, place(name));
    }

    /** {@return the array of bytes {@code name}, each from 0 to 255} */
    byte[] bytes(String name) {
        int at = place(name);
        if (json[at] != '[') {
            throw new JsonFault(Reason.WRONG_TYPE, path(name), at, "expected an array of bytes");
        }
        byte[] bytes = new byte[64];
        int size = 0;
        int p = JsonSyntax.skipSpace(json, at + 1, json.length);
        while (json[p] != ']') {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(
                        bytes, size * 2); // an element has two characters: never above the document's size
            }
            bytes[size++] = JsonNumbers.unsignedByte(path(name), json, p);
            p = JsonSyntax.skipSpace(json, JsonSyntax.skipValue(json, p, json.length, 1), json.length);
            if (json[p] == ',') {
                p = JsonSyntax.skipSpace(json, p + 1, json.length);
            }
        }
        return Arrays.copyOf(bytes, size);
    }
}
