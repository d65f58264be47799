package io.clockwork.analysis.cli;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.format.LogFormat;
import io.clockwork.analysis.format.LogFormatException;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.analysis.format.LogSource;
import io.clockwork.analysis.format.ShiVizPattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The options about what to read, which most commands share, and the reading. */
final class LogInput {
    private final LogReader reader;
    private final Console console;
    private final Progress progress;

    private LogInput(LogReader reader, Console console, Progress progress) {
        this.reader = reader;
        this.console = console;
        this.progress = progress;
    }

    static SpecBuilder options(SpecBuilder builder) {
        return builder.option(
                        "--format",
                        "FORMAT",
                        "take the files for " + Arguments.names(LogFormat.class) + " (default: look at them)")
                .option("--parser", "REGEX", "a ShiViz log's expression, with the groups host, clock and event")
                .option("--delimiter", "REGEX", "what separates the executions of a ShiViz log");
    }

    static LogInput of(Arguments arguments, Console console, Progress progress) {
        LogFormat format = arguments.constant(LogFormat.class, "--format");
        String parser = arguments.value("--parser");
        String delimiter = arguments.value("--delimiter");
        LogReader reader = LogReader.create();
        if (parser == null) {
            if (delimiter != null) {
                throw new UsageException("--delimiter goes with --parser");
            }
            return new LogInput(format == null ? reader : reader.withFormat(format), console, progress);
        }
        if (format != null && format != LogFormat.SHIVIZ) {
            throw new UsageException("--parser is for ShiViz logs, not for --format "
                    + format.name().toLowerCase(Locale.ROOT));
        }
        return new LogInput(reader.withPattern(ShiVizPattern.of(parser, delimiter)), console, progress);
    }

    /** {@return whether {@code file} is an execution in the std format} */
    boolean isStd(String file) throws IOException {
        return !file.equals(FileNames.STANDARD_INPUT) && reader.isStd(Path.of(file));
    }

    /** Tells of a file that somebody else reads. */
    void begin(String file) {
        progress.begin("analysing " + console.style().clean(file));
    }

    EventLog read(List<String> files) throws IOException {
        List<LogSource> sources = new ArrayList<>();
        for (String file : files) {
            if (!file.equals(FileNames.STANDARD_INPUT) && Files.isDirectory(Path.of(file))) {
                throw new LogFormatException(file + ": is a directory; name files, or '" + file + "/*'");
            }
            sources.add(new Source(file));
        }
        EventLog log = reader.readSources(sources);
        progress.begin("analysing " + log.size() + " events");
        return log;
    }

    /** Tells how far it was read. */
    private final class Source implements LogSource {
        private final String file;

        Source(String file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.equals(FileNames.STANDARD_INPUT) ? "standard input" : file;
        }

        @Override
        public InputStream open() throws IOException {
            String safe = console.style().clean(name());
            if (file.equals(FileNames.STANDARD_INPUT)) {
                return progress.reading(safe, 0, console.in());
            }
            Path path = Path.of(file);
            InputStream in = LogSource.of(path).open();
            return progress.reading(safe, Files.isRegularFile(path) ? Files.size(path) : 0, in);
        }
    }
}
