package io.clockwork.analysis.cli;

import io.clockwork.analysis.format.LogFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The command line. */
public final class Main {
    static final int CLEAN = 0;
    static final int FINDINGS = 1;
    static final int UNUSABLE = 2;

    private Main() {}

    /** Runs the command line and exits. */
    public static void main(String[] args) {
        Console console = Console.system();
        int status = run(List.of(args), console);
        if (!console.flush()) {
            if (!console.isReaderGone()) {
                console.complain("the output could not be written");
            }
            status = UNUSABLE;
        }
        System.exit(status);
    }

    /** Runs one command; returns the exit status. */
    static int run(List<String> args, Console console) {
        if (args.isEmpty()) {
            console.printError(help("clockwork"));
            return UNUSABLE;
        }
        String name = args.get(0);
        if (name.equals("--version")) {
            String version = Main.class.getPackage().getImplementationVersion();
            console.out().println("clockwork " + (version == null ? "(not from its jar)" : version));
            return CLEAN;
        }
        String see = Commands.ALL.containsKey(name) ? "clockwork " + name + " --help" : "clockwork --help";
        try {
            if (isHelp(args)) {
                console.out().print(help(topic(args)));
                return CLEAN;
            }
            return command(name, args.subList(1, args.size()), console);
        } catch (UsageException e) {
            console.complain(e.getMessage() + "; see " + see);
        } catch (LogFormatException e) {
            console.complain(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            console.complain(explain(Objects.requireNonNullElseGet(e.getCause(), () -> new IOException(e))));
        } catch (IOException e) {
            console.complain(explain(e));
        } catch (OutOfMemoryError e) {
            console.complain("there is not enough memory; give Java more, as by java -Xmx8g -jar ...");
        } catch (RuntimeException | StackOverflowError e) {
            console.complain("this is a defect of clockwork: " + e);
        }
        return UNUSABLE;
    }

    /** It is looked for before the words are parsed, and printed as it is stored: help has to be there at once. */
    private static boolean isHelp(List<String> args) {
        int end = args.indexOf("--");
        List<String> options = end < 0 ? args : args.subList(0, end);
        return args.get(0).equals("help") || options.contains("--help") || options.contains("-h");
    }

    private static String topic(List<String> args) {
        String topic = args.get(0).equals("help") && args.size() > 1 ? args.get(1) : args.get(0);
        if (topic.equals("help") || topic.equals("--help") || topic.equals("-h")) {
            return "clockwork";
        }
        if (!Commands.ALL.containsKey(topic)) {
            throw unknown(topic);
        }
        return topic;
    }

    private static UsageException unknown(String word) {
        return new UsageException((word.startsWith("-") ? "unknown option " + word : "unknown command \"" + word + '"')
                + Nearest.hint(word, Commands.ALL.keySet()));
    }

    private static int command(String name, List<String> rest, Console console) throws IOException {
        Supplier<Command> maker = Commands.ALL.get(name);
        if (maker == null) {
            throw unknown(name);
        }
        Command command = maker.get();
        return command.run(Arguments.parse(command.spec(), rest), console);
    }

    static String help(String topic) {
        try (InputStream in = Main.class.getResourceAsStream("help/" + topic + ".txt")) {
            return new String(Objects.requireNonNull(in, topic).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String missing(String file) {
        Path folder = Path.of(file).getParent();
        return folder == null || Files.exists(folder) ? "no such file" : "there is no folder " + folder;
    }

    private static String explain(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": " + missing(missing.getFile());
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": may not be read or written";
        }
        if (e instanceof FileSystemException file) {
            return file.getFile() + ": " + Objects.requireNonNullElse(file.getReason(), "cannot be used");
        }
        return String.valueOf(e.getMessage());
    }
}
