package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** The string or name at the window's place: finds its end, refuses what is ill-formed, and decodes it. */
final class StringToken {
    private static final int SCRATCH_CHARS = 1024; // more is allocated for the one string that needs it

    private final ByteWindow window;
    private final int maxBytes;
    private final char[] scratch = new char[SCRATCH_CHARS];

    // what read() found: the range between the quotes, valid until the window is filled again
    private int from;
    private int to;
    private boolean ascii;
    private boolean escaped;

    StringToken(ByteWindow window, int maxBytes) {
        this.window = window;
        this.maxBytes = maxBytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Moves past the string whose opening quote comes next, keeping it in the window. */
    void read() {
        int first = window.pos + 1;
        int end = Words.skipPlain(window.bytes, first, window.limit);
        if (end < window.limit && window.bytes[end] == '"' && end - first <= maxBytes) {
            from = first;
            to = end;
            ascii = true;
            escaped = false;
            window.pos = end + 1;
            return;
        }
        window.pos = first;
        window.hold();
        pass();
        from = window.held();
        to = window.pos - 1;
        window.release();
    }

    /** Moves past the string whose opening quote comes next, keeping nothing. */
    void skip() {
        window.pos++;
        pass();
    }

    /** Moves behind the closing quote; validates all bytes and notes whether decoding them is needed. */
    private void pass() {
        long start = window.offset();
        ascii = true;
        escaped = false;
        while (true) {
            int p = Words.skipPlain(window.bytes, window.pos, window.limit);
            window.pos = p;
            if (p == window.limit) {
                requireFits(start);
                if (!window.fill()) {
                    throw window.truncated("inside a string");
                }
                continue;
            }
            int c = window.bytes[p];
            if (c == '"') {
                requireFits(start);
                window.pos = p + 1;
                return;
            }
            if (c == '\\') {
                escaped = true;
                passEscape();
            } else if (c < 0) {
                ascii = false;
                passSequences();
            } else {
                throw window.unexpected("a control character to be escaped", "a string");
            }
        }
    }

    private void requireFits(long start) {
        if (window.offset() - start > maxBytes) {
            throw window.fail(window.mismatch("a string of at most " + maxBytes + " bytes"));
        }
    }

    /** Moves past a run of non-ASCII characters. */
    private void passSequences() {
        while (true) {
            byte[] bytes = window.bytes;
            int limit = window.limit;
            int p = window.pos;
            int length = 1;
            while (p < limit && bytes[p] < 0 && (length = Utf8.sequenceLength(bytes, p, limit)) > 0) {
                p += length;
            }
            window.pos = p;
            if (length == Utf8.MALFORMED) {
                throw window.unexpected("well-formed UTF-8", "a string");
            }
            if (length != Utf8.INCOMPLETE) {
                return;
            }
            if (!window.fill()) {
                throw window.truncated("inside a string");
            }
        }
    }

    private void passEscape() {
        int c = window.at(1);
        if (c != 'u') {
            if (c < 0) {
                throw window.truncated("inside a string");
            }
            if ("\"\\/bfnrt".indexOf(c) < 0) {
                throw window.unexpected("an escape sequence of JSON", "a string");
            }
            window.pos += 2;
            return;
        }
        char unit = (char) hex(2);
        if (Character.isLowSurrogate(unit)) {
            throw window.unexpected("no low surrogate without a high one", "a string");
        }
        if (Character.isHighSurrogate(unit)) {
            requireAt(6, '\\');
            requireAt(7, 'u');
            if (!Character.isLowSurrogate((char) hex(8))) {
                throw window.unexpected("a low surrogate after the high one", "a string");
            }
            window.pos += 6;
        }
        window.pos += 6;
    }

    private void requireAt(int ahead, char wanted) {
        int c = window.at(ahead);
        if (c < 0) {
            throw window.truncated("inside a string");
        }
        if (c != wanted) {
            throw window.unexpected("a low surrogate after the high one", "a string");
        }
    }

    private int hex(int ahead) {
        int value = 0;
        for (int i = ahead; i < ahead + 4; i++) {
            int c = window.at(i);
            int digit = Character.digit(c < 0x80 ? c : -1, 16);
            if (c < 0) {
                throw window.truncated("inside a string");
            }
            if (digit < 0) {
                throw window.unexpected("four hexadecimal digits after \\u", "a string");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** {@return the text of the string, shared through {@code cache} if there is one} */
    String text(@Nullable StringCache cache) {
        if (escaped) {
            return unescape();
        }
        if (cache != null) {
            return cache.get(window.bytes, from, to);
        }
        return new String(window.bytes, from, to - from, ascii ? ISO_8859_1 : UTF_8);
    }

    /** {@return the index of the string in {@code table}, or {@link NameTable#UNKNOWN}} */
    int index(NameTable table) {
        return escaped ? table.indexOf(unescape()) : table.indexOf(window.bytes, from, to);
    }

    private String unescape() {
        byte[] bytes = window.bytes;
        char[] chars = to - from <= SCRATCH_CHARS ? scratch : new char[to - from];
        int count = 0;
        int p = from;
        while (p < to) {
            int c = bytes[p];
            if (c == '\\') {
                int kind = bytes[p + 1];
                chars[count++] = kind == 'u' ? unit(bytes, p + 2) : meaning(kind);
                p += kind == 'u' ? 6 : 2;
            } else if (c >= 0) {
                chars[count++] = (char) c;
                p++;
            } else {
                int length = Utf8.sequenceLength(bytes, p, to);
                count += Character.toChars(Utf8.codePoint(bytes, p, length), chars, count);
                p += length;
            }
        }
        return new String(chars, 0, count);
    }

    private static char unit(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value << 4 | Character.digit(bytes[i], 16);
        }
        return (char) value;
    }

    private static char meaning(int kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) kind;
        };
    }
}
