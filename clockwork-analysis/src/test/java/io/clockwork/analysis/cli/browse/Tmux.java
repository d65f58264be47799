package io.clockwork.analysis.cli.browse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A terminal of 80 by 24 in tmux, with a server of its own. */
final class Tmux implements AutoCloseable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path folder;
    private final Path socket;

    Tmux(Path folder, String script) throws IOException {
        this.folder = folder;
        socket = Files.createTempDirectory(folder, "tmux")
                .resolve("socket"); // a server that ends may still have its own
        Path file = Files.writeString(folder.resolve("run.sh"), script);
        run("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh " + file + "; cat");
    }

    static boolean isFound() {
        try {
            Process process =
                    new ProcessBuilder("tmux", "-V").redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String run(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("TMUX"));
        builder.environment().put("LANG", "C.UTF-8");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as("tmux %s: %s", List.of(args), out).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return out;
    }

    void press(String... keys) throws IOException {
        for (String key : keys) {
            run("send-keys", nameOf(key));
        }
    }

    private static String nameOf(String key) {
        return switch (key) {
            case "Esc" -> "Escape";
            case "Backspace" -> "BSpace";
            case "Shift-Tab" -> "BTab";
            default -> key.startsWith("Ctrl-") ? "C-" + key.substring(5) : key;
        };
    }

    String screen() throws IOException {
        return run("capture-pane", "-p");
    }

    /** Waits until the screen shows {@code expected}, and returns it. */
    String await(String expected) throws IOException {
        Pattern pattern = Pattern.compile(expected);
        long start = System.nanoTime();
        String screen = screen();
        while (!pattern.matcher(screen).find()) {
            assertThat(System.nanoTime() - start)
                    .as("waiting for %s on%n%s", expected, screen)
                    .isLessThan(LIMIT_NANOS);
            screen = screen();
        }
        return screen;
    }

    void resize(int width, int height) throws IOException {
        run("resize-window", "-x", String.valueOf(width), "-y", String.valueOf(height));
    }

    @Override
    public void close() throws IOException {
        run("kill-server");
    }
}
