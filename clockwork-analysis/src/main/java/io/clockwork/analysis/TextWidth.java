package io.clockwork.analysis;

/** How many columns of a terminal text takes. */
final class TextWidth {
    private static final char ESCAPE = '\u001B';

    /** First and last of the ranges that take two columns: East Asian Wide and Fullwidth, coarsely. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
        0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
    };

    private TextWidth() {}

    /** {@return the columns of {@code text}; its escape sequences, which colour it, take none} */
    static int of(String text) {
        int width = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (c == ESCAPE) {
                int end = text.indexOf('m', i);
                i = end < 0 ? text.length() : end + 1;
            } else {
                width += of(c);
                i += Character.charCount(c);
            }
        }
        return width;
    }

    private static int of(int c) {
        if (c < WIDE[0]) {
            return c < 0x300 || !isMark(c) ? 1 : 0;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (c >= WIDE[i] && c <= WIDE[i + 1]) {
                return 2;
            }
        }
        return isMark(c) ? 0 : 1;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** {@return the longest beginning of uncoloured {@code text} that takes at most {@code width} columns} */
    static String head(String text, int width) {
        int left = width;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            left -= of(c);
            if (left < 0) {
                break;
            }
            i += Character.charCount(c);
        }
        return text.substring(0, i);
    }

    /** {@return the longest end of uncoloured {@code text} that takes at most {@code width} columns} */
    static String tail(String text, int width) {
        int left = width;
        int i = text.length();
        while (i > 0) {
            int c = text.codePointBefore(i);
            left -= of(c);
            if (left < 0) {
                break;
            }
            i -= Character.charCount(c);
        }
        return text.substring(i);
    }
}
