package io.clockwork.json.stream;

/** Well-formed UTF-8 without a decoder's state: lengths and code points of single sequences. */
public final class Utf8 {
    /** The sequence may be well-formed but its end was not seen. */
    public static final int INCOMPLETE = 0;

    /** No well-formed sequence begins so. */
    public static final int MALFORMED = -1;

    private Utf8() {}

    /*
     * Table 3-7 of [1]: only the second byte's range depends on the first. E0 and F0 exclude overlong
     * forms, ED the surrogates, F4 what lies above U+10FFFF; C0, C1 and F5 to FF begin nothing.
     *
     * [1] The Unicode Standard, Version 15.0, section 3.9
     */

    /** Returns the length of the non-ASCII sequence at {@code from}, INCOMPLETE or MALFORMED. */
    public static int sequenceLength(byte[] bytes, int from, int limit) {
        int lead = bytes[from] & 0xFF;
        int length = lead < 0xC2 ? MALFORMED : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : MALFORMED;
        if (length == MALFORMED) {
            return MALFORMED;
        }
        if (from + 1 >= limit) {
            return INCOMPLETE;
        }
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        int second = bytes[from + 1] & 0xFF;
        if (second < low || second > high) {
            return MALFORMED;
        }
        for (int i = 2; i < length; i++) {
            if (from + i >= limit) {
                return INCOMPLETE;
            }
            if ((bytes[from + i] & 0xC0) != 0x80) {
                return MALFORMED;
            }
        }
        return length;
    }

    /** {@return the code point of the well-formed sequence of {@code length} bytes at {@code from}} */
    static int codePoint(byte[] bytes, int from, int length) {
        int point = bytes[from] & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            point = point << 6 | (bytes[from + i] & 0x3F);
        }
        return point;
    }

    /**
     * Returns printable ASCII for the bytes from {@code from} to {@code to}, cut to {@code max}
     * characters: quotes and backslashes escaped, all else as {@code \xNN}.
     */
    static String excerpt(byte[] bytes, int from, int to, int max) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            int c = bytes[i] & 0xFF;
            String next = c == '"' || c == '\\'
                    ? "\\" + (char) c
                    : c >= ' ' && c < 0x7F ? String.valueOf((char) c) : String.format("\\x%02x", c);
            if (text.length() + next.length() > max) {
                break;
            }
            text.append(next);
        }
        return text.toString();
    }
}
