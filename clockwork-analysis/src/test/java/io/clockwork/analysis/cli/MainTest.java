package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    private void assertOneLineAndStatus2(int status, String... parts) {
        assertThat(status).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err()).hasLineCount(1).startsWith("clockwork: ").contains(parts);
    }

    @Nested
    class Analyze {
        @Test
        void showsTheCriticalPathOfAJaegerTrace() throws IOException {
            assertThat(run("analyze", file("trace.json", JAEGER))).isZero();
            assertThat(out()).contains("CRITICAL PATH   GET /   100.0 µs", "60.0%", "db: query");
        }

        @Test
        void unpacksGzip() throws IOException {
            Path file = folder.resolve("trace.json.gz");
            try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
                gzip.write(JAEGER.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(run("analyze", file.toString())).isZero();
            assertThat(out()).contains("CRITICAL PATH   GET /");
        }

        @Test
        void showsTheOrderOfAShiVizLog() throws IOException {
            assertThat(run("analyze", file("run.log", SHIVIZ))).isZero();
            assertThat(out()).contains("2 hosts, 3 events", "1 concurrent pair, longest chain 2");
        }

        @Test
        void takesALogWhoseLinesBeginWithABracketForALog() throws IOException {
            assertThat(run("analyze", file("run.log", "[INFO] sends\nalice {\"alice\":1}\n")))
                    .isZero();
            assertThat(out()).contains("1 host, 1 event");
        }

        @Test
        void takesTheExpressionOfALog() throws IOException {
            String log = "1 alice [{\"alice\":1}] hello\n2 alice [{\"alice\":2}] bye\n";
            String parser = "(?<seq>\\d+) (?<host>\\w+) \\[(?<clock>{.*})\\] (?<event>.*)";
            assertThat(run("analyze", "--parser", parser, file("run.log", log))).isZero();
            assertThat(out()).contains("1 host, 2 events");
        }

        @Test
        void printsJson() throws IOException {
            assertThat(run("analyze", "--json", file("trace.json", JAEGER), file("run.log", SHIVIZ)))
                    .isZero();
            JsonNode report = new ObjectMapper().readTree(out());
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
            assertOneLineAndStatus2(run("analyze", missing), missing, "no such file");
        }

        @Test
        void anEmptyFileIsNamed() throws IOException {
            assertOneLineAndStatus2(run("analyze", file("empty.json", "")), "empty.json: is empty");
        }

        @Test
        void aTruncatedJsonSaysWhereItEnds() throws IOException {
            for (int length : new int[] {1, 20, 100, 300, JAEGER.length() - 5}) {
                err.reset();
                assertOneLineAndStatus2(
                        run("analyze", file("cut.json", JAEGER.substring(0, length))), "cut.json: ", "line ", "ends");
            }
        }

        @Test
        void aFileOfNoFormatSaysSo() throws IOException {
            assertOneLineAndStatus2(
                    run("analyze", file("prose.txt", "Once upon a time\nthere was a log.\n")),
                    "prose.txt: ",
                    "none of the formats");
        }

        @Test
        void jsonThatIsNoTraceSaysSo() throws IOException {
            assertOneLineAndStatus2(run("analyze", file("other.json", "{\"name\":\"x\"}")), "other.json: ", "Jaeger");
        }

        @Test
        void anExpressionThatMatchesNothingSaysSo() throws IOException {
            String parser = "(?<host>never) (?<clock>{.*}) (?<event>.*)";
            assertOneLineAndStatus2(
                    run("analyze", "--parser", parser, file("a.log", SHIVIZ)), "a.log: ", "matches nothing");
        }

        @Test
        void anExpressionWithoutItsGroupsSaysSo() throws IOException {
            assertOneLineAndStatus2(run("analyze", "--parser", "(?<host>x)", file("a.log", SHIVIZ)), "clock");
        }

        @Test
        void binarySaysSo() throws IOException {
            Path file = Files.write(folder.resolve("a.bin"), new byte[] {0, (byte) 0xC3, 0x28, 0x1B});
            assertOneLineAndStatus2(run("analyze", file.toString()), "a.bin: ", "none of the formats");
        }

        @Test
        void aDamagedGzipSaysSo() throws IOException {
            Path file = Files.write(folder.resolve("a.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1});
            assertOneLineAndStatus2(run("analyze", file.toString()), "a.gz: damaged gzip");
        }

        @Test
        void aTruncatedGzipSaysSo() throws IOException {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(JAEGER.repeat(3).getBytes(StandardCharsets.UTF_8));
            }
            Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(zipped.toByteArray(), zipped.size() - 20));
            assertOneLineAndStatus2(run("analyze", file.toString()), "cut.gz: damaged gzip");
        }

        @Test
        void aNameCannotSteerTheTerminal() {
            assertOneLineAndStatus2(run("analyze", "\u001B[31mx\u202E"), "\\u001b[31mx\\u202e: no such file");
            assertThat(err()).doesNotContain("\u001B", "\u202E");
        }

        @Test
        void aLogWithoutAUsableEventIsNotClean() throws IOException {
            assertThat(run("analyze", file("empty.json", "{\"data\":[]}"))).isEqualTo(2);
            assertThat(err()).contains("no event that could be used");
        }

        @Test
        void aFolderSaysSo() {
            assertOneLineAndStatus2(run("analyze", folder.toString()), folder.toString(), "is a directory");
        }

        @Test
        void aCatastrophicExpressionIsStopped() throws IOException {
            String evil = "(?<host>(a+)+)(?<clock>$)(?<event>.*)";
            assertOneLineAndStatus2(run("analyze", "--parser", evil, file("a.log", "a".repeat(5000) + "!")), "a.log: ");
        }
    }

    @Nested
    class Usage {
        @Test
        void helpShowsExamples() {
            assertThat(run("--help")).isZero();
            assertThat(out()).contains("Examples:", "Exit status:", "convert trace.json.gz --to perfetto");
        }

        @Test
        void wordsThatMakeNoSenseAreNamed() {
            assertOneLineAndStatus2(run("analyse", "x"), "unknown command \"analyse\"");
            err.reset();
            assertOneLineAndStatus2(run("analyze"), "at least one FILE");
            err.reset();
            assertOneLineAndStatus2(run("analyze", "--fail-on", "maybe", "x"), "certain, likely, possible");
            err.reset();
            assertOneLineAndStatus2(run("analyze", "--format=xml", "x"), "--format must be one of");
            err.reset();
            assertOneLineAndStatus2(run("analyze", "--colour", "x"), "unknown option --colour");
            err.reset();
            assertOneLineAndStatus2(run("analyze", "--format"), "--format needs a value");
        }
    }

    @Nested
    class Suppress {
        private String file(String name, String content) throws IOException {
            return Files.writeString(folder.resolve(name), content).toString();
        }

        @Test
        void aRuleThatNothingMatchesIsAWarning() throws IOException {
            String log = file("run.log", "a {\"a\": 1}\nbegins\n");
            String rules = file("accepted.txt", "race-0123456789abcdef a statistic\n");
            assertThat(run("analyze", "--suppress", rules, log)).isZero();
            assertThat(out()).contains("no finding has the id race-0123456789abcdef");
        }

        @Test
        void rulesThatAreNoneAreNamedWithTheirLine() throws IOException {
            String log = file("run.log", "a {\"a\": 1}\nbegins\n");
            assertOneLineAndStatus2(
                    run("analyze", "--suppress", file("accepted.txt", "\nrace-0123456789abcdef\n"), log),
                    "accepted.txt: line 2: a suppression needs a reason");
            err.reset();
            assertOneLineAndStatus2(run("analyze", "--suppress", "no such file", log), "no such file");
        }
    }

    @Test
    void demoNamesTheLostUpdateAndShowsThatTheLockOrders() {
        assertThat(run("demo")).isZero();
        int locked = out().indexOf("==== With a lock");
        String before = out().substring(0, locked);
        String after = out().substring(locked);
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
        assertThat(out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
