package io.clockwork.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.LamportTimestamp;
import io.clockwork.VectorTimestamp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The cases observed by running the crate, and the tally of those in which clockwork differs by a rule of WIRE.md.
 *
 * <p>They come from this module's test resources or, when {@code -Dclockwork.vectors=DIR} is set, from all files of the
 * same form below that folder.
 */
public final class GoldenCases {
    private static final String FOLDER = "like-a-clockwork-0.1.0";
    private static final List<String> FILES = List.of("semantics.json", "text.json", "binary.json", "json.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_SHOWN = 25;

    private GoldenCases() {}

    /** One case: what went in, and what the crate made of it. */
    public record Case(String folder, String id, String category, String op, JsonNode in, JsonNode out) {
        /** {@return the value of success, or a missing node} */
        public JsonNode ok() {
            return out.path("ok");
        }

        /** {@return the error, or a missing node} */
        public JsonNode err() {
            return out.path("err");
        }

        /** {@return the bytes of the payload that went in} */
        public byte[] payload() {
            return HexFormat.of().parseHex(in.path("payload_hex").asText());
        }
    }

    /** Runs one case; throws when clockwork differs and no rule says so. */
    @FunctionalInterface
    public interface Check {
        /** {@return the numbers of the rules by which clockwork differs; none when it does not} */
        Set<String> differs(Case golden);
    }

    /** Runs the cases of {@code ops}, prints one line per folder, and fails when one differs without a rule. */
    public static void check(Set<String> ops, Check check) {
        List<Case> cases = load().stream().filter(c -> ops.contains(c.op())).toList();
        if (cases.isEmpty()) {
            System.out.println("skipped: no vectors of the operations " + new TreeSet<>(ops));
        }
        assumeTrue(!cases.isEmpty(), "no vectors of the wanted operations");
        List<String> unexplained = new ArrayList<>();
        Map<String, List<Case>> byFolder =
                cases.stream().collect(Collectors.groupingBy(Case::folder, TreeMap::new, Collectors.toList()));
        byFolder.forEach((folder, members) -> {
            int equal = 0;
            Map<String, Integer> byRule = new TreeMap<>();
            for (Case golden : members) {
                try {
                    Set<String> rules = check.differs(golden);
                    equal += rules.isEmpty() ? 1 : 0;
                    if (!rules.isEmpty()) {
                        byRule.merge(String.join("+", new TreeSet<>(rules)), 1, Integer::sum);
                    }
                } catch (RuntimeException | AssertionError e) {
                    unexplained.add(folder + ' ' + golden.id() + ' ' + golden.op() + ": " + e);
                }
            }
            System.out.printf(
                    "vectors %s: checked %d, equal %d, differ by rule %s%n", folder, members.size(), equal, byRule);
        });
        assertThat(unexplained.stream().limit(MAX_SHOWN))
                .as("%d cases differ from the crate without a rule of WIRE.md", unexplained.size())
                .isEmpty();
    }

    private static List<Case> load() {
        List<Case> cases = new ArrayList<>();
        try {
            List<Path> files = SharedData.vectorFiles();
            for (Path file : files) {
                add(String.valueOf(file.getParent()), JSON.readTree(file.toFile()), cases);
            }
            assertThat(files.isEmpty() || !cases.isEmpty())
                    .as("some file of cases among %s", files)
                    .isTrue();
            for (String file : files.isEmpty() ? FILES : List.<String>of()) {
                try (InputStream in = GoldenCases.class.getResourceAsStream("vectors/" + FOLDER + '/' + file)) {
                    assertThat(in).as("test resource %s", file).isNotNull();
                    add(FOLDER, JSON.readTree(in), cases);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    private static void add(String folder, JsonNode file, List<Case> cases) {
        for (JsonNode c : file.path("cases")) {
            cases.add(new Case(
                    folder,
                    c.path("id").asText(),
                    c.path("category").asText(),
                    c.path("op").asText(),
                    c.path("in"),
                    c.path("out")));
        }
    }

    /** {@return an object of ids and decimal counters, in the order of the file} */
    public static Map<String, String> clocks(JsonNode object) {
        return strings(object);
    }

    /** {@return an object of texts, such as headers, in the order of the file} */
    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> result = new LinkedHashMap<>();
        object.properties().forEach(e -> result.put(e.getKey(), e.getValue().asText()));
        return result;
    }

    /** {@return a vector of these ids and unsigned counters, each read as from outside} */
    public static VectorTimestamp vector(Map<String, String> clocks) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        clocks.forEach((id, counter) -> builder.put(id, counter(counter)));
        return builder.build();
    }

    /** {@return the entries of a vector as the cases have them} */
    public static Map<String, String> entries(VectorTimestamp timestamp) {
        Map<String, String> entries = new TreeMap<>();
        timestamp.asMap().forEach((id, counter) -> entries.put(id, counter.toString()));
        return entries;
    }

    /** {@return the timestamp of an object with the members {@code node_id} and {@code time}} */
    public static LamportTimestamp lamport(JsonNode object) {
        return lamport(object.path("node_id").asText(), object.path("time").asText());
    }

    public static LamportTimestamp lamport(String node, String time) {
        return new LamportTimestamp(node, counter(time));
    }

    /** Reads an unsigned number of 64 bits as the library reads one from outside. */
    private static long counter(String decimal) {
        return LamportTimestamp.parse("n:" + decimal).time();
    }
}
