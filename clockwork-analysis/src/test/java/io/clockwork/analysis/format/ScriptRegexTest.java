package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptRegexTest {
    private static List<String> matches(String expression, String text) {
        ScriptRegex.Search search = ScriptRegex.compile(expression)
                .in(new MatchText(text, 0, text.length(), new MatchBudget(text.length())));
        List<String> matches = new ArrayList<>();
        while (search.next()) {
            matches.add(text.substring(search.start(), search.end()));
        }
        return matches;
    }

    @Nested
    class Syntax {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "{.*}; a {b} c; {b}",
                    "x{,2}; x{,2}; x{,2}",
                    "x{2}; xxx; xx",
                    "x{1,}?; xxx; x|x|x",
                    "a\\/b; a/b; a/b",
                    "]}; ]}; ]}",
                    "[[]&&]; [&&]; [&&]",
                    "[\\w-.]+; a-.b; a-.b",
                    "[a\\-c]+; abc-; a|c-",
                    "[^\\S-]+; a  b-; '  '",
                    "\\a\\Q\\e; aQe; aQe",
                    "\\p{L}; p{L}; p{L}",
                    "\\x41\\u0042\\cJ?; ABC; AB",
                    "\\x4; x4; x4",
                    "(a)\\1; aab; aa",
                    "(?<q>a|b)\\k<q>; abb; bb",
                    "(?<=a)b; abb; b",
                    "(?<!a)b; abb; b",
                    "a(?=b); ab ac; a",
                    "a(?!b).; ab ac; ac",
                    "\\bé; aé é; é",
                    "#; #; #",
                })
        void isJavaScripts(String expression, String text, String expected) {
            assertThat(String.join("|", matches(expression, text))).isEqualTo(expected);
        }

        @Test
        void aDotMatchesWhatEndsLinesInUnicodeOnly() {
            assertThat(matches(".+", "a\u0085b\rc\nd\u2028e")).containsExactly("a\u0085b", "c", "d", "e");
        }

        @Test
        void anchorsAreThoseOfLines() {
            assertThat(matches("^.$", "a\nbb\rc\n\nd")).containsExactly("a", "c", "d");
            assertThat(matches("^", "a")).isEmpty();
        }

        @Test
        void digitsAndWordsAreAscii() {
            assertThat(matches("\\d+", "1\u0661")).containsExactly("1");
            assertThat(matches("\\w+", "a\u00e9")).containsExactly("a");
        }

        @Test
        void spacesAreThoseOfUnicode() {
            assertThat(matches("a\\sb", "a\u00a0b a\ufeffb")).hasSize(2);
            assertThat(matches("\\S+", "a\u00a0b")).containsExactly("a", "b");
        }

        @Test
        void negatedClassesHoldEverythingElse() {
            assertThat(matches("a[^]b", "a\nb")).containsExactly("a\nb");
            assertThat(matches("a[]b", "ab")).isEmpty();
            assertThat(matches("[^\\s\\d]+", "ab 1c")).containsExactly("ab", "c");
        }

        @Test
        void charactersBeyondTheBasicPlaneAreWhole() {
            assertThat(matches("\ud83d\ude00", "a\ud83d\ude00b")).containsExactly("\ud83d\ude00");
            assertThat(matches("[\ud83d\ude00]b", "a\ud83d\ude00b")).containsExactly("\ud83d\ude00b");
            assertThat(matches("a.b", "a\ud83d\ude00b")).containsExactly("a\ud83d\ude00b");
        }

        @Test
        void groupsMayHaveNamesThatJavaDoesNotAllow() {
            ScriptRegex regex = ScriptRegex.compile("(?<my_date>a)(?<$x1>b)");
            assertThat(regex.group("my_date")).isEqualTo(1);
            assertThat(regex.group("$x1")).isEqualTo(2);
            assertThat(regex.hasGroup("x")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "(",
                    ")",
                    "[",
                    "a\\",
                    "*",
                    "a**",
                    "a++",
                    "(?i)a",
                    "(?<>a)",
                    "(?<a-b>a)",
                    "(?<a>a)(?<a>b)",
                    "\\1",
                    "(\\1)",
                    "^*",
                    "a{2,1}",
                    "a{99999999999}",
                    "[z-a]",
                    "\\c1",
                    "\\k<a>",
                    "(?"
                })
        void whatIsNoExpressionIsRefused(String expression) {
            assertThatThrownBy(() -> ScriptRegex.compile(expression)).isInstanceOf(LogFormatException.class);
        }

        @Test
        void nestingAndLengthAreLimited() {
            assertThatThrownBy(() -> ScriptRegex.compile("a".repeat(10_001)))
                    .isInstanceOf(LogFormatException.class)
                    .hasMessageContaining("10001 characters, at most 10000");
            assertThat(nested(1_000)).isNull();
        }

        /** {@return null if a deep nesting compiles or is refused in words} */
        private Throwable nested(int depth) {
            try {
                ScriptRegex.compile("(".repeat(depth) + "a" + ")".repeat(depth));
                return null;
            } catch (LogFormatException e) {
                return null;
            }
        }
    }

    @Nested
    class Limits {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    ".*.*.*.*.*.*.*.*b",
                    "(.*)*(.*)*(.*)*(.*)*b$",
                    "(?:(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|)(|))z",
                    "(?:()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?()?)(?!)",
                    "((?:){2000000000}){2000000000}",
                    "(?:(?=){2000000000}){2000000000}",
                    "(x?)(?:\\1{2000000000}){2000000000}",
                })
        void anExpressionThatTakesTooLongIsStopped(String expression) {
            String text = "a".repeat(60) + "!";
            Assertions.assertTimeoutPreemptively(
                    Duration.ofMinutes(3),
                    () -> assertThatThrownBy(() -> matches(expression, text))
                            .isInstanceOf(LogFormatException.class)
                            .hasMessageContaining("takes too long"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"(a+)+$", "(a|a)*$", "(a|aa)+$", "(a*)*$", "^(([a-z])+.)+[A-Z]([a-z])+$"})
        void anExponentialExpressionComesToAnEnd(String expression) {
            Assertions.assertTimeoutPreemptively(Duration.ofMinutes(3), () -> ends(expression));
        }

        /** Later versions of Java remember where a repetition failed, and then need no stop. */
        private void ends(String expression) {
            try {
                assertThat(matches(expression, "a".repeat(5_000) + "!")).isEmpty();
            } catch (LogFormatException e) {
                assertThat(e).hasMessageMatching("the expression (takes too long|needs too much memory) .*");
            }
        }

        @Test
        void anExpressionThatNeedsTooMuchStackIsStopped() {
            assertThatThrownBy(() -> matches("(?:a|b)*c", "ab".repeat(500_000)))
                    .isInstanceOf(LogFormatException.class)
                    .hasMessageContaining("repeats a group too often");
        }

        @Test
        void longLinesThatMatchAreNoProblem() {
            String line = "x".repeat(1_000_000);
            assertThat(matches("(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})", line + "\nh {" + line + "}"))
                    .hasSize(1);
        }
    }
}
