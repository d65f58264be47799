package io.clockwork.analysis.format;

/** Makes text from a file safe to log: printable ASCII, at most {@value #MAX_CHARS} characters of it. */
final class Excerpt {
    private static final int MAX_CHARS = 60;

    private Excerpt() {}

    /** {@return the beginning of {@code text} in quotes, cut and escaped; a cut shows as three dots} */
    static String of(CharSequence text) {
        return of(text, 0, text.length());
    }

    /** {@return the beginning of a part of {@code text} in quotes, cut and escaped} */
    static String of(CharSequence text, int from, int to) {
        int end = to - from > MAX_CHARS ? from + MAX_CHARS : to;
        StringBuilder out = new StringBuilder(end - from + 5).append('"');
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7F) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.append(end < to ? "...\"" : "\"").toString();
    }
}
