package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reads real traces of other projects; every expected answer comes from the folder's own index. */
class JaegerTracesTest {
    private static final long NANOS_PER_MICRO = 1_000;

    @Test
    void everyTraceHasThePathThatItsIndexStates() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Path folder : SharedData.traceFolders("Jaeger")) {
            JsonNode index =
                    new ObjectMapper().readTree(folder.resolve("INDEX.json").toFile());
            int equal = 0;
            for (JsonNode entry : index.path("files")) {
                int before = differences.size();
                check(folder.resolve(entry.path("file").asText()), entry, differences);
                equal += differences.size() == before ? 1 : 0;
            }
            SharedData.printTally(folder, index.path("files").size(), equal);
            assertThat(index.path("files")).as("%s: files of the index", folder).isNotEmpty();
        }
        assertThat(differences).isEmpty();
    }

    private static void check(Path file, JsonNode entry, List<String> differences) {
        try (InputStream in = SharedData.open(file)) {
            EventLogBuilder builder = EventLog.builder();
            JaegerReader reader = new JaegerReader();
            reader.read(in);
            reader.addTo(builder);
            EventLog log = builder.build();
            JsonNode expected = entry.path("expected");
            Iterator<CriticalPath> paths = CriticalPath.response(log).iterator();
            compare(file + " traces", expected.size(), log.traceCount(), differences);
            for (int trace = 0; trace < Math.min(expected.size(), log.traceCount()); trace++) {
                List<CriticalPath> own = new ArrayList<>();
                for (int root = expected.get(trace).path("roots").size(); root > 0 && paths.hasNext(); root--) {
                    own.add(paths.next());
                }
                String where = file + " trace " + trace;
                checkTrace(where, expected.get(trace), log, trace, differences);
                checkPaths(where, expected.get(trace), own, differences);
            }
            compare(file + " further paths", false, paths.hasNext(), differences);
        } catch (IOException | RuntimeException e) {
            differences.add(file + ": " + e);
        }
    }

    private static void checkTrace(String where, JsonNode expected, EventLog log, int trace, List<String> differences) {
        int spans = 0;
        Map<String, Integer> calls = new TreeMap<>();
        for (int task = 0; task < log.taskCount(); task++) {
            if (log.trace(task) == trace) {
                spans++;
                String caller = log.origin(task) < 0 ? log.service(task) : log.service(log.task(log.origin(task)));
                if (!caller.equals(log.service(task))) {
                    calls.merge(caller + " -> " + log.service(task), 1, Integer::sum);
                }
            }
        }
        compare(where + " traceID", expected.path("traceID").asText(), log.traceName(trace), differences);
        compare(where + " spans", expected.path("spans").asInt(), spans, differences);
        if (expected.has("edges")) {
            Map<String, Integer> edges = new TreeMap<>();
            expected.path("edges")
                    .forEach(e -> edges.put(
                            e.get(0).asText() + " -> " + e.get(1).asText(),
                            e.get(2).asInt()));
            compare(where + " edges", edges, calls, differences);
        }
        if (expected.has("edgePairs")) {
            compare(where + " edgePairs", expected.path("edgePairs").asInt(), calls.size(), differences);
        }
    }

    private static void checkPaths(
            String where, JsonNode expected, List<CriticalPath> paths, List<String> differences) {
        List<String> roots = new ArrayList<>();
        List<Long> durations = new ArrayList<>();
        List<String> sections = new ArrayList<>();
        Map<String, Long> byService = new TreeMap<>();
        long sum = 0;
        for (CriticalPath path : paths) {
            roots.add(path.task());
            durations.add(micros(path.elapsedNanos()));
            path.byService().forEach(part -> byService.merge(part.name(), micros(part.nanos()), Long::sum));
            for (int i = path.sections().size() - 1; i >= 0; i--) {
                CriticalPath.Section section = path.sections().get(i);
                sections.add(section.task() + " " + micros(section.startNanos()) + " " + micros(section.endNanos()));
                sum += micros(section.nanos());
            }
        }
        JsonNode exact = expected.path("exact");
        compare(where + " roots", texts(expected.path("roots"), " "), roots, differences);
        compare(where + " rootDurations", expected.path("rootDurations").toString(), json(durations), differences);
        compare(where + " number of sections", exact.path("sections").asInt(), sections.size(), differences);
        compare(where + " sum", exact.path("sum").asLong(), sum, differences);
        compare(where + " sections", exact.path("sectionsSha256").asText(), sha256(sections), differences);
        if (exact.has("list")) {
            compare(where + " list", texts(exact.path("list"), " "), sections, differences);
        }
        Map<String, Long> expectedByService = new TreeMap<>();
        expected.path("byService")
                .properties()
                .forEach(e -> expectedByService.put(e.getKey(), e.getValue().asLong()));
        compare(where + " byService", expectedByService, byService, differences);
    }

    private static void compare(String what, Object expected, Object actual, List<String> differences) {
        if (!expected.equals(actual)) {
            differences.add(what + ": expected " + expected + ", was " + actual);
        }
    }

    private static long micros(long nanos) {
        assertThat(nanos % NANOS_PER_MICRO).isZero();
        return nanos / NANOS_PER_MICRO;
    }

    private static String json(List<Long> numbers) {
        return numbers.toString().replace(" ", "");
    }

    /** {@return the elements of an array as texts, those that are arrays themselves joined} */
    private static List<String> texts(JsonNode array, String separator) {
        List<String> all = new ArrayList<>();
        for (JsonNode element : array) {
            List<String> parts = new ArrayList<>();
            element.forEach(part -> parts.add(part.asText()));
            all.add(element.isArray() ? String.join(separator, parts) : element.asText());
        }
        return all;
    }

    private static String sha256(List<String> lines) {
        try {
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
