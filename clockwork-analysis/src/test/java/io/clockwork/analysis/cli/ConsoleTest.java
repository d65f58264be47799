package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.TextStyle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    /** ESC, C1's CSI, a bidi override and a bell: what a terminal might obey. */
    private static final String HOSTILE = "\\u001b[2J\\u009b2J\\u202ecod\\u0007";

    private static final String ZIPKIN = """
        [{"traceId":"1","id":"2","name":"%1$s","timestamp":1000,"duration":100,
          "localEndpoint":{"serviceName":"süd%1$s"}},
         {"traceId":"1","id":"3","parentId":"2","name":"q%1$s","timestamp":1010,"duration":60,
          "localEndpoint":{"serviceName":"db%1$s"}}]
        """.formatted(HOSTILE);

    @TempDir
    Path folder;

    private String log() throws IOException {
        return Files.writeString(folder.resolve("log.json"), ZIPKIN).toString();
    }

    private static void assertHarmless(String printed) {
        assertThat(printed.replace("\n", "").codePoints())
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    }

    private static void assertAscii(String printed) {
        assertThat(printed.chars()).allMatch(c -> c == '\n' || (c >= ' ' && c <= '~'));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', true, true",
        "'', '', '', '', false, false",
        "1, '', '', '', true, false",
        "1, 1, '', '', true, false",
        "'', 1, '', '', false, true",
        "'', 0, '', '', false, false",
        "'', '', 0, '', true, false",
        "'', '', '', dumb, true, false",
        "'', 1, '', dumb, false, true"
    })
    void coloursWhereTheTerminalWantsIt(
            String noColor, String force, String color, String term, boolean terminal, boolean colors) {
        Map<String, String> environment = new java.util.HashMap<>();
        put(environment, "NO_COLOR", noColor);
        put(environment, "CLICOLOR_FORCE", force);
        put(environment, "CLICOLOR", color);
        put(environment, "TERM", term);
        assertThat(Console.colors(environment, terminal)).isEqualTo(colors);
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (!value.isEmpty()) {
            environment.put(name, value);
        }
    }

    @Test
    void drawsInUnicodeOnlyWhereAllOfItCanBeShown() {
        assertThat(Console.canShowUnicode(StandardCharsets.UTF_8)).isTrue();
        assertThat(Console.canShowUnicode(Charset.forName("GB18030"))).isTrue();
        assertThat(Console.canShowUnicode(StandardCharsets.US_ASCII)).isFalse();
        assertThat(Console.canShowUnicode(StandardCharsets.ISO_8859_1)).isFalse();
        assertThat(Console.canShowUnicode(Charset.forName("IBM437"))).isFalse();
    }

    @Test
    void tellsOnlyTheFirstOfManyNotes() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        List<Diagnostic> notes = IntStream.rangeClosed(1, 12)
                .mapToObj(line -> new Diagnostic("MALFORMED", "a line is cut", line))
                .toList();
        new Console(InputStream.nullInputStream(), stream, stream, TextStyle.plain(), true, false, false)
                .complain("read", notes);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .startsWith("clockwork: read: line 1: a line is cut")
                .endsWith("clockwork: read: ... and 2 more notes");
    }

    @Nested
    class HostileNames {
        @Test
        void areTextInTheReport() throws IOException {
            CommandLineRun run = CommandLineRun.of("analyze", log());
            assertHarmless(run.out());
            assertThat(run.out()).contains("\\u001b[2J\\u009b2J\\u202ecod\\u0007", "süd");
        }

        @Test
        void areEscapedInJsonAndMeanTheSame() throws IOException {
            String printed = CommandLineRun.of("analyze", "--json", log()).out();
            assertHarmless(printed);
            assertThat(new ObjectMapper()
                            .readTree(printed)
                            .at("/criticalPaths/0/service")
                            .asText())
                    .isEqualTo("süd\u001b[2J\u009b2J\u202ecod\u0007");
            String difference =
                    CommandLineRun.of("diff", "--json", log(), log()).out();
            assertHarmless(difference);
            assertHarmless(CommandLineRun.of("baseline", log()).out());
            assertHarmless(CommandLineRun.of("diff", log(), log()).out());
        }

        @ParameterizedTest
        @CsvSource({"folded", "dot", "mermaid", "zipkin", "jaeger", "events", "perfetto", "shiviz", "otlp"})
        void areEscapedInWhatIsConvertedToATerminal(String format) throws IOException {
            CommandLineRun run =
                    CommandLineRun.of(new byte[0], TextStyle.plain(), true, true, "convert", log(), "--to", format);
            assertHarmless(run.out().replace("\t", " "));
            assertThat(run.out()).isNotEmpty();
        }

        @Test
        void areEscapedInColours() throws IOException {
            CommandLineRun run =
                    CommandLineRun.of(new byte[0], new TextStyle(true, false), true, true, "analyze", log());
            String plain = run.out().replaceAll("\u001B\\[[0-9;]*m", "");
            assertHarmless(plain);
            assertThat(plain).isEqualTo(CommandLineRun.of("analyze", log()).out());
            assertThat(run.out()).isNotEqualTo(plain);
        }
    }

    @Nested
    class WithoutUnicode {
        private CommandLineRun run(String... args) {
            return CommandLineRun.of(new byte[0], new TextStyle(false, true), false, false, args);
        }

        @Test
        void reportsAreAscii() throws IOException {
            CommandLineRun run = run("analyze", log());
            assertAscii(run.out());
            assertThat(run.out()).contains("took 100.0 us", "s\\u00fcd", "    60.0%   #########        60.0 us  ");
            assertAscii(run("demo").out());
            assertThat(run("demo").out()).contains("1000 -> 900 and 1000 -> 800");
        }

        @Test
        void jsonIsAsciiAndMeansTheSame() throws IOException {
            String ascii = run("analyze", "--json", log()).out();
            assertAscii(ascii);
            assertThat(new ObjectMapper().readTree(ascii))
                    .isEqualTo(new ObjectMapper()
                            .readTree(CommandLineRun.of("analyze", "--json", log())
                                    .out()));
        }
    }

    @Nested
    class ProgressLine {
        @Test
        void tellsHowFarAFileWasRead() throws IOException {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            try (Progress progress = Progress.on(new PrintStream(err, true, StandardCharsets.UTF_8))) {
                InputStream in = progress.reading("big.json", 200, new ByteArrayInputStream(new byte[200]));
                in.readNBytes(81);
                in.read();
                assertThat(progress.line()).startsWith("reading big.json 41%");
                progress.show();
                progress.begin("analysing 7 events");
                assertThat(progress.line()).startsWith("analysing 7 events   ");
            }
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("\r\u001B[Kreading big.json 41%")
                    .endsWith("\r\u001B[K");
        }

        @Test
        void isNotShownForShortWork() {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Progress.on(new PrintStream(err, true, StandardCharsets.UTF_8)).close();
            assertThat(err.size()).isZero();
        }

        @Test
        void tellsTheBytesOfAStream() throws IOException {
            try (Progress progress = Progress.none()) {
                progress.reading("standard input", 0, new ByteArrayInputStream(new byte[2_500_000]))
                        .readAllBytes();
                assertThat(progress.line()).startsWith("reading standard input 2.5 MB");
            }
        }
    }
}
