package io.clockwork.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds test data that is not part of the project: traces in {@code ../shared/traces} of the checkout or where {@code
 * -Dclockwork.traces} says, and more vectors where {@code -Dclockwork.vectors} says.
 *
 * <p>A folder that was named must be there and hold data, or the test fails; the default one may be absent, then the
 * test is skipped and a line says so.
 */
public final class SharedData {
    private static final Pattern FORMAT = Pattern.compile("\"format\"\\s*:\\s*\"([^\"]*)\"");
    private static final String INDEX = "INDEX.json";
    private static final int MAX_DEPTH = 4;

    private SharedData() {}

    /**
     * Returns the folders whose INDEX.json has a {@code format} that begins with {@code formatPrefix}: the folder of
     * traces itself, or those below it. Skips the calling test when there are only others, or no default folder.
     */
    public static List<Path> traceFolders(String formatPrefix) throws IOException {
        String named = System.getProperty("clockwork.traces", "");
        Path base = named.isBlank() ? root().resolveSibling("shared").resolve("traces") : named(named);
        if (named.isBlank() && !Files.isDirectory(base)) {
            skip("no folder " + base + "; name one by -Dclockwork.traces=DIR");
        }
        List<Path> indexed = indexed(base);
        if (indexed.isEmpty()) {
            Assertions.fail("no " + INDEX + " in " + base + " or up to " + MAX_DEPTH + " folders below it");
        }
        List<Path> fitting = new ArrayList<>();
        for (Path folder : indexed) {
            if (format(folder).startsWith(formatPrefix)) {
                fitting.add(folder);
            }
        }
        if (fitting.isEmpty()) {
            skip("no " + INDEX + " in " + base + " is of a format that begins with " + formatPrefix);
        }
        return fitting;
    }

    /** {@return all JSON files below the folder that {@code -Dclockwork.vectors} names, or none when it names none} */
    public static List<Path> vectorFiles() throws IOException {
        String named = System.getProperty("clockwork.vectors", "");
        if (named.isBlank()) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(named(named))) {
            List<Path> vectors = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            Assertions.assertFalse(vectors.isEmpty(), () -> "no JSON file below " + named);
            return vectors;
        }
    }

    /** {@return the content of a file, unpacked if its name ends in .gz} */
    public static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    /** Prints how many of a folder's expected answers were compared, and how many were right. */
    public static void printTally(Path folder, int checked, int equal) {
        print("traces " + folder + ": checked " + checked + ", equal " + equal);
    }

    private static void skip(String reason) {
        print("skipped: " + reason);
        Assumptions.abort(reason);
    }

    private static void print(String line) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(line);
    }

    /** {@return the folders that have an index: {@code base} or those below it, not too deep} */
    private static List<Path> indexed(Path base) throws IOException {
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(base, MAX_DEPTH)) {
            return files.filter(file -> file.endsWith(INDEX))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    private static String format(Path folder) throws IOException {
        Matcher format = FORMAT.matcher(Files.readString(folder.resolve(INDEX)));
        return format.find() ? format.group(1) : "";
    }

    /** {@return a folder named on the command line; relative to the checkout, whatever module the test is of} */
    private static Path named(String folder) {
        return root().resolve(folder);
    }

    /** {@return the checkout: what the build says, or the nearest folder above with .git or all the modules} */
    private static Path root() {
        String named = System.getProperty("clockwork.root", "");
        if (!named.isBlank()) {
            return Path.of(named).toAbsolutePath();
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git")) || Files.exists(folder.resolve("clockwork-core/pom.xml"))) {
                return folder;
            }
        }
        return start;
    }
}
