package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Report;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.json.log.JsonLogReader;
import io.clockwork.json.log.JsonLogSink;
import io.clockwork.record.JfrSink;
import io.clockwork.record.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to recording, docs/guides/record.md, that has to do with sinks. */
class RecordFilesTest {
    @TempDir
    Path directory;

    @Test
    void recordsIntoFiles() throws IOException {
        Path file = directory.resolve("bank.jsonl");
        JsonLogSink sink =
                JsonLogSink.builder(file).maxBytes(100_000_000).maxFiles(10).build();
        Recorder recorder = Recorder.builder("bank").sink(sink).build();

        recorder.tracked("balance", 100).set(90);

        if (!recorder.close(Duration.ofSeconds(10))) {
            System.err.println(recorder.recording().sinks()); // what was not written, and why
        }
        Report report = Report.of(LogReader.create().read(JsonLogReader.files(file)));
        assertThat(report.events()).isEqualTo(2);
        assertThat(recorder.recording().sinks())
                .singleElement()
                .satisfies(status -> assertThat(status.written()).isEqualTo(2));
    }

    @Test
    void mirrorsIntoTheFlightRecorder() {
        Recorder recorder = Recorder.builder("bank").sink(JfrSink.create()).build();
        recorder.tracked("balance", 100).set(90);
        assertThat(recorder.close(Duration.ofSeconds(10))).isTrue();
        assertThat(recorder.recording().sinks())
                .singleElement()
                .satisfies(status -> assertThat(status.lost()).isZero());
    }
}
