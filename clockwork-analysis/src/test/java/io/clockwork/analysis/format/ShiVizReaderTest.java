package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.record.EventKind;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShiVizReaderTest {
    private static final ShiVizPattern HOST_FIRST = ShiVizPattern.of("(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)");
    private static final ShiVizPattern ONE_LINE =
            ShiVizPattern.of("^(?<event>\\w+) (?<host>\\w+) (?<clock>.*)$", "^--(?<trace>.*)$");

    private static EventLog read(ShiVizPattern pattern, String... lines) {
        EventLogBuilder log = EventLog.builder();
        new ShiVizReader(pattern).read(String.join("\n", lines), log);
        return log.build();
    }

    private static int event(EventLog log, String subject) {
        for (int e = 0; e < log.size(); e++) {
            if (log.subject(e).equals(subject)) {
                return e;
            }
        }
        throw new AssertionError("no event " + subject);
    }

    private static boolean ordered(EventLog log, String a, String b) {
        return CausalGraph.of(log).causes(event(log, a), event(log, b));
    }

    private static List<String> findings(EventLog log) {
        return log.diagnostics().stream()
                .map(diagnostic -> diagnostic.line() + " " + diagnostic.code())
                .toList();
    }

    @Test
    void tellsCountsAsTheyAre() {
        EventLog log = read(
                HOST_FIRST,
                "A {\"A\":1, \"B\":9223372036854775807, \"C\":2147483647}",
                "x",
                "B {\"B\":3000000000}",
                "y",
                "A {\"A\":2, \"B\":3000000000}",
                "z");
        assertThat(log.diagnostics())
                .extracting(diagnostic -> diagnostic.line() + " " + diagnostic.message())
                .contains(
                        "1 the clock knows 9223372036854775807 events of host \"B\", which has 1 in the log",
                        "1 the clock knows 2147483647 events of host \"C\", which has none in the log");
        assertThat(ordered(log, "y", "z")).isTrue();
        assertThat(ordered(log, "y", "x")).isFalse();
    }

    @Nested
    class Events {
        @Test
        void becomeTasksOfTheirHosts() {
            EventLog log = read(HOST_FIRST, "A {\"A\":1}", "hello there", "B {\"B\":1, \"A\":1}", "got it");
            assertThat(log.size()).isEqualTo(2);
            assertThat(log.traceName(0)).isEmpty();
            assertThat(log.taskCount()).isEqualTo(2);
            assertThat(log.taskName(0)).isEqualTo("A");
            assertThat(log.service(1)).isEqualTo("B");
            assertThat(log.subject(0)).isEqualTo("hello there");
            assertThat(log.kind(0)).isEqualTo(EventKind.CUSTOM);
            assertThat(ordered(log, "hello there", "got it")).isTrue();
            assertThat(log.diagnostics()).isEmpty();
        }

        @Test
        void areInTheOrderOfTheirOwnCountsNotOfTheFile() {
            EventLog log = read(ONE_LINE, "c A {\"A\":3}", "a A {\"A\":1}", "x B {\"B\":1,\"A\":2}", "b A {\"A\":2}");
            assertThat(log.sequence(event(log, "a"))).isEqualTo(1);
            assertThat(log.sequence(event(log, "c"))).isEqualTo(3);
            assertThat(ordered(log, "b", "x")).isTrue();
            assertThat(ordered(log, "c", "x")).isFalse();
            assertThat(log.diagnostics()).isEmpty();
        }

        @Test
        void entriesThatAreZeroAreAbsent() {
            EventLog log = read(ONE_LINE, "a A {\"A\":1,\"B\":0,\"C\":0}", "b B {\"B\":1,\"A\":0}");
            assertThat(log.diagnostics()).isEmpty();
            assertThat(CausalGraph.of(log).orders().get(0).concurrentPairs()).isEqualTo(1);
        }

        @Test
        void clocksMayStandInAString() {
            EventLog log = read(ONE_LINE, "a A {\\\"A\\\":1}", "b B { \\\"A\\\":1, \\\"B\\\":1}", "c B {\"B\":2}");
            assertThat(log.size()).isEqualTo(2);
            assertThat(findings(log)).containsExactly("2 CLOCK_NOT_JSON", "3 START_NOT_1", "3 TIME_OUT_OF_RANGE");
        }

        @Test
        void ofAHostThatIsNamedTwiceTheLastCountHolds() {
            EventLog log = read(ONE_LINE, "a A {\"A\":7,\"A\":1}", "b B {\"B\":1,\"A\":1,\"A\":0}");
            assertThat(findings(log)).isEmpty();
            assertThat(ordered(log, "a", "b")).isFalse();
        }

        @Test
        void linesMayEndWithCarriageReturns() {
            assertThat(read(HOST_FIRST, "A {\"A\":1}\r", "x\r", "A {\"A\":2}\r", "y\r")
                            .subject(1))
                    .isEqualTo("y");
        }
    }

    @Nested
    class Executions {
        @Test
        void areTracesOfTheirOwn() {
            EventLog log = read(ONE_LINE, "--one", "a A {\"A\":1}", "--two", "b A {\"A\":1}", "c A {\"A\":2}");
            assertThat(log.traceCount()).isEqualTo(2);
            assertThat(log.traceName(0)).isEqualTo("one");
            assertThat(log.traceName(1)).isEqualTo("two");
            assertThat(log.taskCount()).isEqualTo(2);
            assertThat(ordered(log, "a", "c")).isFalse();
            assertThat(log.diagnostics()).isEmpty();
        }

        @Test
        void withoutANameAreNumbered() {
            ShiVizPattern pattern = ShiVizPattern.of("(?<event>\\w+) (?<host>\\w+) (?<clock>{.*})", "---");
            EventLog log = read(pattern, "a A {\"A\":1}", "---", "b A {\"A\":1}");
            assertThat(log.traceName(0)).isEmpty();
            assertThat(log.traceName(1)).isEqualTo("execution 1");
        }

        @Test
        void withoutEventsAreTold() {
            EventLog log = read(ONE_LINE, "notes", "--one", "a A {\"A\":1}", "--two", "");
            assertThat(log.traceCount()).isEqualTo(2);
            assertThat(findings(log)).containsExactly("1 TEXT_NOT_MATCHED", "5 NO_EVENT");
        }
    }

    @Nested
    class Header {
        @Test
        void isSkippedAndCountedAsLines() {
            EventLog log = read(HOST_FIRST, HOST_FIRST.parser(), "", "A {\"A\":2}", "x");
            assertThat(log.size()).isEqualTo(1);
            assertThat(findings(log)).containsExactly("3 START_NOT_1", "3 TIME_OUT_OF_RANGE");
        }

        @Test
        void mayLackTheLineOfTheDelimiter() {
            assertThat(read(HOST_FIRST, HOST_FIRST.parser(), "A {\"A\":1}", "x").size())
                    .isEqualTo(1);
        }
    }

    @Nested
    class Faults {
        @Test
        void aTextWithoutEventsIsNoSuchLog() {
            EventLogBuilder log = EventLog.builder();
            assertThat(new ShiVizReader(HOST_FIRST).read("\n\nsome\ntext", log)).isZero();
            assertThat(findings(log.build())).containsExactly("3 NO_EVENT", "3 TEXT_NOT_MATCHED");
            EventLogBuilder empty = EventLog.builder();
            assertThat(new ShiVizReader(HOST_FIRST).read("", empty)).isZero();
        }

        @Test
        void clocksThatAreNoCountsLeaveTheirEventsOut() {
            EventLog log = read(
                    ONE_LINE,
                    "a A {\"A\":1}",
                    "b A nonsense",
                    "c A {\"A\":-2}",
                    "d A {\"A\":2.5}",
                    "e A {\"A\":\"2\"}",
                    "f A [1]",
                    "g A {\"A\":2} {}",
                    "h A {\"A\":2}");
            assertThat(log.size()).isEqualTo(2);
            assertThat(findings(log))
                    .containsExactly(
                            "2 CLOCK_NOT_JSON",
                            "3 CLOCK_NOT_JSON",
                            "4 CLOCK_NOT_JSON",
                            "5 CLOCK_NOT_JSON",
                            "6 CLOCK_NOT_JSON",
                            "7 CLOCK_NOT_JSON");
        }

        @Test
        void anEventWithoutItsOwnEntryIsLeftOut() {
            EventLog log = read(ONE_LINE, "a A {\"A\":1}", "b A {\"B\":1}", "c B {\"B\":1}", "d A {\"A\":0}");
            assertThat(log.size()).isEqualTo(2);
            assertThat(findings(log)).containsExactly("2 LOCAL_HOST_MISSING", "4 LOCAL_HOST_MISSING");
        }

        @Test
        void gapsAreToldOncePerHostAndKeepTheOrder() {
            EventLog log = read(ONE_LINE, "a A {\"A\":1}", "b A {\"A\":3}", "c A {\"A\":9}", "d B {\"B\":1,\"A\":2}");
            assertThat(findings(log)).containsExactly("2 NOT_CONSECUTIVE", "3 TIME_OUT_OF_RANGE");
            assertThat(ordered(log, "a", "d")).isTrue();
            assertThat(ordered(log, "b", "d")).isFalse();
            assertThat(ordered(log, "a", "c")).isTrue();
        }

        @Test
        void whoKnowsMoreOfAHostThanThereIsIsNotOrdered() {
            EventLog log = read(ONE_LINE, "a A {\"A\":1}", "b B {\"B\":1,\"A\":9,\"C\":1}", "c B {\"B\":2,\"A\":1}");
            assertThat(findings(log)).containsExactly("2 TIME_OUT_OF_RANGE", "2 UNKNOWN_HOST");
            assertThat(ordered(log, "a", "b")).isFalse();
            assertThat(ordered(log, "a", "c")).isTrue();
        }

        @Test
        void aLineThatIsThereTwiceDisturbsNothing() {
            EventLog log = read(
                    ONE_LINE,
                    "a A {\"A\":1}",
                    "b A {\"A\":2}",
                    "b A {\"A\":2}",
                    "c A {\"A\":3}",
                    "d B {\"B\":1,\"A\":2}");
            assertThat(findings(log)).containsExactly("3 NOT_CONSECUTIVE");
            assertThat(log.size()).isEqualTo(5);
            assertThat(ordered(log, "a", "c")).isTrue();
            assertThat(ordered(log, "b", "d")).isTrue();
            assertThat(CausalGraph.of(log).orders().get(0).concurrentPairs()).isEqualTo(4);
        }

        @Test
        void differentEventsOfOneCountEndTheKnowledgeOfTheirHost() {
            EventLog log = read(
                    ONE_LINE,
                    "a A {\"A\":1}",
                    "b A {\"A\":2}",
                    "c A {\"A\":3}",
                    "x A {\"A\":2}",
                    "y A {\"A\":4}",
                    "d B {\"B\":1,\"A\":4}");
            assertThat(findings(log)).containsExactly("4 NOT_CONSECUTIVE");
            for (String after : List.of("b", "c", "x", "y", "d")) {
                assertThat(ordered(log, "a", after)).as(after).isTrue();
            }
            assertThat(ordered(log, "b", "c")).isFalse();
            assertThat(ordered(log, "x", "y")).isFalse();
            assertThat(ordered(log, "y", "d")).isFalse();
            assertThat(log.service(log.task(event(log, "y")))).isEqualTo("A");
        }

        @Test
        void aClockThatForgetsIsToldAndItsHostStillKnows() {
            EventLog log = read(ONE_LINE, "a A {\"A\":1}", "b B {\"B\":1,\"A\":1}", "c B {\"B\":2}", "d B {\"B\":3}");
            assertThat(findings(log)).containsExactly("3 HISTORY_FORGOTTEN");
            assertThat(ordered(log, "a", "d")).isTrue();
        }

        @Test
        void clocksThatContradictEachOtherAreLeftOut() {
            EventLog log = read(ONE_LINE, "a A {\"A\":1,\"B\":1}", "b B {\"B\":1,\"A\":1}", "c C {\"C\":1}");
            assertThat(findings(log)).containsExactly("0 CYCLE");
            assertThat(log.size()).isEqualTo(1);
        }

        @Test
        void textBetweenEventsIsCounted() {
            EventLog log = read(ONE_LINE, "what?", "a A {\"A\":1}", "", "\u001b[2J no", " ", "b A {\"A\":2}", "no, no");
            assertThat(log.diagnostics())
                    .singleElement()
                    .hasToString("line 1: 3 lines hold text that the expression does not match, which was left out:"
                            + " the first is \"what?\"");
        }

        @Test
        void hugeCountsAreNoProblem() {
            EventLog log = read(
                    ONE_LINE,
                    "a A {\"A\":4611686018427387904}",
                    "b A {\"A\":4611686018427387905}",
                    "c B {\"B\":1,\"A\":4611686018427387904}",
                    "d A {\"A\":99999999999999999999}");
            assertThat(findings(log))
                    .containsExactly(
                            "1 START_NOT_1",
                            "1 TIME_OUT_OF_RANGE",
                            "2 TIME_OUT_OF_RANGE",
                            "3 TIME_OUT_OF_RANGE",
                            "4 CLOCK_NOT_JSON");
            assertThat(ordered(log, "a", "b")).isTrue();
            assertThat(ordered(log, "a", "c")).isTrue();
            assertThat(ordered(log, "b", "c")).isFalse();
        }

        @Test
        void ofManyFindingsOfOneKindTheLastAreCounted() {
            EventLog log = read(ONE_LINE, "x A {}\n".repeat(10_007), "a A {\"A\":1}");
            assertThat(log.diagnostics()).hasSize(10_001);
            assertThat(log.diagnostics().get(10_000).message())
                    .isEqualTo("7 more findings LOCAL_HOST_MISSING are not listed");
        }

        @Test
        void anExpressionThatTakesTooLongIsStopped() {
            ShiVizPattern slow = ShiVizPattern.of("(?<host>.*.*.*.*.*)!(?<clock>{.*})(?<event>)");
            assertThatThrownBy(() -> read(slow, "x".repeat(300)))
                    .isInstanceOf(LogFormatException.class)
                    .hasMessageContaining("takes too long");
        }
    }
}
