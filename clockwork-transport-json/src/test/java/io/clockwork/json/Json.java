package io.clockwork.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Jackson as the oracle: documents as trees whose numbers are exact. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100_000)
                            .maxNumberLength(100_000)
                            .maxStringLength(10_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final JsonMapper STRICT = MAPPER.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static JsonNode tree(byte[] json) {
        return tree(new String(json, StandardCharsets.UTF_8));
    }

    static Map<String, Object> map(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static boolean hasDuplicates(String json) {
        try (JsonParser parser = STRICT.createParser(json)) {
            while (parser.nextToken() != null) {
                parser.currentToken();
            }
            return false;
        } catch (IOException e) {
            return e.getMessage().startsWith("Duplicate field");
        }
    }

    /** {@return whether a number of this document is too large for a double} */
    static boolean hasNumberOutOfRange(String json) {
        return hasInfinite(tree(json));
    }

    private static boolean hasInfinite(JsonNode node) {
        if (node.isNumber()) {
            return Double.isInfinite(node.doubleValue());
        }
        for (JsonNode child : node) {
            if (hasInfinite(child)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the tree with all its numbers as doubles, as parsers have them that know no others} */
    static JsonNode withDoubles(JsonNode node) {
        return mapNumbers(node, number -> DoubleNode.valueOf(number.doubleValue()));
    }

    /** {@return the tree with numbers that are equal whenever their values are, however they were written} */
    static JsonNode withValues(JsonNode node) {
        return mapNumbers(
                node,
                number -> TextNode.valueOf(
                        number.decimalValue().stripTrailingZeros().toString()));
    }

    private static JsonNode mapNumbers(JsonNode node, UnaryOperator<JsonNode> change) {
        if (node.isNumber()) {
            return change.apply(node);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode result = MAPPER.createObjectNode();
            object.properties().forEach(e -> result.set(e.getKey(), mapNumbers(e.getValue(), change)));
            return result;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode result = MAPPER.createArrayNode();
            array.forEach(e -> result.add(mapNumbers(e, change)));
            return result;
        }
        return node;
    }
}
