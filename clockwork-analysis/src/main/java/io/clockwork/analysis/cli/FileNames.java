package io.clockwork.analysis.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files that words of the command line name: one each, or all that a quoted pattern matches. */
final class FileNames {
    /** What stands for standard input. */
    static final String STANDARD_INPUT = "-";

    private static final int MAX_DEPTH = 32;

    private FileNames() {}

    static List<String> atLeastOne(String command, Arguments arguments) throws IOException {
        List<String> files = expand(arguments.files());
        if (files.isEmpty()) {
            throw new UsageException(command + " needs at least one FILE");
        }
        return files;
    }

    /** {@return the files in order, those of a pattern by name; standard input as it came} */
    private static List<String> expand(List<String> words) throws IOException {
        List<String> files = new ArrayList<>();
        for (String word : words) {
            if (word.equals(STANDARD_INPUT)) {
                if (files.contains(word)) {
                    throw new UsageException("standard input can be read only once");
                }
                files.add(word);
            } else if (isPattern(word) && !exists(word)) {
                files.addAll(matches(word));
            } else {
                files.add(path(word).toString());
            }
        }
        return files;
    }

    /** {@return the files of {@code word}, which may be a folder, too} */
    static List<String> ofSet(String word) throws IOException {
        if (word.equals(STANDARD_INPUT) || !Files.isDirectory(path(word))) {
            return expand(List.of(word));
        }
        try (Stream<Path> files = Files.list(path(word))) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new UsageException(word + ": holds no file");
            }
            return names;
        }
    }

    private static boolean isPattern(String word) {
        return word.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private static boolean exists(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (InvalidPathException e) {
            return false; // there are systems on which no name may hold an asterisk
        }
    }

    private static Path path(String word) {
        if (word.isEmpty()) {
            throw new UsageException("a file's name is empty");
        }
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + word + "\" is not a file name: " + e.getReason());
        }
    }

    private static List<String> matches(String word) throws IOException {
        int first = 0;
        while ("*?[{".indexOf(word.charAt(first)) < 0) {
            first++;
        }
        int folderEnd = word.lastIndexOf('/', first) + 1;
        String folder = word.substring(0, folderEnd);
        String pattern = word.substring(folderEnd);
        long levels = pattern.chars().filter(c -> c == '/').count() + 1;
        int depth = pattern.contains("**") ? MAX_DEPTH : (int) Math.min(levels, MAX_DEPTH);
        Path base = Path.of(folder.isEmpty() ? "." : folder);
        if (!Files.isDirectory(base)) {
            throw new UsageException(word + ": matches no file");
        }
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            return List.of(word); // a file's name that looks like a pattern
        }
        try (Stream<Path> files = Files.walk(base, depth)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(base.relativize(file)))
                    .map(file -> folder.isEmpty() ? base.relativize(file).toString() : file.toString())
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new UsageException(word + ": matches no file");
            }
            return names;
        }
    }
}
