package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What native-image is told exists; that an image works is not tested, which would need GraalVM. */
class NativeImageTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path METADATA = RESOURCES.resolve("META-INF/native-image/io.clockwork/clockwork-analysis");

    private static JsonNode read(String name) throws IOException {
        return new ObjectMapper().readTree(METADATA.resolve(name).toFile());
    }

    @Test
    void namesClassesThatExist() throws Exception {
        JsonNode classes = read("reflect-config.json");
        assertThat(classes).isNotEmpty();
        for (JsonNode entry : classes) {
            Class<?> type = Class.forName(entry.path("name").asText());
            for (JsonNode method : entry.path("methods")) {
                if (Runtime.version().feature() >= 22) {
                    assertThat(type.getMethod(method.path("name").asText())).isNotNull();
                }
            }
        }
    }

    @Test
    void matchesEveryResourceAndNothingThatIsGone() throws IOException {
        List<String> resources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("io"))) {
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            resources.add(RESOURCES.relativize(file).toString().replace('\\', '/')));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<Pattern> patterns = new ArrayList<>();
        read("resource-config.json")
                .at("/resources/includes")
                .forEach(entry ->
                        patterns.add(Pattern.compile(entry.path("pattern").asText())));
        assertThat(patterns)
                .allMatch(pattern -> resources.stream()
                        .anyMatch(name -> pattern.matcher(name).matches()));
        assertThat(resources)
                .allMatch(name -> patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
    }
}
