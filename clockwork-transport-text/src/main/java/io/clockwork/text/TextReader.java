package io.clockwork.text;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.LamportTimestamp;
import io.clockwork.VectorTimestamp;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads values from their text form by one pass of a scanner; whatever it cannot read it refuses with the place. */
final class TextReader {
    private final CodecLimits limits;
    private final boolean raw;

    TextReader(CodecLimits limits, boolean raw) {
        this.limits = limits;
        this.raw = raw;
    }

    LamportTimestamp lamport(String header, String value) {
        checkLength(header, value);
        int colon = value.lastIndexOf(':');
        if (colon < 0) {
            throw malformed(Reason.MISSING_DELIMITER, header, value.length(), "expected \"node:time\", no ':'", value);
        }
        String id = id(header, value, 0, colon);
        long time = counter(header, id, value, colon + 1, value.length());
        try {
            return new LamportTimestamp(id, time);
        } catch (IllegalArgumentException e) {
            throw malformed(Reason.ILLEGAL_ID, header, 0, String.valueOf(e.getMessage()), value);
        }
    }

    VectorTimestamp vector(String header, String value) {
        checkLength(header, value);
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (int from = 0; from <= value.length(); ) {
            int comma = value.indexOf(',', from);
            int end = comma < 0 ? value.length() : comma;
            entry(header, value, from, end, builder);
            from = end + 1;
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException duplicate) {
            throw malformed(Reason.DUPLICATE_ID, header, -1, String.valueOf(duplicate.getMessage()), value);
        }
    }

    private void entry(String header, String value, int segmentFrom, int segmentTo, VectorTimestamp.Builder builder) {
        int from = segmentFrom;
        int to = segmentTo;
        while (from < to && isWhiteSpace(value.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(value.charAt(to - 1))) {
            to--;
        }
        int equals = from;
        while (equals < to && value.charAt(equals) != '=') {
            equals++;
        }
        if (equals == to) {
            throw malformed(Reason.MISSING_DELIMITER, header, from, "expected \"node=counter\", no '='", value);
        }
        String id = id(header, value, from, equals);
        long counter = counter(header, id, value, equals + 1, to);
        if (builder.size() == limits.maxEntries()) {
            throw malformed(
                    Reason.LIMIT_EXCEEDED,
                    header,
                    from,
                    "vector has more than " + limits.maxEntries() + " entries",
                    value);
        }
        try {
            builder.put(id, counter);
        } catch (IllegalArgumentException e) {
            throw malformed(Reason.ILLEGAL_ID, header, from, String.valueOf(e.getMessage()), value);
        }
    }

    /** Reads a header that is one text, such as an event's id. */
    String text(String header, String value) {
        checkLength(header, value);
        return decode(header, value, 0, value.length());
    }

    /** {@return the value, if it is one of printable ASCII, which no escapes stand in} */
    String plain(String header, String value) {
        checkLength(header, value);
        for (int i = 0; i < value.length(); i++) {
            checkAscii(header, value, i);
        }
        return value;
    }

    private String id(String header, String value, int from, int to) {
        if (from == to) {
            throw malformed(Reason.EMPTY_ID, header, from, "expected a node id, found none", value);
        }
        String id = decode(header, value, from, to);
        int bytes = utf8Length(id);
        if (bytes > limits.maxIdBytes()) {
            throw malformed(
                    Reason.LIMIT_EXCEEDED,
                    header,
                    from,
                    "node id has " + bytes + " bytes, the limit is " + limits.maxIdBytes(),
                    value);
        }
        return id;
    }

    private String decode(String header, String value, int from, int to) {
        if (raw) {
            return value.substring(from, to);
        }
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (c == '%') {
                return unescape(header, value, from, to);
            }
            checkAscii(header, value, i);
        }
        return value.substring(from, to);
    }

    private static String unescape(String header, String value, int from, int to) {
        byte[] utf8 = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (c == '%') {
                int high = i + 2 < to ? Character.digit(value.charAt(i + 1), 16) : -1;
                int low = i + 2 < to ? Character.digit(value.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0 || value.charAt(i + 1) > 'f' || value.charAt(i + 2) > 'f') {
                    throw malformed(Reason.BAD_ESCAPE, header, i, "expected % and two hexadecimal digits", value);
                }
                utf8[length++] = (byte) ((high << 4) | low);
                i += 2;
            } else {
                checkAscii(header, value, i);
                utf8[length++] = (byte) c;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(Reason.BAD_ESCAPE, header, from, "escaped bytes are not UTF-8", value);
        }
    }

    private static void checkAscii(String header, String value, int i) {
        char c = value.charAt(i);
        if (c < 0x20 || c >= 0x7F) {
            throw malformed(
                    Reason.ILLEGAL_CHARACTER,
                    header,
                    i,
                    "expected printable ASCII; other characters travel percent-encoded, or under the raw setting",
                    value);
        }
    }

    /** An optional plus, then ASCII digits; {@code Long.parseLong} would take other digits and a minus too. */
    private static long counter(String header, String id, String value, int from, int to) {
        int i = from < to && value.charAt(from) == '+' ? from + 1 : from;
        if (i == to) {
            throw malformed(Reason.BAD_NUMBER, header, from, "expected a counter, found none", value);
        }
        long number = 0;
        boolean tooLarge = false;
        for (; i < to; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw malformed(Reason.BAD_NUMBER, header, i, "expected a digit", value);
            }
            tooLarge |= number > (Long.MAX_VALUE - digit) / 10;
            number = number * 10 + digit;
        }
        if (tooLarge) {
            throw malformed(
                    Reason.COUNTER_OUT_OF_RANGE,
                    header,
                    from,
                    "counter of node \"" + id + "\" is above the limit of " + Long.MAX_VALUE,
                    value);
        }
        return number;
    }

    private void checkLength(String header, String value) {
        if (value.isEmpty()) {
            throw malformed(Reason.EMPTY, header, -1, "header is empty", value);
        }
        // A char has at least one byte, so a value that is far too long is refused without being looked at.
        int bytes = value.length() > limits.maxValueBytes() ? value.length() : utf8Length(value);
        if (bytes > limits.maxValueBytes()) {
            throw malformed(
                    Reason.LIMIT_EXCEEDED,
                    header,
                    -1,
                    "value has at least " + bytes + " bytes, the limit is " + limits.maxValueBytes(),
                    value);
        }
    }

    /** {@return how many bytes the UTF-8 form has; a lone surrogate counts as two} */
    static int utf8Length(CharSequence text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static CausalityCodecException malformed(
            Reason reason, String header, int offset, String problem, String value) {
        return new CausalityCodecException(reason, header, offset, problem, value);
    }
}
