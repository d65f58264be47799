package io.clockwork;

/** Makes text from outside safe to log: printable ASCII, at most forty characters. */
final class Excerpt {
    private static final int MAX_CHARS = 40;

    private Excerpt() {}

    /** {@return the beginning of {@code text}, cut and escaped} */
    static String of(CharSequence text) {
        return around(text, 0);
    }

    /** {@return {@code text} with everything but printable ASCII escaped, cut at {@code max} characters} */
    static String printable(String text, int max) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), max));
        for (int i = 0; i < text.length() && i < max; i++) {
            appendPrintable(out, text.charAt(i));
        }
        return text.length() > max ? out.append("...").toString() : out.toString();
    }

    /** {@return the part of {@code text} near {@code offset}, cut and escaped; cuts show as three dots} */
    static String around(CharSequence text, int offset) {
        int from = Math.max(0, Math.min(offset - MAX_CHARS / 2, text.length() - MAX_CHARS));
        int to = Math.min(text.length(), from + MAX_CHARS);
        StringBuilder out = new StringBuilder(MAX_CHARS + 6);
        if (from > 0) {
            out.append("...");
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                appendPrintable(out, c);
            }
        }
        return to < text.length() ? out.append("...").toString() : out.toString();
    }

    private static void appendPrintable(StringBuilder out, char c) {
        if (c >= 0x20 && c < 0x7F) {
            out.append(c);
        } else {
            out.append(String.format("\\u%04x", (int) c));
        }
    }
}
