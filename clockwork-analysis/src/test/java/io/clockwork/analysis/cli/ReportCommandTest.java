package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void writesAPageAndSaysWhatIsOnIt() throws IOException {
        Path page = folder.resolve("page.html");
        CommandLineRun run = CommandLineRun.of(
                "report", file("a.json", CommandLineRun.ZIPKIN), "-o", page.toString(), "--title", "a <b> run");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(page + ": get took 100.0 µs; 60.0% of that was db: query.\n");
        assertThat(Files.readString(page))
                .startsWith("<!")
                .contains("<title>a &#60;b")
                .doesNotContain("a <b> run");
    }

    @Test
    void theDemoLeavesOneToo() throws IOException {
        Path page = folder.resolve("demo.html");
        assertThat(CommandLineRun.of("demo", "--html", page.toString()).status())
                .isZero();
        assertThat(Files.readString(page)).contains("<title>Two transfers without a lock", "alice.balance");
    }

    @Test
    void failsOnWhatItIsToldTo() throws IOException {
        Path page = folder.resolve("page.html");
        String racy = file("a.std", CommandLineRun.RACY);
        assertThat(CommandLineRun.of("report", racy, "-o", page.toString(), "--fail-on", "race")
                        .status())
                .isEqualTo(1);
        assertThat(page).isNotEmptyFile();
        CommandLineRun.of("report", "-o", page.toString()).assertUsageError("report needs at least one FILE");
        CommandLineRun.of("report", racy, "-o", folder + "/none/page.html").assertUsageError("none/page.html");
    }

    @Test
    void isAnOptionOfAnalyzeToo() throws IOException {
        Path page = folder.resolve("page.html");
        String log = file("large.std", CommandLineRun.RACY + "T1|r(y)|30\n".repeat(10_000));
        CommandLineRun run = CommandLineRun.of("analyze", "--html", page.toString(), log);
        assertThat(run.out()).startsWith("Found 1 certain race: two writes on x.\n");
        assertThat(Files.size(page)).isGreaterThan(10_000);
    }
}
