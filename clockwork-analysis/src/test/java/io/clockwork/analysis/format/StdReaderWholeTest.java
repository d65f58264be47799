package io.clockwork.analysis.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.RaceStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is read must not depend on how much of the input is there at a time. */
class StdReaderWholeTest {
    @Property(tries = 2000)
    void linesReadTheSameByteByByteAndAtOnce(@ForAll("lines") List<String> lines) throws IOException {
        byte[] text = String.join("", lines).getBytes(StandardCharsets.UTF_8);
        assertThat(read(new ByteArrayInputStream(text))).isEqualTo(read(new Drops(new ByteArrayInputStream(text))));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> thread =
                Arbitraries.of("T0", "T1", "1", "T12345", "T12345678", "T01", "T", "", "Tx", "main", "T99999", "t1");
        Arbitrary<String> operation =
                Arbitraries.of("r", "w", "acq", "rel", "fork", "join", "begin", "req", "x", "R", "", "acqu", "re");
        Arbitrary<String> target = Arbitraries.of(
                "(V1)",
                "(V0)",
                "(V00)",
                "(V01)",
                "(1)",
                "(L1)",
                "(L01)",
                "(V)",
                "(V9999999)",
                "(V99999999)",
                "(V1x)",
                "(a)",
                "(a)b)",
                "()",
                "",
                "(",
                "(x",
                "(é)",
                "(T1)",
                "(T01)",
                "(a|b)");
        Arbitrary<String> site =
                Arbitraries.of("|1", "|01", "|0", "|4711", "|1234567", "|12345678", "|", "", "|a|b", "|)", "|é\r");
        Arbitrary<String> end = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(9, "\n"), net.jqwik.api.Tuple.of(1, "\r\n"), net.jqwik.api.Tuple.of(1, "\n\n"));
        Arbitrary<String> usual = Arbitraries.of("T0|r(V1)|7\n", "T1|w(V2)|8\n", "T2|acq(L1)|9\n", "T0|rel(L1)|10\n");
        Arbitrary<String> odd = Combinators.combine(thread, operation, target, site, end)
                .as((t, o, v, s, e) -> t + '|' + o + v + s + e);
        return Arbitraries.oneOf(usual, odd).list().ofMinSize(1).ofMaxSize(40);
    }

    private static List<String> read(InputStream in) throws IOException {
        StdReader reader = new StdReader(in);
        List<String> events = new ArrayList<>();
        int[] batch = new int[RaceStream.INTS * 5];
        for (int n = reader.read(batch); n >= 0; n = reader.read(batch)) {
            for (int i = 0; i < n; i += RaceStream.INTS) {
                events.add(batch[i] + " " + batch[i + 1] + " " + batch[i + 2]);
            }
        }
        for (int i = 0; i < reader.threads(); i++) {
            events.add("thread " + reader.thread(i));
        }
        for (int i = 0; i < reader.variables(); i++) {
            events.add("variable " + reader.variable(i));
        }
        for (int i = 0; i < reader.locks(); i++) {
            events.add("lock " + reader.lock(i));
        }
        for (int i = 0; i < reader.sites(); i++) {
            events.add("site " + reader.site(i));
        }
        events.add(reader.lines() + " lines " + reader.diagnostics());
        return events;
    }

    /** Gives one byte at a time. */
    private static final class Drops extends FilterInputStream {
        Drops(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return super.read(bytes, from, Math.min(length, 1));
        }
    }
}
