package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans of one trace in several files: those of one trace join, and none counts twice. */
class SeveralFilesTest {
    private static final String JAEGER = """
            {'data':[{'traceID':'t','spans':[
             {'spanID':'a','operationName':'order','startTime':10,'duration':50,'processID':'p1',
              'logs':[{'timestamp':12,'fields':[{'key':'event','value':'paid'}]}]},
             {'spanID':'b','operationName':'pay','startTime':20,'duration':10,'processID':'p2',
              'references':[{'refType':'CHILD_OF','spanID':'a'}]}],
             'processes':{'p1':{'serviceName':'shop'},'p2':{'serviceName':'bank'}}}]}
            """;
    private static final String JAEGER_REST = """
            {'data':[{'traceID':'t','spans':[
             {'spanID':'c','operationName':'ship','startTime':31,'duration':9,'processID':'p1',
              'references':[{'refType':'CHILD_OF','spanID':'a'}]},
             {'spanID':'b','operationName':'pay','startTime':20,'duration':10,'processID':'p2',
              'references':[{'refType':'CHILD_OF','spanID':'a'}]}],
             'processes':{'p1':{'serviceName':'post'},'p2':{'serviceName':'bank'}}}]}
            """;
    private static final String ZIPKIN_SPANS = """
            {'traceId':'1','id':'1','name':'order','timestamp':10,'duration':50,'kind':'SERVER',
             'localEndpoint':{'serviceName':'shop'},'annotations':[{'timestamp':12,'value':'paid'}]},
            {'traceId':'1','id':'2','parentId':'1','name':'pay','timestamp':20,'duration':10,
             'localEndpoint':{'serviceName':'bank'}}
            """;
    private static final String ZIPKIN_REST = """
            [{'traceId':'1','id':'3','parentId':'1','name':'ship','timestamp':31,'duration':9,
             'localEndpoint':{'serviceName':'post'}}]
            """;
    private static final String OTLP = """
            {'resourceSpans':[{'resource':{'attributes':[{'key':'service.name','value':{'stringValue':'shop'}}]},
             'scopeSpans':[{'spans':[
              {'traceId':'1','spanId':'1','name':'order','startTimeUnixNano':'10000','endTimeUnixNano':'60000',
               'events':[{'timeUnixNano':'12000','name':'paid'}]},
              {'traceId':'1','spanId':'2','parentSpanId':'1','name':'pay','startTimeUnixNano':'20000',
               'endTimeUnixNano':'30000'}]}]}]}
            """;
    private static final String OTLP_REST = """
            {'resourceSpans':[{'scopeSpans':[{'spans':[
              {'traceId':'1','spanId':'3','parentSpanId':'1','name':'ship','startTimeUnixNano':'31000',
               'endTimeUnixNano':'40000'}]}]}]}
            """;

    @TempDir
    private Path folder;

    private EventLog read(String... documents) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String document : documents) {
            Path file = folder.resolve("file" + files.size() + ".json");
            files.add(Files.writeString(file, document.replace('\'', '"')));
        }
        return LogReader.create().read(files);
    }

    private static List<String> notes(EventLog log) {
        return log.diagnostics().stream().map(Diagnostic::toString).toList();
    }

    /** {@return each task with its service and its parent} */
    private static List<String> tasks(EventLog log) {
        List<String> tasks = new ArrayList<>();
        for (int task = 0; task < log.taskCount(); task++) {
            int origin = log.origin(task);
            String parent = origin < 0 ? "" : " < " + log.taskName(log.task(origin));
            tasks.add(log.taskName(task) + " of " + log.service(task) + parent);
        }
        return tasks;
    }

    @Test
    void oneThatIsEmptyIsToldOfAndTheRestIsRead() throws IOException {
        EventLog log = read(JAEGER, "");
        assertThat(log.taskCount()).isEqualTo(2);
        assertThat(log.diagnostics()).extracting(Diagnostic::code).contains("EMPTY_FILE");
    }

    @Test
    void ofJaegerCountOnceWhenTheyAreGivenTwice() throws IOException {
        EventLog twice = read(JAEGER, JAEGER);

        assertThat(tasks(twice)).containsExactly("a of shop", "b of bank < a");
        assertThat(twice.size()).isEqualTo(5);
        assertThat(notes(twice))
                .containsExactly("line 2: 2 spans are there more than once: taken once; the first is \"a\" in "
                        + folder.resolve("file1.json"));
    }

    @Test
    void ofJaegerJoinTheirTraceThoughProcessesHaveTheSameIds() throws IOException {
        EventLog log = read(JAEGER, JAEGER_REST);

        assertThat(log.traceCount()).isEqualTo(1);
        assertThat(tasks(log)).containsExactly("a of shop", "b of bank < a", "c of post < a");
        assertThat(notes(log)).singleElement().asString().startsWith("line 4: 1 span is there more than once");
    }

    @Test
    void ofJaegerFindParentsInAFileThatComesLater() throws IOException {
        assertThat(tasks(read(JAEGER_REST, JAEGER))).containsExactly("c of post < a", "b of bank < a", "a of shop");
    }

    @Test
    void ofJaegerAreRenamedOnceWhenTheyShareAnId() throws IOException {
        String sameId = JAEGER.replace("'spanID':'b'", "'spanID':'a'").replace(",\n", ", ");

        EventLog twice = read(sameId, sameId);

        assertThat(tasks(twice)).containsExactly("a of shop", "a_1 of bank < a");
    }

    @Test
    void ofZipkinCountOnceWhenTheyAreGivenTwice() throws IOException {
        for (String document : List.of("[" + ZIPKIN_SPANS + "]", "[[" + ZIPKIN_SPANS + "]]")) {
            EventLog twice = read(document, document);

            assertThat(tasks(twice)).as(document).hasSize(2);
            assertThat(twice.size()).isEqualTo(5);
            assertThat(notes(twice)).singleElement().asString().contains("2 spans are there more than once");
        }
    }

    @Test
    void ofZipkinJoinTheirTrace() throws IOException {
        for (String document : List.of("[" + ZIPKIN_SPANS + "]", "[[" + ZIPKIN_SPANS + "]]")) {
            EventLog log = read(document, ZIPKIN_REST);

            assertThat(log.traceCount()).as(document).isEqualTo(1);
            assertThat(tasks(log)).hasSize(3).last().asString().endsWith("1");
            assertThat(notes(log)).isEmpty();
        }
    }

    @Test
    void ofZipkinInTwoListsOfOneFileStayApart() throws IOException {
        String lists = "[[" + ZIPKIN_SPANS + "],[" + ZIPKIN_SPANS + "]]";

        assertThat(read(lists).traceCount()).isEqualTo(2);
        assertThat(read(lists, lists).traceCount()).isEqualTo(2);
    }

    @Test
    void ofOpenTelemetryCountOnceWhenTheyAreGivenTwice() throws IOException {
        EventLog twice = read(OTLP, OTLP);

        assertThat(tasks(twice)).hasSize(2);
        assertThat(twice.size()).isEqualTo(5);
        assertThat(notes(twice)).singleElement().asString().contains("2 spans are there more than once");
    }

    @Test
    void ofOpenTelemetryAreRenamedOnceWhenTheyShareAnId() throws IOException {
        String sameId = OTLP.replace("'spanId':'2'", "'spanId':'1'");

        assertThat(tasks(read(sameId, sameId))).hasSize(2);
    }

    @Test
    void ofOpenTelemetryJoinTheirTrace() throws IOException {
        EventLog log = read(OTLP, OTLP_REST);

        assertThat(log.traceCount()).isEqualTo(1);
        assertThat(tasks(log)).hasSize(3).last().asString().endsWith("1");
        assertThat(notes(log)).isEmpty();
    }
}
