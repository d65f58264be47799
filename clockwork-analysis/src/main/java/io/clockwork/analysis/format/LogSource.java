package io.clockwork.analysis.format;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a log is read from: a file or, for instance, standard input. */
public interface LogSource {
    /** {@return the name for messages} */
    String name();

    /** Returns the bytes, which may be gzipped, from the first; called once, and closed by who reads. */
    InputStream open() throws IOException;

    /** {@return a file as a source} */
    static LogSource of(Path file) {
        return new LogSource() {
            @Override
            public String name() {
                return file.toString();
            }

            /** A pipe cannot seek, which the stream of {@code Files} tries. */
            @Override
            public InputStream open() throws IOException {
                boolean special = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
                return special ? new FileInputStream(file.toFile()) : Files.newInputStream(file);
            }
        };
    }
}
