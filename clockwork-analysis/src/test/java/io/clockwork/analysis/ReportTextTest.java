package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The report as a reader meets it on a terminal. */
class ReportTextTest {
    private static final Pattern SHARE = Pattern.compile("(?m)^ +(\\d+)\\.(\\d)% ([\u2588-\u258F ]{16}) ");

    private final EventLogBuilder log = EventLog.builder();
    private final int trace = log.trace("trace");

    private int task(String service, String name) {
        return log.task(trace, service, name);
    }

    private void write(int task, String variable) {
        log.site(log.event(task, EventKind.WRITE, variable), "Shop.java:7");
    }

    private String text() {
        return Report.of(log.build()).toText();
    }

    private static void assertFits(String text) {
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(80));
    }

    @Nested
    class FirstLine {
        @Test
        void saysWhatWasFound() {
            write(task("shop", "a"), "stock");
            write(task("shop", "b"), "stock");
            assertThat(text()).startsWith("Found 1 certain race: two writes on stock.\n2 events, 2 tasks, 1 trace\n");
            write(task("shop", "c"), "price");
            write(task("shop", "d"), "price");
            assertThat(text()).startsWith("Found 2 certain races; the first: two writes on price.\n");
            assertThat(Report.of(log.build()).summary()).startsWith("Found 2 certain races");
        }

        @Test
        void saysThatNothingWasFound() {
            int task = task("shop", "a");
            write(task, "stock");
            assertThat(text()).startsWith("1 event of 1 task: 0 concurrent pairs, longest chain 1.\n");
            int child = task("shop", "b");
            log.origin(child, log.event(task, EventKind.FORK, "b"), Link.FORK);
            write(child, "stock");
            assertThat(text()).startsWith("Found no race, split step or deadlock among 3 events of 2 tasks.\n");
        }

        @Test
        void countsWhatIsAtTheEnd() {
            write(task("shop", "a"), "stock");
            for (int i = 1; i <= 7; i++) {
                log.diagnose(new Diagnostic("MALFORMED", "a line is cut", i));
            }
            assertThat(text())
                    .contains("1 event, 1 task, 1 trace; 7 notes at the end\n")
                    .endsWith("line 5: a line is cut\n   ... and 2 more of MALFORMED (--json has all)\n");
        }
    }

    @Nested
    class Races {
        @Test
        void betweenServicesAreOneLineForEachTwo() {
            write(task("shop", "a"), "stock");
            write(task("bank", "b"), "stock");
            write(task("shop", "c"), "price");
            write(task("bank", "d"), "price");
            assertThat(text())
                    .contains("SERVICES THAT RACED AGAINST EACH OTHER")
                    .contains("\n   bank ↔ shop   2 races on price, stock   CERTAIN\n")
                    .contains("   shop                                  bank\n");
            assertFits(text());
        }

        @Test
        void ofOneServiceHaveNoSuchLine() {
            write(task("shop", "a"), "stock");
            write(task("shop", "b"), "stock");
            assertThat(text()).doesNotContain("SERVICES THAT RACED");
        }

        @Test
        void ofOneVariableAreShownUpToThree() {
            for (int i = 0; i < 4; i++) {
                int event = log.event(task("shop", "t" + i), EventKind.WRITE, "stock");
                log.site(event, "Shop" + i + ".java:7");
            }
            write(task("shop", "a"), "zebra");
            write(task("shop", "b"), "zebra");
            assertThat(text())
                    .contains("\n3. WRITE-WRITE RACE on stock", "\n4. WRITE-WRITE RACE on zebra", "and 3 more races");
        }

        @Test
        void areShownUpToTwenty() {
            for (int i = 0; i < 25; i++) {
                write(task("shop", "a" + i), "stock" + i);
                write(task("shop", "b" + i), "stock" + i);
            }
            assertThat(text()).contains("\n20. WRITE-WRITE RACE").doesNotContain("\n21. WRITE-WRITE");
            assertThat(text()).contains("   ... and 5 more races (--json has all)");
        }
    }

    @Nested
    class Names {
        @Test
        void thatAreLongAreCutInTheMiddle() {
            String name = "n".repeat(500) + "End";
            write(task(name, name), name);
            write(task(name, name), name);
            assertFits(text());
            assertThat(text()).contains("n…n", "nEnd   CERTAIN");
        }

        @Test
        void ofTwoColumnsACharacterKeepTheTableStraight() {
            write(task("shop", "注文する"), "在庫");
            write(task("shop", "e\u0301"), "在庫");
            List<String> heads =
                    text().lines().filter(line -> line.contains("task 0")).toList();
            assertThat(heads).hasSize(1);
            String left = heads.get(0).substring(0, heads.get(0).indexOf("task 1"));
            assertThat(TextWidth.of(left)).isEqualTo(41);
        }
    }

    @Test
    void operationsOfNoKnownServiceGoByTheirNameAlone() {
        EventLogBuilder log = EventLog.builder();
        int task = log.task(log.trace("t"), "", "s");
        log.nanos(log.event(task, EventKind.BEGIN, "get"), 0);
        log.nanos(log.event(task, EventKind.END, "get"), 1_000);

        String text = Report.of(log.build()).toText();

        assertThat(text).startsWith("get took 1.0 µs; 100.0% of that was get.").doesNotContain(": get");
    }

    /** The numbers sum to 100.0%, the bars to the full width. */
    @Property(tries = 200)
    void barsOfACriticalPathSumToTheElapsedTime(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 1, max = 1_000_000_000) Long> parts) {
        SpanLog spans = new SpanLog();
        long end = parts.stream().mapToLong(part -> part).sum();
        int root = spans.root("get", 0, end);
        long at = 0;
        for (long nanos : parts) {
            spans.child(root, "query " + at % 7, at, at += nanos);
        }
        String text = Report.of(spans.build()).toText();
        int start = text.indexOf("CRITICAL PATH   ");
        assertThat(start).isNotNegative();
        int next = text.indexOf("\n\n", start);
        String section = text.substring(start, next < 0 ? text.length() : next);
        List<MatchResult> rows = SHARE.matcher(section).results().toList();
        assertThat(rows.stream()
                        .mapToInt(row -> Integer.parseInt(row.group(1) + row.group(2)))
                        .sum())
                .isEqualTo(1000);
    }
}
