package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowseCommandTest {
    @TempDir
    Path folder;

    @Test
    void needsATerminal() throws IOException {
        Path log = Files.writeString(folder.resolve("run.std"), CommandLineRun.RACY);
        CommandLineRun run = CommandLineRun.of("browse", log.toString());
        assertThat(run.status()).isEqualTo(Main.UNUSABLE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("clockwork: browse needs a terminal for its input and output;"
                        + " clockwork analyze prints the same\n");
    }

    @Test
    void needsFilesAndItsStandardInputForKeys() {
        CommandLineRun.of("browse").assertUsageError("browse needs at least one FILE", "browse --help");
        CommandLineRun.of("browse", "-")
                .assertUsageError("browse reads keys from standard input; name files", "browse --help");
        CommandLineRun.of("browse", "--fail-on", "race", "x")
                .assertUsageError("unknown option --fail-on", "browse --help");
    }
}
