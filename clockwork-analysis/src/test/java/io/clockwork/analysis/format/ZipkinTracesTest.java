package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Reads the spans of Zipkin's own tests and compares with what the folder's index and the spans themselves say. */
class ZipkinTracesTest {
    private final List<String> differences = new ArrayList<>();
    private int checked;

    @Test
    void everySpanOfEveryFileIsThere() throws IOException {
        for (Path folder : SharedData.traceFolders("Zipkin")) {
            checked = 0;
            int before = differences.size();
            JsonNode index =
                    new ObjectMapper().readTree(folder.resolve("INDEX.json").toFile());
            for (JsonNode trace : index.path("traces")) {
                checkTrace(folder.resolve(trace.path("file").asText()), trace);
            }
            JsonNode cases = index.path("cases");
            checkCases(
                    folder.resolve(cases.path("file").asText()),
                    cases.path("count").asInt());
            SharedData.printTally(folder, checked, checked - (differences.size() - before));
        }
        assertThat(checked).isPositive();
        assertThat(differences).isEmpty();
    }

    private void checkTrace(Path file, JsonNode expected) throws IOException {
        try (InputStream in = SharedData.open(file)) {
            JsonNode spans = new ObjectMapper().readTree(in);
            EventLog log = LogReader.create().read(List.of(file));
            String name = file.getFileName().toString();
            same(name + " spans", expected.path("spans").asInt(), log.taskCount() + pieces(log));
            Set<String> services = new TreeSet<>();
            int shared = 0;
            for (int task = 0; task < log.taskCount(); task++) {
                services.add(log.service(task));
                shared += log.isShared(task) ? 1 : 0;
            }
            services.remove("");
            boolean named = spans.findValues("localEndpoint").stream().anyMatch(e -> e.has("serviceName"));
            same(name + " services", named ? expected.path("services").asInt() : 0, services.size());
            same(name + " some shared", expected.path("sharedSpans").asInt() > 0, shared > 0);
            checkSpans(name, spans, log);
        }
    }

    private void checkCases(Path file, int count) throws IOException {
        try (InputStream in = SharedData.open(file)) {
            JsonNode cases = new ObjectMapper().readTree(in);
            same("cases", count, cases.size());
            for (Map.Entry<String, JsonNode> entry : cases.properties()) {
                JsonNode traces = entry.getValue().path("traces");
                EventLogBuilder builder = EventLog.builder();
                ZipkinReader reader = new ZipkinReader();
                reader.read(new ByteArrayInputStream(new ObjectMapper().writeValueAsBytes(traces)));
                reader.addTo(builder);
                EventLog log = builder.build();
                same(entry.getKey() + " traces", traces.size(), log.traceCount());
                int spans = 0;
                for (JsonNode trace : traces) {
                    spans += trace.size();
                }
                same(entry.getKey() + " spans", spans, log.taskCount());
                checkErrors(entry.getKey(), traces, log);
            }
        }
    }

    private void checkErrors(String name, JsonNode traces, EventLog log) {
        int errors = 0;
        for (int task = 0; task < log.taskCount(); task++) {
            errors += log.isError(task) ? 1 : 0;
        }
        same(name + " errors", traces.findValues("error").size(), errors);
    }

    /** Every parent of the file that is there is the task's origin, by id. */
    private void checkSpans(String name, JsonNode spans, EventLog log) {
        Set<String> ids = new TreeSet<>();
        Set<String> expected = new TreeSet<>();
        spans.forEach(span -> ids.add(span.path("id").asText()));
        for (JsonNode span : spans) {
            String parent = span.path("parentId").asText();
            if (!span.path("shared").asBoolean() && ids.contains(parent)) {
                expected.add(parent + " > " + span.path("id").asText());
            }
        }
        Set<String> actual = new TreeSet<>();
        for (int task = 0; task < log.taskCount(); task++) {
            if (log.origin(task) >= 0) {
                String parent = log.taskName(log.task(log.origin(task)));
                if (!parent.equals(log.taskName(task))) {
                    actual.add(parent + " > " + log.taskName(task));
                }
            }
        }
        expected.removeAll(actual);
        same(name + " parents that were lost", Set.of(), expected);
    }

    private static int pieces(EventLog log) {
        return log.diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals("SPAN_PIECES"))
                .map(Diagnostic::message)
                .mapToInt(message -> Integer.parseInt(message.substring(0, message.indexOf(' '))))
                .sum();
    }

    private void same(String what, Object expected, Object actual) {
        checked++;
        if (!expected.equals(actual)) {
            differences.add(what + ": expected " + expected + ", was " + actual);
        }
    }
}
