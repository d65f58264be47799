package io.clockwork.analysis.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.Report;
import io.clockwork.json.log.JsonLogReader;
import io.clockwork.json.log.JsonLogSink;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import io.clockwork.record.Recording;
import io.clockwork.record.Scope;
import io.clockwork.record.SinkStatus;
import io.clockwork.record.Tracked;
import io.clockwork.record.TrackedLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recorders wrote into files tells the same as what they have in memory. */
class RecordedLogsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Recorder recorder(String node, long maxBytes) {
        Path file = directory.resolve(node + ".jsonl");
        return Recorder.builder(node)
                .captureSites()
                .sink(JsonLogSink.builder(file).maxBytes(maxBytes).build())
                .build();
    }

    /** Two transfers at the same time, of which one takes the lock. */
    @SuppressWarnings("try") // the scope is there to be closed
    private static void transfer(Recorder recorder) throws Exception {
        TrackedLock lock = recorder.lock("accounts");
        Tracked<Integer> balance = recorder.tracked("alice.balance", 1_000);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        ExecutorService pool = recorder.wrap(threads);
        try (Scope trace = recorder.openTrace("two transfers")) {
            Future<?> first = pool.submit(() -> {
                lock.lock();
                try {
                    balance.set(balance.get() - 100);
                } finally {
                    lock.unlock();
                }
            });
            Future<?> second = pool.submit(() -> balance.set(balance.get() - 200));
            first.get();
            second.get();
        } finally {
            threads.shutdown();
        }
        assertThat(recorder.close(LONG)).isTrue();
    }

    private List<Path> files(String node) throws IOException {
        return JsonLogReader.files(directory.resolve(node + ".jsonl"));
    }

    @Test
    void theRaceInAFileIsTheRaceInMemory() throws Exception {
        Recorder recorder = recorder("bank", 1);
        transfer(recorder);
        List<Path> files = files("bank");
        Report held = Report.of(EventLog.of(recorder));
        Report read = Report.of(LogReader.create().read(files));
        assertThat(held.races()).isNotEmpty();
        assertThat(read.races()).hasSameSizeAs(held.races());
        for (int i = 0; i < read.races().size(); i++) {
            Race race = read.races().get(i);
            assertThat(race.variable()).isEqualTo(held.races().get(i).variable());
            assertThat(race.verdict()).isEqualTo(held.races().get(i).verdict());
        }
        assertThat(read.toText()).isEqualTo(held.toText());
    }

    @Test
    void logsOfSeveralServicesBecomeOneLog() throws Exception {
        transfer(recorder("bank", Long.MAX_VALUE));
        transfer(recorder("shop", Long.MAX_VALUE));
        List<Path> files = new ArrayList<>(files("shop"));
        files.addAll(files("bank"));
        EventLog log = LogReader.create().withFormat(LogFormat.EVENTS).read(files);
        assertThat(log.traceCount()).isEqualTo(2);
        assertThat(List.of(log.service(0), log.service(log.taskCount() - 1))).containsExactly("shop", "bank");
        assertThat(log.diagnostics()).isEmpty();
        assertThat(Report.of(log).races()).isNotEmpty();
        List<Recording> recordings = JsonLogReader.readAll(files).recordings();
        assertThat(EventLog.of(recordings).size()).isEqualTo(log.size());
    }

    @Test
    void eventsThatAreMissingInTheMiddleClaimNoOrder() throws IOException {
        Path file = directory.resolve("torn.jsonl");
        Files.writeString(file, """

                {"clockwork":"events","version":1,"node":"n","run":"r","start":"2026-01-01T00:00:00Z","timed":false}
                {"task":0,"trace":0,"name":"main"}
                {"task":0,"seq":1,"kind":"FORK","subject":"child","cause":[1,0]}
                {"task":0,"seq":4,"kind":"WRITE","subject":"x","value":1}
                {"task":0,"seq":4,"kind":"WRITE","subject":"x","value":1}
                {"task":1,"trace":0,"name":"child","origin":[0,3]}
                {"task":1,"seq":2,"kind":"ACQUIRE","subject":"l","cause":[0,4]}
                {"task":1,"seq":3,"kind":"WRI
                {"task":1,"se""");
        EventLog log = LogReader.create().read(List.of(file));
        assertThat(log.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly("MISSING_CAUSE", "MALFORMED_LINE", "INCOMPLETE", "DUPLICATES", "MISSING_EVENTS");
        assertThat(log.size()).isEqualTo(3);
        CausalGraph graph = CausalGraph.of(log);
        int acquire = log.kind(2) == EventKind.ACQUIRE ? 2 : 1;
        int write = 3 - acquire;
        assertThat(log.kind(write)).isEqualTo(EventKind.WRITE);
        assertThat(graph.happensBefore(write, acquire)).isTrue();
        assertThat(graph.happensBefore(0, acquire)).isTrue();
        assertThat(log.origin(1)).isEqualTo(-1);
    }

    @Test
    void whatASinkLacksIsDiagnosed() {
        Recording recording = new Recording(
                "n", List.of(), 0, 0, 0, false, 0, List.of(new SinkStatus("file", 1, 7, 0, 1, "disk full", true)));
        assertThat(EventLog.of(recording).diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly("file lacks 7 events: disk full");
    }

    @Test
    void aLaterVersionIsRefusedWithFileAndLine() throws IOException {
        Path file = directory.resolve("new.jsonl");
        Files.write(file, "\n{\"clockwork\":\"events\",\"version\":9}\n".getBytes(UTF_8));
        assertThatThrownBy(() -> LogReader.create().read(List.of(file)))
                .isInstanceOf(LogFormatException.class)
                .hasMessage(file + ": line 2: version must be at most 1, was 9; use a newer reader");
    }
}
