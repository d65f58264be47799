package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTextTest {
    private static final String ASKED = """
            client {"client":1}
            asks
            shop {"shop":1,"client":1}
            is asked
            shop {"shop":2,"client":1}
            answers
            client {"client":2,"shop":2}
            is answered
            """;
    private static final String ALONE = """
            client {"client":1}
            asks
            shop {"shop":1}
            answers
            bank {"bank":1}
            waits\u001b[2J
            """;

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void countsThePatternsOfMessagesBeforeTheNotes() throws IOException {
        CommandLineRun run = CommandLineRun.of("analyze", file("a.log", ASKED));
        assertThat(run.out()).endsWith("longest chain 4\n\nPATTERNS OF MESSAGES\n   1 request with its answer\n");

        CommandLineRun noted =
                CommandLineRun.of("analyze", file("b.log", ASKED.replace("\"client\":1}", "\"client\":1,\"x\":2}")));
        assertThat(noted.out()).containsSubsequence("\n\nPATTERNS OF MESSAGES\n", "\n\nWHAT IS NOT KNOWN\n");

        assertThat(CommandLineRun.of("analyze", file("c.log", ALONE)).out()).doesNotContain("PATTERNS");
        assertThat(CommandLineRun.of("analyze", file("d.json", CommandLineRun.ZIPKIN))
                        .out())
                .doesNotContain("PATTERNS");
    }

    @Test
    void comparesExecutionsWithoutTimes() throws IOException {
        CommandLineRun run = CommandLineRun.of("diff", file("a.log", ASKED), file("b.log", ALONE));
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("""
                        They differ in who took part, what happened, or in which order.
                        4 events before, 3 events after

                        HOSTS ONLY AFTER
                           bank
                        """)
                .contains("\nONLY BEFORE\n   shop: is asked\n   client: is answered\n")
                .contains("\nONLY AFTER\n   bank: waits\\u001b[2J\n")
                .doesNotContain("service having changed");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void tellsAnotherOrderOfTheSameEvents() throws IOException {
        String later =
                ASKED.replace("\"shop\":1,\"client\":1", "\"shop\":1").replace("\"shop\":2,\"client\":1", "\"shop\":2");
        assertThat(CommandLineRun.of("diff", file("a.log", ASKED), file("b.log", later))
                        .out())
                .contains("\nIN THIS ORDER ONLY BEFORE\n   client: asks → shop: is asked, else concurrent\n");
        assertThat(CommandLineRun.of("diff", file("a.log", ASKED), file("c.log", ASKED))
                        .out())
                .startsWith("Both have the same events on the same hosts, in the same causal order.\n");
    }
}
