package io.clockwork.analysis.cli;

import static io.clockwork.analysis.cli.CommandLineRun.DEADLOCK;
import static io.clockwork.analysis.cli.CommandLineRun.RACY;
import static io.clockwork.analysis.cli.CommandLineRun.ZIPKIN;
import static io.clockwork.analysis.cli.CommandLineRun.gzip;
import static io.clockwork.analysis.cli.CommandLineRun.traces;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyzeOptionsTest {
    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content).toString();
    }

    private static CommandLineRun analyze(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "analyze";
        System.arraycopy(args, 0, all, 1, args.length);
        return CommandLineRun.of(all);
    }

    @Test
    void refuseAnEmptyFileName() throws IOException {
        analyze("").assertUsageError("file's name is empty");
        analyze("--html", "", file("run.std", RACY)).assertUsageError("--html", "file's name is empty");
    }

    @Test
    void sayThatSuppressionsAreNotText() throws IOException {
        Path rules = Files.write(folder.resolve("rules"), new byte[] {(byte) 0xFF});
        analyze("--suppress", rules.toString(), file("run.std", RACY)).assertUsageError("rules: is not UTF-8 text");
    }

    @Nested
    class FailOnOption {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "racy; certain; 1",
                    "racy; possible; 1",
                    "racy; race; 1",
                    "racy; deadlock; 0",
                    "racy; deadlock,race; 1",
                    "racy; atomicity,publication,deadlock; 0",
                    "racy; never; 0",
                    "deadlock; race; 0",
                    "deadlock; deadlock; 1",
                    "deadlock; possible; 1",
                    "clean; possible,race,atomicity,deadlock,publication; 0"
                })
        void decidesTheExitStatus(String kind, String words, int status) throws IOException {
            String content = switch (kind) {
                case "racy" -> RACY;
                case "deadlock" -> DEADLOCK;
                default -> "T1|w(x)|10\nT1|r(x)|11\n";
            };
            CommandLineRun run = analyze("--fail-on", words, file("run.std", content));
            assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
        }

        @Test
        void mayComeSeveralTimes() throws IOException {
            String racy = file("run.std", RACY);
            assertThat(analyze("--fail-on", "deadlock", "--fail-on=race", racy).status())
                    .isEqualTo(1);
            assertThat(analyze("--fail-on", "deadlock", "--fail-on=atomicity", racy)
                            .status())
                    .isZero();
        }

        @Test
        void isWithoutEffectUnlessGiven() throws IOException {
            assertThat(analyze(file("run.std", RACY)).status()).isZero();
        }

        @Test
        void wordsThatDoNotGoTogetherAreNamed() throws IOException {
            String racy = file("run.std", RACY);
            analyze("--fail-on", "never,race", racy).assertUsageError("--fail-on never goes with nothing else");
            analyze("--fail-on", "anomaly", racy).assertUsageError("--fail-on anomaly needs --baseline FILE");
            analyze("--fail-on", "certian", racy).assertUsageError("was \"certian\"", "did you mean certain?");
            analyze("--fail-on", "", racy).assertUsageError("--fail-on must be one of");
        }
    }

    @Nested
    class InputFiles {
        @Test
        void areFoundByAPatternInOrderOfName() throws IOException {
            file("logs/b.json", traces(0, 1, 100));
            file("logs/a.json", traces(1, 1, 100));
            file("logs/deep/c.json", traces(2, 1, 100));
            file("logs/other.txt", "no log");
            assertThat(analyze(folder + "/logs/*.json").out()).contains("2 traces");
            assertThat(analyze(folder + "/logs/**.json").out()).contains("3 traces");
            assertThat(analyze(folder + "/logs/[ab].json", folder + "/logs/{x,deep}/c.json")
                            .out())
                    .contains("3 traces");
            analyze(folder + "/logs/*.xml").assertUsageError("/logs/*.xml: matches no file");
            analyze(folder + "/none/*.xml").assertUsageError("/none/*.xml: matches no file");
        }

        @Test
        void thatAreNamedLikeAPatternAreFiles() throws IOException {
            assertThat(analyze(file("a[1].json", ZIPKIN)).out()).contains("get took 100.0 µs");
        }

        @Test
        void comeFromStandardInputToo() throws IOException {
            byte[] plain = ZIPKIN.getBytes(StandardCharsets.UTF_8);
            for (byte[] input : new byte[][] {plain, gzip(ZIPKIN)}) {
                CommandLineRun run = CommandLineRun.reading(input, "analyze", "-");
                assertThat(run.out()).contains("get took 100.0 µs; 60.0% of that was db: query.");
                assertThat(run.status()).isZero();
            }
            CommandLineRun both = CommandLineRun.reading(plain, "analyze", "-", file("more.json", traces(1, 1, 100)));
            assertThat(both.out()).contains("2 traces");
        }

        @Test
        void standardInputIsNamedWhenItIsUnusable() {
            CommandLineRun.reading("[{".getBytes(StandardCharsets.UTF_8), "analyze", "-")
                    .assertUsageError("standard input: ", "ends");
            CommandLineRun.reading(new byte[0], "analyze", "-").assertUsageError("standard input: is empty");
            analyze("-", "-").assertUsageError("standard input can be read only once");
        }

        @Test
        void mayBeginWithADashAfterTwo() {
            analyze("--", "--json").assertUsageError("--json: no such file");
        }

        @Test
        void areNotReadForOptions() throws IOException {
            analyze("@" + file("args", "--json")).assertUsageError("there is no folder @");
        }
    }

    @Nested
    class BaselineOption {
        @Test
        void tellsWhatIsUnusual() throws IOException {
            String usual = file("usual.json", "");
            assertThat(CommandLineRun.of("baseline", file("monday.json", traces(0, 60, 500)), "-o", usual)
                            .status())
                    .isZero();
            String slow = file("tuesday.json", traces(60, 3, 90_000));
            CommandLineRun run = analyze("--baseline", usual, "--fail-on", "anomaly", slow);
            assertThat(run.out()).startsWith("Found 1 anomaly: db: query is slow.\n");
            assertThat(run.out()).contains("ANOMALIES   1 critical", "by itself, usually 5", "6 runs judged");
            assertThat(run.status()).isEqualTo(1);
            CommandLineRun calm = analyze("--baseline", usual, "--fail-on", "anomaly", folder + "/monday.json");
            assertThat(calm.out()).contains("NO ANOMALIES");
            assertThat(calm.status()).isZero();
        }

        @Test
        void hasToBeOne() throws IOException {
            String log = file("run.json", ZIPKIN);
            analyze("--baseline", folder + "/none.json", log).assertUsageError("none.json: no such file");
            analyze("--baseline", log, log).assertUsageError("run.json: not a baseline: ");
        }
    }

    @Test
    void optionsMayBeGivenOnce() throws IOException {
        analyze("--format", "zipkin", "--format", "otlp", file("a.json", ZIPKIN))
                .assertUsageError("--format may be given only once");
    }

    @Test
    void unknownOptionsGetTheNearestOne() throws IOException {
        String log = file("a.json", ZIPKIN);
        analyze("--jsno", log).assertUsageError("unknown option --jsno (did you mean --json?)", "analyze --help");
        analyze("--fail=race", log).assertUsageError("unknown option --fail (did you mean --fail-on?)");
        CommandLineRun.of("conver").assertUsageError("unknown command \"conver\" (did you mean convert?)");
        CommandLineRun.of("frobnicate").assertUsageError("unknown command \"frobnicate\"; see clockwork --help");
        CommandLineRun.of("demo", "now").assertUsageError("unexpected \"now\"");
    }

    @Test
    void aLargeStdExecutionIsReadAsItComes() throws IOException {
        String log = file("large.std", RACY + "T1|r(y)|30\n".repeat(10_000));
        CommandLineRun run = analyze("--fail-on", "certain", log);
        assertThat(run.out())
                .startsWith("Found 1 certain race: two writes on x.\n")
                .contains("for races alone");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void happensBeforeAloneLeavesOutWhatOnlyALockPrevented() throws IOException {
        String fork = "T0|fork(T1)|1\n";
        String only = "T0|acq(l)|2\nT0|w(x)|3\nT0|rel(l)|4\nT1|acq(l)|5\nT1|rel(l)|6\nT1|w(x)|7\n";
        String log = Files.writeString(folder.resolve("lock.std"), fork + only).toString();
        assertThat(CommandLineRun.of("analyze", log).out()).contains("0 certain, 0 likely, 1 possible");
        assertThat(CommandLineRun.of("analyze", "--happens-before", log).out()).doesNotContain("possible");
        CommandLineRun.of("analyze", "--happens-before", log, log)
                .assertUsageError("--happens-before is for one execution in the std format");
    }

    @Test
    void happensBeforeAloneTellsRacesOfAnyNumberOfVariables() throws IOException {
        StringBuilder text = new StringBuilder("T0|fork(T1)|1\n");
        for (int i = 0; i < 1_000; i++) {
            text.append("T0|w(own").append(i).append(")|2\n");
        }
        text.append("T0|w(x)|3\nT1|w(x)|4\n");
        String log = Files.writeString(folder.resolve("many.std"), text).toString();
        CommandLineRun run = CommandLineRun.of("analyze", "--happens-before", log);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Found 1 certain race: two writes on x.\n");
    }
}
