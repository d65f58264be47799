package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final String JAEGER = """
            {"data":[{"traceID":"t","spans":[
            {"traceID":"t","spanID":"r","operationName":"GET /","references":[],"startTime":1000,"duration":100,"processID":"p"},
            {"traceID":"t","spanID":"c","operationName":"query","references":[{"refType":"CHILD_OF","traceID":"t","spanID":"r"}],
             "startTime":1010,"duration":60,"processID":"q"}],
            "processes":{"p":{"serviceName":"web"},"q":{"serviceName":"db"}}}]}
            """;
    private static final String SHIVIZ = """
            alice {"alice":1}
            sends
            bob {"bob":1}
            wakes up
            bob {"bob":2, "alice":1}
            receives
            """;

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Nested
    class Analyze {
        @Test
        void showsTheCriticalPathOfAJaegerTrace() throws IOException {
            CommandLineRun run = CommandLineRun.of("analyze", file("trace.json", JAEGER));
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("CRITICAL PATH   GET /   100.0 µs", "60.0%", "db: query");
        }

        @Test
        void unpacksGzip() throws IOException {
            Path file = folder.resolve("trace.json.gz");
            try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
                gzip.write(JAEGER.getBytes(StandardCharsets.UTF_8));
            }
            CommandLineRun run = CommandLineRun.of("analyze", file.toString());
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("CRITICAL PATH   GET /");
        }

        @Test
        void showsTheOrderOfAShiVizLog() throws IOException {
            CommandLineRun run = CommandLineRun.of("analyze", file("run.log", SHIVIZ));
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("2 hosts, 3 events", "1 concurrent pair, longest chain 2");
        }

        @Test
        void takesALogWhoseLinesBeginWithABracketForALog() throws IOException {
            CommandLineRun run = CommandLineRun.of("analyze", file("run.log", "[INFO] sends\nalice {\"alice\":1}\n"));
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("1 host, 1 event");
        }

        @Test
        void takesTheExpressionOfALog() throws IOException {
            String log = "1 alice [{\"alice\":1}] hello\n2 alice [{\"alice\":2}] bye\n";
            String parser = "(?<seq>\\d+) (?<host>\\w+) \\[(?<clock>{.*})\\] (?<event>.*)";
            CommandLineRun run = CommandLineRun.of("analyze", "--parser", parser, file("run.log", log));
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("1 host, 2 events");
        }

        @Test
        void printsJson() throws IOException {
            CommandLineRun run =
                    CommandLineRun.of("analyze", "--json", file("trace.json", JAEGER), file("run.log", SHIVIZ));
            assertThat(run.status()).isZero();
            JsonNode report = new ObjectMapper().readTree(run.out());
            assertThat(report.get("version").asInt()).isEqualTo(1);
            assertThat(report.get("events").asInt()).isEqualTo(7);
            JsonNode sections = report.get("criticalPaths").get(0).get("sections");
            assertThat(sections).hasSize(3);
            assertThat(sections.get(1).get("operation").asText()).isEqualTo("query");
            assertThat(sections.get(1).get("endNanos").asLong()).isEqualTo(1_070_000);
        }
    }

    @Nested
    class UnusableInput {
        @Test
        void aMissingFileIsNamed() {
            String missing = folder.resolve("missing.json").toString();
            CommandLineRun.of("analyze", missing).assertUsageError(missing, "no such file");
        }

        @Test
        void anEmptyFileIsNamed() throws IOException {
            CommandLineRun.of("analyze", file("empty.json", "")).assertUsageError("empty.json: is empty");
        }

        @Test
        void aTruncatedJsonSaysWhereItEnds() throws IOException {
            for (int length : new int[] {1, 20, 100, 300, JAEGER.length() - 5}) {
                CommandLineRun.of("analyze", file("cut.json", JAEGER.substring(0, length)))
                        .assertUsageError("cut.json: ", "line ", "ends");
            }
        }

        @Test
        void aFileOfNoFormatSaysSo() throws IOException {
            CommandLineRun.of("analyze", file("prose.txt", "Once upon a time\nthere was a log.\n"))
                    .assertUsageError("prose.txt: ", "none of the formats");
        }

        @Test
        void jsonThatIsNoTraceSaysSo() throws IOException {
            CommandLineRun.of("analyze", file("other.json", "{\"name\":\"x\"}"))
                    .assertUsageError("other.json: ", "Jaeger");
        }

        @Test
        void anExpressionThatMatchesNothingSaysSo() throws IOException {
            String parser = "(?<host>never) (?<clock>{.*}) (?<event>.*)";
            CommandLineRun.of("analyze", "--parser", parser, file("a.log", SHIVIZ))
                    .assertUsageError("a.log: ", "matches nothing");
        }

        @Test
        void anExpressionWithoutItsGroupsSaysSo() throws IOException {
            CommandLineRun.of("analyze", "--parser", "(?<host>x)", file("a.log", SHIVIZ))
                    .assertUsageError("clock");
        }

        @Test
        void binarySaysSo() throws IOException {
            Path file = Files.write(folder.resolve("a.bin"), new byte[] {0, (byte) 0xC3, 0x28, 0x1B});
            CommandLineRun.of("analyze", file.toString()).assertUsageError("a.bin: ", "none of the formats");
        }

        @Test
        void aDamagedGzipSaysSo() throws IOException {
            Path file = Files.write(folder.resolve("a.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1});
            CommandLineRun.of("analyze", file.toString()).assertUsageError("a.gz: damaged gzip");
        }

        @Test
        void aTruncatedGzipSaysSo() throws IOException {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(JAEGER.repeat(3).getBytes(StandardCharsets.UTF_8));
            }
            Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(zipped.toByteArray(), zipped.size() - 20));
            CommandLineRun.of("analyze", file.toString()).assertUsageError("cut.gz: damaged gzip");
        }

        @Test
        void aNameCannotSteerTheTerminal() {
            CommandLineRun run = CommandLineRun.of("analyze", "\u001B[31mx\u202E");
            run.assertUsageError("\\u001b[31mx\\u202e: no such file");
            assertThat(run.err()).doesNotContain("\u001B", "\u202E");
        }

        @Test
        void aLogWithoutAUsableEventIsNotClean() throws IOException {
            CommandLineRun run = CommandLineRun.of("analyze", file("empty.json", "{\"data\":[]}"));
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("no event that could be used");
        }

        @Test
        void aFolderSaysSo() {
            CommandLineRun.of("analyze", folder.toString()).assertUsageError(folder.toString(), "is a directory");
        }

        @Test
        void aCatastrophicExpressionIsStopped() throws IOException {
            String evil = "(?<host>(a+)+)(?<clock>$)(?<event>.*)";
            CommandLineRun.of("analyze", "--parser", evil, file("a.log", "a".repeat(5000) + "!"))
                    .assertUsageError("a.log: ");
        }
    }

    @Nested
    class Usage {
        @Test
        void helpShowsExamples() {
            CommandLineRun run = CommandLineRun.of("--help");
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("Examples:", "Exit status:", "convert trace.json.gz --to perfetto");
        }

        @Test
        void wordsThatMakeNoSenseAreNamed() {
            CommandLineRun.of("analyse", "x").assertUsageError("unknown command \"analyse\"");
            CommandLineRun.of("analyze").assertUsageError("at least one FILE");
            CommandLineRun.of("analyze", "--fail-on", "maybe", "x").assertUsageError("certain, likely, possible");
            CommandLineRun.of("analyze", "--format=xml", "x").assertUsageError("--format must be one of");
            CommandLineRun.of("analyze", "--colour", "x").assertUsageError("unknown option --colour");
            CommandLineRun.of("analyze", "--format").assertUsageError("--format needs a value");
        }
    }

    @Nested
    class Suppress {
        @Test
        void aRuleThatNothingMatchesIsAWarning() throws IOException {
            String log = file("run.log", "a {\"a\": 1}\nbegins\n");
            String rules = file("accepted.txt", "race-0123456789abcdef a statistic\n");
            CommandLineRun run = CommandLineRun.of("analyze", "--suppress", rules, log);
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("no finding has the id race-0123456789abcdef");
        }

        @Test
        void rulesThatAreNoneAreNamedWithTheirLine() throws IOException {
            String log = file("run.log", "a {\"a\": 1}\nbegins\n");
            CommandLineRun.of("analyze", "--suppress", file("accepted.txt", "\nrace-0123456789abcdef\n"), log)
                    .assertUsageError("accepted.txt: line 2: a suppression needs a reason");
            CommandLineRun.of("analyze", "--suppress", "no such file", log).assertUsageError("no such file");
        }
    }

    @Test
    void demoNamesTheLostUpdateAndShowsThatTheLockOrders() {
        CommandLineRun run = CommandLineRun.of("demo");
        assertThat(run.status()).isZero();
        int locked = run.out().indexOf("==== With a lock");
        String before = run.out().substring(0, locked);
        String after = run.out().substring(locked);
        assertThat(before)
                .contains(
                        "LOST UPDATE on alice.balance",
                        "transfer 100",
                        "transfer 200",
                        "1000→900",
                        "1000→800",
                        "Nothing orders them")
                .containsPattern("thread pool-\\d+-thread-1 +thread pool-\\d+-thread-2")
                .containsPattern("read 1000 +Demo.java:\\d+")
                .containsPattern("write 900 +Demo.java:\\d+");
        assertThat(after)
                .contains("NO RACES", "ordered by the lock alice.lock", "Balance afterwards: 700")
                .doesNotContain("CERTAIN");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
