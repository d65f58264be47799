package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.Report;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What README.md and the guides to recording and to executions show is code that is compiled and run: here, by the tests of the interceptors, or by the consumers of
 * clockwork-transport-text.
 */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("clockwork.root", ".."));
    private static final List<String> TWINS = List.of(
            "clockwork-transport-text/src/it/example/com/example/ReadmeExample.java",
            "examples/src/test/java/io/clockwork/examples/ReadmeTest.java",
            "examples/src/test/java/io/clockwork/examples/RecordGuideTest.java",
            "examples/src/test/java/io/clockwork/examples/RecordFilesTest.java",
            "examples/src/test/java/io/clockwork/examples/ExecutionsGuideTest.java",
            "examples/src/main/java/io/clockwork/examples/RecordedService.java",
            "examples/src/main/java/io/clockwork/examples/HttpInterceptors.java",
            "examples/src/main/java/io/clockwork/examples/KafkaInterceptors.java",
            "examples/src/main/java/io/clockwork/examples/GrpcInterceptors.java");

    @ParameterizedTest
    @CsvSource({"README.md, 7", "docs/guides/record.md, 6", "docs/guides/executions.md, 3"})
    void everyJavaBlockStandsInAFileThatIsRun(String page, int expected) throws IOException {
        List<String> twins = new ArrayList<>();
        for (String twin : TWINS) {
            twins.add(unindented(Files.readString(ROOT.resolve(twin))));
        }
        Matcher block =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(ROOT.resolve(page)));
        int blocks = 0;
        while (block.find()) {
            // Whole paragraphs, in their order: between two methods the file may have more than the README shows.
            String[] paragraphs = unindented(block.group(1)).split("\n\n");
            assertThat(twins.stream().anyMatch(twin -> holds(twin, paragraphs)))
                    .as("one of %s has%n%s", TWINS, block.group(1))
                    .isTrue();
            blocks++;
        }
        assertThat(blocks).isEqualTo(expected);
    }

    private static boolean holds(String twin, String[] paragraphs) {
        int from = 0;
        for (String paragraph : paragraphs) {
            int at = twin.indexOf(paragraph, from);
            if (at < 0) {
                return false;
            }
            from = at + paragraph.length();
        }
        return true;
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).reduce("", (all, line) -> all + line + '\n');
    }

    @Test
    @SuppressWarnings("try") // the scope is there to be closed
    void recordsAndReportsARace() throws Exception {
        Recorder recorder = Recorder.builder("bank").captureSites().build();
        Variable balance = recorder.variable("alice.balance");
        ExecutorService pool = recorder.wrap(Executors.newFixedThreadPool(2));
        try (Scope trace = recorder.openTrace("two transfers")) {
            Future<?> first = pool.submit(() -> balance.write(900));
            Future<?> second = pool.submit(() -> balance.write(800));
            first.get();
            second.get();
        }
        System.out.print(Report.of(EventLog.of(recorder)).toText()); // WRITE-WRITE RACE on alice.balance
        pool.shutdown();
        assertThat(Report.of(EventLog.of(recorder)).races()).singleElement().satisfies(race -> {
            assertThat(race.variable()).isEqualTo("alice.balance");
            assertThat(race.verdict()).isEqualTo(Race.Verdict.CERTAIN);
            assertThat(race.first().site()).startsWith("ReadmeTest.java:");
        });
    }
}
