package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.TextStyle;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.analysis.format.LogSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Logs to look through. */
final class BrowseLogs {
    /** Sets the title of a terminal, clears it, and turns text around. */
    static final String HOSTILE = "\u001B]0;owned\u0007\u001B[2J\u202Egnp";

    /** Two traces of a request that waits for a query; the second query fails, and its name is hostile. */
    static final String SPANS = """
        [{"traceId":"a1","id":"2","name":"get /cart","timestamp":1000,"duration":100,"localEndpoint":{"serviceName":"web"}},
         {"traceId":"a1","id":"3","parentId":"2","name":"query","timestamp":1010,"duration":60,
          "localEndpoint":{"serviceName":"db"}},
         {"traceId":"b2","id":"4","name":"get /pay","timestamp":2000,"duration":200,"localEndpoint":{"serviceName":"web"}},
         {"traceId":"b2","id":"5","parentId":"4","name":"\\u001b]0;owned\\u0007\\u001b[2J\\u202egnp","timestamp":2010,"duration":160,
          "localEndpoint":{"serviceName":"db"},"tags":{"error":"true"}}]
        """;

    /** Two threads that write x without a lock, and take two locks in opposite orders. */
    static final String THREADS = """
        T1|w(x)|10
        T2|w(x)|20
        T1|acq(a)|1
        T1|acq(b)|2
        T1|rel(b)|3
        T1|rel(a)|4
        T2|acq(b)|5
        T2|acq(a)|6
        T2|r(y)|7
        T2|rel(a)|7
        T2|rel(b)|8
        """;

    private BrowseLogs() {}

    static Contents read(String... logs) {
        List<LogSource> sources = new ArrayList<>();
        for (String log : logs) {
            sources.add(new LogSource() {
                @Override
                public String name() {
                    return "log";
                }

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
                }
            });
        }
        try {
            EventLog log = LogReader.create().readSources(sources);
            return new Contents(log, Report.of(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Browser browser(String... logs) {
        return new Browser(new Snapshot(read(logs)), TextStyle.plain(), false);
    }

    /** A log of one task that writes {@code v0}, {@code v1} and so on. */
    static String writes(int count) {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < count; i++) {
            log.append("T1|w(v").append(i).append(")|").append(i + 1).append('\n');
        }
        return log.toString();
    }

    static List<String> screen(Browser browser) {
        return Screen.of(browser).stream()
                .map(shown -> shown.line().text().stripTrailing())
                .toList();
    }

    static void press(Browser browser, String... keys) {
        for (String key : keys) {
            browser.press(key);
        }
    }
}
