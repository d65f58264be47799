package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that people run, as a process. Failsafe runs this once it is packaged. */
class CliJarIT {
    private static final Path JAR = Path.of(System.getProperty("clockwork.cli.jar", "missing: run mvn verify"));
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private record Run(int status, String out, String err, Duration time) {}

    private Run run(Map<String, String> environment, byte[] input, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(args));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("CLICOLOR"));
        builder.environment().remove("NO_COLOR");
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
        }
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8),
                time);
    }

    private Run run(String... args) throws IOException, InterruptedException {
        return run(Map.of(), new byte[0], args);
    }

    /** The least of three, which says most about the program and least about what else the machine does. */
    private Duration fastest(String... args) throws IOException, InterruptedException {
        Duration least = LIMIT;
        for (int i = 0; i < 3; i++) {
            Run run = run(args);
            assertThat(run.status()).isZero();
            least = run.time().compareTo(least) < 0 ? run.time() : least;
        }
        return least;
    }

    @Test
    void startsAtOnce() throws Exception {
        Duration help = fastest("--help");
        Duration demo = fastest("demo");
        System.out.println("cli jar: --help " + help.toMillis() + " ms, demo " + demo.toMillis() + " ms");
        assertThat(help).isLessThan(Duration.ofSeconds(2)); // the goal is 0.3 s where nothing else runs
        assertThat(demo).isLessThan(Duration.ofSeconds(8)); // the goal is 2 s
    }

    @Test
    void helpsAndTellsItsVersion() throws Exception {
        assertThat(run("analyze", "--help").out()).startsWith("Usage: clockwork analyze");
        assertThat(run("--version").out()).matches("clockwork \\d+\\.\\d+.*\n");
        Run empty = run();
        assertThat(empty.status()).isEqualTo(2);
        assertThat(empty.err()).startsWith("Clockwork tells what caused what.");
    }

    @Test
    void readsStandardInputAndSaysByItsStatusWhatItFound() throws Exception {
        byte[] racy = CommandLineRun.RACY.getBytes(StandardCharsets.UTF_8);
        Run found = run(Map.of(), racy, "analyze", "--fail-on", "race", "-");
        assertThat(found.status()).isEqualTo(1);
        assertThat(found.out())
                .startsWith("Found 1 certain race: two writes on x.\n")
                .contains("────");
        assertThat(found.err()).isEmpty();
        Run unusable = run(Map.of(), "[{".getBytes(StandardCharsets.UTF_8), "analyze", "-");
        assertThat(unusable.status()).isEqualTo(2);
        assertThat(unusable.err()).hasLineCount(1).startsWith("clockwork: standard input: ");
        assertThat(run("analyze", "--jsn", "x").err())
                .hasLineCount(1)
                .contains("unknown option --jsn (did you mean --json?)");
    }

    @Test
    void doesAsTheEnvironmentSays() throws Exception {
        byte[] racy = CommandLineRun.RACY.getBytes(StandardCharsets.UTF_8);
        assertThat(run(Map.of(), racy, "analyze", "-").out()).doesNotContain("\u001B");
        assertThat(run(Map.of("CLICOLOR_FORCE", "1"), racy, "analyze", "-").out())
                .contains("\u001B[1;31mCERTAIN");
        Run ascii = run(Map.of("LC_ALL", "C", "LANG", "C"), racy, "analyze", "-");
        assertThat(ascii.out().chars()).allMatch(c -> c < 0x80);
        assertThat(ascii.out()).contains("----").doesNotContain("?");
    }

    @Test
    void holdsWhatItNeeds() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(
                            "picocli/CommandLine.class",
                            "org/jline/terminal/Terminal.class",
                            "META-INF/LICENSE-jline",
                            "io/clockwork/record/Recorder.class",
                            "io/clockwork/analysis/cli/help/analyze.txt",
                            "META-INF/native-image/io.clockwork/clockwork-analysis/resource-config.json")
                    .noneMatch(name -> name.endsWith("module-info.class"));
        }
    }
}
