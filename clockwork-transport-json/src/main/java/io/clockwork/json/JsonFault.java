package io.clockwork.json;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import java.nio.charset.StandardCharsets;

/**
 * What is wrong with a document and where. Never leaves this package: whoever has the input makes it the exception that
 * callers see, with an excerpt and, for text, with the place counted in characters.
 */
final class JsonFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The key of what is wrong with the document as a whole. */
    static final String DOCUMENT = "JSON document";

    /** The place of what is not in the input, such as a limit for writing. */
    static final int NOWHERE = -1;

    private final Reason reason;
    private final String key;
    private final int offset;
    private final String problem;

    JsonFault(Reason reason, String key, int offset, String problem) {
        super(problem, null, false, false);
        this.reason = reason;
        this.key = key;
        this.offset = offset;
        this.problem = problem;
    }

    Reason reason() {
        return reason;
    }

    int offset() {
        return offset;
    }

    /** {@return the fault as one of a document in bytes} */
    CausalityCodecException in(byte[] json) {
        return new CausalityCodecException(reason, key, offset, problem, offset < 0 ? "" : new Bytes(json));
    }

    /** {@return the fault as one of a document in text, which in UTF-8 is {@code json}} */
    CausalityCodecException in(String text, byte[] json) {
        int at = Math.min(offset, 0);
        for (int i = 0; i < offset; i++) {
            boolean continues = (json[i] & 0xC0) == 0x80;
            at += continues ? 0 : (json[i] & 0xF0) == 0xF0 ? 2 : 1; // four bytes are a pair of surrogates
        }
        return new CausalityCodecException(reason, key, at, problem, offset < 0 ? "" : text);
    }

    /** Bytes as characters, for an excerpt: a hostile megabyte must not be copied for it. */
    private static final class Bytes implements CharSequence {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[index] & 0xFF);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        @Override
        public String toString() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
