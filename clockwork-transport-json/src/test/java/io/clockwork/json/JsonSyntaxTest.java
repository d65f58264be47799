package io.clockwork.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.JsonSyntaxException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not, value by value; bytes that are no text are written as Latin-1. */
class JsonSyntaxTest {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final int DEPTH = 512;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-0",
                "7",
                "-7",
                "10",
                "1234567890123456789012345678901234567890",
                "0.0",
                "-0.0",
                "1.5",
                "0e0",
                "0E+1",
                "0e-1",
                "1e1",
                "1E9999",
                "1.25e-300",
                "123.456E+78",
                "0.1e1",
                "\"\"",
                "\"a\"",
                "\"\u007f\"",
                "\"\\\"\"",
                "\"\\\\\"",
                "\"\\/\"",
                "\"\\b\\f\\n\\r\\t\"",
                "\"\\u0000\"",
                "\"\\uFfFf\"",
                "\"\\u00e9\"",
                "\"\\uD83D\\uDE80\"",
                "\"\\ud800\\udc00\"",
                "\"\\udbff\\udfff\"",
                "\"\u00e9\"",
                "\"\u20ac\"",
                "\"\uD83D\uDE80\"",
                "\"\uffff\"",
                "\"\u2028\u2029\"",
                "\"// no comment\"",
                "\"12345678\"",
                "\"1234567\\n\"",
                "\"123456789012345\u00e9\"",
                "[]",
                "[ ]",
                "[1]",
                "[1,2]",
                "[ 1 , 2 ]",
                "[[],[[]],{}]",
                "[null,true,false]",
                "{}",
                "{ }",
                "{\"\":0}",
                "{\"a\":{}}",
                "{\"a\":1,\"a\":2}",
                "{\"a\" : 1 , \"b\" : [ { } ] }",
                "{\"\\u0061\":\"\\u0062\"}",
                "[\t\r\n 1\t\r\n ]",
                "[1,\n        2]",
                "{\"a\":[{\"b\":[{\"c\":\"]}\"}]}]}",
                "\"\\\\\\\"\"",
                "[-1,-0.5e-5]",
            })
    void takesWhatIsJson(String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        assertThat(JsonSyntax.skipValue(bytes, 0, bytes.length, DEPTH)).isEqualTo(bytes.length);
        jackson(bytes);
        scan(bytes);
        byte[] embedded = ("[" + json + "]x").getBytes(UTF_8);
        assertThat(JsonSyntax.skipValue(embedded, 1, embedded.length, DEPTH)).isEqualTo(embedded.length - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nul",
                "nulL",
                "True",
                "TRUE",
                "tru",
                "falsee",
                "fals",
                "nan",
                "NaN",
                "Infinity",
                "-Infinity",
                "-",
                "+1",
                "--1",
                "-a",
                "01",
                "-01",
                "00",
                "0x1",
                "1.",
                ".5",
                "-.5",
                "1.e1",
                "1e",
                "1e+",
                "1E-",
                "1e1.5",
                "1_0",
                "1a",
                "1.2.3",
                "0e",
                "1 2",
                "\u0661",
                "\uff11",
                "\"",
                "\"a",
                "\"\\\"",
                "\"\\",
                "'a'",
                "a",
                "\"\\a\"",
                "\"\\x41\"",
                "\"\\0\"",
                "\"\\'\"",
                "\"\\u\"",
                "\"\\u1\"",
                "\"\\u12\"",
                "\"\\u123\"",
                "\"\\u123g\"",
                "\"\\u-123\"",
                "\"\\u\uff11\uff11\uff11\uff11\"",
                "\"\\U0041\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800\\ud800\"",
                "\"\\ud800a\"",
                "\"\\ud800\\n\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800\\u0041\"",
                "\"\\uD800\\u\"",
                "\"\\uD800\\",
                "\"\u0000\"",
                "\"\u001f\"",
                "\"\n\"",
                "\"\t\"",
                "\"1234567\u0001\"",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[,]",
                "[1 2]",
                "[1,,2]",
                "[1}",
                "[1:2]",
                "[}",
                "[[]",
                "[]]",
                "[\u000c]",
                "[\u00a0]",
                "[\u2060]",
                "[1]]",
                "[1],",
                "[a]",
                "{",
                "}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{,\"a\":1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\",1}",
                "{\"a\"=1}",
                "{\"a\"::1}",
                "{\"a\":1,,}",
                "{\"a\":1]",
                "{[}",
                "{\"a\":1",
                "{\"a\":",
                "{\"a\"",
                "{\"a",
                "{\"\n\":1}",
                "{null:1}",
                "{\"a\":1}}",
                "{}{}",
                "{} []",
                "// c\n{}",
                "{/**/}",
                "{}#",
                "{\"a\":1/**/}",
                "\u00ef\u00bb\u00bf{}",
                "*",
                "<a>",
                "\u0000",
                "{\"\\ud800\":1}",
            })
    void refusesWhatIsNot(String json) {
        byte[] bytes = json.getBytes(json.startsWith("\u00ef") ? ISO_8859_1 : UTF_8);
        assertThat(refusal(bytes)).as(json).isNotNull();
        assertThat(refusal(("{\"k\":" + json + "}").getBytes(UTF_8)))
                .as("inside an object: %s", json)
                .isNotNull();
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        for (String bytes : List.of(
                "\u0080",
                "\u00bf",
                "\u00c0\u0080", // overlong, in every length
                "\u00c1\u00bf",
                "\u00e0\u0080\u0080",
                "\u00e0\u009f\u00bf",
                "\u00f0\u0080\u0080\u0080",
                "\u00f0\u008f\u00bf\u00bf",
                "\u00ed\u00a0\u0080", // surrogates
                "\u00ed\u00bf\u00bf",
                "\u00f4\u0090\u0080\u0080", // above U+10FFFF
                "\u00f5\u0080\u0080\u0080",
                "\u00ff",
                "\u00fe",
                "\u00c3", // cut
                "\u00e2\u0082",
                "\u00f0\u009f\u009a",
                "\u00c3(",
                "\u00e2\u0082(",
                "\u00f0\u009f\u009a(")) {
            for (String padding : List.of("", "1234567", "12345678")) {
                byte[] json = ('"' + padding + bytes + '"').getBytes(ISO_8859_1);
                assertThat(refusal(json)).as(bytes).isIn(Reason.INVALID_UTF8, Reason.TRUNCATED);
                byte[] name = ("{\"" + padding + bytes + "\":1}").getBytes(ISO_8859_1);
                assertThat(refusal(name)).as(bytes).isIn(Reason.INVALID_UTF8, Reason.TRUNCATED);
            }
        }
    }

    @Test
    void opensAsManyLevelsAsItMay() {
        for (int depth : new int[] {1, 2, 63, 64, 65, 127, 128, 129, 192, 193, 320, 1000}) {
            for (String levels : List.of("[", "{\"a\":", "[{\"a\":")) {
                String open = levels.repeat(depth).substring(0, length(levels, depth));
                String closed = open + "0" + close(open);
                byte[] json = closed.getBytes(UTF_8);
                assertThat(JsonSyntax.skipValue(json, 0, json.length, depth)).isEqualTo(json.length);
                JsonFault fault = catchThrowableOfType(
                        JsonFault.class, () -> JsonSyntax.skipValue(json, 0, json.length, depth - 1));
                assertThat(fault.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
                for (int wrong = open.length() + 1; wrong < json.length; wrong++) {
                    byte[] other = json.clone();
                    other[wrong] = (byte) (other[wrong] == ']' ? '}' : ']');
                    JsonFault mismatch = catchThrowableOfType(
                            JsonFault.class, () -> JsonSyntax.skipValue(other, 0, other.length, depth));
                    assertThat(mismatch.offset()).isEqualTo(wrong);
                }
            }
        }
    }

    private static int length(String levels, int depth) {
        return levels.length() == 6 ? depth / 2 * 6 + depth % 2 : levels.length() * depth;
    }

    private static String close(String open) {
        StringBuilder close = new StringBuilder();
        open.chars().filter(c -> c == '[' || c == '{').forEach(c -> close.append(c == '[' ? ']' : '}'));
        return close.reverse().toString();
    }

    @Test
    void comesBackToOuterLevelsAfterDeepOnes() {
        String deep = "[".repeat(130) + "]".repeat(130);
        byte[] json = ("{\"a\":[" + deep + "," + deep + ",{\"b\":" + deep + "}],\"c\":1}").getBytes(UTF_8);
        assertThatCode(() -> assertThat(JsonSyntax.skipValue(json, 0, json.length, 140))
                        .isEqualTo(json.length))
                .doesNotThrowAnyException();
    }

    /** {@return the reason for which this is not one JSON document, or null; our scanner must say the same} */
    private static Reason refusal(byte[] json) {
        JsonSyntaxException scanner = catchThrowableOfType(JsonSyntaxException.class, () -> scan(json));
        JsonFault fault = catchThrowableOfType(JsonFault.class, () -> {
            int from = JsonSyntax.skipSpace(json, 0, json.length);
            int end = JsonSyntax.skipValue(json, from, json.length, DEPTH);
            if (JsonSyntax.skipSpace(json, end, json.length) < json.length) {
                throw new JsonFault(Reason.TRAILING_DATA, "", end, "");
            }
        });
        boolean mark = json.length > 2 && json[0] == (byte) 0xEF; // the scanner skips it, as it may
        assertThat(fault == null).isEqualTo(scanner == null && !mark);
        return fault == null ? null : fault.reason();
    }

    private static void scan(byte[] json) {
        try (JsonScanner scanner = JsonScanner.of(json)) {
            scanner.skipValue();
            scanner.endDocument();
        }
    }

    private static void jackson(byte[] json) throws IOException {
        try (JsonParser parser = JACKSON.createParser(json)) {
            while (parser.nextToken() != null) {
                parser.currentToken();
            }
        }
    }
}
