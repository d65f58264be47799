package io.clockwork.analysis;

/** Text from outside, without what a terminal might obey or reorder. */
final class SafeText {
    private SafeText() {}

    static String clean(String text) {
        return clean(text, false);
    }

    static String clean(String text, boolean ascii) {
        int first = 0;
        while (first < text.length() && isPlain(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 16).append(text, 0, first);
        text.codePoints().skip(first).forEach(c -> {
            if (isUnsafe(c) || (ascii && c > '~')) {
                escape(clean, c);
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static void escape(StringBuilder out, int c) {
        String hex = Integer.toHexString(c);
        out.append("\\u").append("0".repeat(Math.max(0, 4 - hex.length()))).append(hex);
    }

    /** {@return a JSON document that means the same and is safe to print; outside of strings JSON has none of these} */
    static String json(StringBuilder json) {
        int first = 0;
        while (first < json.length() && (isPlain(json.charAt(first)) || json.charAt(first) == '\n')) {
            first++;
        }
        if (first == json.length()) {
            return json.toString();
        }
        StringBuilder clean = new StringBuilder(json.length() + 64).append(json, 0, first);
        json.codePoints().skip(first).forEach(c -> {
            if (c != '\n' && isUnsafe(c)) {
                for (char unit : Character.toChars(c)) {
                    escape(clean, unit);
                }
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }

    private static boolean isUnsafe(int c) {
        if (c <= '~') {
            return c < ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
