package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.json.stream.Utf8;
import io.clockwork.json.stream.Words;
import java.util.Arrays;

/** Where JSON values end; refuses what RFC 8259 does not allow and what is not UTF-8. Allocates nothing. */
final class JsonSyntax {
    /*
     * Static methods that take a place and return the next one, because an object that holds the place costs an
     * allocation wherever the JIT does not see through it, and because nothing here calls itself: the open levels are bits
     * of a long, an array only below 64 levels. What the methods find between places the caller finds again by them.
     */
    private static final int END = -1; // no byte of a well-formed text
    private static final long[] NO_LEVELS = {};

    private JsonSyntax() {}

    /** {@return the first place from {@code from} on that is no white space, or {@code end}} */
    static int skipSpace(byte[] json, int from, int end) {
        return from < end && json[from] > ' ' ? from : skipSpaces(json, from, end);
    }

    private static int skipSpaces(byte[] json, int from, int end) {
        int p = from;
        while (p < end) {
            int c = json[p];
            if (c == '\n') {
                p = Words.skipSpaces(json, p + 1, end); // indentation
            } else if (c == ' ' || c == '\r' || c == '\t') {
                p++;
            } else {
                return p;
            }
        }
        return end;
    }

    /** {@return the place behind the value at {@code from}, in which at most {@code maxDepth} levels open} */
    static int skipValue(byte[] json, int from, int end, int maxDepth) {
        long objects = 0; // a bit for each of the last (depth % 64) levels, the innermost the lowest: is it an object?
        long[] outer = NO_LEVELS;
        int depth = 0;
        int p = from;
        while (true) {
            int c = at(json, p, end);
            if (c == '"') {
                p = skipString(json, p + 1, end);
            } else if (c == '{' || c == '[') {
                if (depth == maxDepth) {
                    throw tooDeep(p);
                }
                int first = skipSpace(json, p + 1, end);
                if (at(json, first, end) == c + 2) { // the bracket that closes it
                    p = first + 1;
                } else {
                    if ((depth & 63) == 0 && depth > 0) {
                        outer = with(outer, (depth >>> 6) - 1, objects);
                    }
                    depth++;
                    objects = objects << 1 | (c == '{' ? 1 : 0);
                    p = c == '{' ? skipName(json, first, end) : first;
                    continue;
                }
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                p = skipNumber(json, p, end);
            } else {
                p = skipLiteral(json, p, end);
            }
            while (depth > 0) {
                p = skipSpace(json, p, end);
                boolean object = (objects & 1) != 0;
                c = at(json, p, end);
                if (c == ',') {
                    p = skipSpace(json, p + 1, end);
                    p = object ? skipName(json, p, end) : p;
                    break;
                }
                if (c != (object ? '}' : ']')) {
                    throw unexpected(p, end, object ? "',' or '}'" : "',' or ']'");
                }
                p++;
                depth--;
                objects = (depth & 63) == 0 && depth > 0 ? outer[(depth >>> 6) - 1] : objects >>> 1;
            }
            if (depth == 0) {
                return p;
            }
        }
    }

    private static int at(byte[] json, int p, int end) {
        return p < end ? json[p] : END;
    }

    private static long[] with(long[] levels, int index, long value) {
        long[] result = index < levels.length ? levels : Arrays.copyOf(levels, Math.max(4, index * 2));
        result[index] = value;
        return result;
    }

    /** {@return the place of the value whose name should begin at {@code p}} */
    static int skipName(byte[] json, int p, int end) {
        return skipColon(json, skipString(json, requireQuote(json, p, end) + 1, end), end);
    }

    /** {@return {@code p}, where a name begins} */
    static int requireQuote(byte[] json, int p, int end) {
        if (at(json, p, end) != '"') {
            throw unexpected(p, end, "a name in quotes");
        }
        return p;
    }

    /** {@return the place of the value behind the colon that should come from {@code from} on} */
    static int skipColon(byte[] json, int from, int end) {
        int p = skipSpace(json, from, end);
        if (at(json, p, end) != ':') {
            throw unexpected(p, end, "':'");
        }
        return skipSpace(json, p + 1, end);
    }

    /** {@return the place behind the closing quote of the string whose content begins at {@code from}} */
    static int skipString(byte[] json, int from, int end) {
        int p = Words.skipPlain(json, from, end);
        return p < end && json[p] == '"' ? p + 1 : skipMixedString(json, p, end);
    }

    private static int skipMixedString(byte[] json, int from, int end) {
        int p = from;
        while (true) {
            if (p == end) {
                throw truncated(end, "inside a string");
            }
            int c = json[p];
            if (c == '"') {
                return p + 1;
            }
            if (c == '\\') {
                p = skipEscape(json, p, end);
            } else if (c < 0) {
                p = skipSequence(json, p, end);
            } else {
                throw new JsonFault(
                        Reason.ILLEGAL_CHARACTER, JsonFault.DOCUMENT, p, "expected control characters to be escaped");
            }
            p = Words.skipPlain(json, p, end);
        }
    }

    private static int skipSequence(byte[] json, int from, int end) {
        int p = from;
        while (p < end && json[p] < 0) {
            int length = Utf8.sequenceLength(json, p, end);
            if (length == Utf8.INCOMPLETE) {
                throw truncated(end, "inside a character");
            }
            if (length == Utf8.MALFORMED) {
                throw new JsonFault(Reason.INVALID_UTF8, JsonFault.DOCUMENT, p, "expected well-formed UTF-8");
            }
            p += length;
        }
        return p;
    }

    private static int skipEscape(byte[] json, int p, int end) {
        int kind = at(json, p + 1, end);
        if (kind != 'u') {
            if (kind == END && p + 1 == end) {
                throw truncated(end, "inside an escape");
            }
            if (kind < 0 || "\"\\/bfnrt".indexOf(kind) < 0) {
                throw badEscape(p, "expected an escape of JSON");
            }
            return p + 2;
        }
        int unit = unit(json, p, end);
        if (Character.isLowSurrogate((char) unit)) {
            throw badEscape(p, "expected no low surrogate without a high one");
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return p + 6;
        }
        if (end - p < 8) {
            throw truncated(end, "inside a surrogate pair");
        }
        if (json[p + 6] != '\\' || json[p + 7] != 'u' || !Character.isLowSurrogate((char) unit(json, p + 6, end))) {
            throw badEscape(p, "expected a low surrogate after the high one");
        }
        return p + 12;
    }

    /** {@return the UTF-16 code unit of the escape at {@code p}: a backslash, a u and four digits} */
    private static int unit(byte[] json, int p, int end) {
        int unit = 0;
        for (int i = p + 2; i < p + 6; i++) {
            if (i >= end) {
                throw truncated(end, "inside an escape");
            }
            int digit = json[i] < 0 ? -1 : Character.digit(json[i], 16);
            if (digit < 0) {
                throw badEscape(p, "expected four hexadecimal digits");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static int skipNumber(byte[] json, int from, int end) {
        int first = json[from] == '-' ? from + 1 : from;
        int p = skipDigits(json, first, end);
        if (json[first] == '0' && p > first + 1) {
            throw new JsonFault(Reason.BAD_NUMBER, JsonFault.DOCUMENT, first, "expected no leading zero");
        }
        if (p < end && json[p] == '.') {
            p = skipDigits(json, p + 1, end);
        }
        if (p < end && (json[p] == 'e' || json[p] == 'E')) {
            p++;
            p = skipDigits(json, p < end && (json[p] == '+' || json[p] == '-') ? p + 1 : p, end);
        }
        return p;
    }

    private static int skipDigits(byte[] json, int from, int end) {
        int p = from;
        while (p < end && json[p] >= '0' && json[p] <= '9') {
            p++;
        }
        if (p == from) {
            throw p == end
                    ? truncated(end, "inside a number")
                    : new JsonFault(Reason.BAD_NUMBER, JsonFault.DOCUMENT, p, "expected a digit");
        }
        return p;
    }

    private static int skipLiteral(byte[] json, int p, int end) {
        return switch (at(json, p, end)) {
            case 't' -> skipRest(json, p + 1, end, 'r', 'u', 'e');
            case 'n' -> skipRest(json, p + 1, end, 'u', 'l', 'l');
            case 'f' -> skipRest(json, expect(json, p + 1, end, 'a'), end, 'l', 's', 'e');
            default -> throw unexpected(p, end, "a value");
        };
    }

    private static int skipRest(byte[] json, int p, int end, char a, char b, char c) {
        return expect(json, expect(json, expect(json, p, end, a), end, b), end, c);
    }

    private static int expect(byte[] json, int p, int end, char wanted) {
        if (at(json, p, end) != wanted) {
            throw unexpected(p, end, "true, false or null");
        }
        return p + 1;
    }

    static JsonFault unexpected(int p, int end, String expected) {
        return p >= end
                ? truncated(end, "where " + expected + " should be")
                : new JsonFault(Reason.ILLEGAL_CHARACTER, JsonFault.DOCUMENT, p, "expected " + expected);
    }

    private static JsonFault truncated(int end, String where) {
        return new JsonFault(Reason.TRUNCATED, JsonFault.DOCUMENT, end, "input ends " + where);
    }

    private static JsonFault badEscape(int p, String expected) {
        return new JsonFault(Reason.BAD_ESCAPE, JsonFault.DOCUMENT, p, expected);
    }

    private static JsonFault tooDeep(int p) {
        return new JsonFault(
                Reason.LIMIT_EXCEEDED,
                JsonFault.DOCUMENT,
                p,
                "objects and arrays are nested deeper than the limit; raise maxDepth if the payload may be so deep");
    }
}
