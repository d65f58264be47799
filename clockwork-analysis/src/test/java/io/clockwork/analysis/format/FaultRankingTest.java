package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Suspect;
import io.clockwork.analysis.TraceDifference;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Finds the service into which a fault was injected, in real traces before and after. */
class FaultRankingTest {
    @Test
    void theServiceThatWasHitIsMostlyTheFirstSuspect() throws IOException {
        for (Path folder : SharedData.traceFolders("Jaeger")) {
            JsonNode index =
                    new ObjectMapper().readTree(folder.resolve("INDEX.json").toFile());
            JsonNode cases = index.path("faults").path("cases");
            int first = 0;
            int withinThree = 0;
            StringBuilder missed = new StringBuilder();
            for (JsonNode fault : cases) {
                int place = place(folder, fault);
                first += place == 1 ? 1 : 0;
                withinThree += place <= 3 ? 1 : 0;
                if (place > 1) {
                    missed.append("\n  place ")
                            .append(place)
                            .append(": ")
                            .append(fault.path("name").asText());
                }
            }
            print("faults " + folder + ": of " + cases.size() + ", place 1: " + first + ", within 3: " + withinThree
                    + missed);
            assertThat(first).as("place 1").isGreaterThanOrEqualTo(cases.size() * 25 / 35);
            assertThat(withinThree).as("within 3").isGreaterThanOrEqualTo(cases.size() * 30 / 35);
        }
    }

    private static int place(Path folder, JsonNode fault) throws IOException {
        TraceDifference difference =
                TraceDifference.of(read(folder, fault.path("baseline")), read(folder, fault.path("faulty")));
        assertThat(difference.tracesBefore())
                .isEqualTo(fault.path("traces").get(0).asInt());
        assertThat(difference.tracesAfter())
                .isEqualTo(fault.path("traces").get(1).asInt());
        List<String> services =
                difference.suspects().stream().map(Suspect::service).toList();
        int place = services.indexOf(fault.path("service").asText());
        return place < 0 ? Integer.MAX_VALUE : place + 1;
    }

    private static EventLog read(Path folder, JsonNode side) throws IOException {
        Path file = folder.resolve(side.path("file").asText());
        return LogReader.create().read(List.of(file));
    }

    private static void print(String line) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(line);
    }
}
