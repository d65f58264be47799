package io.clockwork.json.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that die while they record, and disks that fill up. */
class LogCrashTest {
    @TempDir
    Path directory;

    /** The last line of what a killed process said, and when it was killed, by the sizes of its files. */
    private record Death(int traces, long dropped) {}

    private static Death runAndKill(String mode, Path file, int acknowledgements, long spins) throws Exception {
        Process process = LoggingProgram.start(List.of(), mode, file.toString());
        String last = "0 0";
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < acknowledgements; i++) {
                last = said.readLine();
            }
            // Not right after a flush, where all is quiet.
            for (long i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            process.toHandle().destroyForcibly(); // the process itself would close what it said
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = line.matches("\\d+ \\d+") ? line : last;
            }
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
        int space = last.indexOf(' ');
        return new Death(Integer.parseInt(last.substring(0, space)), Long.parseLong(last.substring(space + 1)));
    }

    private static void assertWhole(RecordedTask task) {
        int sequence = 0;
        for (RecordedEvent event : task.events()) {
            assertThat(event.dot().sequence()).isEqualTo(++sequence);
        }
        assertThat(sequence).isBetween(1, LoggingProgram.WRITES + 1);
    }

    @ParameterizedTest
    @CsvSource({"paced, 1", "paced, 2", "paced, 3", "unpaced, 4", "unpaced, 5"})
    void aKilledProcessLosesAtMostTheLastLineAndNothingThatWasFlushed(String mode, int seed) throws Exception {
        Random random = new Random(seed);
        Path file = directory.resolve("log.jsonl");
        Death death = runAndKill(mode, file, 1 + random.nextInt(20), random.nextInt(20_000_000));

        List<Path> files = JsonLogReader.files(file);
        JsonLog log = JsonLogReader.readAll(files);
        assertThat(log.malformed()).isZero();
        assertThat(log.duplicates()).isZero();
        assertThat(log.missing()).isZero();
        assertThat(log.incomplete()).isLessThanOrEqualTo(1);
        assertThat(JsonLogReader.readAll(files.subList(0, files.size() - 1)).incomplete())
                .isZero();
        assertThat(log.recordings()).hasSize(1);
        List<RecordedTask> tasks = log.recordings().get(0).tasks();
        tasks.forEach(LogCrashTest::assertWhole);
        long lines = 0;
        for (Path each : files) {
            lines += events(each);
        }
        assertThat(tasks.stream().mapToLong(task -> task.events().size()).sum()).isEqualTo(lines);
        if (death.dropped == 0) {
            assertThat(tasks.stream()
                            .filter(task -> task.name().equals("main"))
                            .filter(task -> task.events().size() == LoggingProgram.WRITES + 1)
                            .count())
                    .isGreaterThanOrEqualTo(death.traces);
        }
        System.out.println(mode + ": killed after " + death.traces + " flushes, " + files.size() + " files, " + lines
                + " events read back, " + log.incomplete() + " incomplete lines, " + death.dropped + " dropped");
    }

    /** {@return the number of complete lines with events} */
    private static long events(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.contains("\"seq\":"))
                .count();
    }

    @Test
    void aRunNeverTouchesTheFilesOfTheRunBefore() throws Exception {
        Path file = directory.resolve("log.jsonl");
        runAndKill("paced", file, 3, 100_000);
        List<Path> before = JsonLogReader.files(file);
        Path torn = before.get(before.size() - 1);
        Files.writeString(torn, Files.readString(torn) + "{\"task\":0,\"se");
        byte[] content = Files.readAllBytes(torn);
        runAndKill("paced", file, 3, 100_000);

        assertThat(torn).hasBinaryContent(content);
        JsonLog log = JsonLogReader.readAll(JsonLogReader.files(file));
        assertThat(log.recordings()).hasSize(2);
        assertThat(log.incomplete()).isBetween(1L, 2L);
        assertThat(log.malformed() + log.missing() + log.duplicates()).isZero();
    }

    @Test
    void aFullDiskCostsEventsWhichAreCountedAndNoLineIsTorn() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        String mount = "mount -t tmpfs -o size=512k tmpfs \"$0\" && exec \"$@\"";
        List<String> unshared = List.of("unshare", "-rm", "sh", "-c", mount, disk.toString());
        assumeTrue(mayMount(unshared), "a small file system cannot be mounted here");

        Process process = LoggingProgram.start(
                unshared,
                "fill",
                disk.resolve("log.jsonl").toString(),
                disk.resolve("filler").toString());
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("No space left on device");
            String[] counts = said.readLine().split(" ", -1);
            assertThat(counts[1]).as("events read back").isEqualTo(counts[0]);
            assertThat(Long.parseLong(counts[2])).isPositive();
            assertThat(counts[3]).as("lost by the log").isEqualTo(counts[2]);
            assertThat(List.of(counts).subList(4, 7)).containsExactly("0", "0", "10");
        }
        assertThat(process.waitFor()).isZero();
    }

    private static boolean mayMount(List<String> unshared) throws InterruptedException {
        try {
            List<String> command = new ArrayList<>(unshared);
            command.add("true");
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
