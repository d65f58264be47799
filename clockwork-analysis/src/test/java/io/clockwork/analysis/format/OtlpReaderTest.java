package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.record.EventKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtlpReaderTest {
    /** {@return the log of files of JSON with ' for "} */
    private static EventLog read(String... files) throws IOException {
        EventLogBuilder log = EventLog.builder();
        OtlpReader reader = new OtlpReader();
        for (String file : files) {
            reader.read(new ByteArrayInputStream(file.replace('\'', '"').getBytes(UTF_8)));
        }
        reader.addTo(log);
        return log.build();
    }

    private static String document(String service, String... spans) {
        return "{'resourceSpans':[{'scopeSpans':[{'scope':{'name':'x'},'spans':[" + String.join(",", spans)
                + "]}],'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'" + service + "'}}]}}]}";
    }

    private static String span(String id, String rest) {
        return "{'traceId':'0AF7651916CD43DD8448EB211C80319C','spanId':'" + id + "','name':'get',"
                + "'startTimeUnixNano':'1544712660000000001','endTimeUnixNano':1544712660000000005" + rest + "}";
    }

    private static List<String> codes(EventLog log) {
        return log.diagnostics().stream().map(Diagnostic::code).toList();
    }

    @Test
    void keepsWhatASpanSays() throws IOException {
        EventLog log = read(document(
                "shop",
                span(
                        "00000000000000AB",
                        ",'parentSpanId':'','kind':3,'status':{'code':2},'attributes':["
                                + "{'key':'peer.service','value':{'stringValue':'bank'}},"
                                + "{'value':{'intValue':'500'},'key':'http.response.status_code'},"
                                + "{'key':'list','value':{'arrayValue':{'values':[{'intValue':'1'}]}}}],"
                                + "'events':[{'timeUnixNano':'1544712660000000003','name':'exception','attributes':["
                                + "{'key':'exception.type','value':{'stringValue':'Timeout'}}]}]")));
        assertThat(log.traceName(0)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(log.taskName(0)).isEqualTo("00000000000000ab");
        assertThat(log.service(0)).isEqualTo("shop");
        assertThat(log.spanKind(0)).isEqualTo(SpanKind.CLIENT);
        assertThat(log.isError(0)).isTrue();
        assertThat(log.status(0)).isEqualTo(500);
        assertThat(log.peer(0)).isEqualTo("bank");
        assertThat(log.nanos(0)).isEqualTo(1544712660000000001L);
        assertThat(log.kind(1)).isEqualTo(EventKind.ERROR);
        assertThat(log.subject(1)).isEqualTo("Timeout");
        assertThat(log.nanos(2)).isEqualTo(1544712660000000005L);
        assertThat(log.diagnostics()).isEmpty();
    }

    @Test
    void joinsATraceThatIsSpreadOverLinesAndFiles() throws IOException {
        String root = document("shop", span("01", ",'kind':'SPAN_KIND_SERVER'"));
        String child = document("bank", span("02", ",'parentSpanId':'01'"));
        String late = document("bank", span("03", ",'parentSpanId':'02'"));
        EventLog log = read(child + "\n" + root + "\n\n", late);
        assertThat(log.traceCount()).isEqualTo(1);
        assertThat(log.taskCount()).isEqualTo(3);
        assertThat(log.task(log.origin(0))).isEqualTo(1);
        assertThat(log.task(log.origin(2))).isZero();
        assertThat(log.service(2)).isEqualTo("bank");
        assertThat(log.spanKind(1)).isEqualTo(SpanKind.SERVER);
    }

    @Test
    void readsTheOlderNameOfScopes() throws IOException {
        EventLog log = read(document("shop", span("01", "")).replace("scopeSpans", "instrumentationLibrarySpans"));
        assertThat(log.taskCount()).isEqualTo(1);
    }

    @Test
    void linksAreCauses() throws IOException {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        EventLog log = read(document(
                "batch",
                span("01", ""),
                span("02", ",'links':[{'traceId':'" + trace + "','spanId':'01'},{'traceId':'ff','spanId':'01'}]"),
                span(
                        "03",
                        ",'links':[{'traceId':'" + trace
                                + "','spanId':'01','attributes':[{'key':'opentracing.ref_type',"
                                + "'value':{'stringValue':'follows_from'}}]}]")));
        CausalGraph graph = CausalGraph.of(log);
        assertThat(log.origin(1)).isEqualTo(-1);
        assertThat(graph.causes(0, 1) && graph.causes(0, 2)).isTrue();
        assertThat(log.link(2)).isEqualTo(Link.FOLLOWS);
        assertThat(codes(log)).containsExactly("MISSING_LINK");
    }

    @Test
    void takesADuplicateOnceAndRenamesOtherSpansOfOneId() throws IOException {
        EventLog log = read(document("a", span("01", ""), span("01", "")), document("b", span("01", "")));
        assertThat(log.taskCount()).isEqualTo(2);
        assertThat(log.taskName(1)).isEqualTo("01_1");
        assertThat(codes(log)).containsExactlyInAnyOrder("DUPLICATE_SPAN", "REPEATED_SPAN_ID");
    }

    @Test
    void refusesWhatIsNoneWithItsPlace() {
        assertThatThrownBy(() -> read("{'traces':[]}"))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("resourceSpans");
        assertThatThrownBy(() -> read(document("a", span("01", "")) + "\n{'resourceSpans':[{'scopeSpans':{}}]}"))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("document of line 2")
                .hasMessageContaining("scopeSpans");
        assertThatThrownBy(() -> read("{'resourceSpans':[{'x':\n"))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("ends");
        assertThatThrownBy(() -> read("{'resourceSpans':[]} }")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void cutsTimesThatAreNoneOfThisAge() throws IOException {
        EventLog log = read(document("a", span("01", "").replace("1544712660000000005", "'18446744073709551615'")));
        assertThat(log.nanos(1)).isEqualTo(Micros.MAX_NANOS);
        assertThat(codes(log)).containsExactly("TIME_OVERFLOW");
    }

    @Test
    void saysWhenThereIsNothing() throws IOException {
        assertThat(codes(read("{'resourceSpans':[]}"))).containsExactly("NO_TRACES");
    }
}
