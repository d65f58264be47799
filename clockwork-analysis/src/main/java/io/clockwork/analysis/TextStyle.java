package io.clockwork.analysis;

/**
 * How a report is written as text, which depends on where it is read.
 *
 * @param colors whether ANSI escape sequences colour it
 * @param ascii whether it has to do with ASCII; other characters of the log are escaped
 */
public record TextStyle(boolean colors, boolean ascii) {
    /** {@return a style without colours, in Unicode} */
    public static TextStyle plain() {
        return new TextStyle(false, false);
    }

    /**
     * Returns text that came from outside with what a terminal might obey or reorder escaped as {@code \}{@code u001b}:
     * control and format characters, line separators and lone surrogates; in ASCII all else, too.
     */
    public String clean(String outside) {
        return SafeText.clean(outside, ascii);
    }
}
