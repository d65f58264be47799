package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;

/** The member that carries causality in an object: its name, and how it is written into bytes. */
final class CausalityJson {
    static final String VECTOR = "vector";
    static final String TYPE = "event_type";
    static final String ID = "event_id";

    /** The value as it is written here, but for what changes from event to event. */
    static final byte[] TO_VECTOR = ascii("{\"" + VECTOR + "\":");

    static final byte[] TO_TYPE = ascii(",\"" + TYPE + "\":\"");
    static final byte[] TO_ID = ascii("\",\"" + ID + "\":\"");
    static final byte[] TO_END = ascii("\"}");

    private static final int FIXED_LENGTH = TO_VECTOR.length + TO_TYPE.length + TO_ID.length + TO_END.length;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    final String name;
    final String vectorPath;
    final String typePath;
    final String idPath;
    final byte[] utf8Name;
    final CodecLimits limits;
    final int maxDepth;
    final VectorJson vectors;

    private final byte[] toVector; // the name, and the beginning of the value

    CausalityJson(String name, CodecLimits limits, int maxDepth) {
        this.name = name;
        this.limits = limits;
        this.maxDepth = maxDepth;
        vectorPath = name + '.' + VECTOR;
        typePath = name + '.' + TYPE;
        idPath = name + '.' + ID;
        utf8Name = name.getBytes(StandardCharsets.UTF_8);
        vectors = new VectorJson(limits);
        toVector = toVector(name);
    }

    private static byte[] toVector(String name) {
        int length = JsonText.length(name, name);
        byte[] head = new byte[length + 3 + TO_VECTOR.length];
        head[0] = '"';
        JsonText.write(name, length, head, 1);
        head[length + 1] = '"';
        head[length + 2] = ':';
        copy(TO_VECTOR, head, length + 3);
        return head;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the document with the member added at {@code at}, behind its last one} */
    byte[] append(byte[] json, int at, VectorTimestamp causality, String type, String id) {
        return splice(json, at, at, causality, type, id);
    }

    /** {@return the document with another value between these places} */
    byte[] replace(byte[] json, int from, int to, VectorTimestamp causality, String type, String id) {
        return splice(json, from, to, causality, type, id);
    }

    private byte[] splice(byte[] json, int from, int to, VectorTimestamp causality, String type, String id) {
        VectorJson.Names names = vectors.names(vectorPath, causality);
        int typeLength = JsonText.length(typePath, type);
        int idLength = JsonText.length(idPath, id);
        int valueLength = length(causality, names, typeLength, idLength);
        boolean append = from == to;
        boolean comma = append && json[from - 1] != '{';
        byte[] head = append ? toVector : TO_VECTOR;
        long length = (long) json.length - (to - from) + (comma ? 1 : 0) + head.length - TO_VECTOR.length + valueLength;
        if (length > MAX_ARRAY) {
            throw new JsonFault(
                    Reason.LIMIT_EXCEEDED,
                    JsonFault.DOCUMENT,
                    JsonFault.NOWHERE,
                    "document has " + length + " bytes, more than an array holds");
        }
        byte[] out = new byte[(int) length];
        System.arraycopy(json, 0, out, 0, from);
        int p = from;
        if (comma) {
            out[p++] = ',';
        }
        p = copy(head, out, p);
        p = VectorJson.write(causality, names, out, p);
        p = copy(TO_TYPE, out, p);
        p = JsonText.write(type, typeLength, out, p);
        p = copy(TO_ID, out, p);
        p = JsonText.write(id, idLength, out, p);
        p = copy(TO_END, out, p);
        System.arraycopy(json, to, out, p, json.length - to);
        return out;
    }

    private static int copy(byte[] from, byte[] out, int at) {
        System.arraycopy(from, 0, out, at, from.length);
        return at + from.length;
    }

    /** Throws if the value would be over a limit for writing. */
    void requireFits(VectorTimestamp causality, String type, String id) {
        VectorJson.Names names = vectors.names(vectorPath, causality);
        length(causality, names, JsonText.length(typePath, type), JsonText.length(idPath, id));
    }

    private int length(VectorTimestamp causality, VectorJson.Names names, int typeLength, int idLength) {
        long length = VectorJson.length(causality, names) + typeLength + idLength + FIXED_LENGTH;
        if (length > limits.maxValueBytes()) {
            throw new JsonFault(
                    Reason.LIMIT_EXCEEDED,
                    name,
                    JsonFault.NOWHERE,
                    "value has " + length + " bytes, the limit is " + limits.maxValueBytes());
        }
        return (int) length;
    }
}
