package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // scopes are there to be closed
class JfrSinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String TYPE = "io.clockwork.Event";

    @TempDir
    Path directory;

    private static Recorder recorder(String node) {
        return Recorder.builder(node).sink(JfrSink.create()).build();
    }

    /** {@return the events of a node that a flight recording of {@code program} has, by their dots} */
    private Map<String, RecordedEvent> flight(String node, Recorder recorder, Program program) throws Exception {
        Path file = directory.resolve("flight.jfr");
        try (Recording flight = new Recording()) {
            flight.enable(TYPE);
            flight.start();
            program.run();
            assertThat(recorder.close(LONG)).isTrue();
            flight.stop();
            flight.dump(file);
        }
        Map<String, RecordedEvent> events = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals(TYPE)
                    && event.getString("node").equals(node)) {
                assertThat(events.put(event.getString("dot"), event)).isNull();
            }
        }
        return events;
    }

    private interface Program {
        void run() throws Exception;
    }

    private static @Nullable String text(@Nullable Dot dot) {
        return dot == null ? null : dot.task() + ":" + dot.sequence();
    }

    private static @Nullable String text(@Nullable Object object) {
        return object == null ? null : object.toString();
    }

    private static void assertSame(
            RecordedEvent mirrored, RecordedTask task, String thread, io.clockwork.record.RecordedEvent event) {
        assertThat(mirrored.getString("traceId")).isEqualTo(task.traceId());
        assertThat(mirrored.getString("task")).isEqualTo(task.name());
        assertThat(mirrored.getInt("sequence")).isEqualTo(event.dot().sequence());
        assertThat(mirrored.getString("kind")).isEqualTo(event.kind().name());
        assertThat(mirrored.getString("subject")).isEqualTo(event.subject());
        assertThat(mirrored.getString("thread")).isEqualTo(thread);
        assertThat(mirrored.getString("cause")).isEqualTo(text(event.cause()));
        assertThat(mirrored.getString("value")).isEqualTo(text(event.value()));
        assertThat(mirrored.getString("order")).isEqualTo(text((Object) event.order()));
        assertThat(mirrored.getString("message")).isEqualTo(text((Object) event.message()));
        assertThat(mirrored.getLong("nanos")).isEqualTo(event.nanos());
    }

    @Test
    void aFlightRecordingHasAllThatTheRecorderHas() throws Exception {
        Recorder recorder = recorder("mirrored");
        TrackedLock lock = recorder.lock("lock");
        TrackedAtomicLong hits = recorder.atomicLong("hits", 0);
        Instant before = Instant.now();
        Map<String, RecordedEvent> mirrored = flight("mirrored", recorder, () -> {
            ExecutorService pool = recorder.wrap(Executors.newFixedThreadPool(3));
            try (Scope trace = recorder.openTrace("trace")) {
                for (int i = 0; i < 200; i++) {
                    int number = i;
                    pool.execute(() -> {
                        lock.lock();
                        try {
                            recorder.variable("balance").write("amount " + number);
                        } finally {
                            lock.unlock();
                        }
                        hits.lazySet(number);
                        hits.getAcquire();
                    });
                }
                recorder.event(EventKind.CUSTOM, "end", null);
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        });

        int events = 0;
        for (RecordedTask task : recorder.recording().tasks()) {
            String thread = task.thread();
            for (io.clockwork.record.RecordedEvent event : task.events()) {
                thread = event.kind() == EventKind.RESUME ? event.subject() : thread;
                RecordedEvent found = mirrored.get(text(event.dot()));
                assertThat(found).as(() -> event.toString()).isNotNull();
                assertSame(found, task, thread, event);
                assertThat(found.getInstant("time"))
                        .isBetween(before.minusSeconds(2), Instant.now().plusSeconds(2));
                events++;
            }
        }
        assertThat(mirrored).hasSize(events);
        assertThat(events).isGreaterThan(1000);
        assertThat(recorder.recording().sinks()).singleElement().satisfies(sink -> {
            assertThat(sink.sink()).isEqualTo("JDK Flight Recorder");
            assertThat(sink.lost() + sink.failures()).isZero();
        });
    }

    @Test
    void aMessageAndAHugeValueArrive() throws Exception {
        Recorder recorder = recorder("large");
        String huge = "x".repeat(1_000_000);
        Map<String, RecordedEvent> mirrored = flight(
                "large",
                recorder,
                () -> recorder.fork("task").run(() -> recorder.variable("x").write(huge)));
        assertThat(mirrored.values())
                .filteredOn(event -> event.getString("kind").equals("WRITE"))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("value"))
                        .hasSize(4096)
                        .startsWith("xxx")
                        .endsWith("\u2026"));
    }

    @Test
    void withoutAFlightRecordingNothingIsMirroredAndNothingFails() throws Exception {
        Recorder recorder = recorder("unseen");
        recorder.fork("task").run(() -> recorder.variable("x").write(1));
        assertThat(recorder.flush(LONG)).isTrue();
        Map<String, RecordedEvent> later = flight(
                "unseen",
                recorder,
                () -> recorder.fork("later").run(() -> recorder.variable("x").write(2)));
        assertThat(later.values())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getString("task")).isEqualTo("later"));
        assertThat(recorder.recording().sinks())
                .singleElement()
                .satisfies(sink -> assertThat(sink.lost() + sink.failures()).isZero());
    }

    /** A program in a JVM that has no module but java.base. */
    static final class WithoutTheModule {
        private WithoutTheModule() {}

        public static void main(String[] args) {
            Recorder recorder = Recorder.create("bare");
            recorder.fork("task").run(() -> recorder.variable("x").write(1));
            System.out.println(
                    "recorded " + recorder.recording().tasks().get(0).events().size());
            try {
                JfrSink.create();
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String path(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private String runWithoutTheModule(List<String> paths) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "--limit-modules", "java.base"));
        command.addAll(paths);
        command.add(WithoutTheModule.class.getName());
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void allButTheSinkWorksWithoutTheModule() throws Exception {
        String main = path(Recorder.class);
        String test = path(JfrSinkTest.class);
        assertThat(runWithoutTheModule(List.of("-cp", main + File.pathSeparator + test))
                        .lines())
                .containsExactly(
                        "recorded 2",
                        "JfrSink needs the module jdk.jfr, which is not there; add it to the run-time image, require it in"
                                + " module-info or start with --add-modules jdk.jfr");
    }
}
