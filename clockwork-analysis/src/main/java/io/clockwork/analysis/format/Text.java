package io.clockwork.analysis.format;

/** Text of a log as JSON can hold it. */
final class Text {
    private Text() {}

    /** {@return the text with U+FFFD for each half of a character, which UTF-8 cannot hold} */
    static String json(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (DotWriter.isLoneSurrogate(text, i)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (DotWriter.isLoneSurrogate(text, i)) {
                out.setCharAt(i, '\uFFFD');
            }
        }
        return out.toString();
    }
}
