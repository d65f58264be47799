package io.clockwork.analysis.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clockwork.analysis.AuditTrail;
import io.clockwork.analysis.Baseline;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.Suppressions;
import io.clockwork.analysis.format.LogReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Opens pages in a browser: {@code src/test/page} has what is then asked of them. Skipped, saying why, without one. */
class HtmlPageTest {
    private static final Path SOURCES = Path.of("src/test/page").toAbsolutePath();
    private static final Path WORK = Path.of("target/page").toAbsolutePath();
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "browser.mjs", "page.test.mjs");

    @Test
    void everyViewShowsWhatTheReportSays() throws IOException, InterruptedException {
        Path browser = program("chromium", "chromium-browser", "google-chrome");
        Path node = program("node");
        Path npm = program("npm");
        Files.createDirectories(WORK);
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(WORK.resolve("node_modules/playwright-core/package.json"))) {
            Result installed = run(
                    Map.of(), npm.toString(), "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
            assumeTrue(installed.status() == 0, () -> "playwright-core cannot be fetched:\n" + installed.output());
        }
        writePages();
        Result tests = run(
                Map.of("CLOCKWORK_BROWSER", browser.toString()),
                node.toString(),
                "--test",
                "--test-reporter=spec",
                "page.test.mjs");
        assertThat(tests.status()).as(tests.output()).isZero();
    }

    private static void writePages() throws IOException {
        EventLog shop = PageLogs.shop();
        Report report = Report.of(shop, Suppressions.none(), Baseline.of(PageLogs.checkouts()));
        HtmlReport.of(shop, report).titled("shop").writeTo(WORK.resolve("shop.html"));
        Files.writeString(WORK.resolve("shop.json"), report.toJson());
        Files.writeString(
                WORK.resolve("trail.json"), AuditTrail.of(shop, "alice.balance").toJson());
        page(PageLogs.hostile(), PageLogs.HOSTILE, "hostile.html");
        page(EventLog.builder().build(), "empty", "empty.html");
        Path execution = Files.writeString(WORK.resolve("untimed.std"), "T1|acq(l)|1\nT1|rel(l)|2\n");
        page(LogReader.create().read(List.of(execution)), "untimed", "untimed.html");
        page(PageLogs.requests(10_000), "10,000", "thousands.html");
        page(PageLogs.requests(100_000), "100,000", "many.html");
    }

    private static void page(EventLog log, String title, String file) throws IOException {
        HtmlReport.of(log, Report.of(log)).titled(title).writeTo(WORK.resolve(file));
    }

    private static Path program(String... names) {
        Optional<Path> found = Stream.of(names)
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), () -> "no " + names[0] + " on the PATH: the page is not opened in a browser");
        return found.orElseThrow();
    }

    private record Result(int status, String output) {}

    private static Result run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = WORK.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Result(
                ended ? process.exitValue() : -1, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    }
}
