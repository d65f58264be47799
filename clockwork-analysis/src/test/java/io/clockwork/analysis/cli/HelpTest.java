package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Help is stored as it would be rendered; {@code -Dclockwork.writeHelp=true} stores it. */
class HelpTest {
    private static final Path STORED = Path.of("src/main/resources/io/clockwork/analysis/cli/help");

    static Stream<String> commands() {
        return Commands.ALL.keySet().stream();
    }

    private static String run(String... args) {
        CommandLineRun run = CommandLineRun.of(args);
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhatTheCommandTakes(String command) throws IOException {
        String rendered = new CommandLine(Commands.ALL.get(command).get().spec())
                .getUsageMessage(Ansi.OFF)
                .replace("\r\n", "\n");
        if (Boolean.getBoolean("clockwork.writeHelp")) {
            Files.writeString(STORED.resolve(command + ".txt"), rendered);
        }
        assertThat(Files.readString(STORED.resolve(command + ".txt"))).isEqualTo(rendered);
        assertThat(run(command, "--help")).contains("Examples:\n", "clockwork " + command);
        assertThat(run("help", command)).isEqualTo(run(command, "-h"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void listsTheCommand(String command) {
        assertThat(run("--help")).containsPattern("\n  " + command + " +[a-z]");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsATerminal(String command) {
        assertThat(Stream.concat(run("--help").lines(), run(command, "--help").lines()))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void knowsTheExitStatuses() {
        assertThat(run("--help")).contains("Examples:", "Exit status: 0 clean, 1 findings");
        assertThat(run("--version")).startsWith("clockwork ");
    }
}
