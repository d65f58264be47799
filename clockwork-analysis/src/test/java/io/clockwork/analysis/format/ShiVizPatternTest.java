package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ShiVizPatternTest {
    private static final String HOST_FIRST = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";
    private static final String EVENT_FIRST = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";

    @Nested
    class Of {
        @Test
        void namesTheGroupThatIsMissing() {
            assertThatThrownBy(() -> ShiVizPattern.of("(?<event>.*) (?<clock>{.*})"))
                    .isInstanceOf(LogFormatException.class)
                    .hasMessageContaining("has no group (?<host>...)");
            assertThatThrownBy(() -> ShiVizPattern.of("(?<event>.*) (?<host>.*)"))
                    .hasMessageContaining("has no group (?<clock>...)");
            assertThatThrownBy(() -> ShiVizPattern.of("(?<clock>.*) (?<host>.*)"))
                    .hasMessageContaining("has no group (?<event>...)");
        }

        @Test
        void saysWhereAnExpressionIsWrong() {
            assertThatThrownBy(() -> ShiVizPattern.of("(?<event>.*"))
                    .isInstanceOf(LogFormatException.class)
                    .hasMessageContaining("near character 11: a group is not closed");
            assertThatThrownBy(() -> ShiVizPattern.of(HOST_FIRST, "+\u001b[31m"))
                    .isInstanceOf(LogFormatException.class)
                    .hasMessageContaining("\\u001b")
                    .message()
                    .doesNotContain("\u001b");
        }

        @Test
        void aBlankDelimiterIsNone() {
            assertThat(ShiVizPattern.of(HOST_FIRST, " ").delimiter()).isEmpty();
            assertThat(ShiVizPattern.of(HOST_FIRST, null).delimiter()).isEmpty();
            assertThat(ShiVizPattern.of(HOST_FIRST, "--").delimiter()).contains("--");
        }
    }

    @Nested
    class Detect {
        private String parser(String text) {
            return ShiVizPattern.detect(text).map(ShiVizPattern::parser).orElse("none");
        }

        @Test
        void takesTheExpressionsAtTheBeginning() {
            String parser = "(?<event>.*) (?<host>\\S*) (?<clock>{.*})";
            ShiVizPattern pattern = ShiVizPattern.detect("\ufeff" + parser + "\r\n^--(?<trace>.*)$\r\n--one\r\n")
                    .orElseThrow();
            assertThat(pattern.parser()).isEqualTo(parser);
            assertThat(pattern.delimiter()).contains("^--(?<trace>.*)$");
            assertThat(ShiVizPattern.detect(parser).orElseThrow().delimiter()).isEmpty();
        }

        @Test
        void refusesAWrongExpressionAtTheBeginning() {
            assertThatThrownBy(() -> ShiVizPattern.detect("(?<event>(?<host>(?<clock>\n\n"))
                    .isInstanceOf(LogFormatException.class);
        }

        @Test
        @Timeout(10)
        void givesUpAtOnceOnALongLineWithoutAClock() {
            assertThat(ShiVizPattern.detect("[".repeat(20_000_000))).isEmpty();
        }

        @Test
        @Timeout(10)
        void givesUpAtOnceOnLongLinesThatHoldTheBeginOfAClock() {
            String word = "a".repeat(1_000_000);
            assertThat(parser(word + " {" + word + "\n")).isEqualTo("none");
            assertThat(parser("a b {" + word + "\n" + word + " {\n")).isEqualTo("none");
            assertThat(parser("first\n" + word + " {\n" + "a ".repeat(1_000_000) + "\n"))
                    .isEqualTo("none");
            assertThat(parser("x " + word + " b {}\nnext\n")).isEqualTo("none");
            assertThat(parser(word + " {} {} c\n" + word)).isEqualTo("none");
            assertThat(parser(word + "\nA {\"A\":1}\n" + word + "\nB {\"B\":1}"))
                    .isEqualTo(EVENT_FIRST);
            assertThat(parser("2021 A {\"A\":1}\n" + word + " {\n")).isEqualTo(HOST_FIRST);
        }

        @Test
        void tellsTheUsualFormsApart() {
            assertThat(parser("A {\"A\":1}\nstart\nB {\"A\":1,\"B\":1}\ngot it\n"))
                    .isEqualTo(HOST_FIRST);
            assertThat(parser("start\nA {\"A\":1}\ngot it\nB {\"A\":1,\"B\":1} \n"))
                    .isEqualTo(EVENT_FIRST);
            assertThat(parser("start\r\nA {\"A\":1}\r\ngot it\r\nB {\"A\":1,\"B\":1}\r\n"))
                    .isEqualTo(EVENT_FIRST);
            assertThat(parser("Preamble\nA {\"A\":1}\nstart\nA {\"A\":2}\nend\n"))
                    .isEqualTo(HOST_FIRST);
        }

        @Test
        void takesTheUsualLinesBetweenExecutions() {
            ShiVizPattern pattern = ShiVizPattern.detect("=== one ===\nx\nA {\"A\":1}\n=== two ===\ny\nA {\"A\":1}")
                    .orElseThrow();
            assertThat(pattern.parser()).isEqualTo(EVENT_FIRST);
            assertThat(pattern.delimiter()).contains("^=== (?<trace>.*) ===$");
        }

        @Test
        void findsNothingInOtherTexts() {
            assertThat(parser("")).isEqualTo("none");
            assertThat(parser("\n \n")).isEqualTo("none");
            assertThat(parser("some\ntext\n")).isEqualTo("none");
            assertThat(parser("{\n  \"a\": {\"b\": 1},\n  \"c\": 2\n}\n")).isEqualTo("none");
            assertThat(parser("x".repeat(3_000_000))).isEqualTo("none");
        }

        @Test
        void looksAtTheFirstPartOfALongLogOnly() {
            assertThat(parser("Preamble\n" + "A {\"A\":1}\nsome event\n".repeat(100_000)))
                    .isEqualTo(HOST_FIRST);
        }
    }
}
