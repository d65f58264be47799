package io.clockwork.analysis.junit;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.html.HtmlReport;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the page of a test that fails is left. */
final class Pages {
    private static final String DIRECTORY = "clockwork.reports";
    private static final int MAX_NAME = 180;

    private final Path file;
    private final String title;

    private Pages(Path file, String title) {
        this.file = file;
        this.title = title;
    }

    static Pages of(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Class<?> owner = context.getRequiredTestClass();
        String name =
                owner.getName().replace('$', '.') + '.' + method.getName() + parametersIfOverloaded(owner, method);
        Path directory = context.getConfigurationParameter(DIRECTORY)
                .map(Path::of)
                .orElseGet(() -> buildDirectory().resolve("clockwork"));
        return new Pages(directory.resolve(fileName(name) + ".html"), name);
    }

    private static String parametersIfOverloaded(Class<?> owner, Method method) {
        boolean overloaded = Arrays.stream(owner.getDeclaredMethods())
                        .filter(other -> other.getName().equals(method.getName()) && !other.isSynthetic())
                        .count()
                > 1;
        return overloaded
                ? Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining("-", "-", ""))
                : "";
    }

    /** Names of methods are the test's own affair: some languages allow anything in them. */
    private static String fileName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        boolean changed = !safe.equals(name) || safe.length() > MAX_NAME;
        return changed
                ? safe.substring(0, Math.min(safe.length(), MAX_NAME)) + '-' + Integer.toHexString(name.hashCode())
                : safe;
    }

    /** {@return the directory where the build that seems to run keeps what it makes} */
    private static Path buildDirectory() {
        boolean gradle = Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"));
        return Path.of(gradle ? "build" : "target");
    }

    /** {@return the line that tells where the page is, or why there is none} */
    String write(EventLog log, Report report, String schedule) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            HtmlReport.of(log, report).titled(title + ", " + schedule).writeTo(file);
            return "More: " + file + '\n';
        } catch (IOException | RuntimeException e) {
            return "The page " + file + " could not be written: " + e + '\n';
        }
    }
}
