package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.EventLog;
import io.clockwork.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares the time of each operation on the path with what CRISP gives, where the index says that both mean the same. */
class CrispTotalsTest {
    private final List<String> differences = new ArrayList<>();
    private int checked;

    @Test
    void operationsHaveTheTimesThatTheIndexStates() throws IOException {
        int totals = 0;
        for (Path folder : SharedData.traceFolders("Jaeger")) {
            checked = 0;
            int before = differences.size();
            JsonNode index =
                    new ObjectMapper().readTree(folder.resolve("INDEX.json").toFile());
            for (JsonNode entry : index.path("files")) {
                checkFile(folder.resolve(entry.path("file").asText()), entry.path("expected"));
            }
            totals += checked;
            System.out.println("CRISP's totals of " + folder.getFileName() + ": checked " + checked + ", equal "
                    + (checked - (differences.size() - before)));
        }
        assertThat(totals).as("totals compared").isPositive();
        assertThat(differences).isEmpty();
    }

    private void checkFile(Path file, JsonNode traces) throws IOException {
        boolean comparable = false;
        for (JsonNode trace : traces) {
            comparable |= isComparable(trace);
        }
        if (!comparable) {
            return;
        }
        EventLog log = LogReader.create().read(List.of(file));
        for (EventLog own : log.byTrace()) {
            for (JsonNode trace : traces) {
                if (isComparable(trace) && trace.path("traceID").asText().equals(own.traceName(0))) {
                    checkTrace(file.getFileName() + " " + own.traceName(0), trace.path("crisp"), own);
                }
            }
        }
    }

    private static boolean isComparable(JsonNode trace) {
        return trace.path("crisp").path("sameAsExact").asBoolean();
    }

    private void checkTrace(String where, JsonNode crisp, EventLog log) {
        CriticalPath path = CriticalPath.response(log).get(0);
        compare(where + " sum", crisp.path("sum").asLong() * 1000, path.elapsedNanos());
        if (crisp.path("exclusiveByOperation").isObject()) {
            Map<String, Long> expected = new TreeMap<>();
            crisp.path("exclusiveByOperation").properties().forEach(e -> {
                if (e.getValue().asLong() > 0) {
                    expected.put(e.getKey(), e.getValue().asLong() * 1000);
                }
            });
            Map<String, Long> actual = new TreeMap<>();
            path.sections()
                    .forEach(section -> actual.merge(
                            "[" + section.service() + "] " + section.operation(), section.nanos(), Long::sum));
            compare(where + " exclusiveByOperation", expected, actual);
        }
    }

    private void compare(String what, Object expected, Object actual) {
        checked++;
        if (!expected.equals(actual)) {
            differences.add(what + ": expected " + expected + ", was " + actual);
        }
    }
}
