package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.clockwork.analysis.format.LogFormatException;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.record.EventKind;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real reports against the schemas in {@code docs/formats}; the documents may have no member that these do not name. */
class JsonSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FORMATS = Path.of("../docs/formats");
    private static final int MAX_FILES = 12;

    private static JsonSchema schema(String name) throws IOException {
        JsonNode schema = JSON.readTree(FORMATS.resolve(name).toFile());
        for (JsonNode object : withProperties(schema)) {
            ((ObjectNode) object).put("additionalProperties", false);
        }
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
    }

    private static List<JsonNode> withProperties(JsonNode schema) {
        List<JsonNode> found = new ArrayList<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (node.path("properties").isObject()) {
                found.add(node);
            }
            node.forEach(open::push);
        }
        return found;
    }

    private static void assertValid(JsonSchema schema, String document) throws IOException {
        assertThat(schema.validate(JSON.readTree(document))).isEmpty();
    }

    private static void access(EventLogBuilder log, int task, EventKind kind, String variable, Object value) {
        int event = log.event(task, kind, variable);
        log.value(event, value);
        log.site(event, "Bank.java:7");
        log.thread(event, "main");
    }

    /** A lost update, a split step under a lock, a deadlock and a publication. */
    private static EventLog everything() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("trace");
        int[] tasks = {log.task(trace, "bank", "a"), log.task(trace, "shop", "b")};
        for (int task : tasks) {
            access(log, task, EventKind.READ, "balance", 1000);
        }
        for (int task : tasks) {
            access(log, task, EventKind.WRITE, "balance", 900 + task);
        }
        String[] locks = {"one", "two"};
        for (int task = 0; task < 2; task++) {
            for (int turn = 0; turn < 2; turn++) {
                log.event(tasks[task], EventKind.ACQUIRE, locks[(task + turn) % 2]);
            }
            for (int turn = 1; turn >= 0; turn--) {
                log.event(tasks[task], EventKind.RELEASE, locks[(task + turn) % 2]);
            }
        }
        for (EventKind kind : List.of(EventKind.READ, EventKind.WRITE)) {
            for (int task : tasks) {
                log.event(task, EventKind.ACQUIRE, "guard");
                access(log, task, kind, "guarded", task);
                log.event(task, EventKind.RELEASE, "guard");
            }
        }
        access(log, tasks[0], EventKind.WRITE, "content", 1);
        access(log, tasks[0], EventKind.WRITE, "reference", 1);
        access(log, tasks[1], EventKind.READ, "reference", 1);
        access(log, tasks[1], EventKind.READ, "content", 1);
        log.diagnose(new Diagnostic("CODE", "message", 3));
        return log.build();
    }

    @Test
    void describesEveryKindOfFinding() throws IOException {
        JsonSchema schema = schema("report.schema.json");
        Report report = Report.of(everything());
        assertThat(report.races()).isNotEmpty();
        assertThat(report.atomicity()).isNotEmpty();
        assertThat(report.deadlocks()).isNotEmpty();
        assertThat(report.publications()).isNotEmpty();
        assertValid(schema, report.toJson());
        String race = JSON.readTree(report.toJson()).at("/races/0/id").asText();
        Suppressions accepted = Suppressions.of(List.of(new Suppressions.Rule(race, "a statistic")));
        Report suppressed = Report.of(everything(), accepted);
        assertThat(suppressed.suppressed()).isNotEmpty();
        assertValid(schema, suppressed.toJson());
        assertValid(schema, Report.of(EventLog.builder().build()).toJson());
    }

    @Test
    void describesWhatIsUnusualAndWhatChanged() throws IOException {
        EventLog usual = spans(30, 100);
        EventLog today = spans(30, 9_000);
        Report report = Report.of(today, Suppressions.none(), Baseline.of(usual));
        assertThat(report.anomalies().anomalies()).isNotEmpty();
        assertValid(schema("report.schema.json"), report.toJson());
        TraceDifference difference = TraceDifference.of(usual, today);
        assertThat(difference.suspects().get(0).clues()).isNotEmpty();
        assertValid(schema("difference.schema.json"), difference.toJson());
    }

    private static EventLog spans(int traces, int micros) {
        SpanLog log = new SpanLog();
        for (int i = 0; i < traces; i++) {
            log.trace("t" + i);
            long nanos = micros * 1_000L + i * 10;
            int root = log.root("get", 0, nanos + 10_000);
            log.child(root, "query", 5_000, 5_000 + nanos);
        }
        return log.build();
    }

    @Test
    void namesEveryMemberThatThePageExplains() throws IOException {
        String page = Files.readString(FORMATS.resolve("report-json.md"))
                + Files.readString(FORMATS.resolve("difference-json.md"));
        for (String name : List.of("report.schema.json", "difference.schema.json")) {
            Set<String> members = new TreeSet<>();
            withProperties(JSON.readTree(FORMATS.resolve(name).toFile()))
                    .forEach(object -> object.path("properties").fieldNames().forEachRemaining(members::add));
            assertThat(members).hasSizeGreaterThan(10).allMatch(page::contains);
        }
    }

    @Test
    void holdsForSharedTraces() throws IOException {
        JsonSchema schema = schema("report.schema.json");
        int checked = 0;
        for (Path folder : SharedData.traceFolders("")) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(file ->
                                !file.endsWith("INDEX.json") && file.toFile().length() < 100_000)
                        .sorted()
                        .limit(MAX_FILES)
                        .toList()) {
                    EventLog log;
                    try {
                        log = LogReader.create().read(List.of(file));
                    } catch (LogFormatException e) {
                        continue; // some ShiViz logs need their own expression
                    }
                    assertValid(schema, Report.of(log).toJson());
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(10);
    }
}
