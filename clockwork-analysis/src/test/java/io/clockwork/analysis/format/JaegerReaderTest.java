package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.json.stream.JsonSyntaxException;
import io.clockwork.record.EventKind;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JaegerReaderTest {
    private static final String PROCESSES =
            "'processes':{'p':{'serviceName':'shop','tags':[]},'q':{'serviceName':'bank'}}";

    /** {@return the log of JSON with ' for "} */
    private static EventLog read(String json) {
        EventLogBuilder log = EventLog.builder();
        JaegerReader reader = new JaegerReader();
        reader.read(new ByteArrayInputStream(json.replace('\'', '"').getBytes(UTF_8)));
        reader.addTo(log);
        return log.build();
    }

    private static EventLog readSpans(String... spans) {
        return read("{'data':[{'traceID':'t','spans':[" + String.join(",", spans) + "]," + PROCESSES + "}]}");
    }

    private static String span(String id, long start, long duration, String... references) {
        return "{'traceID':'t','spanID':'" + id + "','operationName':'op-" + id + "','references':["
                + String.join(",", references) + "],'startTime':" + start + ",'duration':" + duration
                + ",'tags':[],'logs':[],'processID':'p'}";
    }

    private static String reference(String type, String id) {
        return "{'refType':'" + type + "','traceID':'t','spanID':'" + id + "'}";
    }

    private static String childOf(String id) {
        return reference("CHILD_OF", id);
    }

    private static List<String> codes(EventLog log) {
        return log.diagnostics().stream().map(Diagnostic::code).toList();
    }

    /** {@return the name of each task's parent, or -} */
    private static List<String> parents(EventLog log) {
        List<String> parents = new ArrayList<>();
        for (int task = 0; task < log.taskCount(); task++) {
            parents.add(log.origin(task) < 0 ? "-" : log.taskName(log.task(log.origin(task))));
        }
        return parents;
    }

    @Nested
    class LogsOfSpans {
        private static String log(long time, String... fields) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < fields.length; i += 2) {
                all.append(i == 0 ? "" : ",").append("{'key':'").append(fields[i]);
                all.append("','type':'string','value':'").append(fields[i + 1]).append("'}");
            }
            return "{'timestamp':" + time + ",'fields':[" + all + "]}";
        }

        private static EventLog readLogs(String... logs) {
            return readSpans(span("a", 10, 90).replace("'logs':[]", "'logs':[" + String.join(",", logs) + "]"));
        }

        @Test
        void areEventsInTheOrderOfTheirTimes() {
            EventLog log = readLogs(
                    log(40, "level", "info", "event", "found", "message", "no"), log(20, "message", "asked"), log(30));
            assertThat(log.size()).isEqualTo(5);
            assertThat(List.of(log.subject(1), log.subject(2), log.subject(3)))
                    .containsExactly("asked", "log", "found");
            assertThat(log.kind(1)).isEqualTo(EventKind.CUSTOM);
            assertThat(log.nanos(1)).isEqualTo(20_000);
            assertThat(log.kind(4)).isEqualTo(EventKind.END);
        }

        @Test
        void tellOfErrors() {
            EventLog log = readLogs(
                    log(20, "event", "error", "error.kind", "Timeout", "message", "late"),
                    log(30, "event", "exception", "exception.type", "E", "exception.message", "m"),
                    log(40, "event", "error"),
                    log(50, "error.object", "o"));
            for (int e = 1; e <= 4; e++) {
                assertThat(log.kind(e)).isEqualTo(EventKind.ERROR);
            }
            assertThat(log.subject(1) + log.value(1)).isEqualTo("Timeoutlate");
            assertThat(log.subject(2) + log.value(2)).isEqualTo("Em");
            assertThat(log.subject(3) + log.value(3)).isEqualTo("errornull");
            assertThat(log.subject(4)).isEqualTo("o");
        }

        @Test
        void withoutATimeAreCounted() {
            EventLog log = readLogs("{'fields':[]}", "{'timestamp':'x','fields':null}");
            assertThat(log.size()).isEqualTo(2);
            assertThat(codes(log)).containsExactly("MISSING_LOG_TIME");
        }
    }

    @Nested
    class Documents {
        private static final String TRACE =
                "{'traceID':'t','spans':[{'spanID':'a','operationName':'o','startTime':1,'duration':2,'processID':'p'}],"
                        + PROCESSES + "}";

        @ParameterizedTest
        @ValueSource(strings = {"{'data':[%s]}", "[%s]", "%s", "{'total':0,'data':[%s],'errors':null}"})
        void mayBeTheApisAnswerOrTracesOrOneTrace(String form) {
            EventLog log = read(form.formatted(TRACE));

            assertThat(log.traceName(0)).isEqualTo("t");
            assertThat(log.taskCount()).isEqualTo(1);
            assertThat(log.service(0)).isEqualTo("shop");
            assertThat(log.diagnostics()).isEmpty();
        }

        @Test
        void withoutTracesAreDiagnosed() {
            assertThat(codes(read("{'data':null,'errors':[{'code':404}]}"))).containsExactly("NO_TRACES");
            assertThat(codes(read("[]"))).containsExactly("NO_TRACES");
        }

        @Test
        void thatHoldNeitherTracesNorSpansAreRefused() {
            assertThatThrownBy(() -> read("\n{'resourceSpans':[]}"))
                    .isInstanceOf(LogFormatException.class)
                    .hasMessageContaining("line 2, $")
                    .hasMessageContaining("\"data\"");
        }

        @Test
        void thatAreBuiltOtherwiseAreRefusedWithTheirPath() {
            assertThatThrownBy(() -> read("{'data':[{'spans':{}}]}"))
                    .isInstanceOf(JsonSyntaxException.class)
                    .hasMessageContaining("$.data[0].spans");
            assertThatThrownBy(() -> read("{'data':[{'spans':[]}]} x")).isInstanceOf(JsonSyntaxException.class);
            assertThatThrownBy(() -> read("{'data':[{'spans':[1]}]}")).isInstanceOf(JsonSyntaxException.class);
            assertThatThrownBy(() -> read("{'data':[{'spans':[{'startTime':1")).isInstanceOf(JsonSyntaxException.class);
        }
    }

    @Nested
    class Spans {
        @Test
        void becomeTasksWithABeginAndAnEndInNanoseconds() {
            EventLog log = readSpans(span("a", 1_700_000_000_000_001L, 7));

            assertThat(log.size()).isEqualTo(2);
            assertThat(log.kind(0)).isEqualTo(EventKind.BEGIN);
            assertThat(log.kind(1)).isEqualTo(EventKind.END);
            assertThat(log.subject(0)).isEqualTo("op-a");
            assertThat(log.nanos(0)).isEqualTo(1_700_000_000_000_001_000L);
            assertThat(log.nanos(1)).isEqualTo(1_700_000_000_000_008_000L);
            assertThat(log.taskName(0)).isEqualTo("a");
        }

        @Test
        void findTheirProcessBeforeAndAfterThemAndInside() {
            String own = "{'spanID':'b','startTime':1,'duration':1,'process':{'tags':[],'serviceName':'own'}}";

            assertThat(readSpans(span("a", 1, 1)).service(0)).isEqualTo("shop");
            assertThat(read("{" + PROCESSES + ",'spans':[" + span("a", 1, 1) + "],'traceID':'t'}")
                            .service(0))
                    .isEqualTo("shop");
            assertThat(readSpans(own).service(0)).isEqualTo("own");
        }

        @Test
        void withARepeatedIdAreRenamed() {
            EventLog log = readSpans(span("a", 1, 9), span("a", 2, 1), span("a", 3, 1), span("b", 4, 1, childOf("a")));

            assertThat(List.of(log.taskName(0), log.taskName(1), log.taskName(2)))
                    .containsExactly("a", "a_1", "a_2");
            assertThat(parents(log)).containsExactly("-", "-", "-", "a");
            assertThat(log.diagnostics())
                    .singleElement()
                    .hasToString("line 1: " + SpanFault.REPEATED_SPAN_ID.sentence(2) + "; the first is \"a\"");
        }

        @Test
        void areRenamedPastIdsThatAreTaken() {
            EventLog log = readSpans(span("a_1", 1, 1), span("a", 1, 1), span("a", 1, 1));

            assertThat(log.taskName(2)).isEqualTo("a_2");
        }

        @Test
        void withMissingMembersAreRepaired() {
            EventLog log = readSpans(span("a", 5, 1), "{}");

            assertThat(log.taskName(1)).isEqualTo("span 2");
            assertThat(log.service(1)).isEqualTo("unknown");
            assertThat(log.nanos(0)).isEqualTo(5_000);
            assertThat(codes(log))
                    .containsExactly(
                            "MISSING_SPAN_ID",
                            "MISSING_OPERATION",
                            "UNKNOWN_PROCESS",
                            "MISSING_START",
                            "MISSING_DURATION");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "'soon'", "{}", "[1]", "true"})
        void withATimeThatIsNoNumberAreRepaired(String time) {
            EventLog log = readSpans(span("a", 5, 1).replace(":5,", ":" + time + ","));

            assertThat(codes(log)).containsExactly("MISSING_START");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1700000000000000.25",
                    "'1700000000000000.25'",
                    "1.70000000000000025e15",
                    "' 1700000000000000.2500009'"
                })
        void mayHaveTimesAsTextOrWithFractions(String time) {
            assertThat(readSpans(span("a", 5, 1).replace(":5,", ":" + time + ","))
                            .nanos(0))
                    .isEqualTo(1_700_000_000_000_000_250L);
        }

        @ParameterizedTest
        @ValueSource(strings = {"9223372036854775807", "1e999999999", "99999999999999999999", "-1e999999999"})
        void withTimesThatAreTooLargeAreCut(String time) {
            EventLog log = readSpans(span("a", 5, 1).replace(":5,", ":" + time + ","));

            assertThat(codes(log)).containsExactly("TIME_OVERFLOW");
            assertThat(CriticalPath.response(log))
                    .singleElement()
                    .satisfies(path -> assertThat(path.elapsedNanos()).isNotNegative());
        }

        @Test
        void thatEndBeforeTheyStartAreTakenAsEmpty() {
            EventLog log = readSpans(span("a", 5, -3));

            assertThat(log.nanos(1)).isEqualTo(5_000);
            assertThat(codes(log)).containsExactly("NEGATIVE_DURATION");
        }

        @Test
        void thatStartAtTimeZeroAreKeptAndMentioned() {
            EventLog log = readSpans(span("a", 0, 3));

            assertThat(log.nanos(1)).isEqualTo(3_000);
            assertThat(codes(log)).containsExactly("START_ZERO");
        }
    }

    @Nested
    class References {
        @Test
        void nameTheParentWhereverItStands() {
            EventLog log = readSpans(span("b", 2, 1, childOf("a")), span("a", 1, 9), span("c", 3, 1, childOf("a")));

            assertThat(parents(log)).containsExactly("a", "-", "a");
            assertThat(log.link(0)).isEqualTo(Link.CALL);
            assertThat(log.diagnostics()).isEmpty();
        }

        @Test
        void areTriedInOrderUntilOneNamesASpanOfTheTrace() {
            EventLog log = readSpans(
                    span("a", 1, 9),
                    span("c", 3, 1, childOf("elsewhere"), reference("FOLLOWS_FROM", "late"), childOf("a")),
                    span("d", 3, 1, childOf("elsewhere"), childOf("a")),
                    span("late", 2, 9));

            assertThat(parents(log)).containsExactly("-", "late", "a", "-");
            assertThat(log.link(1)).isEqualTo(Link.FOLLOWS);
            assertThat(log.link(2)).isEqualTo(Link.CALL);
            assertThat(codes(log)).containsExactly("MISSING_LINK");
        }

        @Test
        void afterTheParentAreCausesToo() {
            EventLog log = readSpans(
                    span("a", 1, 9),
                    span("b", 2, 1),
                    span("c", 3, 1, childOf("a"), childOf("b"), childOf("late")),
                    span("late", 2, 5, childOf("c")));

            int c = firstEvent(log, 2);
            assertThat(parents(log)).containsExactly("-", "-", "a", "c");
            assertThat(CausalGraph.of(log).causes(firstEvent(log, 1), c)).isTrue();
            assertThat(CausalGraph.of(log).causes(c, firstEvent(log, 3))).isTrue();
            assertThat(codes(log)).containsExactly("LINK_CYCLE");
            assertThat(log.size()).isEqualTo(8);
        }

        private int firstEvent(EventLog log, int task) {
            int event = 0;
            while (log.task(event) != task) {
                event++;
            }
            return event;
        }

        @Test
        void toSpansThatAreNotThereMakeARoot() {
            EventLog log = readSpans(span("a", 1, 1, childOf("gone"), childOf("away")));

            assertThat(log.link(0)).isEqualTo(Link.NONE);
            assertThat(log.missingParent(0)).isEqualTo("gone");
            assertThat(log.diagnostics())
                    .singleElement()
                    .hasToString(SpanFault.MISSING_PARENT.sentence(1) + "; the first is \"a\"");
        }

        @Test
        void ofOtherTypesAreLeftOut() {
            EventLog log =
                    readSpans(span("a", 1, 9), span("b", 1, 1, reference("LINKS_TO", "a"), "{'refType':'CHILD_OF'}"));

            assertThat(parents(log)).containsExactly("-", "-");
            assertThat(codes(log)).containsExactly("UNKNOWN_REFERENCE");
        }

        @Test
        void mayHoldCopiesOfSpansWhichAreSkipped() {
            String copy = "{'refType':'CHILD_OF','span':" + span("x", 1, 1, childOf("y")) + ",'spanID':'a'}";

            EventLog log = readSpans(span("a", 1, 9), span("b", 2, 1, copy));

            assertThat(log.taskCount()).isEqualTo(2);
            assertThat(parents(log)).containsExactly("-", "a");
        }

        @Test
        void mayHoldCopiesOfSpansToAnyDepth() {
            String copy = "{'spanID':'a','refType':'CHILD_OF'}";
            for (int i = 0; i < 1_000; i++) {
                copy = "{'spanID':'a','refType':'CHILD_OF','span':{'references':[" + copy + "]}}";
            }

            assertThat(parents(readSpans(span("a", 1, 9), span("b", 2, 1, copy))))
                    .containsExactly("-", "a");
        }

        @Test
        void fromAConsumerToAProducerAreMessages() {
            String producer = span("a", 1, 9).replace("'tags':[]", "'tags':[{'value':'producer','key':'span.kind'}]");
            String consumer = span("b", 2, 9, childOf("a"))
                    .replace(
                            "'tags':[]",
                            "'tags':[{'key':'x','value':1},{'key':'span.kind','type':'string','value':'consumer'}]");

            assertThat(readSpans(producer, consumer).link(1)).isEqualTo(Link.MESSAGE);
            assertThat(readSpans(span("a", 1, 9), consumer).link(1)).isEqualTo(Link.CALL);
        }
    }

    @Nested
    class Cycles {
        @Test
        void ofOneSpanLeaveItBelowNoRoot() {
            EventLog log = readSpans(span("r", 1, 9), span("x", 2, 1, childOf("x")), span("y", 3, 1, childOf("x")));

            assertThat(codes(log)).containsExactly("SELF_PARENT");
            assertThat(parents(log)).containsExactly("-", "-", "x");
            assertThat(log.link(1)).isEqualTo(Link.CALL);
            assertThat(CriticalPath.response(log))
                    .extracting(CriticalPath::task)
                    .containsExactly("r");
        }

        @Test
        void areCutAtTheSpanThatStartsFirst() {
            EventLog log = readSpans(
                    span("a", 3, 9, childOf("b")), span("b", 2, 9, childOf("c")), span("c", 4, 9, childOf("a")));

            assertThat(codes(log)).containsExactly("PARENT_CYCLE");
            assertThat(parents(log)).containsExactly("b", "-", "a");
            assertThat(log.size()).isEqualTo(6);
            assertThat(CriticalPath.response(log)).isEmpty();
        }
    }
}
