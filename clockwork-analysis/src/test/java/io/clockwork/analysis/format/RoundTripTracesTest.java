package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.record.EventKind;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Writes real traces in other forms and reads them back: ids, times, links and the causal graph are the same. */
class RoundTripTracesTest {
    private static final int MAX_EVENTS = 2_000;

    private final List<String> differences = new ArrayList<>();
    private int checked;

    @Test
    void jaegerTracesAreTheSameThroughEveryFormOfSpans() throws IOException {
        for (Path folder : SharedData.traceFolders("Jaeger")) {
            for (JsonNode entry : index(folder).path("files")) {
                checkSpans(folder.resolve(entry.path("file").asText()), LogFormat.JAEGER);
            }
            tally(folder);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void zipkinTracesAreTheSameThroughEveryFormOfSpans() throws IOException {
        for (Path folder : SharedData.traceFolders("Zipkin")) {
            for (JsonNode entry : index(folder).path("traces")) {
                checkSpans(folder.resolve(entry.path("file").asText()), LogFormat.ZIPKIN);
            }
            tally(folder);
        }
        assertThat(differences).isEmpty();
    }

    private void checkSpans(Path file, LogFormat format) throws IOException {
        EventLog log = LogReader.create().withFormat(format).read(List.of(file));
        same(file + " by jaeger", Logs.spans(log, true), Logs.spans(Logs.throughFile(log, OutputFormat.JAEGER), true));
        same(file + " by otlp", Logs.spans(log, true), Logs.spans(Logs.throughFile(log, OutputFormat.OTLP), true));
        boolean links = losses(log, OutputFormat.ZIPKIN).stream().noneMatch("LINK_LEFT_OUT"::equals);
        same(
                file + " by zipkin",
                Logs.spans(log, links),
                Logs.spans(Logs.throughFile(log, OutputFormat.ZIPKIN), links));
        if (log.size() <= MAX_EVENTS) {
            EventLog back = Logs.throughFile(log, OutputFormat.EVENTS);
            same(file + " by events", pasts(log), pasts(back));
        }
    }

    private static Set<String> losses(EventLog log, OutputFormat format) {
        return Set.copyOf(LogWriter.write(log, format, new StringBuilder()).stream()
                .map(Diagnostic::code)
                .toList());
    }

    /** {@return of each begin of an operation which other begins happened before it; those of its parent and before} */
    private static List<String> pasts(EventLog log) {
        CausalGraph graph = CausalGraph.of(log);
        List<String> pasts = new ArrayList<>();
        IntList begins = new IntList();
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) == EventKind.BEGIN) {
                begins.add(e);
            }
        }
        for (int i = 0; i < begins.size(); i++) {
            int b = begins.get(i);
            int past = 0;
            for (int j = 0; j < begins.size(); j++) {
                past += graph.causes(begins.get(j), b) ? 1 : 0;
            }
            pasts.add(log.traceName(log.trace(log.task(b))) + " " + log.service(log.task(b)) + " "
                    + log.taskName(log.task(b)) + " " + log.subject(b) + " at " + log.nanos(b) + " after " + past);
        }
        return pasts.stream().sorted().toList();
    }

    @Test
    void shiVizLogsAreTheSameAsShiVizLogs() throws IOException {
        for (Path folder : SharedData.traceFolders("ShiViz")) {
            for (JsonNode entry : index(folder).path("logs")) {
                EventLog log = shiViz(folder, entry);
                if (log.size() == 0) {
                    continue; // what holds no event is no log
                }
                EventLog back = Logs.throughFile(log, OutputFormat.SHIVIZ);
                String name = entry.path("file").asText();
                boolean valid = true;
                for (JsonNode execution : entry.path("executions")) {
                    valid &= execution.path("valid").asBoolean()
                            && execution.path("clocksEqualReachability").asBoolean();
                }
                same(name + " events", (long) log.size(), (long) back.size());
                same(name + " order", orders(log), orders(back));
                if (valid) {
                    same(name + " graph", Logs.events(log), Logs.events(back));
                }
            }
            tally(folder);
        }
        assertThat(differences).isEmpty();
    }

    /** Events that a log puts apart from their host, because its counts contradict each other, are hosts of their own. */
    private static List<String> orders(EventLog log) {
        return CausalGraph.of(log).orders().stream()
                .map(order ->
                        order.trace() + order.events() + " " + order.concurrentPairs() + " " + order.longestChain())
                .toList();
    }

    private static EventLog shiViz(Path folder, JsonNode entry) throws IOException {
        try (InputStream in = SharedData.open(folder.resolve(entry.path("file").asText()))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            EventLogBuilder builder = EventLog.builder();
            ShiVizPattern pattern = ShiVizPattern.of(
                    entry.path("parser").asText(), entry.path("delimiter").asText(""));
            new ShiVizReader(pattern).read(text, builder);
            return builder.build();
        }
    }

    private static JsonNode index(Path folder) throws IOException {
        return new ObjectMapper().readTree(folder.resolve("INDEX.json").toFile());
    }

    private void tally(Path folder) {
        SharedData.printTally(folder, checked, checked - differences.size());
    }

    private void same(String what, Object expected, Object actual) {
        checked++;
        if (!expected.equals(actual)) {
            differences.add(what + ": " + first(expected, actual));
        }
    }

    private static String first(Object expected, Object actual) {
        if (expected instanceof List<?> a && actual instanceof List<?> b) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                if (!a.get(i).equals(b.get(i))) {
                    return "at " + i + " of " + a.size() + "/" + b.size() + ": expected " + a.get(i) + ", was "
                            + b.get(i);
                }
            }
            return "expected " + a.size() + ", was " + b.size();
        }
        return "expected " + expected + ", was " + actual;
    }
}
