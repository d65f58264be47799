package io.clockwork.json.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.SinkStatus;
import io.clockwork.record.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** Records one task of {@code writes} writes, with a flush after every 50, so that files may end there. */
    @SuppressWarnings("try") // the scope is there to be closed
    private static void record(Recorder recorder, int writes) {
        Variable x = recorder.variable("x");
        try (Scope scope = recorder.openTrace("trace")) {
            for (int i = 1; i <= writes; i++) {
                x.write(i);
                if (i % 50 == 0) {
                    recorder.flush(LONG);
                }
            }
        }
    }

    private static long events(JsonLog log) {
        return log.recordings().stream()
                .flatMap(recording -> recording.tasks().stream())
                .mapToLong(task -> task.events().size())
                .sum();
    }

    @Test
    void severalWritersLoseNothingOverManyFilesAndEachFileStandsAlone() throws Exception {
        Path file = directory.resolve("bank.jsonl");
        Recorder recorder = Recorder.builder("bank")
                .sink(JsonLogSink.builder(file).maxBytes(5_000).build())
                .build();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> record(recorder, 1_000), "writer " + t);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(recorder.close(LONG)).isTrue();

        List<Path> files = JsonLogReader.files(file);
        assertThat(files).hasSizeGreaterThan(10);
        assertThat(files.get(0)).isEqualTo(file);
        assertThat(files.get(10)).isEqualTo(directory.resolve("bank.10.jsonl"));
        JsonLog log = JsonLogReader.readAll(files);
        assertThat(log.missing() + log.malformed() + log.duplicates() + log.incomplete())
                .isZero();
        assertThat(events(log)).isEqualTo(4 * 1_001);
        long sum = 0;
        for (Path each : files) {
            JsonLog alone = JsonLogReader.readAll(List.of(each));
            assertThat(alone.malformed()).isZero();
            assertThat(alone.recordings().get(0).tasks()).allSatisfy(task -> {
                assertThat(task.name()).isEqualTo("trace");
                assertThat(task.thread().isEmpty()).isEqualTo(task.evicted() == 0);
            });
            sum += events(alone);
        }
        assertThat(sum).isEqualTo(4 * 1_001);
    }

    @Test
    void onlySoManyFilesAreKept() throws IOException {
        Path file = directory.resolve("bank.jsonl");
        Path stranger = Files.writeString(directory.resolve("bank.x.jsonl"), "mine");
        for (int run = 0; run < 2; run++) {
            Recorder recorder = Recorder.builder("bank")
                    .sink(JsonLogSink.builder(file).maxBytes(1).maxFiles(3).build())
                    .build();
            record(recorder, 500);
            assertThat(recorder.close(LONG)).isTrue();
            List<Path> files = JsonLogReader.files(file);
            assertThat(files).hasSizeLessThanOrEqualTo(3).isNotEmpty();
            JsonLog log = JsonLogReader.readAll(files);
            assertThat(log.recordings()
                            .get(log.recordings().size() - 1)
                            .tasks()
                            .get(0)
                            .events())
                    .last()
                    .satisfies(event -> assertThat(event.dot().sequence()).isEqualTo(501));
        }
        assertThat(stranger).hasContent("mine");
    }

    @Test
    void aDirectoryThatGoesAwayCostsEventsUntilItIsBack() throws IOException {
        Path file = directory.resolve("logs/bank.jsonl");
        JsonLogSink sink = JsonLogSink.builder(file).sync().build();
        Recorder recorder = Recorder.builder("bank").sink(sink).build();
        record(recorder, 10);
        assertThat(recorder.flush(LONG)).isFalse();
        Files.createDirectory(directory.resolve("logs"));
        record(recorder, 20);
        assertThat(recorder.flush(LONG)).isTrue();
        assertThat(recorder.close(LONG)).isTrue();

        SinkStatus status = recorder.recording().sinks().get(0);
        assertThat(status.sink()).isEqualTo("JSON lines in " + file);
        assertThat(status.lost()).isEqualTo(11);
        assertThat(status.written()).isEqualTo(21);
        assertThat(status.lastFailure()).contains("NoSuchFileException");
        JsonLog log = JsonLogReader.readAll(JsonLogReader.files(file));
        assertThat(events(log)).isEqualTo(21);
        assertThat(log.lost()).isEqualTo(11);
    }

    @Test
    void twoServicesOfOneNameGetFilesOfTheirOwn() throws IOException {
        Path file = directory.resolve("log");
        Recorder first = Recorder.builder("first").sink(JsonLogSink.to(file)).build();
        Recorder second = Recorder.builder("second").sink(JsonLogSink.to(file)).build();
        record(first, 100);
        record(second, 100);
        assertThat(first.close(LONG) && second.close(LONG)).isTrue();
        assertThat(JsonLogReader.files(file)).containsExactly(file, directory.resolve("log.1"));
        assertThat(events(JsonLogReader.readAll(JsonLogReader.files(file)))).isEqualTo(202);
    }

    @Test
    void limitsMustBePositive() {
        JsonLogSink.Builder builder = JsonLogSink.builder(directory.resolve("x"));
        assertThatThrownBy(() -> builder.maxBytes(0)).hasMessage("maxBytes must be at least 1, was 0");
        assertThatThrownBy(() -> builder.maxFiles(0)).hasMessage("maxFiles must be at least 1, was 0");
        assertThatThrownBy(() -> JsonLogSink.to(Path.of("/"))).hasMessageContaining("file must have a name");
    }
}
