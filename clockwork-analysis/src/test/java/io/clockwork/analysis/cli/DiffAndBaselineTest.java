package io.clockwork.analysis.cli;

import static io.clockwork.analysis.cli.CommandLineRun.traces;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.Baseline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffAndBaselineTest {
    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    @Nested
    class Diff {
        @Test
        void namesTheServiceThatBecameSlower() throws IOException {
            CommandLineRun run = CommandLineRun.of(
                    "diff", file("a.json", traces(0, 30, 500)), file("b.json", traces(30, 30, 9_000)));
            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .startsWith("db is suspected first: slower at query.\n30 traces before, 30 traces after\n")
                    .contains("SUSPECTS", "\n1. db ", "      slower      query", "SERVICES", "OPERATIONS")
                    .containsPattern("\\+8\\.5 ms +50\\d\\.\\d µs → 9\\.0 ms +db\n");
            assertThat(run.out().lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        }

        @Test
        void givesTheSameAsJson() throws IOException {
            CommandLineRun run = CommandLineRun.of(
                    "diff", "--json", file("a.json", traces(0, 30, 500)), file("b.json", traces(30, 30, 9_000)));
            JsonNode json = new ObjectMapper().readTree(run.out());
            assertThat(json.path("version").asInt()).isEqualTo(1);
            assertThat(json.path("tracesBefore").asInt()).isEqualTo(30);
            assertThat(json.at("/suspects/0/service").asText()).isEqualTo("db");
            assertThat(json.at("/suspects/0/clues/0/kind").asText()).isEqualTo("SLOWER");
        }

        @Test
        void takesFoldersAndPatternsAsSets() throws IOException {
            file("a/1.json", traces(0, 10, 500));
            file("a/2.json", traces(10, 10, 500));
            file("b/1.json", traces(20, 10, 500));
            assertThat(CommandLineRun.of("diff", folder + "/a", folder + "/b/*").out())
                    .contains("20 traces before, 10 traces after");
            byte[] input = traces(20, 3, 500).getBytes(StandardCharsets.UTF_8);
            assertThat(CommandLineRun.reading(input, "diff", folder + "/a", "-").out())
                    .contains("20 traces before, 3 traces after");
        }

        @Test
        void saysWhatItCannotCompare() throws IOException {
            String log = file("a.json", traces(0, 1, 500));
            CommandLineRun.of("diff", log).assertUsageError("diff needs BEFORE and AFTER, got 1");
            CommandLineRun.of("diff", log, log, log).assertUsageError("got 3 sets", "quoted pattern");
            CommandLineRun.of("diff", "-", "-").assertUsageError("standard input can be read only once");
            CommandLineRun.of("diff", log, folder + "/none").assertUsageError("none: no such file");
            Files.createDirectory(folder.resolve("empty"));
            CommandLineRun.of("diff", log, folder + "/empty").assertUsageError("empty: holds no file");
            CommandLineRun run = CommandLineRun.of("diff", log, file("no.json", "{\"data\":[]}"));
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("no.json: there is no trace that could be used");
            assertThat(run.out()).startsWith("There is nothing to compare");
        }
    }

    @Nested
    class Learn {
        @Test
        void writesABaselineThatCanBeRead() throws IOException {
            CommandLineRun run = CommandLineRun.of("baseline", file("a.json", traces(0, 30, 500)));
            assertThat(run.status()).isZero();
            assertThat(Baseline.parse(run.out()).traces()).isEqualTo(30);
        }

        @Test
        void learnsInAddition() throws IOException {
            String usual = folder + "/usual.json";
            CommandLineRun.of("baseline", file("a.json", traces(0, 30, 500)), "--out", usual);
            CommandLineRun more = CommandLineRun.of(
                    "baseline", "--baseline", usual, file("b.json", traces(30, 12, 500)), "-o", usual);
            assertThat(more.status()).isZero();
            assertThat(Baseline.parse(Files.readString(Path.of(usual))).traces())
                    .isEqualTo(42);
        }

        @Test
        void needsEvents() throws IOException {
            CommandLineRun.of("baseline").assertUsageError("baseline needs at least one FILE");
            CommandLineRun nothing = CommandLineRun.of("baseline", file("no.json", "{\"data\":[]}"));
            assertThat(nothing.status()).isEqualTo(2);
            assertThat(nothing.err()).endsWith("clockwork: there is no event that could be used\n");
            CommandLineRun.of("baseline", file("a.json", traces(0, 1, 5)), "-o", folder + "/none/b.json")
                    .assertUsageError("none/b.json: there is no folder");
        }
    }
}
