package io.clockwork.analysis.cli;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.format.LogFormat;
import io.clockwork.analysis.format.LogFormatException;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.analysis.format.LogWriter;
import io.clockwork.analysis.format.OutputFormat;
import io.clockwork.analysis.format.ShiVizPattern;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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

/** {@code convert FILE... --to FORMAT} */
final class ConvertCommand {
    private final List<Path> files = new ArrayList<>();
    private @Nullable OutputFormat to;
    private @Nullable LogFormat format;
    private @Nullable String parser;
    private @Nullable String delimiter;
    private @Nullable Path target;

    private ConvertCommand() {}

    static ConvertCommand parse(List<String> args) {
        ConvertCommand command = new ConvertCommand();
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
            throw new UsageException("convert needs at least one FILE");
        }
        if (command.to == null) {
            throw new UsageException("convert needs --to FORMAT, one of " + names(OutputFormat.class));
        }
        if (command.delimiter != null && command.parser == null) {
            throw new UsageException("--delimiter goes with --parser");
        }
        return command;
    }

    private void option(String arg, Iterator<String> rest) {
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        String inline = equals < 0 ? null : arg.substring(equals + 1);
        switch (name) {
            case "--to" -> to = constant(OutputFormat.class, name, value(name, inline, rest));
            case "--format" -> format = constant(LogFormat.class, name, value(name, inline, rest));
            case "--parser" -> parser = value(name, inline, rest);
            case "--delimiter" -> delimiter = value(name, inline, rest);
            case "--out" -> target = path(value(name, inline, rest));
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
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw new UsageException(option + " must be one of " + names(type) + ", was \"" + value + '"');
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return String.join(", ", names);
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
        try {
            EventLog log = reader().read(files);
            log.diagnostics().forEach(diagnostic -> Main.complain(err, "read: " + diagnostic));
            if (log.size() == 0) {
                return unusable(err, "there is no event that could be used");
            }
            write(log, out).forEach(loss -> Main.complain(err, "written: " + loss));
            return Main.CLEAN;
        } catch (LogFormatException e) {
            return unusable(err, e.getMessage());
        } catch (NoSuchFileException e) {
            return unusable(err, e.getFile() + ": no such file");
        } catch (AccessDeniedException e) {
            return unusable(err, e.getFile() + ": may not be read");
        } catch (UncheckedIOException | IOException e) {
            String directory = files.stream()
                    .filter(Files::isDirectory)
                    .findFirst()
                    .map(file -> file + ": is a directory")
                    .orElse(null);
            return unusable(err, directory != null ? directory : String.valueOf(e.getMessage()));
        }
    }

    private LogReader reader() {
        LogReader reader = LogReader.create();
        if (parser != null) {
            return reader.withPattern(ShiVizPattern.of(parser, delimiter));
        }
        return format == null ? reader : reader.withFormat(format);
    }

    private List<Diagnostic> write(EventLog log, PrintStream out) throws IOException {
        OutputFormat form = to == null ? OutputFormat.EVENTS : to;
        if (target == null) {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            List<Diagnostic> losses = LogWriter.write(log, form, writer);
            writer.flush();
            return losses;
        }
        try (Writer writer = Files.newBufferedWriter(target)) {
            return LogWriter.write(log, form, writer);
        }
    }

    private static int unusable(PrintStream err, @Nullable String message) {
        Main.complain(err, String.valueOf(message));
        return Main.UNUSABLE;
    }
}
