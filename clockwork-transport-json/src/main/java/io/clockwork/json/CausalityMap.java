package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.VectorTimestamp;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Causality in objects that are maps already. */
final class CausalityMap {
    private CausalityMap() {}

    /** {@return a copy of {@code payload} with the member} */
    static Map<String, @Nullable Object> inject(
            CausalityJson member,
            VectorTimestamp causality,
            String type,
            String id,
            Map<String, ? extends @Nullable Object> payload) {
        member.requireFits(causality, type, id);
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(CausalityJson.VECTOR, causality.asMap());
        value.put(CausalityJson.TYPE, type);
        value.put(CausalityJson.ID, id);
        Map<String, @Nullable Object> result = new LinkedHashMap<>(payload);
        result.put(member.name, value);
        return result;
    }

    /** {@return a copy of {@code json} without the member, and what that says; null when it is not there} */
    static @Nullable JsonMessage<Map<String, @Nullable Object>> read(
            CausalityJson member, Map<String, ? extends @Nullable Object> json) {
        if (!json.containsKey(member.name)) {
            return null;
        }
        Map<?, ?> value = object(member.name, json.get(member.name));
        VectorTimestamp causality =
                vector(member, object(member.vectorPath, required(value, CausalityJson.VECTOR, member.vectorPath)));
        String type = text(member, value, CausalityJson.TYPE, member.typePath);
        String id = text(member, value, CausalityJson.ID, member.idPath);
        Map<String, @Nullable Object> payload = new LinkedHashMap<>(json);
        payload.remove(member.name);
        return new JsonMessage<>(payload, causality, type, id);
    }

    private static VectorTimestamp vector(CausalityJson member, Map<?, ?> entries) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            if (!(entry.getKey() instanceof String node)) {
                throw fault(Reason.WRONG_TYPE, member.vectorPath, "expected node ids that are strings");
            }
            long counter = counter(member.vectorPath, entry.getValue());
            member.vectors.add(member.vectorPath, builder, node, JsonFault.NOWHERE, counter);
        }
        return VectorJson.build(member.vectorPath, builder, JsonFault.NOWHERE);
    }

    private static long counter(String path, @Nullable Object value) {
        if (value instanceof BigInteger large) {
            if (large.bitLength() > Long.SIZE - 1 && large.signum() > 0) {
                throw fault(Reason.COUNTER_OUT_OF_RANGE, path, "counter is above the limit of " + Long.MAX_VALUE);
            }
            return notNegative(path, large.signum() < 0 ? -1 : large.longValue());
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return notNegative(path, ((Number) value).longValue());
        }
        throw value instanceof Number
                ? fault(Reason.BAD_NUMBER, path, "expected a counter: an integer without fraction or exponent")
                : fault(Reason.WRONG_TYPE, path, "expected a counter: an integer");
    }

    private static long notNegative(String path, long counter) {
        if (counter < 0) {
            throw fault(Reason.BAD_NUMBER, path, "expected a counter, which is not negative");
        }
        return counter;
    }

    private static String text(CausalityJson member, Map<?, ?> value, String name, String path) {
        if (!(required(value, name, path) instanceof String text)) {
            throw fault(Reason.WRONG_TYPE, path, "expected a string");
        }
        if (text.isEmpty()) {
            throw fault(Reason.EMPTY, path, "string is empty");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > member.limits.maxValueBytes()) {
            throw fault(
                    Reason.LIMIT_EXCEEDED,
                    path,
                    "string has " + bytes + " bytes, the limit is " + member.limits.maxValueBytes());
        }
        return text;
    }

    private static @Nullable Object required(Map<?, ?> value, String name, String path) {
        if (!value.containsKey(name)) {
            throw fault(Reason.MISSING, path, "member is missing; causality needs vector, type and id");
        }
        return value.get(name);
    }

    private static Map<?, ?> object(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw fault(Reason.WRONG_TYPE, path, "expected an object");
        }
        return map;
    }

    private static JsonFault fault(Reason reason, String path, String problem) {
        return new JsonFault(reason, path, JsonFault.NOWHERE, problem);
    }
}
