package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "shiviz", "jaeger", "zipkin", "otlp"})
    void whatItWritesCanBeAnalysed(String format) throws IOException {
        Path target = folder.resolve("out.txt");
        CommandLineRun run = CommandLineRun.of(
                "convert", file("in.json", CommandLineRun.ZIPKIN), "--to", format, "--out", target.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        run = CommandLineRun.of("analyze", target.toString());
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"perfetto", "dot", "mermaid", "folded"})
    void writesToTheOutput(String format) throws IOException {
        CommandLineRun run = CommandLineRun.of("convert", "--to=" + format, file("in.json", CommandLineRun.ZIPKIN));
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("query").endsWith("\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void saysWhatTheFormCouldNotHold() throws IOException {
        CommandLineRun run = CommandLineRun.of("convert", "--to", "otlp", file("in.json", CommandLineRun.ZIPKIN));
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("written: 1 trace has an id that the form cannot hold");
    }

    @Test
    void unusableInputIsNamed() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "convert", "--to", "dot", folder.resolve("none").toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("no such file");
        run = CommandLineRun.of("convert", "--to", "dot", file("empty.json", "[]"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("no event that could be used");
        run = CommandLineRun.of("convert", "--to", "dot", file("cut.json", "[{\"traceId\":"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("cut.json: ", "ends");
    }

    @Test
    void wordsThatMakeNoSenseAreNamed() {
        CommandLineRun run = CommandLineRun.of("convert", "x");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("convert needs --to FORMAT, one of events, shiviz, jaeger");
        run = CommandLineRun.of("convert", "--to", "pdf", "x");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--to must be one of events", "was \"pdf\"");
        run = CommandLineRun.of("convert", "--to", "dot");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("at least one FILE");
    }
}
