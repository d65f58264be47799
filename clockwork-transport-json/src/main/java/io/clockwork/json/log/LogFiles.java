package io.clockwork.json.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of one log: {@code bank.jsonl}, {@code bank.1.jsonl}, {@code bank.2.jsonl}, ..., oldest first. */
record LogFiles(Path first) {
    private static final int MAX_DIGITS = 9;

    private String stem() {
        String name = String.valueOf(first.getFileName());
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private String extension() {
        String name = String.valueOf(first.getFileName());
        return name.substring(stem().length());
    }

    Path file(int number) {
        return number == 0 ? first : first.resolveSibling(stem() + '.' + number + extension());
    }

    /** {@return the files that there are by their numbers} */
    SortedMap<Integer, Path> existing() throws IOException {
        SortedMap<Integer, Path> files = new TreeMap<>();
        Path directory = first.toAbsolutePath().getParent();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory == null ? Path.of("") : directory)) {
            for (Path file : all) {
                int number = numberOf(String.valueOf(file.getFileName()));
                if (number >= 0) {
                    files.put(number, file(number));
                }
            }
        }
        return files;
    }

    /** {@return the number of the file of this name, or -1 when it is none of the log's} */
    private int numberOf(String name) {
        if (name.equals(String.valueOf(first.getFileName()))) {
            return 0;
        }
        String start = stem() + '.';
        int from = start.length();
        int to = name.length() - extension().length();
        if (!name.startsWith(start) || !name.endsWith(extension()) || to <= from || to - from > MAX_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = name.charAt(i);
            if (digit < '0' || digit > '9' || (number == 0 && digit == '0')) {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
