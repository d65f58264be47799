package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.TextStyle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** Browses on the terminal of this process, and leaves it as it was. */
public final class TerminalBrowser {
    private static final long TICK_MILLIS = 250;

    private final Terminal terminal;
    private final Browser browser;
    private final Reloading reloading;
    private final Display display;

    private TerminalBrowser(Terminal terminal, Browser browser, Reloading reloading) {
        this.terminal = terminal;
        this.browser = browser;
        this.reloading = reloading;
        display = new Display(terminal, true);
    }

    /**
     * Browses until the user quits.
     *
     * @param source where to read again
     * @param contents what was read
     * @param follow whether to read again whenever there is more
     * @throws IOException if this process has no terminal that can place its cursor
     */
    public static void run(Source source, Contents contents, TextStyle style, boolean follow) throws IOException {
        Browser browser = new Browser(new Snapshot(contents), style, follow);
        Reloading reloading = new Reloading(source);
        try (Terminal terminal = open()) {
            if (terminal.getStringCapability(Capability.cursor_address) == null) {
                throw new IOException("browse needs a terminal that can place its cursor; TERM is "
                        + System.getenv().getOrDefault("TERM", "not set"));
            }
            new TerminalBrowser(terminal, browser, reloading).run();
        } finally {
            reloading.close();
        }
    }

    private static Terminal open() throws IOException {
        // Lines are drawn in Unicode or in ASCII; a second charset would only be one more thing to leave behind.
        System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
        try {
            return TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .graphemeCluster(false)
                    .build();
        } catch (IllegalStateException e) {
            throw new IOException("browse needs a terminal: " + e.getMessage(), e);
        }
    }

    private void run() throws IOException {
        Attributes before = terminal.getAttributes();
        byte[] leaving = leaving();
        Thread atExit = new Thread(() -> write(leaving), "clockwork-browse-exit");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            enter();
            loop();
        } finally {
            terminal.flush();
            write(leaving);
            terminal.setAttributes(before);
            removeHook(atExit);
        }
    }

    /** {@return what gives the screen back} */
    private byte[] leaving() {
        StringBuilder all = new StringBuilder();
        for (Capability each : List.of(Capability.cursor_normal, Capability.keypad_local, Capability.exit_ca_mode)) {
            String sequence = terminal.getStringCapability(each);
            all.append(sequence == null ? "" : Curses.tputs(sequence));
        }
        return all.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Past the terminal: while the process is ended, JLine closes that, and only restores its modes. */
    private static void write(byte[] bytes) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook with it.
        }
    }

    /** Ctrl-C and Ctrl-Z come as keys: a process that they stopped would leave the terminal as it is. */
    private void enter() {
        terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(LocalFlag.ISIG, false);
        terminal.setAttributes(raw);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    private void loop() throws IOException {
        Keys keys = new Keys(terminal.reader()::read);
        boolean changed = true;
        while (!browser.isDone()) {
            changed |= resized();
            if (changed) {
                draw();
            }
            String key = keys.next(TICK_MILLIS);
            if (key != null) {
                browser.press(key);
            }
            boolean reread = reloading.step(browser);
            changed = reread || key != null;
        }
    }

    private boolean resized() {
        Size size = terminal.getSize();
        int columns = size.getColumns() > 0 ? size.getColumns() : 80;
        int rows = size.getRows() > 0 ? size.getRows() : 24;
        if (columns == browser.width() && rows == browser.height() && display.getRows() == rows) {
            return false;
        }
        browser.resize(columns, rows);
        display.resize(Size.of(columns, rows));
        display.clear();
        return true;
    }

    private void draw() {
        if (browser.takeRedraw()) {
            display.clear();
        }
        List<AttributedString> lines = new ArrayList<>();
        for (Screen.Shown shown : Screen.of(browser)) {
            lines.add(attributed(shown));
        }
        display.update(lines, 0);
        terminal.flush();
    }

    private AttributedString attributed(Screen.Shown shown) {
        AttributedStringBuilder out = new AttributedStringBuilder();
        AttributedStyle base = shown.reversed() ? AttributedStyle.INVERSE : AttributedStyle.DEFAULT;
        for (Line.Span span : shown.line().spans()) {
            out.append(span.text(), shown.reversed() || !browser.style().colors() ? base : style(span.tone()));
        }
        int missing = browser.width() - shown.line().width();
        if (shown.reversed() && missing > 0) {
            out.append(" ".repeat(missing), base);
        }
        return out.toAttributedString().columnSubSequence(0, browser.width());
    }

    private static AttributedStyle style(Tone tone) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        return switch (tone) {
            case PLAIN -> plain;
            case STRONG -> plain.bold();
            case FAINT -> plain.faint();
            case BAD -> plain.bold().foreground(AttributedStyle.RED);
            case UNSURE -> plain.foreground(AttributedStyle.YELLOW);
            case MILD -> plain.foreground(AttributedStyle.CYAN);
        };
    }
}
