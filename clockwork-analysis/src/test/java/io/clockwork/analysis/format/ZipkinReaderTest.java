package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.record.EventKind;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipkinReaderTest {
    /** {@return the log of files of JSON with ' for "} */
    private static EventLog read(String... files) {
        EventLogBuilder log = EventLog.builder();
        ZipkinReader reader = new ZipkinReader();
        for (String file : files) {
            reader.read(new ByteArrayInputStream(file.replace('\'', '"').getBytes(UTF_8)));
        }
        reader.addTo(log);
        return log.build();
    }

    private static String span(String id, String rest) {
        return "{'traceId':'aa','id':'" + id + "','name':'get','timestamp':1000,'duration':10" + rest + "}";
    }

    private static String at(String service) {
        return ",'localEndpoint':{'serviceName':'" + service + "'}";
    }

    private static List<String> codes(EventLog log) {
        return log.diagnostics().stream().map(Diagnostic::code).toList();
    }

    /** {@return each task with its service and its parent} */
    private static List<String> tree(EventLog log) {
        List<String> tree = new ArrayList<>();
        for (int task = 0; task < log.taskCount(); task++) {
            int origin = log.origin(task) < 0 ? -1 : log.task(log.origin(task));
            tree.add(name(log, task) + " < " + (origin < 0 ? "-" : name(log, origin)));
        }
        return tree;
    }

    private static String name(EventLog log, int task) {
        return log.service(task) + ':' + log.taskName(task).replaceFirst("^0+", "") + (log.isShared(task) ? "s" : "");
    }

    @Test
    void keepsWhatASpanSays() {
        EventLog log = read("["
                + span(
                        "1",
                        ",'kind':'CLIENT'" + at("shop") + ",'remoteEndpoint':{'serviceName':'bank'},"
                                + "'tags':{'http.status_code':'503','error':''},'debug':true,"
                                + "'annotations':[{'timestamp':1005,'value':'retry'}]")
                + "]");
        assertThat(log.traceName(0)).isEqualTo("00000000000000aa");
        assertThat(log.taskName(0)).isEqualTo("0000000000000001");
        assertThat(log.service(0)).isEqualTo("shop");
        assertThat(log.spanKind(0)).isEqualTo(SpanKind.CLIENT);
        assertThat(log.peer(0)).isEqualTo("bank");
        assertThat(log.status(0)).isEqualTo(503);
        assertThat(log.isError(0)).isTrue();
        assertThat(log.subject(0)).isEqualTo("get");
        assertThat(log.nanos(0)).isEqualTo(1_000_000);
        assertThat(log.kind(1)).isEqualTo(EventKind.CUSTOM);
        assertThat(log.subject(1)).isEqualTo("retry");
        assertThat(log.nanos(2)).isEqualTo(1_010_000);
        assertThat(log.diagnostics()).isEmpty();
    }

    @Test
    void takesNumbersAsStringsToo() {
        EventLog log = read("[{'traceId':'1','id':'2','name':'x','timestamp':'1500','duration':'2.5'}]");
        assertThat(log.nanos(0)).isEqualTo(1_500_000);
        assertThat(log.nanos(1)).isEqualTo(1_502_500);
    }

    @Test
    void putsTheCalledHalfBelowTheCallingHalfInAnyOrder() {
        String server = span("2", ",'kind':'SERVER','parentId':'1','shared':true" + at("bank"));
        String client = span("2", ",'kind':'CLIENT','parentId':'1'" + at("shop"));
        String root = span("1", at("shop"));
        String inner = span("3", ",'parentId':'2'" + at("bank"));
        String local = span("4", ",'parentId':'2'" + at("shop"));
        assertThat(tree(read("[" + String.join(",", server, inner, client, local, root) + "]")))
                .containsExactlyInAnyOrder(
                        "bank:2s < shop:2", "bank:3 < bank:2s", "shop:2 < shop:1", "shop:4 < shop:2", "shop:1 < -");
        assertThat(tree(read("[" + inner + "," + root + "," + client + "]", "[" + local + "," + server + "]")))
                .contains("bank:2s < shop:2", "bank:3 < bank:2s", "shop:4 < shop:2");
    }

    @Test
    void seesAForgottenSharedFlagAndALateParent() {
        EventLog log = read("[" + span("1", at("shop")) + "," + span("2", ",'kind':'CLIENT'" + at("shop")) + ","
                + span("2", ",'kind':'SERVER','parentId':'1'" + at("bank")) + "]");
        assertThat(tree(log)).containsExactly("shop:1 < -", "shop:2 < shop:1", "bank:2s < shop:2");
    }

    @Test
    void joinsThePiecesOfASpan() {
        EventLog log = read(
                "[{'traceId':'1','id':'2','localEndpoint':{'serviceName':'a'},'tags':{'error':'x'}},"
                        + "{'traceId':'1','id':'2','name':'get','timestamp':5,'duration':2,'localEndpoint':{'serviceName':'a'}}]");
        assertThat(log.taskCount()).isEqualTo(1);
        assertThat(log.isError(0)).isTrue();
        assertThat(log.subject(0)).isEqualTo("get");
        assertThat(log.nanos(1)).isEqualTo(7_000);
        assertThat(codes(log)).containsExactly("SPAN_PIECES");
    }

    @Test
    void keepsTracesOfListsApartAndJoinsThoseOfFlatFiles() {
        String list = "[" + span("1", "") + "]";
        assertThat(read("[" + list + "," + list + "]").traceCount()).isEqualTo(2);
        assertThat(read(list, "[" + span("2", ",'parentId':'1'") + "]").traceCount())
                .isEqualTo(1);
    }

    @Test
    void linksConsumersOfProducersByMessage() {
        EventLog log = read("[" + span("1", ",'kind':'PRODUCER'") + ","
                + span("2", ",'parentId':'1','kind':'CONSUMER'") + ","
                + span("3", ",'parentId':'1','tags':{'opentracing.ref_type':'follows_from'}") + "]");
        assertThat(log.link(1)).isEqualTo(Link.MESSAGE);
        assertThat(log.link(2)).isEqualTo(Link.FOLLOWS);
    }

    @Test
    void repairsAndCountsWhatIsMissing() {
        EventLog log = read("[{'id':'1','timestamp':7},{'traceId':'5','parentId':'9','name':'x'},"
                + "{'traceId':'5','id':'4','name':'x','parentId':'4','timestamp':1,'duration':-1},{}]");
        assertThat(codes(log))
                .containsExactlyInAnyOrder(
                        "MISSING_TRACE_ID",
                        "MISSING_SPAN_ID",
                        "MISSING_OPERATION",
                        "MISSING_START",
                        "MISSING_DURATION",
                        "NEGATIVE_DURATION",
                        "MISSING_PARENT",
                        "SELF_PARENT");
        assertThat(log.missingParent(2)).isEqualTo("0000000000000009");
        assertThat(log.size()).isEqualTo(8);
    }

    @Test
    void takesAMissingStartFromTheParent() {
        EventLog log = read("[" + span("1", "") + ",{'traceId':'aa','id':'2','parentId':'1','name':'x'},"
                + "{'traceId':'aa','id':'3','name':'y','timestamp':10,'duration':1}]");
        int begin = 0;
        while (!log.taskName(log.task(begin)).endsWith("2")) {
            begin++;
        }
        assertThat(log.nanos(begin)).isEqualTo(1_000_000);
    }

    @Test
    void manySpansOfOneIdTakeLinearTime() {
        StringBuilder many = new StringBuilder("[");
        for (int i = 0; i < 50_000; i++) {
            many.append(i == 0 ? "" : ",").append(span("1", ",'parentId':'1'" + at("s" + i)));
        }
        EventLog log = read(many.append(']').toString());
        assertThat(log.taskCount()).isEqualTo(50_000);
        assertThat(codes(log)).contains("REPEATED_SPAN_ID");
    }

    @Test
    void aChainOfSpansAsDeepAsYouLikeIsRead() {
        StringBuilder many = new StringBuilder("[");
        for (int i = 1; i <= 100_000; i++) {
            many.append(i == 1 ? "" : ",")
                    .append(span(
                            Integer.toHexString(i), i == 1 ? "" : ",'parentId':'" + Integer.toHexString(i - 1) + "'"));
        }
        assertThat(read(many.append(']').toString()).size()).isEqualTo(200_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[[[]]]",
                "[{'traceId':'1','id':'2'",
                "[{'tags':[]}]",
                "[{'annotations':{}}]",
                "[{'localEndpoint':7}]",
                "[] []"
            })
    void refusesWhatHasAnotherStructureWithItsPlace(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("line 1");
    }

    @Test
    void anEmptyListHasNoTraces() {
        assertThat(codes(read("[]"))).containsExactly("NO_TRACES");
        assertThat(codes(read("[[],[]]"))).containsExactly("NO_TRACES");
    }
}
