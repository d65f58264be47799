package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.RaceStream;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.Suppressions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StdReaderTest {
    private static final String RACE = "T0|fork(T1)|a\nT0|w(x)|b\nT1|r(x)|c\n";
    private static final String[] WORDS = {"r", "w", "acq", "rel", "fork", "join", "other"};

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the events as the reader understands them, spelt out again} */
    private static List<String> spell(StdReader reader, int batchSize) throws IOException {
        List<String> events = new ArrayList<>();
        int[] batch = new int[batchSize * RaceStream.INTS];
        for (int n = reader.read(batch); n >= 0; n = reader.read(batch)) {
            for (int i = 0; i < n; i += RaceStream.INTS) {
                events.add(spell(reader, batch[i] & 7, batch[i] >>> 3, batch[i + 1], batch[i + 2]));
            }
        }
        return events;
    }

    private static String spell(StdReader reader, int operation, int thread, int target, int site) {
        if (operation == RaceStream.NOTHING) {
            return "nothing";
        }
        String name = switch (operation) {
            case RaceStream.READ, RaceStream.WRITE -> reader.variable(target);
            case RaceStream.ACQUIRE, RaceStream.RELEASE -> reader.lock(target);
            case RaceStream.FORK, RaceStream.JOIN -> reader.thread(target);
            default -> "";
        };
        return reader.thread(thread) + '|' + WORDS[operation] + '(' + name + ")|" + reader.site(site);
    }

    @Test
    void readsAllOperations() throws IOException {
        StdReader reader =
                new StdReader(stream("T0|w(x)|1\nT0|fork(1)|2\n1|acq(L)|3\r\n1|r(x)|4\n1|rel(L)|5\n0|join(T1)|6"));
        assertThat(spell(reader, 2))
                .containsExactly("0|w(x)|1", "0|fork(1)|2", "1|acq(L)|3", "1|r(x)|4", "1|rel(L)|5", "0|join(1)|6");
        assertThat(reader.diagnostics()).isEmpty();
    }

    @Test
    void takesOneTInFrontOfANumberForNothing() throws IOException {
        StdReader reader =
                new StdReader(stream("T7|r(x)|1\n7|r(x)|1\nT07|r(x)|1\nTx|r(x)|1\nT|r(x)|1\nT123456|r(x)|\n"));
        spell(reader, 10);
        assertThat(reader.threads()).isEqualTo(5);
        assertThat(List.of(reader.thread(0), reader.thread(1), reader.thread(2), reader.thread(3), reader.thread(4)))
                .containsExactly("7", "07", "Tx", "T", "123456");
    }

    @Test
    void keepsTheNumberOfALineItCannotRead() throws IOException {
        StdReader reader = new StdReader(stream("T0|w(x)|1\n\nT0\n|w(x)|1\nT0|w(x|1\nT0|w()|1\nT0|w|1\nT1|r(x)|2\n"));
        assertThat(spell(reader, 10))
                .containsExactly(
                        "0|w(x)|1", "nothing", "nothing", "nothing", "nothing", "nothing", "nothing", "1|r(x)|2");
        assertThat(reader.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("MALFORMED_LINE");
            assertThat(diagnostic.line()).isEqualTo(2);
            assertThat(diagnostic.message()).startsWith("6 lines are");
        });
    }

    @Test
    void tellsOfOperationsItDoesNotKnow() throws IOException {
        StdReader reader =
                new StdReader(stream("T0|begin|1\nT0|end(x)|1\nT0|spin(x)|2\nT0|req(L)|2\nT0|notify(L)|2\n"));
        assertThat(spell(reader, 10)).allMatch(event -> event.startsWith("0|other()"));
        assertThat(reader.diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly("line 3: 1 operation is unknown and taken to order nothing: the first is \"spin\"");
    }

    @Test
    void takesParenthesesInNames() throws IOException {
        StdReader reader = new StdReader(stream("T0|r(f(a)b)|site(1)\nT0|r(f(a)b)|\n"));
        assertThat(spell(reader, 10)).containsExactly("0|r(f(a)b)|site(1)", "0|r(f(a)b)|");
    }

    @Test
    void refusesALineThatIsTooLong() {
        StdReader reader = new StdReader(stream("T0|w(x)|1\nT0|w(" + "x".repeat(300_000) + ")|1\n"));
        assertThatThrownBy(() -> spell(reader, 10))
                .isInstanceOf(LogFormatException.class)
                .hasMessageStartingWith("line 2: is longer than 65536 bytes")
                .hasMessageContaining("...");
    }

    @Property(tries = 200)
    void namesAreTheSameHoweverTheInputIsCut(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int batch,
            @ForAll @IntRange(min = 1, max = 40) int cut)
            throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String name =
                    Long.toString(random.nextLong() >>> random.nextInt(60), 36).repeat(1 + random.nextInt(3));
            lines.add(random.nextInt(20) + "|" + WORDS[random.nextInt(4)] + "(" + name + ")|"
                    + "s".repeat(random.nextInt(20)) + random.nextInt(100));
        }
        InputStream whole = stream(String.join("\n", lines) + "\n");
        InputStream pieces = new InputStream() {
            @Override
            public int read() throws IOException {
                return whole.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return whole.read(into, from, Math.min(length, cut));
            }
        };
        assertThat(spell(new StdReader(pieces), batch)).isEqualTo(lines);
    }

    @Test
    void racesAreFoundWhileAFileIsRead(@TempDir Path folder) throws IOException {
        Path plain = Files.writeString(folder.resolve("race.std"), RACE);
        Path zipped = folder.resolve("race.std.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(RACE.getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : List.of(plain, zipped)) {
            assertThat(LogReader.create().isStd(file)).isTrue();
            Report report = StdRaces.report(file, Suppressions.none());
            assertThat(report.races()).singleElement().satisfies(StdReaderTest::isTheRace);
            assertThat(StdRaces.happensBefore(file, Suppressions.none()).races())
                    .singleElement()
                    .satisfies(StdReaderTest::isTheRace);
            EventLog log = LogReader.create().read(List.of(file));
            assertThat(Report.of(log).races()).singleElement().satisfies(StdReaderTest::isTheRace);
        }
    }

    private static void isTheRace(Race race) {
        assertThat(race.verdict()).isEqualTo(Verdict.CERTAIN);
        assertThat(race.variable()).isEqualTo("x");
        assertThat(race.first().event()).isEqualTo(1);
        assertThat(race.first().write()).isTrue();
        assertThat(race.first().site()).isEqualTo("b");
        assertThat(race.second().event()).isEqualTo(2);
        assertThat(race.second().thread()).isEqualTo("1");
        assertThat(race.second().site()).isEqualTo("c");
    }

    @Test
    void whatIsWrongWithAFileIsToldWithItsName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("long.std"), RACE + "T0|w(" + "x".repeat(300_000));
        assertThatThrownBy(() -> StdRaces.report(file, Suppressions.none()))
                .isInstanceOf(LogFormatException.class)
                .hasMessageStartingWith(file + ": line 4: is longer");
        assertThatThrownBy(() -> StdRaces.report(folder.resolve("none"), Suppressions.none()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aCutGzipFileIsToldOf(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cut.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(RACE.repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> StdRaces.report(file, Suppressions.none()))
                .isInstanceOf(LogFormatException.class)
                .hasMessageContaining("damaged gzip");
    }
}
