package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Task;
import io.clockwork.record.TrackedLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"try", "LockNotBeforeTry"}) // scopes are there to be closed; nothing in between can throw
class LogWriterTest {
    private static final String EVIL = "x\"\\<script>;#%%{end}\n\u2028-->>: \uD800";

    @TempDir
    Path folder;

    /** {@return a call of 100 µs from shop to bank, which a database takes 40 µs of} */
    private static EventLog calls(String name) {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("0af7651916cd43dd8448eb211c80319c");
        int root = log.task(trace, "shop", "0000000000000001");
        int rootBegin = span(log, root, name, 0, 100_000);
        int child = log.task(trace, "bank", "0000000000000002");
        int childBegin = span(log, child, "pay", 10_000, 70_000);
        log.origin(child, rootBegin, Link.CALL);
        int query = log.task(trace, "bank", "0000000000000003");
        span(log, query, "query", 20_000, 60_000);
        log.origin(query, childBegin, Link.CALL);
        return log.build();
    }

    private static int span(EventLogBuilder log, int task, String name, long start, long end) {
        int begin = log.event(task, EventKind.BEGIN, name);
        log.nanos(begin, 1_000_000 + start);
        log.nanos(log.event(task, EventKind.END, name), 1_000_000 + end);
        return begin;
    }

    private static EventLog recorded() {
        Recorder recorder = Recorder.create("bank");
        TrackedLock lock = recorder.lock("account");
        try (Scope trace = recorder.openTrace("transfer")) {
            Task task = recorder.fork("audit");
            recorder.call("pay", () -> {
                lock.lock();
                try {
                    recorder.variable("balance").write(7);
                } finally {
                    lock.unlock();
                }
                return null;
            });
            task.run(() -> {
                lock.lock();
                try {
                    recorder.variable("balance").read(7);
                } finally {
                    lock.unlock();
                }
            });
            recorder.join(task);
        }
        return EventLog.of(recorder);
    }

    private static List<String> losses(EventLog log, OutputFormat format) {
        return LogWriter.write(log, format, new StringBuilder()).stream()
                .map(Diagnostic::code)
                .toList();
    }

    @Test
    void perfettoHasASliceForEachOperationAndAnArrowForEachEdge() throws IOException {
        for (EventLog log : List.of(calls(EVIL), recorded())) {
            JsonNode trace = new ObjectMapper().readTree(Logs.written(log, OutputFormat.PERFETTO));
            Map<String, Integer> phases = new TreeMap<>();
            Map<Integer, JsonNode> starts = new TreeMap<>();
            for (JsonNode event : trace.path("traceEvents")) {
                checkPerfetto(event);
                phases.merge(event.path("ph").asText(), 1, Integer::sum);
                if (event.path("ph").asText().equals("s")) {
                    assertThat(starts.put(event.path("id").asInt(), event)).isNull();
                } else if (event.path("ph").asText().equals("f")) {
                    JsonNode start = starts.remove(event.path("id").asInt());
                    assertThat(start.path("tid").asInt())
                            .isNotEqualTo(event.path("tid").asInt());
                    assertThat(event.path("bp").asText()).isEqualTo("e");
                }
            }
            assertThat(starts).isEmpty();
            assertThat(phases.get("s")).isPositive().isEqualTo(phases.get("f"));
            assertThat(phases.get("X")).isGreaterThanOrEqualTo(3);
        }
        String written = Logs.written(calls("get"), OutputFormat.PERFETTO);
        assertThat(written)
                .contains("\"ph\":\"X\",\"name\":\"query\",\"cat\":\"operation\"", "\"ts\":20,\"dur\":40")
                .contains("\"name\":\"process_name\"", "\"name\":\"shop\"");
    }

    /** What the Trace Event Format asks of each event. */
    private static void checkPerfetto(JsonNode event) {
        String phase = event.path("ph").asText();
        assertThat(phase).isIn("M", "X", "i", "s", "f");
        assertThat(event.path("pid").isInt() && event.path("tid").isInt()).isTrue();
        assertThat(event.path("name").isTextual()).isTrue();
        if (!phase.equals("M")) {
            assertThat(event.path("ts").isNumber() && event.path("ts").asDouble() >= 0)
                    .isTrue();
            assertThat(event.path("cat").isTextual()).isTrue();
        }
        assertThat(phase.equals("X") == event.path("dur").isNumber()).isTrue();
        assertThat(phase.equals("i") == event.path("s").isTextual()).isTrue();
        assertThat((phase.equals("s") || phase.equals("f")) == event.path("id").isInt())
                .isTrue();
    }

    @Test
    void dotIsWellFormedWhateverTheTextIs() throws IOException, InterruptedException {
        for (EventLog log : List.of(calls(EVIL), recorded())) {
            String dot = Logs.written(log, OutputFormat.DOT);
            render(dot);
            String string = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
            for (String line : dot.lines().toList()) {
                assertThat(line)
                        .matches(
                                Pattern.compile(
                                        "digraph causality \\{|  }|}|  rankdir=TB;|  node \\[.*];"
                                                + "|  subgraph cluster_\\d+ \\{|    label=" + string
                                                + ";|    e\\d+ \\[label=" + string
                                                + "];|    e\\d+( -> e\\d+)+;|  e\\d+ -> e\\d+ \\[style=(bold|dashed, constraint=false)];"));
            }
        }
        assertThat(Logs.written(calls("get"), OutputFormat.DOT)).contains("  e0 -> e1 [style=bold];");
        assertThat(Logs.written(recorded(), OutputFormat.DOT)).contains("style=dashed");
    }

    /** Asks Graphviz itself where it is installed. */
    private void render(String dot) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("graph.dot"), dot.replace('\uD800', '?'), UTF_8);
        Process graphviz;
        try {
            graphviz = new ProcessBuilder(
                            "dot", "-Tplain", "-o", folder.resolve("graph.txt").toString(), file.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            System.out.println("not rendered: Graphviz is not installed");
            return;
        }
        assertThat(graphviz.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(graphviz.exitValue()).isZero();
    }

    @Test
    void mermaidIsWellFormedWhateverTheTextIs() {
        for (EventLog log : List.of(calls(EVIL), recorded())) {
            checkMermaid(Logs.written(log, OutputFormat.MERMAID));
        }
        assertThat(Logs.written(calls("end of day"), OutputFormat.MERMAID))
                .contains("participant p0 as shop#58; 0000000000000001", "    p0->>p1: begin pay")
                .contains("#101;nd of day");
    }

    private static void checkMermaid(String diagram) {
        String label = "[A-Za-z0-9 ./_=+()]*(?:#\\d+;[A-Za-z0-9 ./_=+()]*)*";
        List<String> lines = diagram.lines().toList();
        assertThat(lines.get(0)).isEqualTo("sequenceDiagram");
        assertThat(diagram.length()).isLessThan(50_000);
        for (String line : lines.subList(1, lines.size())) {
            assertThat(line)
                    .matches("    participant p\\d+ as " + label + "|    p\\d+--?>>p\\d+: " + label
                            + "|    Note over p\\d+: " + label);
            assertThat(line).doesNotContainPattern("(?i)\\bend\\b");
        }
    }

    @Test
    void mermaidIsCollapsedToItsLimitsAndSaysSo() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int last = -1;
        for (int i = 0; i < 5_000; i++) {
            int task = builder.task(trace, "service " + i % 3, "task " + i);
            int event = builder.event(task, EventKind.CUSTOM, EVIL);
            if (last >= 0) {
                builder.causes(last, event);
            }
            last = event;
        }
        EventLog log = builder.build();
        String diagram = Logs.written(log, OutputFormat.MERMAID);
        checkMermaid(diagram);
        assertThat(diagram)
                .contains("Note over p0: 5000 tasks are shown by their services", "4599 arrows are left out");
        assertThat(losses(log, OutputFormat.MERMAID)).containsExactly("COLLAPSED", "ARROWS_LEFT_OUT");
    }

    @Test
    void foldedStacksAddUpToTheTimeOfTheRoot() {
        assertThat(Logs.written(calls("get"), OutputFormat.FOLDED))
                .isEqualTo("shop: get 40000\nshop: get;bank: pay 20000\nshop: get;bank: pay;bank: query 40000\n");
        assertThat(Logs.written(calls(EVIL), OutputFormat.FOLDED).lines())
                .hasSize(3)
                .allMatch(line -> line.matches(".+ \\d+"));
    }

    @Test
    void aChainAsDeepAsYouLikeIsFolded() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int last = -1;
        for (int i = 0; i < 100_000; i++) {
            int task = builder.task(trace, "s", "t" + i);
            int begin = span(builder, task, "op", i, 300_000 - i);
            if (last >= 0) {
                builder.origin(task, last, Link.CALL);
            }
            last = begin;
        }
        EventLog log = builder.build();
        assertThat(losses(log, OutputFormat.FOLDED)).containsExactly("STACK_CUT");
        assertThat(Logs.written(log, OutputFormat.FOLDED).lines()).hasSizeLessThanOrEqualTo(256);
        assertThat(losses(log, OutputFormat.PERFETTO)).isEmpty();
    }

    @Test
    void recordedEventsAreTheSameAfterRecordedLines() {
        EventLog log = recorded();
        EventLog back = Logs.throughFile(log, OutputFormat.EVENTS);
        assertThat(Logs.events(back)).isEqualTo(Logs.events(log));
        assertThat(losses(log, OutputFormat.EVENTS)).isEmpty();
        assertThat(back.diagnostics()).isEmpty();
    }

    @Test
    void recordedTasksAreSpansAroundTheirOperations() {
        EventLog log = recorded();
        EventLog back = Logs.throughFile(log, OutputFormat.OTLP);
        assertThat(Logs.spans(back, false)).hasSize(3).anyMatch(span -> span.contains(" pay "));
        assertThat(losses(log, OutputFormat.OTLP)).contains("EDGE_LEFT_OUT");
        assertThat(Logs.written(log, OutputFormat.JAEGER)).contains("write balance = 7");
    }

    @Test
    void textThatIsHostileStaysText() {
        EventLog log = calls(EVIL);
        for (OutputFormat format :
                List.of(OutputFormat.JAEGER, OutputFormat.OTLP, OutputFormat.ZIPKIN, OutputFormat.EVENTS)) {
            EventLog back = Logs.throughFile(log, format);
            assertThat(back.subject(0)).as("%s", format).isEqualTo(EVIL.replace('\uD800', '\uFFFD'));
        }
        EventLog shiViz = Logs.throughFile(log, OutputFormat.SHIVIZ);
        assertThat(shiViz.size()).isEqualTo(6);
        assertThat(shiViz.diagnostics()).isEmpty();
    }

    @Test
    void anEmptyLogIsWrittenInEveryFormat() {
        for (OutputFormat format : OutputFormat.values()) {
            assertThat(LogWriter.write(EventLog.builder().build(), format, new StringBuilder()))
                    .isEmpty();
        }
    }
}
