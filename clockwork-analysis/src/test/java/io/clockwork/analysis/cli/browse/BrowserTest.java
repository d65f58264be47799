package io.clockwork.analysis.cli.browse;

import static io.clockwork.analysis.cli.browse.BrowseLogs.press;
import static io.clockwork.analysis.cli.browse.BrowseLogs.screen;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.TextStyle;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserTest {
    /** 21 lines are for rows, of which the selected event's details take 6. */
    private static final int ROWS = 15;

    private final Browser many = BrowseLogs.browser(BrowseLogs.writes(100));
    private final Browser spans = BrowseLogs.browser(BrowseLogs.SPANS, BrowseLogs.THREADS);

    private static Place after(Browser browser, String... keys) {
        press(browser, keys);
        return browser.place();
    }

    @Nested
    class Moving {
        @ParameterizedTest
        @ValueSource(strings = {"j", "Down"})
        void goesDown(String key) {
            assertThat(after(many, key, key).cursor()).isEqualTo(2);
            assertThat(after(many, "G", key).cursor()).isEqualTo(99);
        }

        @ParameterizedTest
        @ValueSource(strings = {"k", "Up"})
        void goesUp(String key) {
            assertThat(after(many, "j", "j", key).cursor()).isEqualTo(1);
            assertThat(after(many, key, key).cursor()).isZero();
        }

        @ParameterizedTest
        @CsvSource({"Ctrl-f,Ctrl-b", "PageDown,PageUp", "Space,PageUp"})
        void turnsScreens(String down, String up) {
            assertThat(after(many, down)).extracting(Place::cursor, Place::top).containsExactly(ROWS, ROWS);
            assertThat(after(many, down, up))
                    .extracting(Place::cursor, Place::top)
                    .containsExactly(ROWS, ROWS);
        }

        @Test
        void turnsHalfScreens() {
            assertThat(after(many, "Ctrl-d").cursor()).isEqualTo(ROWS / 2);
            assertThat(after(many, "Ctrl-d").cursor()).isEqualTo(ROWS / 2 * 2);
            assertThat(after(many, "Ctrl-u").cursor()).isEqualTo(ROWS / 2);
        }

        @ParameterizedTest
        @CsvSource({"g,G", "Home,End"})
        void goesToTheEnds(String first, String last) {
            assertThat(after(many, last)).extracting(Place::cursor, Place::top).containsExactly(99, 100 - ROWS);
            assertThat(after(many, first)).extracting(Place::cursor, Place::top).containsExactly(0, 0);
        }

        @Test
        void keepsTheSelectedRowInSightWhenTheScreenGetsSmaller() {
            press(many, "G");
            many.resize(40, 8);
            assertThat(screen(many)).hasSize(8).anyMatch(line -> line.startsWith("> #99"));
        }
    }

    @Nested
    class Opening {
        @ParameterizedTest
        @CsvSource({"Enter,Esc", "l,h", "Right,Left", "Enter,Backspace"})
        void goesDeeperAndComesBackToTheSameRow(String open, String back) {
            Place event = after(many, "j", "j", open);
            assertThat(event).extracting(Place::kind, Place::number).containsExactly(Kind.EVENT, 2);
            assertThat(after(many, back)).extracting(Place::kind, Place::cursor).containsExactly(Kind.EVENTS, 2);
        }

        @Test
        void saysThatALineLeadsNowhereAndThatOneIsBackAlready() {
            press(many, "Enter", "j", "Enter");
            assertThat(many.message()).isEqualTo("this line leads nowhere");
            press(many, "Esc", "Esc");
            assertThat(many.message()).isEqualTo("q quits");
        }

        @Test
        void leadsFromATraceOverItsTreeToAnEvent() {
            assertThat(after(spans, "G", "Enter"))
                    .extracting(Place::kind, Place::number)
                    .containsExactly(Kind.TREE, 2);
            assertThat(screen(spans).get(2)).startsWith("> * web: get /pay").contains("200.0 µs", "self 40.0 µs");
            assertThat(after(spans, "Enter").kind()).isEqualTo(Kind.EVENT);
        }

        @Test
        void leadsFromAPathToItsSectionsWhichSumToTheWhole() {
            press(spans, "4", "Enter");
            assertThat(screen(spans).get(1)).startsWith("Path of get /cart, 100.0 µs");
            assertThat(screen(spans).subList(2, 5)).allMatch(line -> line.matches("..\\s+\\d+\\.\\d% .*µs .*"));
            assertThat(screen(spans).get(3)).contains("60.0%", "db: query");
            assertThat(after(spans, "Enter").kind()).isEqualTo(Kind.EVENT);
        }

        @Test
        void leadsFromARaceWithBothSidesToItsEvents() {
            press(spans, "8", "Enter");
            assertThat(screen(spans)).anyMatch(line -> line.contains("CERTAIN") && line.contains("two writes"));
            assertThat(String.join("\n", screen(spans))).containsPattern("(?s)write +10.*\n {30,}write +20");
            press(spans, "/", "w", "r", "i", "t", "e", "Space", "Enter", "n", "Enter");
            assertThat(spans.place().kind()).isEqualTo(Kind.EVENT);
        }

        @Test
        void leadsFromADeadlockToWhereLocksAreHeld() {
            press(spans, "8", "/", "d", "e", "a", "d", "Enter", "Enter");
            assertThat(String.join("\n", screen(spans))).contains("holds", "asks for", "CERTAIN");
        }

        @Test
        void leadsFromAVariableToWhoWroteIt() {
            press(spans, "7", "Enter");
            assertThat(spans.place().name()).isEqualTo("x");
            assertThat(String.join("\n", screen(spans))).contains("Audit trail of x", "RACED");
            assertThat(after(spans, "Enter").kind()).isEqualTo(Kind.EVENT);
        }

        @Test
        void leadsFromAServiceToItsCalls() {
            press(spans, "6", "G", "Enter");
            assertThat(String.join("\n", screen(spans))).contains("Calls from web to db", "callee took");
            press(spans, "Esc", "g", "Enter", "G", "Enter");
            assertThat(screen(spans).get(1)).startsWith("Calls from web to db");
        }
    }

    @Nested
    class Views {
        @ParameterizedTest
        @CsvSource({
            "1,TRACES",
            "2,EVENTS",
            "3,TREE",
            "4,PATHS",
            "5,ANOMALIES",
            "6,SERVICES",
            "7,VARIABLES",
            "8,FINDINGS",
            "9,NOTES"
        })
        void haveADigitEach(String digit, Kind kind) {
            assertThat(after(spans, digit).kind()).isEqualTo(kind);
            assertThat(screen(spans).get(0)).contains('[' + digit + kind.label() + ']');
        }

        @Test
        void followEachOtherInACircle() {
            assertThat(after(spans, "1", "Tab").kind()).isEqualTo(Kind.EVENTS);
            assertThat(after(spans, "Shift-Tab", "Shift-Tab").kind()).isEqualTo(Kind.NOTES);
            assertThat(after(spans, "Tab").kind()).isEqualTo(Kind.TRACES);
        }

        @Test
        void areAsTheyWereLeft() {
            assertThat(after(many, "2", "j", "j", "j", "Enter", "8", "2"))
                    .extracting(Place::kind, Place::cursor)
                    .containsExactly(Kind.EVENTS, 3);
        }

        @Test
        void sayWhyTheyAreEmpty() {
            press(spans, "5");
            assertThat(String.join("\n", screen(spans))).contains("no baseline was given");
        }
    }

    @Nested
    class Traces {
        @Test
        void haveTheirEventsAndTheirTree() {
            assertThat(after(spans, "1", "j", "e"))
                    .extracting(Place::kind, Place::number)
                    .containsExactly(Kind.TRACE_EVENTS, 1);
            assertThat(spans.page().size()).isEqualTo(4);
            assertThat(after(spans, "t")).extracting(Place::kind, Place::number).containsExactly(Kind.TREE, 1);
        }

        @Test
        void followEachOther() {
            assertThat(after(spans, "3", "]").number()).isEqualTo(1);
            assertThat(after(spans, "[").number()).isZero();
            press(spans, "[");
            assertThat(spans.message()).isEqualTo("this is the first trace");
            press(spans, "1", "]");
            assertThat(spans.message()).isEqualTo("tree and events of a trace go to the next one");
        }
    }

    @Nested
    class Search {
        @Test
        void goesToTheNextMatchAndAround() {
            assertThat(after(many, "/", "V", "9", "9", "Enter").cursor()).isEqualTo(99);
            press(many, "g", "/", "v", "1", "Enter");
            assertThat(many.place().cursor()).isEqualTo(1);
            assertThat(after(many, "n").cursor()).isEqualTo(10);
            assertThat(after(many, "N", "N").cursor()).isEqualTo(19);
            assertThat(many.message()).isEqualTo("from the other end: v1");
        }

        @Test
        void takesLettersThatAreKeysOtherwise() {
            press(many, "/", "q", "?", "j", "Backspace");
            assertThat(many.typed()).isEqualTo("q?");
            assertThat(screen(many).get(23)).isEqualTo("/q?_");
            press(many, "Esc");
            assertThat(many.typed()).isNull();
            assertThat(many.isDone()).isFalse();
            press(many, "/", "Backspace");
            assertThat(many.typed()).isNull();
        }

        @Test
        void saysWhatIsNotThere() {
            press(many, "n");
            assertThat(many.message()).isEqualTo("/ searches");
            press(many, "/", "zz", "z", "z", "Enter");
            assertThat(many.message()).isEqualTo("not found: zz");
            assertThat(many.place().cursor()).isZero();
        }
    }

    @Nested
    class Files {
        @Test
        void areReadAgainOnRequest() {
            assertThat(many.takeReload()).isFalse();
            press(many, "r");
            assertThat(many.takeReload()).isTrue();
            assertThat(many.takeReload()).isFalse();
        }

        @Test
        void areFollowedOrNot() {
            press(many, "f");
            assertThat(many.isFollowing()).isTrue();
            press(many, "x");
            assertThat(screen(many).get(23)).startsWith("x does nothing").endsWith("following");
            press(many, "f");
            assertThat(many.isFollowing()).isFalse();
        }

        @Test
        void thatGrewKeepOneAtTheEndAndElseWhereOneIs() {
            press(many, "G");
            many.show(new Snapshot(BrowseLogs.read(BrowseLogs.writes(130))));
            assertThat(many.place().cursor()).isEqualTo(129);
            assertThat(many.message()).isEqualTo("read again: 30 events more");
            press(many, "k");
            many.show(new Snapshot(BrowseLogs.read(BrowseLogs.writes(200))));
            assertThat(many.place().cursor()).isEqualTo(128);
        }

        @Test
        void thatShrankLeaveNoPlaceThatIsNotThere() {
            for (String view : new String[] {"1", "2", "3", "4", "6", "7", "8", "9"}) {
                Browser browser = BrowseLogs.browser(BrowseLogs.SPANS, BrowseLogs.THREADS);
                press(browser, view, "G", "Enter", "G", "Enter");
                browser.show(new Snapshot(BrowseLogs.read(BrowseLogs.writes(1))));
                assertThat(screen(browser)).hasSize(24);
                press(browser, "e", "t", "n", "Enter", "Esc", "Esc", "Esc", "3", "2", "j");
                assertThat(screen(browser)).hasSize(24);
            }
        }
    }

    @Test
    void helpListsTheKeysAndIsLeftAsOtherPagesAre() {
        press(many, "?", "?");
        String help = String.join("\n", screen(many)) + after(many, "G") + String.join("\n", screen(many));
        for (Action action : Action.values()) {
            assertThat(help).contains(action.does());
            if (action != Action.VIEW) {
                assertThat(help).contains(action.keys());
            }
        }
        assertThat(after(many, "Esc").kind()).isEqualTo(Kind.EVENTS);
    }

    @Test
    void redrawsAndQuits() {
        press(many, "Ctrl-l");
        assertThat(many.takeRedraw()).isTrue();
        assertThat(many.takeRedraw()).isFalse();
        press(many, "q");
        assertThat(many.isDone()).isTrue();
        Browser other = new Browser(new Snapshot(BrowseLogs.read(BrowseLogs.writes(1))), TextStyle.plain(), false);
        press(other, "Ctrl-c");
        assertThat(other.isDone()).isTrue();
    }
}
