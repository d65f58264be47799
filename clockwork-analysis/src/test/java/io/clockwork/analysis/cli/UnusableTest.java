package io.clockwork.analysis.cli;

import static io.clockwork.analysis.cli.CommandLineRun.ZIPKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that cannot be written, input that holds nothing, words that are none. */
class UnusableTest {
    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void aMissingFolderIsNamedAndNotTheFileThatWouldBeInIt() throws IOException {
        String log = file("log.json", ZIPKIN);
        String none = folder.resolve("none").toString();
        String target = none + "/x.html";
        for (CommandLineRun run : new CommandLineRun[] {
            CommandLineRun.of("report", log, "-o", target),
            CommandLineRun.of("analyze", log, "--html", target),
            CommandLineRun.of("convert", log, "--to", "dot", "-o", target),
            CommandLineRun.of("baseline", log, "-o", target),
            CommandLineRun.of("demo", "--html", target),
            CommandLineRun.of("analyze", target)
        }) {
            run.assertUsageError(target + ": there is no folder " + none);
        }
    }

    @Test
    void aFolderCannotBeWrittenAsAFile() throws IOException {
        CommandLineRun.of("report", file("log.json", ZIPKIN), "-o", folder.toString())
                .assertUsageError(folder + ": is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void inputWithoutAUsableEventPrintsNothing(String option) throws IOException {
        String[] json = option.isEmpty() ? new String[0] : new String[] {option};
        for (String[] words : new String[][] {
            {"analyze", "--format", "std", file("log.json", ZIPKIN)},
            {"analyze", file("none.json", "{\"data\":[]}")},
            {"analyze", file("none.json", "{\"data\":[]}"), "--html", folder + "/page.html"}
        }) {
            CommandLineRun run =
                    CommandLineRun.of(Stream.of(words, json).flatMap(Stream::of).toArray(String[]::new));

            assertThat(run.status()).isEqualTo(Main.UNUSABLE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).hasLineCount(2).endsWith("clockwork: there is no event that could be used\n");
            assertThat(folder.resolve("page.html")).doesNotExist();
        }
    }

    @Test
    void helpOnWhatIsNoCommandNamesTheNearestOne() {
        CommandLineRun.of("help", "analyse").assertUsageError("unknown command \"analyse\" (did you mean analyze?)");
        CommandLineRun.of("help", "foo").assertUsageError("unknown command \"foo\"; see clockwork --help");
        CommandLineRun.of("foo", "--help").assertUsageError("unknown command \"foo\"");
        assertThat(CommandLineRun.of("help", "diff").status()).isZero();
        assertThat(CommandLineRun.of("help").out())
                .isEqualTo(CommandLineRun.of("--help").out());
    }

    @Test
    void aLogWithoutOperationsTeachesNothing() throws IOException {
        CommandLineRun.of("baseline", file("run.log", "a {\"a\":1}\nx\n"))
                .assertUsageError("there is no operation that could be learned from");
    }

    @Test
    void whatIsNoBaselineIsToldOnce() throws IOException {
        String log = file("log.json", ZIPKIN);
        CommandLineRun.of("analyze", log, "--baseline", file("x.json", "{}"))
                .assertUsageError("x.json: not a baseline that can be read: format must be");
        CommandLineRun.of("analyze", log, "--baseline", log).assertUsageError("log.json: not a baseline: ");
    }
}
