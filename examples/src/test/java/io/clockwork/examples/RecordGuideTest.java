package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Report;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.json.log.JsonLogReader;
import io.clockwork.json.log.JsonLogSink;
import io.clockwork.record.Recorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/guides/record.md shows of files is code that is compiled and run: here. */
class RecordGuideTest {
    private static final Path ROOT = Path.of(System.getProperty("clockwork.root", ".."));

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
    void theGuideShowsThis() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/guides/record.md"));
        Matcher block = Pattern.compile("## Into files\n\n```java\n(.*?)```", Pattern.DOTALL)
                .matcher(guide);
        assertThat(block.find()).isTrue();
        String twin =
                Files.readString(ROOT.resolve("examples/src/test/java/io/clockwork/examples/RecordGuideTest.java"));
        assertThat(unindented(twin)).contains(unindented(block.group(1)));
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).reduce("", (all, line) -> all + line + '\n');
    }
}
