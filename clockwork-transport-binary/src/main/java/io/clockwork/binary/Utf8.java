package io.clockwork.binary;

import static io.clockwork.binary.Bytes.WORD;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;

/** Strict UTF-8 in both directions: {@code String} alone would replace what it cannot read or write. */
final class Utf8 {
    private static final long NOT_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** {@return the text in the bytes from {@code from} to {@code to}; throws when they are not UTF-8} */
    static String decode(String header, byte[] in, int from, int to) {
        if (isAscii(in, from, to)) {
            return new String(in, from, to - from, ISO_8859_1);
        }
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(in, from, to - from);
        CharBuffer chars = CharBuffer.allocate(to - from);
        // Reports instead of replacing: overlong forms, surrogates, what is beyond U+10FFFF, what is cut off.
        if (decoder.decode(bytes, chars, true).isError()) {
            throw Refusal.of(
                    Reason.INVALID_UTF8, header, in, bytes.position(), "expected UTF-8; the peer must encode text so");
        }
        return chars.flip().toString();
    }

    private static boolean isAscii(byte[] in, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            if (((long) WORD.get(in, i) & NOT_ASCII) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (in[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return the bytes of {@code text}; throws when it holds a lone surrogate} */
    static byte[] encode(String header, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw new CausalityCodecException(
                            Reason.ILLEGAL_CHARACTER, header, i, "a lone surrogate has no UTF-8 form; repair it", text);
                }
                i++;
            }
        }
        return text.getBytes(UTF_8);
    }

    /** {@return how many bytes the UTF-8 form has; a lone surrogate counts as two} */
    static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
