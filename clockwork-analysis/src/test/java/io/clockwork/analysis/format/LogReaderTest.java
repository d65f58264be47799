package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogReaderTest {
    @TempDir
    Path folder;

    private static byte[] gzip(String... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : members) {
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(member.getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private EventLog read(byte[] packed, byte[] more) throws IOException {
        Path file = folder.resolve("log.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(packed);
            out.write(more);
        }
        return LogReader.create().read(List.of(file));
    }

    /** Texts of many lengths, so that the end of the gzip is anywhere in the buffers. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 17, 18, 19, 9_000})
    void tellsWhatFollowsAGzip(int garbage) throws IOException {
        Random random = new Random(garbage);
        byte[] zeros = new byte[garbage];
        for (int length = 12_150; length < 12_170; length++) {
            StringBuilder text = new StringBuilder("A {\"A\":1}\n");
            while (text.length() < length) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            byte[] packed = gzip(text.toString());
            assertThat(read(packed, new byte[0]).diagnostics()).isEmpty();
            assertThat(read(packed, zeros).diagnostics())
                    .extracting(Diagnostic::code)
                    .containsExactly("TRAILING_BYTES");
        }
    }

    @Test
    void readsAGzipOfSeveralParts() throws IOException {
        byte[] packed = gzip("A {\"A\":1}\nx\n", "A {\"A\":2}\n", "y\n");
        assertThat(read(packed, new byte[0]).size()).isEqualTo(2);
        assertThat(read(packed, new byte[0]).diagnostics()).isEmpty();
        assertThat(read(packed, new byte[] {1}).diagnostics()).hasSize(1);
    }

    @Test
    void findsLogsWithClocksOfAHundredThousandHosts() throws IOException {
        StringBuilder clock = new StringBuilder();
        for (int host = 0; host <= 200_000; host++) {
            clock.append(host == 0 ? "" : ",").append("\"h").append(host).append("\":1");
        }
        String text = "h0 {" + clock + "}\nfirst\nh0 {\"h0\":2}\nsecond\n";
        assertThat(read(gzip(text), new byte[0]).size()).isEqualTo(2);
        String eventFirst = "first\nh0 {" + clock + "}\nsecond\nh0 {\"h0\":2}\n";
        assertThat(read(gzip(eventFirst), new byte[0]).subject(0)).isEqualTo("first");
    }
}
