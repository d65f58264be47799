package io.clockwork.json.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generated JSON documents, written by Jackson with white space of every kind wherever it may stand. */
public final class JsonDocuments {
    private static final JsonMapper PLAIN = JsonMapper.builder().build();
    private static final JsonMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonDocuments() {}

    /** Documents whose root is an object or an array, so that no prefix of one is a document. */
    public static Arbitrary<String> documents(int depth) {
        return Combinators.combine(
                        trees(depth).filter(JsonDocuments::isContainer),
                        Arbitraries.longs(),
                        Arbitraries.of(PLAIN, ESCAPING))
                .as(JsonDocuments::write);
    }

    /** Strings, Long, Double, Boolean, null-free lists and maps of them. */
    static Arbitrary<Object> trees(int depth) {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                strings().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.bigIntegers().map(Object.class::cast),
                Arbitraries.bigDecimals().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<Object> inner = Arbitraries.lazy(() -> trees(depth - 1));
        return Arbitraries.oneOf(
                scalars,
                inner.list().ofMaxSize(4).map(Object.class::cast),
                Arbitraries.maps(strings(), inner).ofMaxSize(4).map(LinkedHashMap::new));
    }

    public static Arbitrary<String> strings() {
        return Arbitraries.of(
                        "a",
                        "startTime",
                        "\"",
                        "\\",
                        "/",
                        "\n",
                        "\t",
                        "\u0000",
                        "\u001f",
                        "\u007f",
                        "<",
                        "é",
                        "߿",
                        "€",
                        "\u2028",
                        "\uffff",
                        "😀",
                        "\udbff\udfff",
                        " ",
                        "a plain text of more than one word")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    private static boolean isContainer(Object tree) {
        return tree instanceof Map || tree instanceof List;
    }

    private static String write(Object tree, long seed, JsonMapper mapper) {
        try {
            return mapper.writer(new SpacePrinter(seed)).writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes random white space at every place where the grammar has any. */
    private static final class SpacePrinter extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;
        private static final List<String> SPACES =
                List.of("", "", "", " ", "\n", "\r\n", "\t", "          ", "\n                  ");

        private final Random random;

        SpacePrinter(long seed) {
            this.random = new Random(seed);
        }

        private void write(JsonGenerator out, String mark) throws IOException {
            out.writeRaw(SPACES.get(random.nextInt(SPACES.size())) + mark + SPACES.get(random.nextInt(SPACES.size())));
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            write(out, ":");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
            write(out, ",");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
            write(out, ",");
        }

        @Override
        public void beforeArrayValues(JsonGenerator out) throws IOException {
            write(out, "");
        }

        @Override
        public void beforeObjectEntries(JsonGenerator out) throws IOException {
            write(out, "");
        }
    }
}
