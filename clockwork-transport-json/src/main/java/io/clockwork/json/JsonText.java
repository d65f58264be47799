package io.clockwork.json;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.json.stream.Words;
import java.nio.charset.StandardCharsets;

/** Strings to and from the form between the quotes of a JSON string, and numbers to their digits. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";
    private static final char MAX_PLAIN = 0x7F;
    private static final long[] POWERS_OF_TEN = powersOfTen();

    private JsonText() {}

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** {@return how many bytes {@code text} has in JSON, without quotes; equal to its length only if nothing is escaped} */
    static int length(String path, String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (!isPlain(text.charAt(i))) {
                return mixedLength(path, text, i);
            }
        }
        return length;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= MAX_PLAIN && c != '"' && c != '\\';
    }

    private static int mixedLength(String path, String text, int from) {
        int lone = loneSurrogate(text, from);
        if (lone >= 0) {
            throw new JsonFault(
                    Reason.ILLEGAL_CHARACTER,
                    path,
                    JsonFault.NOWHERE,
                    "text holds a lone surrogate at index " + lone + ", which UTF-8 cannot carry; repair the string");
        }
        long length = from;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a pair counts two of its four bytes.
            length += c >= 0x800 && !Character.isSurrogate(c) ? 3 : c >= 0x80 ? 2 : escapeLength(c);
        }
        return (int) Math.min(length, Integer.MAX_VALUE);
    }

    static boolean hasLoneSurrogate(String text) {
        return loneSurrogate(text, 0) >= 0;
    }

    /** {@return the first place from {@code from} on of a surrogate that is not of a pair, or -1} */
    private static int loneSurrogate(String text, int from) {
        int codePoint;
        for (int i = from; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return i;
            }
        }
        return -1;
    }

    private static int escapeLength(char c) {
        return switch (c) {
            case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> 2;
            default -> c < ' ' ? 6 : 1;
        };
    }

    /** Writes {@code text}, whose {@link #length} is {@code length}, and returns the place behind it. */
    @SuppressWarnings("deprecation") // the one copy of chars below 0x100 that allocates nothing
    static int write(String text, int length, byte[] out, int at) {
        if (length == text.length()) {
            text.getBytes(0, length, out, at);
            return at + length;
        }
        int p = at;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0 || isPlain((char) b)) {
                out[p++] = b;
            } else {
                p = writeEscape((char) b, out, p);
            }
        }
        return p;
    }

    private static int writeEscape(char c, byte[] out, int at) {
        out[at] = '\\';
        int kind = "\b\f\n\r\t\"\\".indexOf(c);
        if (kind >= 0) {
            out[at + 1] = (byte) "bfnrt\"\\".charAt(kind);
            return at + 2;
        }
        out[at + 1] = 'u';
        out[at + 2] = '0';
        out[at + 3] = '0';
        out[at + 4] = (byte) HEX.charAt(c >> 4);
        out[at + 5] = (byte) HEX.charAt(c & 0xF);
        return at + 6;
    }

    /** {@return the text of a JSON string's content, which is known to be well-formed} */
    static String read(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return unescape(json, from, i, to);
            }
        }
        return new String(json, from, to - from, StandardCharsets.UTF_8);
    }

    private static String unescape(byte[] json, int from, int firstEscape, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int run = from;
        for (int p = firstEscape; p < to; ) {
            if (json[p] != '\\') {
                p++;
                continue;
            }
            text.append(new String(json, run, p - run, StandardCharsets.UTF_8));
            int kind = "bfnrtu".indexOf(json[p + 1]);
            if (kind == 5) {
                int unit = 0;
                for (int i = p + 2; i < p + 6; i++) {
                    unit = unit << 4 | Character.digit(json[i], 16);
                }
                text.append((char) unit);
                p += 6;
            } else {
                text.append(kind < 0 ? (char) json[p + 1] : "\b\f\n\r\t".charAt(kind));
                p += 2;
            }
            run = p;
        }
        return text.append(new String(json, run, to - run, StandardCharsets.UTF_8))
                .toString();
    }

    /** {@return whether the content of a well-formed JSON string means {@code name}, whose bytes are {@code utf8}} */
    static boolean isText(byte[] json, int from, int to, byte[] utf8) {
        int length = to - from;
        if (length < utf8.length) {
            return false;
        }
        if (length == utf8.length) {
            for (int i = 0; i < length; i++) {
                if (json[from + i] != utf8[i]) {
                    return false;
                }
            }
            return true;
        }
        // Escapes only make it longer, six bytes for one at most.
        return length <= 6 * utf8.length && isEscapedText(json, from, to, utf8);
    }

    /** {@return whether {@code part} stands at {@code at}, and more behind it} */
    static boolean startsWith(byte[] json, int at, int end, byte[] part) {
        return end - at > part.length && Words.equal(part, json, at, at + part.length);
    }

    private static boolean isEscapedText(byte[] json, int from, int to, byte[] utf8) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return read(json, from, to).equals(new String(utf8, StandardCharsets.UTF_8));
            }
        }
        return false;
    }

    /** {@return how many digits {@code number} has, which is not negative} */
    static int digits(long number) {
        // The bits give the digits but for one: 1233 / 4096 is the logarithm of 2.
        int digits = ((Long.SIZE - Long.numberOfLeadingZeros(number | 1)) * 1233) >>> 12;
        return number < POWERS_OF_TEN[digits] ? Math.max(digits, 1) : digits + 1;
    }

    /** Writes the digits of {@code number}, which is not negative, and returns the place behind them. */
    static int write(long number, byte[] out, int at) {
        int end = at + digits(number);
        int p = end;
        long rest = number;
        while (rest > Integer.MAX_VALUE) {
            out[--p] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        int small = (int) rest;
        do {
            out[--p] = (byte) ('0' + small % 10);
            small /= 10;
        } while (p > at);
        return end;
    }

    /** {@return the UTF-8 form of a document in text; throws if it holds a lone surrogate, which has none} */
    static byte[] utf8(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        // A lone surrogate turns into a question mark, so most documents need no second look.
        for (byte b : utf8) {
            if (b == '?') {
                requireWellFormed(json);
                break;
            }
        }
        return utf8;
    }

    private static void requireWellFormed(String json) {
        int lone = loneSurrogate(json, 0);
        if (lone >= 0) {
            throw new CausalityCodecException(
                    Reason.ILLEGAL_CHARACTER, JsonFault.DOCUMENT, lone, "expected no lone surrogate", json);
        }
    }
}
