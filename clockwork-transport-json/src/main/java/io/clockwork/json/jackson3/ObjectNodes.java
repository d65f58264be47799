package io.clockwork.json.jackson3;

import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonCodec;
import io.clockwork.json.JsonMessage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Causality in nodes, by way of maps that hold the member and nothing else. */
final class ObjectNodes {
    /** The member, and the vector in it: what lies deeper is of a wrong type wherever it counts. */
    private static final int LEVELS = 2;

    private ObjectNodes() {}

    static ObjectNode inject(JsonCodec codec, VectorTimestamp causality, String type, ObjectNode payload) {
        return with(payload, codec.inject(causality, type, member(codec, payload)));
    }

    static ObjectNode inject(JsonCodec codec, TracedEvent event, ObjectNode payload) {
        return with(payload, codec.inject(event, member(codec, payload)));
    }

    private static ObjectNode with(ObjectNode payload, Map<String, ?> member) {
        ObjectNode copy = payload.objectNode().setAll(payload);
        putAll(copy, member);
        return copy;
    }

    private static void putAll(ObjectNode node, Map<?, ?> members) {
        members.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value instanceof Map<?, ?> object) {
                putAll(node.putObject(name), object);
            } else if (value instanceof Long number) {
                node.put(name, number);
            } else {
                node.put(name, String.valueOf(value));
            }
        });
    }

    static JsonMessage<ObjectNode> extract(JsonCodec codec, ObjectNode json) {
        return codec.extract(member(codec, json)).withPayload(without(codec, json));
    }

    static Optional<JsonMessage<ObjectNode>> find(JsonCodec codec, ObjectNode json) {
        return codec.find(member(codec, json)).map(message -> message.withPayload(without(codec, json)));
    }

    static boolean hasCausality(JsonCodec codec, ObjectNode json) {
        return codec.hasCausality(member(codec, json));
    }

    private static ObjectNode without(JsonCodec codec, ObjectNode json) {
        ObjectNode copy = json.objectNode().setAll(json);
        copy.remove(codec.member());
        return copy;
    }

    private static Map<String, @Nullable Object> member(JsonCodec codec, ObjectNode json) {
        JsonNode member = json.get(codec.member());
        return member == null ? Map.of() : Collections.singletonMap(codec.member(), plain(member, LEVELS));
    }

    private static @Nullable Object plain(JsonNode node, int levels) {
        if (node instanceof ObjectNode object && levels > 0) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.properties().forEach(member -> map.put(member.getKey(), plain(member.getValue(), levels - 1)));
            return map;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        return node.isNumber() ? node.numberValue() : node;
    }
}
