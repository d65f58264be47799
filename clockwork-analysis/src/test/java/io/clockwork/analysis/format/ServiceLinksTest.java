package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.ServiceGraph;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links of Zipkin's traces; every expected answer comes from the folder's own index. */
class ServiceLinksTest {
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folderOfCases;

    @Test
    void areThoseThatZipkinsLinkerTestStates() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Path folder : SharedData.traceFolders("Zipkin")) {
            JsonNode index = json.readTree(folder.resolve("INDEX.json").toFile());
            JsonNode cases = json.readTree(
                    folder.resolve(index.path("cases").path("file").asText()).toFile());
            int before = differences.size();
            for (Map.Entry<String, JsonNode> one : cases.properties()) {
                Path file = folderOfCases.resolve("case.json");
                Files.writeString(file, one.getValue().path("traces").toString());
                compare(one.getKey(), one.getValue().path("links"), read(file), differences);
            }
            SharedData.printTally(folder, cases.size(), cases.size() - differences.size() + before);
            assertThat(cases.size()).isEqualTo(index.path("cases").path("count").asInt());
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void areThoseOfTheReleasedLinkerOnRealTraces() throws IOException {
        List<String> differences = new ArrayList<>();
        for (Path folder : SharedData.traceFolders("Zipkin")) {
            JsonNode traces =
                    json.readTree(folder.resolve("INDEX.json").toFile()).path("traces");
            int before = differences.size();
            for (JsonNode trace : traces) {
                EventLog log = read(folder.resolve(trace.path("file").asText()));
                compare(trace.path("name").asText(), trace.path("links"), log, differences);
            }
            SharedData.printTally(folder, traces.size(), traces.size() - differences.size() + before);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void completionPathsExplainAllOfEveryTrace() throws IOException {
        for (Path folder : SharedData.traceFolders("Zipkin")) {
            JsonNode traces =
                    json.readTree(folder.resolve("INDEX.json").toFile()).path("traces");
            for (JsonNode trace : traces) {
                EventLog log = read(folder.resolve(trace.path("file").asText()));
                for (CriticalPath path : CriticalPath.completion(log)) {
                    checkTiles(path, log);
                }
            }
        }
    }

    private static void checkTiles(CriticalPath path, EventLog log) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int e = 0; e < log.size(); e++) {
            if (log.traceName(log.trace(log.task(e))).equals(path.trace())) {
                first = Math.min(first, log.nanos(e));
                last = Math.max(last, log.nanos(e));
            }
        }
        assertThat(path.startNanos()).isEqualTo(first);
        assertThat(path.endNanos()).isEqualTo(last);
        long at = first;
        for (CriticalPath.Section section : path.sections()) {
            assertThat(section.startNanos()).isEqualTo(at);
            at = section.endNanos();
        }
        assertThat(at).isEqualTo(last);
    }

    private static EventLog read(Path file) throws IOException {
        return LogReader.create().withFormat(LogFormat.ZIPKIN).read(List.of(file));
    }

    /** Zipkin's decoder makes services' names lower case, which ours leaves to whoever shows them. */
    private static String lower(String service) {
        return service.toLowerCase(Locale.ROOT);
    }

    private static void compare(String name, JsonNode expected, EventLog log, List<String> differences) {
        Map<String, String> links = new TreeMap<>();
        expected.forEach(link -> links.put(
                link.path("parent").asText() + " -> " + link.path("child").asText(),
                link.path("callCount").asInt() + " calls, "
                        + link.path("errorCount").asInt() + " errors"));
        Map<String, String> found = new TreeMap<>();
        ServiceGraph.of(log)
                .calls()
                .forEach(calls -> found.put(
                        lower(calls.caller()) + " -> " + lower(calls.callee()),
                        calls.count() + " calls, " + calls.errors() + " errors"));
        if (!links.equals(found)) {
            differences.add(name + ": expected " + links + ", was " + found);
        }
    }
}
