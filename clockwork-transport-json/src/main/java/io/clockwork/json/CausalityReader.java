package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.VectorTimestamp;
import io.clockwork.internal.TableCache;
import io.clockwork.json.stream.Words;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the member that carries causality in a document, and reads it. */
final class CausalityReader {
    /*
     * Most values were written by CausalityJson and have ids that were seen before. Such a one is compared with what would
     * have been written, which is several times as fast as to read JSON; whatever is not so is read member by member.
     */
    private static final byte[] VECTOR = utf8(CausalityJson.VECTOR);
    private static final byte[] TYPE = utf8(CausalityJson.TYPE);
    private static final byte[] ID = utf8(CausalityJson.ID);

    private final CausalityJson member;
    private final VectorJson vectors;

    CausalityReader(CausalityJson member) {
        this.member = member;
        vectors = member.vectors;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the whole document, which must be one object, and returns where the member stands: its name's first byte in
     * the upper half, the byte behind its value in the lower. If it is not there, returns a negative number: minus the
     * place behind the last member, or behind the opening brace when there is no member.
     */
    long locate(byte[] json) {
        int end = json.length;
        int last = JsonDocument.openingBrace(json) + 1;
        long found = 0;
        int p = JsonSyntax.skipSpace(json, last, end);
        boolean more = p == end || json[p] != '}';
        while (more) {
            int quote = JsonSyntax.requireQuote(json, p, end);
            int behindName = JsonSyntax.skipString(json, quote + 1, end);
            int value = JsonSyntax.skipColon(json, behindName, end);
            if (JsonText.isText(json, quote + 1, behindName - 1, member.utf8Name)) {
                if (found != 0) {
                    throw new JsonFault(Reason.DUPLICATE_MEMBER, member.name, quote, "member stands twice");
                }
                last = skip(json, value);
                found = (long) quote << 32 | last;
            } else {
                last = JsonSyntax.skipValue(json, value, end, member.maxDepth - 1);
            }
            p = JsonSyntax.skipSpace(json, last, end);
            more = p == end || json[p] != '}';
            if (more) {
                if (p == end || json[p] != ',') {
                    throw JsonSyntax.unexpected(p, end, "',' or '}'");
                }
                p = JsonSyntax.skipSpace(json, p + 1, end);
            }
        }
        p = JsonSyntax.skipSpace(json, p + 1, end);
        if (p < end) {
            throw new JsonFault(Reason.TRAILING_DATA, JsonFault.DOCUMENT, p, "expected nothing after the object");
        }
        return found != 0 ? found : -last;
    }

    /** {@return the place behind the member's value, of which no more is looked at than it may have} */
    private int skip(byte[] json, int value) {
        int end = (int) Math.min(json.length, (long) value + member.limits.maxValueBytes());
        int behindOwn = skipOwn(json, value, end);
        if (behindOwn >= 0) {
            return behindOwn;
        }
        try {
            return JsonSyntax.skipValue(json, value, end, member.maxDepth - 1);
        } catch (JsonFault fault) {
            if (fault.reason() != Reason.TRUNCATED || end == json.length) {
                throw fault;
            }
            throw new JsonFault(
                    Reason.LIMIT_EXCEEDED,
                    member.name,
                    value,
                    "value has more bytes than the limit of " + member.limits.maxValueBytes());
        }
    }

    /** {@return the place behind the value at {@code at} if we may have written it ourselves; otherwise -1} */
    private int skipOwn(byte[] json, int at, int end) {
        if (JsonText.startsWith(json, at, end, CausalityJson.TO_VECTOR)) {
            int vector = at + CausalityJson.TO_VECTOR.length;
            for (int age = 0; age < TableCache.SIZE; age++) {
                VectorJson.Names known = vectors.known(age);
                int behindVector = known == null ? -1 : VectorJson.behind(json, vector, end, known);
                int behindType = skipPlain(json, behindVector, end, CausalityJson.TO_TYPE);
                int behindId = skipPlain(json, behindType, end, CausalityJson.TO_ID);
                if (behindId >= 0 && JsonText.startsWith(json, behindId, end, CausalityJson.TO_END)) {
                    return behindId + CausalityJson.TO_END.length;
                }
            }
        }
        return -1;
    }

    /** {@return the place of the quote behind a text without escapes, before which {@code head} must stand, or -1} */
    private static int skipPlain(byte[] json, int at, int end, byte[] head) {
        if (at < 0 || !JsonText.startsWith(json, at, end, head)) {
            return -1;
        }
        int from = at + head.length;
        int to = Words.skipPlain(json, from, end);
        return to > from && to < end && json[to] == '"' ? to : -1;
    }

    /** {@return what the member at {@code quote}, up to {@code behindValue}, says, and the document without it} */
    JsonMessage<byte[]> read(byte[] json, int quote, int behindValue) {
        int at = JsonDocument.valueOf(json, quote);
        JsonMessage<byte[]> own = readOwn(json, at, quote, behindValue);
        return own != null ? own : readAny(json, at, quote, behindValue);
    }

    private @Nullable JsonMessage<byte[]> readOwn(byte[] json, int at, int quote, int behindValue) {
        if (!JsonText.startsWith(json, at, behindValue, CausalityJson.TO_VECTOR)) {
            return null;
        }
        int vector = at + CausalityJson.TO_VECTOR.length;
        for (int age = 0; age < TableCache.SIZE; age++) {
            VectorJson.Names known = vectors.known(age);
            int behindVector = known == null ? -1 : VectorJson.behind(json, vector, behindValue, known);
            int behindType = skipPlain(json, behindVector, behindValue, CausalityJson.TO_TYPE);
            int behindId = skipPlain(json, behindType, behindValue, CausalityJson.TO_ID);
            if (known != null && behindId >= 0 && behindId + CausalityJson.TO_END.length == behindValue) {
                int type = behindVector + CausalityJson.TO_TYPE.length;
                int id = behindType + CausalityJson.TO_ID.length;
                return new JsonMessage<>(
                        JsonDocument.cut(json, quote, behindValue),
                        VectorJson.readKnown(json, vector, known),
                        new String(json, type, behindType - type, StandardCharsets.ISO_8859_1),
                        new String(json, id, behindId - id, StandardCharsets.ISO_8859_1));
            }
        }
        return null;
    }

    private JsonMessage<byte[]> readAny(byte[] json, int at, int quote, int behindValue) {
        if (json[at] != '{') {
            throw new JsonFault(Reason.WRONG_TYPE, member.name, at, "expected an object");
        }
        int vector = 0; // 0 is the place of no value, for a brace comes first
        int type = 0;
        int id = 0;
        int p = JsonSyntax.skipSpace(json, at + 1, behindValue);
        while (json[p] != '}') {
            int from = p + 1;
            int to = JsonSyntax.skipString(json, from, behindValue) - 1;
            int value = JsonSyntax.skipColon(json, to + 1, behindValue);
            if (JsonText.isText(json, from, to, VECTOR)) {
                vector = once(vector, value, member.vectorPath);
            } else if (JsonText.isText(json, from, to, TYPE)) {
                type = once(type, value, member.typePath);
            } else if (JsonText.isText(json, from, to, ID)) {
                id = once(id, value, member.idPath);
            }
            p = JsonSyntax.skipSpace(
                    json, JsonSyntax.skipValue(json, value, behindValue, member.maxDepth), behindValue);
            if (json[p] == ',') {
                p = JsonSyntax.skipSpace(json, p + 1, behindValue);
            }
        }
        VectorTimestamp causality = vectors.read(member.vectorPath, json, required(vector, at, member.vectorPath));
        String typeText = text(json, required(type, at, member.typePath), member.typePath);
        String idText = text(json, required(id, at, member.idPath), member.idPath);
        return new JsonMessage<>(JsonDocument.cut(json, quote, behindValue), causality, typeText, idText);
    }

    private static int once(int before, int value, String path) {
        if (before != 0) {
            throw new JsonFault(Reason.DUPLICATE_MEMBER, path, value, "member stands twice");
        }
        return value;
    }

    private static int required(int value, int at, String path) {
        if (value == 0) {
            throw new JsonFault(Reason.MISSING, path, at, "member is missing; causality needs vector, type and id");
        }
        return value;
    }

    private static String text(byte[] json, int at, String path) {
        if (json[at] != '"') {
            throw new JsonFault(Reason.WRONG_TYPE, path, at, "expected a string");
        }
        int to = JsonSyntax.skipString(json, at + 1, json.length) - 1;
        if (to == at + 1) {
            throw new JsonFault(Reason.EMPTY, path, at, "string is empty");
        }
        return JsonText.read(json, at + 1, to);
    }
}
