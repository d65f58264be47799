package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.TextStyle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** One run of the command line inside of the test, and what it printed. */
record CommandLineRun(int status, String out, String err) {
    /** Two spans: a request of 100 µs that waits 60 µs for a query. */
    static final String ZIPKIN = """
        [{"traceId":"1","id":"2","name":"get","timestamp":1000,"duration":100,"localEndpoint":{"serviceName":"web"}},
         {"traceId":"1","id":"3","parentId":"2","name":"query","timestamp":1010,"duration":60,
          "localEndpoint":{"serviceName":"db"}}]
        """;

    /** Two threads that write without a lock. */
    static final String RACY = """
        T1|w(x)|10
        T2|w(x)|20
        """;

    /** Two threads that take two locks in opposite orders. */
    static final String DEADLOCK = """
        T1|acq(a)|1
        T1|acq(b)|2
        T1|rel(b)|3
        T1|rel(a)|4
        T2|acq(b)|5
        T2|acq(a)|6
        T2|rel(a)|7
        T2|rel(b)|8
        """;

    static CommandLineRun of(String... args) {
        return of(new byte[0], TextStyle.plain(), true, false, args);
    }

    static CommandLineRun reading(byte[] input, String... args) {
        return of(input, TextStyle.plain(), true, false, args);
    }

    static CommandLineRun of(byte[] input, TextStyle style, boolean utf8, boolean terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                style,
                utf8,
                terminal,
                false);
        int status = Main.run(List.of(args), console);
        return new CommandLineRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }

    /** A trace per duration, of a request that spends all but 60 µs in a query. */
    static String traces(int from, int count, int microseconds) {
        StringBuilder spans = new StringBuilder("[");
        for (int i = from; i < from + count; i++) {
            int duration = microseconds + i % 7;
            spans.append(i == from ? "" : ",\n")
                    .append("""
                        {"traceId":"%1$x","id":"1","name":"get","timestamp":%2$d,"duration":%3$d,
                         "localEndpoint":{"serviceName":"web"}},
                        {"traceId":"%1$x","id":"2","parentId":"1","name":"query","timestamp":%4$d,"duration":%5$d,
                         "localEndpoint":{"serviceName":"db"}}\
                        """.formatted(i + 1, i * 100_000 + 1, duration + 60, i * 100_000 + 31, duration));
        }
        return spans.append("]\n").toString();
    }

    void assertUsageError(String... parts) {
        assertThat(status).isEqualTo(Main.UNUSABLE);
        assertThat(out).isEmpty();
        assertThat(err)
                .hasLineCount(1)
                .startsWith("clockwork: ")
                .contains(parts)
                .doesNotContain("\tat ");
    }
}
