package io.clockwork.analysis.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words of a command line after the command. */
final class Arguments {
    private final ParseResult parsed;

    private Arguments(ParseResult parsed) {
        this.parsed = parsed;
    }

    static Arguments parse(CommandSpec spec, List<String> words) {
        CommandLine commandLine = new CommandLine(spec).setExpandAtFiles(false);
        try {
            return new Arguments(commandLine.parseArgs(words.toArray(String[]::new)));
        } catch (UnmatchedArgumentException e) {
            throw new UsageException(unmatched(spec, e.getUnmatched().get(0)));
        } catch (MissingParameterException e) {
            ArgSpec missing = e.getMissing().get(0);
            throw new UsageException(
                    missing.isOption()
                            ? name((OptionSpec) missing) + " needs a value"
                            : String.valueOf(e.getMessage()));
        } catch (OverwrittenOptionException e) {
            throw new UsageException(name((OptionSpec) e.getOverwritten()) + " may be given only once");
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static String name(OptionSpec option) {
        return option.longestName();
    }

    private static String unmatched(CommandSpec spec, String word) {
        if (!word.startsWith("-") || word.length() == 1) {
            return "unexpected \"" + word + '"';
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        List<String> known = new ArrayList<>();
        spec.options().forEach(option -> known.add(name(option)));
        return "unknown option " + name + Nearest.hint(name, known);
    }

    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    @Nullable
    String value(String option) {
        return parsed.hasMatchedOption(option) ? parsed.matchedOptionValue(option, "") : null;
    }

    List<String> values(String option) {
        return parsed.matchedOptionValue(option, List.of());
    }

    List<String> files() {
        return parsed.matchedPositionalValue(0, List.of());
    }

    @Nullable
    Path path(String option) {
        String value = value(option);
        return value == null ? null : path(option, value);
    }

    /** {@return the file that is to be written; found out before the work is done that cannot be} */
    @Nullable
    Path target(String option) throws IOException {
        Path target = path(option);
        if (target == null) {
            return null;
        }
        Path parent = target.getParent();
        if (parent != null && !Files.exists(parent)) {
            throw new NoSuchFileException(target.toString());
        }
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        return target;
    }

    private static Path path(String option, String value) {
        if (value.isEmpty()) {
            throw new UsageException(option + ": a file's name is empty");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new UsageException(option + ": \"" + value + "\" is not a file name: " + e.getReason());
        }
    }

    <E extends Enum<E>> @Nullable E constant(Class<E> type, String option) {
        String value = value(option);
        return value == null ? null : constant(type, option, value);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String option, String value) {
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(value)) {
                return constant;
            }
            known.add(name);
        }
        throw new UsageException(option + " must be one of " + String.join(", ", known) + ", was \"" + value + '"'
                + Nearest.hint(value, known));
    }

    static <E extends Enum<E>> String names(Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return String.join(", ", names);
    }
}
