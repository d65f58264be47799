package io.clockwork.analysis.cli;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.Suppressions;
import io.clockwork.analysis.format.LogFormat;
import io.clockwork.analysis.format.LogFormatException;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.analysis.format.ShiVizPattern;
import io.clockwork.analysis.format.StdRaces;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code analyze FILE...} */
final class AnalyzeCommand {
    /** Of an execution in a larger file only the races are looked for, without keeping it. */
    private static final long MAX_KEPT_BYTES = 1 << 16;

    private final List<Path> files = new ArrayList<>();
    private @Nullable LogFormat format;
    private @Nullable String parser;
    private @Nullable String delimiter;
    private @Nullable Path suppress;
    private boolean json;
    private @Nullable Verdict failOn;

    private AnalyzeCommand() {}

    static AnalyzeCommand parse(List<String> args) {
        AnalyzeCommand command = new AnalyzeCommand();
        boolean optionsEnded = false;
        for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
            String arg = rest.next();
            if (arg.equals("--") && !optionsEnded) {
                optionsEnded = true;
            } else if (arg.startsWith("-") && arg.length() > 1 && !optionsEnded) {
                command.option(arg, rest);
            } else {
                command.files.add(path(arg));
            }
        }
        if (command.files.isEmpty()) {
            throw new UsageException("analyze needs at least one FILE");
        }
        if (command.delimiter != null && command.parser == null) {
            throw new UsageException("--delimiter goes with --parser");
        }
        if (command.parser != null && command.format != null && command.format != LogFormat.SHIVIZ) {
            throw new UsageException("--parser is for ShiViz logs, not for --format "
                    + command.format.name().toLowerCase(Locale.ROOT));
        }
        return command;
    }

    private void option(String arg, Iterator<String> rest) {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        String inline = equals < 0 ? null : arg.substring(equals + 1);
        switch (name) {
            case "--json" -> {
                if (inline != null) {
                    throw new UsageException("--json takes no value");
                }
                json = true;
            }
            case "--format" -> format = constant(LogFormat.class, name, value(name, inline, rest));
            case "--fail-on" -> failOn = constant(Verdict.class, name, value(name, inline, rest));
            case "--parser" -> parser = value(name, inline, rest);
            case "--suppress" -> suppress = path(value(name, inline, rest));
            case "--delimiter" -> delimiter = value(name, inline, rest);
            default -> throw new UsageException("unknown option " + name);
        }
    }

    private static String value(String name, @Nullable String inline, Iterator<String> rest) {
        if (inline != null) {
            return inline;
        }
        if (!rest.hasNext()) {
            throw new UsageException(name + " needs a value");
        }
        return rest.next();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String option, String value) {
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(value)) {
                return constant;
            }
            known.add(name);
        }
        throw new UsageException(option + " must be one of " + String.join(", ", known) + ", was \"" + value + '"');
    }

    private static Path path(String arg) {
        try {
            return Path.of(arg);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + arg + "\" is not a file name: " + e.getReason());
        }
    }

    /** {@return the exit status} */
    int run(PrintStream out, PrintStream err) {
        Report report;
        try {
            report = report(suppressions());
        } catch (LogFormatException e) {
            return unusable(err, e.getMessage());
        } catch (NoSuchFileException e) {
            return unusable(err, e.getFile() + ": no such file");
        } catch (AccessDeniedException e) {
            return unusable(err, e.getFile() + ": may not be read");
        } catch (IOException e) {
            String directory = files.stream()
                    .filter(Files::isDirectory)
                    .findFirst()
                    .map(file -> file + ": is a directory")
                    .orElse(null);
            return unusable(err, directory != null ? directory : String.valueOf(e.getMessage()));
        }
        out.print(json ? report.toJson() : report.toText());
        if (report.events() == 0) {
            return unusable(err, "there is no event that could be used");
        }
        return findings(report) ? Main.FINDINGS : Main.CLEAN;
    }

    private Suppressions suppressions() throws IOException {
        Path file = suppress;
        if (file == null) {
            return Suppressions.none();
        }
        try {
            return Suppressions.read(file);
        } catch (IllegalArgumentException | MalformedInputException e) {
            throw new LogFormatException(file + ": " + e.getMessage());
        }
    }

    /** A large execution in the std format is analysed while it is read; it may be larger than the memory. */
    private Report report(Suppressions suppressions) throws IOException {
        LogReader reader = reader();
        if (files.size() == 1 && reader.isStd(files.get(0)) && Files.size(files.get(0)) > MAX_KEPT_BYTES) {
            return StdRaces.report(files.get(0), suppressions);
        }
        return Report.of(reader.read(files), suppressions);
    }

    private LogReader reader() {
        LogReader reader = LogReader.create();
        if (parser != null) {
            return reader.withPattern(ShiVizPattern.of(parser, delimiter));
        }
        return format == null ? reader : reader.withFormat(format);
    }

    private boolean findings(Report report) {
        Verdict limit = failOn;
        return limit != null && report.hasFindings(limit);
    }

    private static int unusable(PrintStream err, @Nullable String message) {
        Main.complain(err, String.valueOf(message));
        return Main.UNUSABLE;
    }
}
