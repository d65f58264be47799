package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import io.clockwork.internal.TableCache;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors as objects of ids and counters: {@code {"a":1,"b":0}}. */
final class VectorJson {
    private static final Names NONE = new Names(VectorTimestamp.empty(), new byte[0][], 0);

    private static final int MAX_FAST_DIGITS = 18; // whatever they are, they fit

    private final CodecLimits limits;
    private final TableCache<Names> names = new TableCache<>();

    VectorJson(CodecLimits limits) {
        this.limits = limits;
    }

    /** The ids of some table as they stand in JSON. */
    static final class Names {
        /** Some timestamp of that table, for a builder that expects its nodes. */
        private final VectorTimestamp sample;
        /** For each id the bytes between the last counter and its own: comma, quotes and colon. */
        private final byte[][] parts;
        /** How many bytes they have together. */
        private final int length;

        Names(VectorTimestamp sample, byte[][] parts, int length) {
            this.sample = sample;
            this.parts = parts;
            this.length = length;
        }
    }

    /** {@return the ids of {@code timestamp}; throws if they are over a limit for writing} */
    Names names(String path, VectorTimestamp timestamp) {
        if (timestamp.isEmpty()) {
            return NONE;
        }
        List<String> nodes = timestamp.nodes();
        Names known = names.get(nodes);
        return known != null ? known : make(path, timestamp, nodes);
    }

    private Names make(String path, VectorTimestamp timestamp, List<String> nodes) {
        if (nodes.size() > limits.maxEntries()) {
            throw overLimit(path, "vector has " + nodes.size() + " entries, the limit is " + limits.maxEntries());
        }
        byte[][] parts = new byte[nodes.size()][];
        long length = 0;
        for (int i = 0; i < parts.length; i++) {
            String id = nodes.get(i);
            int bytes = id.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > limits.maxIdBytes()) {
                throw overLimit(path, "node id has " + bytes + " bytes, the limit is " + limits.maxIdBytes());
            }
            parts[i] = part(path, id, i > 0);
            length += parts[i].length;
        }
        if (length > limits.maxValueBytes()) {
            throw overLimit(path, "ids have " + length + " bytes, the limit is " + limits.maxValueBytes());
        }
        Names made = new Names(timestamp, parts, (int) length);
        names.put(nodes, made);
        return made;
    }

    private static byte[] part(String path, String id, boolean comma) {
        int length = JsonText.length(path, id);
        byte[] part = new byte[length + (comma ? 4 : 3)];
        int p = 0;
        if (comma) {
            part[p++] = ',';
        }
        part[p++] = '"';
        p = JsonText.write(id, length, part, p);
        part[p] = '"';
        part[p + 1] = ':';
        return part;
    }

    private static JsonFault overLimit(String path, String problem) {
        return new JsonFault(Reason.LIMIT_EXCEEDED, path, JsonFault.NOWHERE, problem);
    }

    /** {@return how many bytes {@link #write} writes} */
    static long length(VectorTimestamp timestamp, Names names) {
        long length = 2L + names.length;
        for (int i = 0; i < names.parts.length; i++) {
            length += JsonText.digits(timestamp.counterAt(i));
        }
        return length;
    }

    /** Writes {@code timestamp}, whose ids {@code names} are, and returns the place behind it. */
    static int write(VectorTimestamp timestamp, Names names, byte[] out, int at) {
        int p = at;
        out[p++] = '{';
        byte[][] parts = names.parts;
        for (int i = 0; i < parts.length; i++) {
            byte[] part = parts[i];
            System.arraycopy(part, 0, out, p, part.length);
            p = JsonText.write(timestamp.counterAt(i), out, p + part.length);
        }
        out[p] = '}';
        return p + 1;
    }

    /** {@return the ids of the latest table but {@code age}, from 0; null when there are not so many} */
    @Nullable
    Names known(int age) {
        return names.at(age);
    }

    /** {@return the place behind the vector at {@code at} if it is one of these ids as we write it; otherwise -1} */
    static int behind(byte[] json, int at, int end, Names known) {
        if (json[at] != '{') {
            return -1;
        }
        int p = at + 1;
        for (byte[] part : known.parts) {
            if (!JsonText.startsWith(json, p, end, part)) {
                return -1;
            }
            int from = p + part.length;
            p = from;
            while (p < end && json[p] >= '0' && json[p] <= '9') {
                p++;
            }
            if (p == from || p - from > MAX_FAST_DIGITS || (json[from] == '0' && p - from > 1)) {
                return -1;
            }
        }
        return p < end && json[p] == '}' ? p + 1 : -1;
    }

    /** {@return the vector at {@code at}, where a well-formed value stands} */
    VectorTimestamp read(String path, byte[] json, int at) {
        for (int age = 0; age < TableCache.SIZE; age++) {
            Names known = names.at(age);
            if (known != null && behind(json, at, json.length, known) >= 0) {
                return readKnown(json, at, known);
            }
        }
        VectorTimestamp timestamp = readAny(path, json, at);
        return timestamp.isEmpty() ? timestamp : shared(path, timestamp);
    }

    /** {@return this vector with the nodes of one that was seen before, if there is one with the same} */
    private VectorTimestamp shared(String path, VectorTimestamp timestamp) {
        for (int age = 0; age < TableCache.SIZE; age++) {
            Names known = names.at(age);
            if (known != null && known.sample.nodes().equals(timestamp.nodes())) {
                VectorTimestamp.Builder builder = VectorTimestamp.builder(known.sample);
                for (int i = 0; i < timestamp.size(); i++) {
                    builder.putNext(timestamp.counterAt(i));
                }
                return builder.build();
            }
        }
        make(path, timestamp, timestamp.nodes());
        return timestamp;
    }

    /** {@return the vector at {@code at}, of these ids and written as we write it} */
    static VectorTimestamp readKnown(byte[] json, int at, Names known) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder(known.sample);
        int p = at + 1;
        for (byte[] part : known.parts) {
            p += part.length;
            long counter = 0;
            while (json[p] >= '0' && json[p] <= '9') {
                counter = counter * 10 + (json[p++] - '0');
            }
            builder.putNext(counter);
        }
        return builder.build();
    }

    private VectorTimestamp readAny(String path, byte[] json, int at) {
        if (json[at] != '{') {
            throw new JsonFault(Reason.WRONG_TYPE, path, at, "expected an object of node ids and counters");
        }
        int end = json.length;
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        int p = JsonSyntax.skipSpace(json, at + 1, end);
        while (json[p] != '}') {
            int close = JsonSyntax.skipString(json, p + 1, end) - 1;
            int value = JsonSyntax.skipColon(json, close + 1, end);
            add(path, builder, id(path, json, p + 1, close), p, JsonNumbers.counter(path, json, value));
            p = JsonSyntax.skipSpace(json, JsonSyntax.skipValue(json, value, end, 1), end);
            if (json[p] == ',') {
                p = JsonSyntax.skipSpace(json, p + 1, end);
            }
        }
        return build(path, builder, at);
    }

    /** {@return the id between these places; one that is far too long is refused without being decoded} */
    private String id(String path, byte[] json, int from, int to) {
        if (to - from > 6 * limits.maxIdBytes()) { // escapes make it six times as long at most
            throw idTooLong(path, from, "more than " + (to - from) / 6);
        }
        return JsonText.read(json, from, to);
    }

    /** Adds an entry that stands at {@code at}, unless it is over a limit or illegal. */
    void add(String path, VectorTimestamp.Builder builder, String id, int at, long counter) {
        if (id.isEmpty()) {
            throw new JsonFault(Reason.EMPTY_ID, path, at, "expected a node id, found none");
        }
        if (builder.size() == limits.maxEntries()) {
            throw new JsonFault(
                    Reason.LIMIT_EXCEEDED, path, at, "vector has more than " + limits.maxEntries() + " entries");
        }
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limits.maxIdBytes()) {
            throw idTooLong(path, at, String.valueOf(bytes));
        }
        try {
            builder.put(id, counter);
        } catch (IllegalArgumentException e) {
            throw new JsonFault(Reason.ILLEGAL_ID, path, at, String.valueOf(e.getMessage()));
        }
    }

    private JsonFault idTooLong(String path, int at, String bytes) {
        return new JsonFault(
                Reason.LIMIT_EXCEEDED,
                path,
                at,
                "node id has " + bytes + " bytes, the limit is " + limits.maxIdBytes());
    }

    /** {@return the vector of these entries, which stand at {@code at}, unless a node stands twice} */
    static VectorTimestamp build(String path, VectorTimestamp.Builder builder, int at) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new JsonFault(Reason.DUPLICATE_ID, path, at, String.valueOf(e.getMessage()));
        }
    }
}
