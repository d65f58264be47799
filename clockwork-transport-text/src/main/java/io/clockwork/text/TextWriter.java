package io.clockwork.text;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.LamportTimestamp;
import io.clockwork.VectorTimestamp;
import org.jspecify.annotations.Nullable;

/** Writes values into their text form; over a limit it throws and returns nothing. */
final class TextWriter {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final CodecLimits limits;
    private final boolean raw;

    TextWriter(CodecLimits limits, boolean raw) {
        this.limits = limits;
        this.raw = raw;
    }

    String lamport(String header, LamportTimestamp timestamp) {
        StringBuilder out = new StringBuilder(timestamp.node().length() + 21);
        appendId(out, header, timestamp.node());
        return checked(header, out.append(':').append(timestamp.time()));
    }

    /** {@return {@code ,id=} of each node, as it is written; null when one of them is over the limit} */
    String @Nullable [] pieces(VectorTimestamp timestamp) {
        String[] pieces = new String[timestamp.size()];
        for (int i = 0; i < pieces.length; i++) {
            String id = timestamp.nodeAt(i);
            if (TextReader.utf8Length(id) > limits.maxIdBytes()) {
                return null;
            }
            StringBuilder out = new StringBuilder(i == 0 ? "" : ",");
            append(out, "", id);
            pieces[i] = out.append('=').toString();
        }
        return pieces;
    }

    String vector(String header, VectorTimestamp timestamp) {
        int size = timestamp.size();
        if (size > limits.maxEntries()) {
            throw overLimit(
                    header,
                    "vector has " + size + " entries, the limit is " + limits.maxEntries()
                            + "; retire nodes that are gone, or raise maxEntries");
        }
        StringBuilder out = new StringBuilder(size * 24);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.append(',');
            }
            appendId(out, header, timestamp.nodeAt(i));
            out.append('=').append(timestamp.counterAt(i));
        }
        return checked(header, out);
    }

    String text(String header, String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        append(out, header, value);
        return checked(header, out);
    }

    private void appendId(StringBuilder out, String header, String id) {
        int bytes = TextReader.utf8Length(id);
        if (bytes > limits.maxIdBytes()) {
            throw overLimit(
                    header,
                    "node id has " + bytes + " bytes, the limit is " + limits.maxIdBytes()
                            + "; shorten it, or raise maxIdBytes");
        }
        append(out, header, id);
    }

    private void append(StringBuilder out, String header, String value) {
        int length = value.length();
        int plain = 0;
        while (plain < length && isPlain(value.charAt(plain))) {
            plain++;
        }
        if (raw) {
            refuseControls(header, value);
        }
        if (raw || plain == length) {
            out.append(value);
            return;
        }
        out.append(value, 0, plain);
        for (int i = plain; i < length; ) {
            int c = value.codePointAt(i);
            if (Character.getType(c) == Character.SURROGATE) {
                throw new CausalityCodecException(
                        Reason.ILLEGAL_CHARACTER, header, i, "a lone surrogate has no UTF-8 form; repair it", value);
            }
            appendEscaped(out, c);
            i += Character.charCount(c);
        }
    }

    /** A line break in a header would begin another header. Ids hold none; an event's id and type may. */
    private static void refuseControls(String header, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new CausalityCodecException(
                        Reason.ILLEGAL_CHARACTER,
                        header,
                        i,
                        "a control character cannot travel under the raw setting; use the escaped form",
                        value);
            }
        }
    }

    private static void appendEscaped(StringBuilder out, int c) {
        if (isPlain(c)) {
            out.append((char) c);
        } else if (c < 0x80) {
            escape(out, c);
        } else if (c < 0x800) {
            escape(out, 0xC0 | (c >> 6));
            escape(out, 0x80 | (c & 0x3F));
        } else {
            if (c < 0x10000) {
                escape(out, 0xE0 | (c >> 12));
            } else {
                escape(out, 0xF0 | (c >> 18));
                escape(out, 0x80 | ((c >> 12) & 0x3F));
            }
            escape(out, 0x80 | ((c >> 6) & 0x3F));
            escape(out, 0x80 | (c & 0x3F));
        }
    }

    private static void escape(StringBuilder out, int octet) {
        out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 15]);
    }

    /** Visible ASCII except the escape sign itself. */
    private static boolean isPlain(int c) {
        return c > 0x20 && c < 0x7F && c != '%';
    }

    private String checked(String header, StringBuilder out) {
        int bytes = TextReader.utf8Length(out);
        if (bytes > limits.maxValueBytes()) {
            throw overLimit(
                    header,
                    "value has " + bytes + " bytes, the limit is " + limits.maxValueBytes()
                            + "; shorten ids, retire nodes that are gone, or raise maxValueBytes");
        }
        return out.toString();
    }

    private static CausalityCodecException overLimit(String header, String problem) {
        return new CausalityCodecException(Reason.LIMIT_EXCEEDED, header, -1, problem, "");
    }
}
