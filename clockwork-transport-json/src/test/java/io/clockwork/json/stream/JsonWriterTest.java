package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private final StringBuilder out = new StringBuilder();

    @Test
    void writesCompactly() {
        example(JsonWriter.compact(out));
        assertThat(out).hasToString("{\"a\":[1,2.5,true,null],\"b\":{},\"c\":[],\"d\":{\"e\":\"f\"}}");
    }

    @Test
    void indentsByTwo() {
        example(JsonWriter.indented(out));
        assertThat(out).hasToString("""
                {
                  "a": [
                    1,
                    2.5,
                    true,
                    null
                  ],
                  "b": {},
                  "c": [],
                  "d": {
                    "e": "f"
                  }
                }""");
    }

    private static void example(JsonWriter json) {
        json.beginObject()
                .name("a")
                .beginArray()
                .value(1)
                .value(2.5)
                .value(true)
                .nullValue()
                .endArray();
        json.name("b").beginObject().endObject().name("c").beginArray().endArray();
        json.name("d")
                .beginObject()
                .name("e")
                .value("f")
                .endObject()
                .endObject()
                .endDocument();
    }

    @Test
    void escapesWhatJsonAndHtmlCannotHold() {
        JsonWriter.compact(out).value("\"\\/\n\r\t\b\u0000</script>\u2028\u2029\ud800x\udc00😀é\ud800");
        assertThat(out)
                .hasToString(
                        "\"\\\"\\\\/\\n\\r\\t\\u0008\\u0000\\u003c/script>\\u2028\\u2029\\ud800x\\udc00😀é\\ud800\"");
    }

    @Test
    void writesDoublesAsIntegersWhereExact() {
        JsonWriter json = JsonWriter.compact(out).beginArray();
        json.value(3.0)
                .value(-0.0)
                .value(0.0)
                .value(9007199254740991.0)
                .value(9007199254740992.0)
                .value(1e300)
                .value(0.1);
        json.endArray();
        assertThat(out).hasToString("[3,-0.0,0,9007199254740991,9.007199254740992E15,1.0E300,0.1]");
    }

    @Test
    void refusesInfinityAndNaN() {
        JsonWriter json = JsonWriter.compact(out);
        assertThatIllegalArgumentException().isThrownBy(() -> json.value(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> json.value(Double.NEGATIVE_INFINITY));
        assertThat(out).isEmpty();
    }

    @Test
    void refusesMisplacedCallsAndWritesNothing() {
        JsonWriter json = JsonWriter.compact(out);
        assertThatIllegalStateException().isThrownBy(() -> json.name("a"));
        assertThatIllegalStateException().isThrownBy(json::endArray);
        json.beginObject();
        assertThatIllegalStateException()
                .isThrownBy(() -> json.value(1))
                .withMessage("a value cannot be written here, name() or endObject() is due");
        assertThatIllegalStateException().isThrownBy(json::beginArray);
        assertThatIllegalStateException().isThrownBy(json::endArray);
        json.name("a");
        assertThatIllegalStateException().isThrownBy(() -> json.name("b"));
        assertThatIllegalStateException().isThrownBy(json::endObject);
        json.beginArray();
        assertThatIllegalStateException().isThrownBy(json::endObject);
        json.endArray();
        assertThatIllegalStateException().isThrownBy(json::endDocument);
        json.endObject();
        assertThatIllegalStateException().isThrownBy(json::nullValue);
        json.endDocument();
        assertThat(out).hasToString("{\"a\":[]}");
    }

    @Provide
    Arbitrary<Object> trees() {
        return JsonDocuments.trees(4);
    }

    @Property
    void whatItWritesTheScannerAndJacksonReadBack(@ForAll("trees") Object tree, @ForAll boolean indented)
            throws IOException {
        StringBuilder text = new StringBuilder();
        JsonWriter json = indented ? JsonWriter.indented(text) : JsonWriter.compact(text);
        write(json, tree);
        json.endDocument();
        JsonScanner scanner = JsonScanner.of(text.toString().getBytes(UTF_8));
        assertReads(scanner, tree);
        scanner.endDocument();
        assertThat(JsonEvents.ofScanner(JsonScanner.of(text.toString().getBytes(UTF_8))))
                .isEqualTo(JsonEvents.ofJackson(text.toString()));
    }

    private static void write(JsonWriter json, Object tree) {
        if (tree instanceof Map<?, ?> map) {
            json.beginObject();
            map.forEach((name, value) -> write(json.name((String) name), value));
            json.endObject();
        } else if (tree instanceof List<?> list) {
            json.beginArray();
            list.forEach(value -> write(json, value));
            json.endArray();
        } else if (tree instanceof Boolean bool) {
            json.value(bool);
        } else if (tree instanceof Long integer) {
            json.value(integer);
        } else if (tree instanceof Number number) {
            json.value(number.doubleValue());
        } else {
            json.value((String) tree);
        }
    }

    private static void assertReads(JsonScanner json, Object tree) {
        if (tree instanceof Map<?, ?> map) {
            json.beginObject();
            map.forEach((name, value) -> {
                assertThat(json.nextName()).isEqualTo(name);
                assertReads(json, value);
            });
            json.endObject();
        } else if (tree instanceof List<?> list) {
            json.beginArray();
            list.forEach(value -> assertReads(json, value));
            json.endArray();
        } else if (tree instanceof Boolean) {
            assertThat(json.nextBoolean()).isEqualTo(tree);
        } else if (tree instanceof Long) {
            assertThat(json.nextLong()).isEqualTo(tree);
        } else if (tree instanceof Number number) {
            assertThat(json.nextDouble()).isEqualTo(number.doubleValue());
        } else {
            assertThat(json.nextString()).isEqualTo(tree);
        }
    }
}
