package io.clockwork.analysis.cli.browse;

import static io.clockwork.analysis.cli.browse.BrowseLogs.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.TextStyle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
    private static final List<String> VIEWS = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "?");

    private static boolean obeyed(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
    }

    @Test
    void pathsOfALogWithoutTimesAreLongInEvents() {
        Browser browser = BrowseLogs.browser(BrowseLogs.THREADS);
        press(browser, "4");
        assertThat(BrowseLogs.screen(browser).get(2)).contains("completion").containsPattern("\\d events? ");
        press(browser, "Enter");
        assertThat(String.join("\n", BrowseLogs.screen(browser)))
                .contains(" events\n")
                .doesNotContain(" ns");
    }

    @Test
    void noTextOfAnEventCanSteerTheTerminal() {
        String hostile =
                "T1|w(" + BrowseLogs.HOSTILE + ")|" + BrowseLogs.HOSTILE + "\nT2|w(" + BrowseLogs.HOSTILE + ")|2\n";
        for (String log : List.of(BrowseLogs.SPANS, hostile)) {
            boolean seen = false;
            for (String view : VIEWS) {
                Browser browser = BrowseLogs.browser(log);
                press(browser, view);
                for (int depth = 0; depth < 3; depth++) {
                    for (String line : BrowseLogs.screen(browser)) {
                        assertThat(line.codePoints()).noneMatch(ScreenTest::obeyed);
                        seen |= line.contains("\\u001b]0;owned");
                    }
                    press(browser, "G", "Enter");
                }
            }
            assertThat(seen).isTrue();
        }
    }

    @Test
    void whatIsTypedCannotSteerItEither() {
        Browser browser = BrowseLogs.browser(BrowseLogs.THREADS);
        press(browser, "/", "\u202E", "Enter");
        assertThat(BrowseLogs.screen(browser).get(23)).startsWith("not found: \\u202e");
    }

    @Test
    void doesWithAsciiWhereItMust() {
        Browser browser = new Browser(
                new Snapshot(BrowseLogs.read(BrowseLogs.SPANS, BrowseLogs.THREADS)), new TextStyle(false, true), false);
        for (String view : VIEWS) {
            press(browser, view, "Enter");
            assertThat(String.join("", BrowseLogs.screen(browser)).chars()).allMatch(c -> c >= ' ' && c <= '~');
        }
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,50", "40,10", "20,5", "5,3", "1,1"})
    void hasAsManyLinesAsTheTerminal(int width, int height) {
        Browser browser = BrowseLogs.browser(BrowseLogs.SPANS, BrowseLogs.THREADS);
        browser.resize(width, height);
        for (String view : VIEWS) {
            press(browser, view, "G", "Enter");
            assertThat(Screen.of(browser)).hasSize(height);
        }
    }

    @Test
    void fitsIntoEightyColumns() {
        Browser browser = BrowseLogs.browser(BrowseLogs.SPANS, BrowseLogs.THREADS);
        for (String view : VIEWS) {
            press(browser, view);
            assertThat(Screen.of(browser).subList(0, 2))
                    .allMatch(shown -> shown.line().width() <= 80);
        }
        press(browser, "2");
        assertThat(Screen.of(browser)).allMatch(shown -> shown.line().width() <= 80);
    }

    @Test
    void marksTheSelectedRowWithoutColoursToo() {
        Browser browser = BrowseLogs.browser(BrowseLogs.writes(30));
        press(browser, "j");
        List<Screen.Shown> shown = Screen.of(browser);
        assertThat(shown).filteredOn(Screen.Shown::reversed).hasSize(1);
        assertThat(shown.get(3).line().text()).startsWith("> #1 ");
        assertThat(shown.get(1).line().text()).endsWith("2/30");
    }

    @Test
    void cutsLongTextInItsMiddleByColumns() {
        Line line = new Line(TextStyle.plain()).cell(Tone.PLAIN, "abcdefghij", 5);
        assertThat(line.text()).isEqualTo("ab\u2026ij");
        assertThat(new Line(TextStyle.plain())
                        .cell(Tone.PLAIN, "\u6F22\u5B57\u6F22\u5B57", 5)
                        .width())
                .isEqualTo(5);
        assertThat(new Line(new TextStyle(false, true))
                        .right(Tone.PLAIN, "abcdefghij", 7)
                        .text())
                .isEqualTo("ab...ij");
    }

    @Test
    void wrapsWhatIsLong() {
        Pen pen = new Pen(TextStyle.plain(), 80);
        assertThat(pen.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(pen.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
        assertThat(pen.wrap("\u6F22\u5B57", 1)).containsExactly("\u6F22", "\u5B57");
    }
}
