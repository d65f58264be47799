package io.clockwork.analysis.cli.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clockwork.TracedEvent;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.cli.Main;
import io.clockwork.json.stream.JsonWriter;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.nativ.JLineNativeLoader;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The browser as people see it, on a terminal in tmux. */
class BrowseTerminalTest {
    private static final int EVENTS = 300;

    @TempDir
    Path folder;

    private final Set<String> pressed = new LinkedHashSet<>();

    @BeforeEach
    void needsTmux() {
        assumeTrue(Tmux.isFound(), "tmux is not found: the browser is not driven on a terminal");
    }

    private static String classPath() {
        return Stream.of(
                        Main.class,
                        EventLog.class,
                        TracedEvent.class,
                        JsonWriter.class,
                        CommandLine.class,
                        Terminal.class,
                        JniTerminalProvider.class,
                        JLineNativeLoader.class)
                .map(BrowseTerminalTest::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the browser between two looks at the modes of the terminal. */
    private Tmux start(String environment, String... args) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // As the manifest of the cli jar says.
        String access = Runtime.version().feature() < 22 ? "" : " --enable-native-access=ALL-UNNAMED";
        String command = "'" + java + "' -XX:TieredStopAtLevel=1" + access + " -cp '" + classPath()
                + "' io.clockwork.analysis.cli.Main browse " + String.join(" ", args);
        return new Tmux(
                folder,
                "stty -g > before\n" + environment + "\necho $$ > shell\n" + command
                        + "\necho $? > status.new\nstty -g > after\nmv status.new status\necho left the browser\n");
    }

    private void assertLeftAsItWas(Tmux tmux, int status) throws IOException {
        assertThat(tmux.await("left the browser")).doesNotContain("1traces");
        assertThat(Files.readString(folder.resolve("status")).strip()).isEqualTo(String.valueOf(status));
        assertThat(Files.readString(folder.resolve("after"))).isEqualTo(Files.readString(folder.resolve("before")));
        assertThat(tmux.run("display-message", "-p", "#{alternate_on} #{cursor_flag}")
                        .strip())
                .isEqualTo("0 1");
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private String step(Tmux tmux, String key, String expected) throws IOException {
        pressed.add(key);
        tmux.press(key);
        return tmux.await(expected);
    }

    @Test
    void everyKeyOfTheHelpWorks() throws IOException {
        file("spans.json", BrowseLogs.SPANS);
        file("run.std", BrowseLogs.writes(EVENTS));
        try (Tmux tmux = start("", "spans.json", "run.std")) {
            tmux.await("\\[1traces].*\nTraces +1/3");
            views(tmux);
            moves(tmux);
            opens(tmux);
            searches(tmux);
            turns(tmux);
            step(tmux, "f", " following");
            step(tmux, "f", "not following any more");
            step(tmux, "r", "read again: as many events");
            tmux.run("send-keys", "-R"); // tmux forgets the screen, the browser does not know
            step(tmux, "Ctrl-l", "\\[2events]");
            String help = step(tmux, "?", "\nKeys +1/" + Action.values().length);
            assertThat(help).contains("next line", "Ctrl-f  PageDown  Space", "search");
            step(tmux, "Esc", "\nEvents +\\d+/");
            step(tmux, "q", "left the browser");
            assertLeftAsItWas(tmux, 0);
        }
        pressed.add("Ctrl-c"); // the next test presses it
        assertThat(pressed).containsAll(Action.allKeys());
    }

    private void views(Tmux tmux) throws IOException {
        for (Kind view : Kind.VIEWS) {
            String digit = String.valueOf(view.ordinal() + 1);
            step(tmux, digit, "\\[" + digit + view.label() + "]");
        }
        step(tmux, "Tab", "\\[1traces]");
        step(tmux, "Shift-Tab", "\\[9notes]");
    }

    /** 15 rows show beside the details of the selected event. */
    private void moves(Tmux tmux) throws IOException {
        int size = EVENTS + 8;
        step(tmux, "2", "\nEvents +1/" + size);
        step(tmux, "j", " 2/" + size);
        step(tmux, "Down", " 3/" + size);
        step(tmux, "k", " 2/" + size);
        step(tmux, "Up", " 1/" + size);
        step(tmux, "Ctrl-f", " 16/" + size);
        step(tmux, "PageDown", " 31/" + size);
        step(tmux, "Space", " 46/" + size);
        step(tmux, "Ctrl-b", " 31/" + size);
        step(tmux, "PageUp", " 16/" + size);
        step(tmux, "Ctrl-d", " 23/" + size);
        step(tmux, "Ctrl-u", " 16/" + size);
        step(tmux, "G", " 308/" + size);
        step(tmux, "g", " 1/" + size);
        step(tmux, "End", " 308/" + size);
        step(tmux, "Home", " 1/" + size);
    }

    private void opens(Tmux tmux) throws IOException {
        String[][] ways = {{"Enter", "Esc"}, {"l", "h"}, {"Right", "Left"}, {"Enter", "Backspace"}};
        for (String[] way : ways) {
            step(tmux, way[0], "\nEvent #0 ");
            step(tmux, way[1], "\nEvents +1/");
        }
    }

    private void searches(Tmux tmux) throws IOException {
        step(tmux, "/", "\n/_");
        tmux.press("v", "2", "9");
        tmux.await("\n/v29_");
        tmux.press("Enter");
        tmux.await("\n> #\\d+ +write +v29 ");
        step(tmux, "n", "\n> #\\d+ +write +v290 ");
        step(tmux, "N", "\n> #\\d+ +write +v29 ");
    }

    private void turns(Tmux tmux) throws IOException {
        step(tmux, "t", "\nTree of .*");
        step(tmux, "Esc", "\nEvents +\\d+/");
        step(tmux, "e", "\nEvents of .* 1/300");
        step(tmux, "]", "\nEvents of .* 1/4");
        step(tmux, "[", "\nEvents of .* 1/300");
        tmux.press("Esc");
        tmux.await("\nEvents +\\d+/");
    }

    @Test
    void leavesTheTerminalAsItWasAfterControlCAndWhenItIsEnded() throws IOException {
        file("run.std", BrowseLogs.THREADS);
        try (Tmux tmux = start("", "run.std")) {
            tmux.await("\nEvents ");
            tmux.press("Ctrl-c");
            assertLeftAsItWas(tmux, 0);
        }
        try (Tmux tmux = start("", "run.std")) {
            tmux.await("\nEvents ");
            long shell =
                    Long.parseLong(Files.readString(folder.resolve("shell")).strip());
            ProcessHandle.of(shell).orElseThrow().children().forEach(ProcessHandle::destroy);
            assertLeftAsItWas(tmux, 128 + 15);
        }
    }

    @Test
    void followsAFileThatGrowsOnATerminalThatChangesItsSize() throws IOException {
        file("run.std", BrowseLogs.writes(EVENTS));
        try (Tmux tmux = start("export NO_COLOR=1", "--follow", "run.std")) {
            tmux.await("\nEvents +1/300(.*\n)+.* following");
            tmux.press("G");
            tmux.await(" 300/300");
            Files.writeString(folder.resolve("run.std"), "T2|w(late)|5\nT2|w(later)|6\n", StandardOpenOption.APPEND);
            tmux.await(" 302/302");
            assertThat(tmux.await("read again: 2 events more")).contains("> #301", "later");
            tmux.resize(60, 12);
            String small = tmux.await("(?s)^.*302/302\n(.*\n){9}");
            assertThat(small.lines()).hasSize(12).allMatch(line -> line.length() <= 60);
            assertThat(small).contains("> #301");
            tmux.resize(120, 40);
            tmux.await("(.*\n){39}.* following\\s*$");
            tmux.press("q");
            assertLeftAsItWas(tmux, 0);
        }
    }

    @Test
    void nothingThatEventsSayReachesTheTerminalRaw() throws IOException {
        file("spans.json", BrowseLogs.SPANS);
        try (Tmux tmux = start("", "spans.json")) {
            tmux.await("\nTraces ");
            tmux.run("pipe-pane", "cat > '" + folder.resolve("raw") + "'");
            tmux.press("2");
            tmux.await("u001b\\]0;owne");
            tmux.press("3", "]");
            tmux.await("u001b\\]0;owne");
            tmux.press("q");
            assertLeftAsItWas(tmux, 0);
        }
        String raw = Files.readString(folder.resolve("raw"), StandardCharsets.UTF_8);
        assertThat(raw).contains("u001b]0;owne").doesNotContain("\u001B]", "\u0007", "\u202E");
    }

    @Test
    void saysSoWhereTheTerminalCannotPlaceItsCursor() throws IOException {
        file("run.std", BrowseLogs.THREADS);
        try (Tmux tmux = start("export TERM=dumb", "run.std")) {
            tmux.await("clockwork: browse needs a terminal that can place its cursor; TERM is dumb");
            assertLeftAsItWas(tmux, 2);
        }
    }
}
