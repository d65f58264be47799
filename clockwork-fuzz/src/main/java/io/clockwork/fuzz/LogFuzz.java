package io.clockwork.fuzz;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.format.LogFormatException;
import io.clockwork.analysis.format.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trace files of any format, told by their content: read and reported on, or refused. */
public final class LogFuzz {
    private static final Path FILE = temporaryFile();

    private LogFuzz() {}

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("clockwork-fuzz", ".log");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Files.write(FILE, data);
        EventLog log;
        try {
            log = LogReader.create().read(List.of(FILE));
        } catch (IOException | LogFormatException refused) {
            return;
        }
        Report report = Report.of(log);
        report.toText();
        report.toJson();
    }
}
