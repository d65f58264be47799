package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
    private static final String ZIPKIN = """
            [{"traceId":"1","id":"2","name":"get","timestamp":1000,"duration":100,"localEndpoint":{"serviceName":"web"}},
             {"traceId":"1","id":"3","parentId":"2","name":"query","timestamp":1010,"duration":60}]
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "shiviz", "jaeger", "zipkin", "otlp"})
    void whatItWritesCanBeAnalysed(String format) throws IOException {
        Path target = folder.resolve("out.txt");
        assertThat(run("convert", file("in.json", ZIPKIN), "--to", format, "--out", target.toString()))
                .isZero();
        assertThat(out()).isEmpty();
        assertThat(run("analyze", target.toString())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"perfetto", "dot", "mermaid", "folded"})
    void writesToTheOutput(String format) throws IOException {
        assertThat(run("convert", "--to=" + format, file("in.json", ZIPKIN))).isZero();
        assertThat(out()).contains("query").endsWith("\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void saysWhatTheFormCouldNotHold() throws IOException {
        assertThat(run("convert", "--to", "otlp", file("in.json", ZIPKIN))).isZero();
        assertThat(err()).contains("written: 1 traces have ids that the form cannot hold");
    }

    @Test
    void unusableInputIsNamed() throws IOException {
        assertThat(run("convert", "--to", "dot", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err()).contains("no such file");
        assertThat(run("convert", "--to", "dot", file("empty.json", "[]"))).isEqualTo(2);
        assertThat(err()).contains("no event that could be used");
        assertThat(run("convert", "--to", "dot", file("cut.json", "[{\"traceId\":")))
                .isEqualTo(2);
        assertThat(err()).contains("cut.json: ", "ends");
    }

    @Test
    void wordsThatMakeNoSenseAreNamed() {
        assertThat(run("convert", "x")).isEqualTo(2);
        assertThat(err()).contains("convert needs --to FORMAT, one of events, shiviz, jaeger");
        assertThat(run("convert", "--to", "pdf", "x")).isEqualTo(2);
        assertThat(err()).contains("--to must be one of events", "was \"pdf\"");
        assertThat(run("convert", "--to", "dot")).isEqualTo(2);
        assertThat(err()).contains("at least one FILE");
    }
}
