package io.clockwork.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.TraceTree;
import io.clockwork.analysis.WhatIf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page holds is what the log has; that the report is the one of toJson is asked of the page itself. */
class PayloadTest {
    static List<EventLog> logs() {
        return List.of(PageLogs.shop(), PageLogs.hostile(), PageLogs.requests(300));
    }

    private static JsonNode payload(EventLog log) throws IOException {
        String json = new Payload(log, Report.of(log)).render("title");
        assertThat(json).doesNotContain("<", "\u202E", "\u2028");
        return new ObjectMapper().readTree(json);
    }

    private static long[] column(JsonNode table, String name, int size) {
        return PageNumbers.read(table.get(name).textValue(), size);
    }

    private static String text(JsonNode payload, long number) {
        return payload.get("texts").get((int) number).textValue();
    }

    @ParameterizedTest
    @MethodSource("logs")
    void hasEveryEvent(EventLog log) throws IOException {
        JsonNode payload = payload(log);
        JsonNode events = payload.get("events");
        int n = events.get("size").intValue();
        assertThat(n).isEqualTo(log.size());
        long first = Long.parseLong(payload.get("firstMoment").textValue());
        long[] kinds = column(events, "kind", n);
        long[] tasks = column(events, "task", n);
        long[] subjects = column(events, "subject", n);
        long[] sites = column(events, "site", n);
        long[] threads = column(events, "thread", n);
        long[] nanos = column(events, "nanos", n);
        long[] values = column(events, "value", n);
        for (int e = 0; e < n; e++) {
            assertThat(payload.get("kinds").get((int) kinds[e]).textValue())
                    .isEqualTo(log.kind(e).name());
            assertThat(tasks[e]).isEqualTo(log.task(e));
            assertThat(text(payload, subjects[e])).isEqualTo(log.subject(e));
            assertThat(text(payload, sites[e])).isEqualTo(log.site(e));
            assertThat(text(payload, threads[e])).isEqualTo(log.thread(e));
            assertThat(first + nanos[e]).isEqualTo(log.nanos(e));
            assertThat(values[e] < 0 ? null : text(payload, values[e]))
                    .isEqualTo(log.value(e) == null ? null : String.valueOf(log.value(e)));
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void hasEveryCause(EventLog log) throws IOException {
        JsonNode edges = payload(log).get("edges");
        long[] counts = column(edges, "count", log.size());
        List<String> expected = new ArrayList<>();
        int all = 0;
        for (int e = 0; e < log.size(); e++) {
            assertThat(counts[e]).isEqualTo(log.causeCount(e));
            all += log.causeCount(e);
            for (int k = 0; k < log.causeCount(e); k++) {
                expected.add(log.cause(e, k) + " " + e + " " + log.isSync(e, k));
            }
        }
        long[] back = column(edges, "back", all);
        long[] sync = column(edges, "sync", all);
        List<String> told = new ArrayList<>();
        int k = 0;
        for (int e = 0; e < log.size(); e++) {
            for (int i = 0; i < counts[e]; i++, k++) {
                told.add(e - back[k] + " " + e + " " + (sync[k] == 1));
            }
        }
        assertThat(told).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("logs")
    void hasTheTreesOfAllTraces(EventLog log) throws IOException {
        JsonNode tree = payload(log).get("tree");
        List<TraceTree.Node> nodes =
                TraceTree.of(log).stream().flatMap(t -> t.nodes().stream()).toList();
        assertThat(tree.get("size").intValue()).isEqualTo(nodes.size());
        long[] events = column(tree, "event", nodes.size());
        long[] nanos = column(tree, "nanos", nodes.size());
        long[] below = column(tree, "below", nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            assertThat(events[i]).isEqualTo(nodes.get(i).event());
            assertThat(log.subject((int) events[i])).isEqualTo(nodes.get(i).operation());
            assertThat(nanos[i]).isEqualTo(nodes.get(i).nanos());
            assertThat(nanos[i] - below[i]).isEqualTo(nodes.get(i).selfNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void answersWhatIfForThePathsInTheirOrder(EventLog log) throws IOException {
        Report report = Report.of(log);
        JsonNode payload = payload(log);
        assertThat(payload.get("whatIf").isEmpty()).isEqualTo(report.profile().elapsedNanos() == 0);
        for (JsonNode answer : payload.get("whatIf")) {
            List<WhatIf> expected = WhatIf.of(
                    log,
                    text(payload, answer.get("service").longValue()),
                    text(payload, answer.get("operation").longValue()),
                    answer.get("factor").doubleValue());
            int shown = answer.get("size").intValue();
            long[] inOrder = column(answer, "inOrder", shown);
            long[] independent = column(answer, "independent", shown);
            for (int i = 0; i < shown; i++) {
                long elapsed = report.criticalPaths().get(i).elapsedNanos();
                assertThat(elapsed + inOrder[i]).isEqualTo(expected.get(i).ifInOrder());
                assertThat(elapsed + independent[i]).isEqualTo(expected.get(i).ifIndependent());
            }
        }
    }
}
