package io.clockwork.analysis.cli;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.TextStyle;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a command reads and prints, and what can be shown there. */
final class Console {
    /** Part of what reports are drawn with, and a character outside of the basic plane: such a charset has all. */
    private static final String UNICODE_SAMPLE = "\u2192\u2194\u2500\u2588\u258F\u00B5\uD83D\uDD12";

    private static final int MAX_NOTES = 10;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final TextStyle style;
    private final boolean utf8;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private @Nullable PipeOutput pipe;

    Console(
            InputStream in,
            PrintStream out,
            PrintStream err,
            TextStyle style,
            boolean utf8,
            boolean outIsTerminal,
            boolean errIsTerminal) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.style = style;
        this.utf8 = utf8;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
    }

    /** {@return the console of this process} */
    static Console system() {
        boolean outIsTerminal = Terminals.isTerminal(1);
        Charset charset = Terminals.charset();
        boolean unicode = canShowUnicode(charset);
        Charset printed = unicode ? charset : StandardCharsets.US_ASCII;
        TextStyle style = new TextStyle(colors(System.getenv(), outIsTerminal), !unicode);
        PipeOutput pipe = new PipeOutput(new FileOutputStream(FileDescriptor.out));
        Console console = new Console(
                System.in,
                new PrintStream(new BufferedOutputStream(pipe, 1 << 13), false, printed),
                new PrintStream(System.err, true, printed),
                style,
                printed.equals(StandardCharsets.UTF_8),
                outIsTerminal,
                Terminals.isTerminal(2));
        console.pipe = pipe;
        return console;
    }

    static boolean canShowUnicode(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode(UNICODE_SAMPLE);
    }

    /**
     * Returns whether to colour: never with {@code NO_COLOR}, else always with {@code CLICOLOR_FORCE}, else on a
     * terminal unless it is dumb or {@code CLICOLOR} is 0.
     */
    static boolean colors(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        if (!environment.getOrDefault("CLICOLOR_FORCE", "0").equals("0")) {
            return true;
        }
        return terminal
                && !environment.getOrDefault("TERM", "").equals("dumb")
                && !environment.getOrDefault("CLICOLOR", "1").equals("0");
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    TextStyle style() {
        return style;
    }

    /** Prints a document; where standard output is not UTF-8 with all other characters than ASCII's escaped. */
    void printJson(String document) {
        if (utf8) {
            out.print(document);
            return;
        }
        StringBuilder ascii = new StringBuilder(document.length() + 64);
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            if (c > '~') {
                ascii.append(String.format("\\u%04x", (int) c));
            } else {
                ascii.append(c);
            }
        }
        out.print(ascii);
    }

    /** {@return where to write a file's content in UTF-8; on a terminal what could steer it is escaped} */
    Writer rawOutput() {
        Writer raw = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        return outIsTerminal ? new EscapingWriter(raw, style) : raw;
    }

    /** Prints one line; what may come from outside, such as a file's name, cannot steer the terminal. */
    void complain(String message) {
        out.flush(); // what was printed before is to be read before
        err.println("clockwork: " + style.clean(message));
    }

    /** Prints the first few of what was noted about {@code what}, and how many more there are. */
    void complain(String what, List<Diagnostic> notes) {
        notes.stream().limit(MAX_NOTES).forEach(note -> complain(what + ": " + note));
        if (notes.size() > MAX_NOTES) {
            complain(what + ": ... and " + (notes.size() - MAX_NOTES) + " more notes");
        }
    }

    /** Tells that the input has no event; {@return the exit status of that} */
    int nothingToUse() {
        complain("there is no event that could be used");
        return Main.UNUSABLE;
    }

    void printError(String text) {
        err.print(text);
    }

    /** {@return whether somebody can press keys and see what they do} */
    boolean isInteractive() {
        return outIsTerminal && Terminals.isTerminal(0);
    }

    Progress progress() {
        return errIsTerminal ? Progress.on(err) : Progress.none();
    }

    /** {@return whether what was printed did not arrive because nobody wanted to read more of it} */
    boolean isReaderGone() {
        return pipe != null && pipe.isReaderGone();
    }

    /** {@return whether all that was printed arrived} */
    boolean flush() {
        return !out.checkError();
    }

    /** Escapes a line at a time, as the style does; keeps line breaks and tabs. */
    private static final class EscapingWriter extends Writer {
        private final Writer target;
        private final TextStyle style;

        EscapingWriter(Writer target, TextStyle style) {
            this.target = target;
            this.style = style;
        }

        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            int end = offset + length;
            int from = offset;
            for (int i = offset; i <= end; i++) {
                if (i == end || chars[i] == '\n' || chars[i] == '\t') {
                    target.write(style.clean(new String(chars, from, i - from)));
                    if (i < end) {
                        target.write(chars[i]);
                    }
                    from = i + 1;
                }
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
