package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command line on real logs of other projects; every expected answer comes from the folder's own index. */
class AnalyzeSharedTracesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NANOS_PER_MICRO = 1_000;

    private static JsonNode analyze(List<String> args) throws IOException {
        List<String> all = new ArrayList<>(List.of("analyze", "--json"));
        all.addAll(args);
        CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
        assertThat(run.status()).as(() -> args + ": " + run.err()).isZero();
        return JSON.readTree(run.out());
    }

    @Test
    void giveTheShapeOfEveryValidShiVizLog() throws IOException {
        for (Path folder : SharedData.traceFolders("ShiViz")) {
            int checked = 0;
            assertThat(index(folder).path("logs")).isNotEmpty();
            for (JsonNode log : index(folder).path("logs")) {
                JsonNode executions = log.path("executions");
                List<JsonNode> valid = new ArrayList<>();
                executions.forEach(execution -> {
                    if (execution.path("clocksEqualReachability").asBoolean()) {
                        valid.add(execution);
                    }
                });
                if (valid.size() != executions.size()) {
                    continue;
                }
                List<String> args =
                        new ArrayList<>(List.of("--parser", log.path("parser").asText()));
                if (log.hasNonNull("delimiter")) {
                    args.addAll(List.of("--delimiter", log.path("delimiter").asText()));
                }
                args.add(folder.resolve(log.path("file").asText()).toString());
                JsonNode orders = analyze(args).path("orders");
                assertThat(orders).as("%s", args).hasSameSizeAs(executions);
                for (int i = 0; i < orders.size(); i++) {
                    for (String member : List.of("hosts", "events", "concurrentPairs", "longestChain")) {
                        assertThat(orders.get(i).path(member).asLong())
                                .as("%s of %s, execution %s", member, log.path("name"), i)
                                .isEqualTo(executions.get(i).path(member).asLong());
                        checked++;
                    }
                }
            }
            SharedData.printTally(folder, checked, checked);
        }
    }

    @Test
    void giveSectionsThatSumToTheRootsDurationInEveryJaegerTrace() throws IOException {
        for (Path folder : SharedData.traceFolders("Jaeger")) {
            int checked = 0;
            for (JsonNode entry : index(folder).path("files")) {
                String file = folder.resolve(entry.path("file").asText()).toString();
                List<Long> expected = new ArrayList<>();
                entry.path("expected")
                        .forEach(trace -> trace.path("rootDurations")
                                .forEach(duration -> expected.add(duration.asLong() * NANOS_PER_MICRO)));
                List<Long> sums = new ArrayList<>();
                for (JsonNode path : analyze(List.of(file)).path("criticalPaths")) {
                    long sum = 0;
                    for (JsonNode section : path.path("sections")) {
                        sum += section.path("endNanos").asLong()
                                - section.path("startNanos").asLong();
                    }
                    sums.add(sum);
                }
                assertThat(sums).as(file).isEqualTo(expected);
                checked++;
            }
            SharedData.printTally(folder, checked, checked);
            assertThat(checked).isPositive();
        }
    }

    private static JsonNode index(Path folder) throws IOException {
        return JSON.readTree(folder.resolve("INDEX.json").toFile());
    }
}
