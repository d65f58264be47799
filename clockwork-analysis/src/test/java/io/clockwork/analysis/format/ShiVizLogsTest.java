package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.CausalityRelation;
import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.CausalOrder;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Motifs;
import io.clockwork.analysis.ReducedGraph;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads every ShiViz log of the shared traces and compares with the answers in the INDEX.json beside them. */
class ShiVizLogsTest {
    /** The kinds of error that an INDEX counts, as its {@code definitions} list them. */
    private static final Set<String> ERRORS = Set.of(
            "START_NOT_1",
            "NOT_CONSECUTIVE",
            "UNKNOWN_HOST",
            "TIME_OUT_OF_RANGE",
            "LOCAL_HOST_MISSING",
            "CLOCK_NOT_JSON",
            "NO_EVENT");

    private static final Pattern RELATION = Pattern.compile("(.*):(\\d+) ([<>|]) (.*):(\\d+)", Pattern.DOTALL);
    private static final Pattern FIRST_ERROR = Pattern.compile("^([A-Z0-9_]+):.*line (\\d+)", Pattern.DOTALL);
    private static final String HOST_FIRST = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";
    private static final String EVENT_FIRST = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";

    private final List<String> differences = new ArrayList<>();
    private int checked;

    @Test
    void givesTheAnswersOfEveryIndex() throws IOException {
        for (Path folder : SharedData.traceFolders("ShiViz")) {
            checked = 0;
            int before = differences.size();
            for (JsonNode log : new ObjectMapper()
                    .readTree(folder.resolve("INDEX.json").toFile())
                    .get("logs")) {
                checkLog(folder, log);
            }
            SharedData.printTally(folder, checked, checked - (differences.size() - before));
        }
        assertThat(checked).as("answers compared").isPositive();
        assertThat(differences).isEmpty();
    }

    private void checkLog(Path folder, JsonNode log) throws IOException {
        String name = log.get("file").asText();
        String text;
        try (InputStream in = SharedData.open(folder.resolve(name))) {
            text = new String(in.readAllBytes(), UTF_8);
        }
        String parser = log.get("parser").asText();
        checkDetection(name, text, log, parser);

        EventLog read = read(ShiVizPattern.of(parser, log.path("delimiter").asText("")), text);
        CausalGraph graph = CausalGraph.of(read);
        JsonNode executions = log.get("executions");
        checkErrors(name, read, executions, log.get("headerLines").asInt());
        same(name, "executions", read.traceCount(), executions.size());
        for (int trace = 0; trace < Math.min(read.traceCount(), executions.size()); trace++) {
            JsonNode expected = executions.get(trace);
            same(name, "label", read.traceName(trace), expected.get("label").asText());
            checkExecution((name + " " + read.traceName(trace)).strip(), read, graph, trace, expected);
        }
    }

    private void checkDetection(String name, String text, JsonNode log, String parser) {
        if (log.get("headerLines").asInt() == 2 || parser.equals(HOST_FIRST) || parser.equals(EVENT_FIRST)) {
            same(
                    name,
                    "detected parser",
                    ShiVizPattern.detect(text).map(ShiVizPattern::parser).orElse("none"),
                    parser);
        }
    }

    /** Findings tell the line of the file, not the execution, so those of all executions are compared together. */
    private void checkErrors(String name, EventLog log, JsonNode executions, int headerLines) {
        Map<String, Long> expected = new TreeMap<>();
        int forgotten = 0;
        for (JsonNode execution : executions) {
            counts(execution, "errors").forEach((code, count) -> expected.merge(code, count, Long::sum));
            forgotten += execution.path("notMonotonicAlongHost").asInt(0);
            Matcher first = FIRST_ERROR.matcher(execution.path("firstError").asText(""));
            if (first.find()) {
                List<Integer> lines = lines(log, first.group(1));
                int line = lines.isEmpty() ? 0 : lines.get(0) - headerLines;
                same(name, "line of " + first.group(1), line, Integer.parseInt(first.group(2)));
            }
        }
        same(name, "errors", errors(log), expected);
        if (expected.isEmpty()) {
            same(name, "notMonotonicAlongHost", lines(log, "HISTORY_FORGOTTEN").size(), forgotten);
        }
    }

    private void checkExecution(String name, EventLog log, CausalGraph graph, int trace, JsonNode expected) {
        Map<String, List<Integer>> hosts = hosts(log, trace);
        Map<String, Long> eventsPerHost = new TreeMap<>();
        hosts.forEach((host, events) -> eventsPerHost.put(host, (long) events.size()));
        CausalOrder order = graph.orders().get(trace);
        same(name, "hosts", order.hosts(), expected.get("hosts").asInt());
        same(name, "events", order.events(), expected.get("events").asInt());
        same(name, "eventsPerHost", eventsPerHost, counts(expected, "eventsPerHost"));
        if (!expected.get("valid").asBoolean()) {
            return;
        }
        int programEdges = order.events() - hosts.size();
        long concurrent = expected.get("concurrentPairsByReachability").asLong();
        same(
                name,
                "acyclic",
                lines(log, "CYCLE").isEmpty(),
                expected.get("acyclic").asBoolean());
        same(name, "programEdges", programEdges, expected.get("programEdges").asInt());
        same(name, "concurrentPairsByReachability", order.concurrentPairs(), concurrent);
        same(
                name,
                "longestChain",
                order.longestChain(),
                expected.get("longestChain").asInt());
        checkReduction(name, log, trace, expected);
        if (expected.get("clocksEqualReachability").asBoolean()) {
            checkClocks(name, graph, order, hosts, expected);
        }
    }

    /** What holds for the recorded clocks holds for the graph, unless clocks forget what their host knew. */
    private void checkClocks(
            String name, CausalGraph graph, CausalOrder order, Map<String, List<Integer>> hosts, JsonNode expected) {
        long pairs = order.events() * (order.events() - 1L) / 2;
        long concurrent = order.concurrentPairs();
        same(
                name,
                "concurrentPairs",
                concurrent,
                expected.get("concurrentPairs").asLong());
        same(
                name,
                "orderedPairs",
                pairs - concurrent,
                expected.get("orderedPairs").asLong());
        for (JsonNode relation : expected.get("relations")) {
            Matcher pair = RELATION.matcher(relation.asText());
            assertThat(pair.matches()).as(relation.asText()).isTrue();
            int a = hosts.get(pair.group(1)).get(Integer.parseInt(pair.group(2)) - 1);
            int b = hosts.get(pair.group(4)).get(Integer.parseInt(pair.group(5)) - 1);
            CausalityRelation relationExpected = switch (pair.group(3)) {
                case "<" -> CausalityRelation.HAPPENS_BEFORE;
                case ">" -> CausalityRelation.HAPPENS_AFTER;
                default -> CausalityRelation.CONCURRENT;
            };
            same(name, "relation " + relation.asText(), graph.relation(a, b), relationExpected);
        }
    }

    private void checkReduction(String name, EventLog log, int trace, JsonNode expected) {
        EventLog execution = log.byTrace().get(trace);
        Motifs motifs = Motifs.of(execution);
        ReducedGraph graph = motifs.graph();
        List<String> edges = new ArrayList<>();
        for (int e = 0; e < execution.size(); e++) {
            for (int k = 0; k < graph.causeCount(e); k++) {
                edges.add(id(execution, graph.cause(e, k)) + ">" + id(execution, e));
            }
        }
        edges.sort(null);
        int programEdges = expected.get("programEdges").asInt();
        same(name, "crossEdges", graph.edgeCount(), expected.get("crossEdges").asInt());
        same(
                name,
                "reducedEdges",
                graph.edgeCount() + programEdges,
                expected.get("reducedEdges").asInt());
        same(
                name,
                "crossEdgesSha256",
                sha256(String.join("\n", edges)),
                expected.get("crossEdgesSha256").asText());
        if (expected.get("clocksEqualReachability").asBoolean()) {
            same(
                    name,
                    "impliedCrossRefs",
                    graph.impliedCount(),
                    expected.get("impliedCrossRefs").asInt());
        }
        if (!expected.get("requestResponse").isNull()) {
            same(
                    name,
                    "requestResponse",
                    motifs.requestResponses(999, 4).size(),
                    expected.get("requestResponse").asInt());
        }
    }

    private static String id(EventLog log, int event) {
        return log.service(log.task(event)) + ":" + log.sequence(event);
    }

    private static EventLog read(ShiVizPattern pattern, String text) {
        EventLogBuilder log = EventLog.builder();
        int events = new ShiVizReader(pattern).read(text, log);
        assertThat(log.size()).isEqualTo(events);
        return log.build();
    }

    /** {@return the events of each host of a trace, in their order} */
    private static Map<String, List<Integer>> hosts(EventLog log, int trace) {
        Map<String, List<Integer>> hosts = new LinkedHashMap<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.trace(log.task(e)) == trace) {
                hosts.computeIfAbsent(log.service(log.task(e)), host -> new ArrayList<>())
                        .add(e);
            }
        }
        return hosts;
    }

    private static Map<String, Long> errors(EventLog log) {
        Map<String, Long> counts = new TreeMap<>();
        log.diagnostics().stream()
                .map(Diagnostic::code)
                .filter(ERRORS::contains)
                .forEach(code -> counts.merge(code, 1L, Long::sum));
        return counts;
    }

    private static List<Integer> lines(EventLog log, String code) {
        return log.diagnostics().stream()
                .filter(diagnostic -> diagnostic.code().equals(code))
                .map(Diagnostic::line)
                .toList();
    }

    private static Map<String, Long> counts(JsonNode expected, String field) {
        Map<String, Long> counts = new TreeMap<>();
        expected.get(field)
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
        return counts;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void same(String where, String what, Object actual, Object expected) {
        checked++;
        boolean equal = (actual instanceof Number a && expected instanceof Number b)
                ? a.longValue() == b.longValue()
                : Objects.equals(actual, expected);
        if (!equal) {
            differences.add(where + ": " + what + " is " + actual + ", expected " + expected);
        }
    }
}
