package io.clockwork.json.log;

import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.SinkStatus;
import io.clockwork.record.Variable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What tests run in a process of its own, because the process is to be killed or its disk to be filled. */
final class LoggingProgram {
    static final int WRITES = 10;
    private static final Duration LONG = Duration.ofSeconds(60);

    private LoggingProgram() {}

    static Process start(List<String> before, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", classPath(), LoggingProgram.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String classPath() {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(Recorder.class, JsonLogSink.class, LoggingProgram.class)) {
            places.add(Path.of(URI.create(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString()))
                    .toString());
        }
        return String.join(File.pathSeparator, places);
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        if (arguments[0].equals("fill")) {
            fill(file, Path.of(arguments[2]));
        } else {
            record(file, arguments[0].equals("unpaced"));
        }
    }

    /** Records until it is killed; says after each flush how many traces of main are certainly in the file. */
    private static void record(Path file, boolean unpaced) {
        Recorder recorder = Recorder.builder("program")
                .maxEvents(20_000)
                .sink(JsonLogSink.builder(file).maxBytes(1 << 18).build())
                .build();
        for (int t = 0; t < 2; t++) {
            Thread worker = new Thread(() -> {
                while (true) {
                    trace(recorder, "worker");
                    if (!unpaced && recorder.recording().sinks().get(0).pending() > 2_000) {
                        recorder.flush(LONG);
                    }
                }
            });
            worker.setDaemon(true);
            worker.start();
        }
        int traces = 0;
        while (true) {
            trace(recorder, "main");
            traces++;
            if (recorder.flush(LONG)) {
                System.out.println(traces + " " + recorder.recording().dropped());
            }
        }
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private static void trace(Recorder recorder, String name) {
        Variable x = recorder.variable("x");
        try (Scope scope = recorder.openTrace(name)) {
            for (int i = 0; i < WRITES; i++) {
                x.write(i);
            }
        }
    }

    /** Records until the disk is full, makes room and goes on; says what it knows of the sink and what can be read. */
    private static void fill(Path file, Path filler) throws IOException {
        Files.write(filler, new byte[1 << 17]);
        Recorder recorder =
                Recorder.builder("program").sink(JsonLogSink.to(file)).build();
        while (recorder.recording().sinks().get(0).failures() < 3) {
            trace(recorder, "full");
            recorder.flush(LONG);
        }
        Files.delete(filler);
        for (int i = 0; i < 10; i++) {
            trace(recorder, "room again");
            recorder.flush(LONG);
        }
        recorder.close(LONG);
        SinkStatus status = recorder.recording().sinks().get(0);
        JsonLog log = JsonLogReader.readAll(JsonLogReader.files(file));
        long read = log.recordings().get(0).tasks().stream()
                .mapToLong(task -> task.events().size())
                .sum();
        long later = log.recordings().get(0).tasks().stream()
                .filter(task -> task.name().equals("room again"))
                .count();
        System.out.println(status.lastFailure());
        System.out.println(status.written() + " " + read + " " + status.lost() + " " + log.lost() + " "
                + log.malformed() + " " + log.incomplete() + " " + later);
    }
}
