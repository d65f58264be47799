package io.clockwork.json;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.util.Arrays;

/** A form in the making. */
final class JsonOut {
    private static final int MAX_DIGITS = 19;

    private final CodecLimits limits;
    private final VectorJson vectors;
    private byte[] bytes = new byte[256];
    private int size;

    JsonOut(CodecLimits limits, VectorJson vectors) {
        this.limits = limits;
        this.vectors = vectors;
    }

    private void reserve(long more) {
        long wanted = size + more;
        if (wanted > bytes.length) {
            if (wanted > Integer.MAX_VALUE - 8) {
                throw new JsonFault(
                        Reason.LIMIT_EXCEEDED, JsonFault.DOCUMENT, JsonFault.NOWHERE, "document fits into no array");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(wanted, bytes.length * 2L), Integer.MAX_VALUE - 8));
        }
    }

    /** Adds ASCII as it is. */
    JsonOut raw(String ascii) {
        reserve(ascii.length());
        size = JsonText.write(ascii, ascii.length(), bytes, size);
        return this;
    }

    /** Adds a string in quotes. */
    JsonOut string(String path, String text) {
        int length = JsonText.length(path, text);
        if (length > limits.maxValueBytes()) {
            throw new JsonFault(
                    Reason.LIMIT_EXCEEDED,
                    path,
                    JsonFault.NOWHERE,
                    "string has " + length + " bytes, the limit is " + limits.maxValueBytes());
        }
        raw("\"");
        reserve(length);
        size = JsonText.write(text, length, bytes, size);
        return raw("\"");
    }

    /** Adds a number, which is not negative. */
    JsonOut number(long number) {
        reserve(MAX_DIGITS);
        size = JsonText.write(number, bytes, size);
        return this;
    }

    /** Adds a vector. */
    JsonOut vector(String path, VectorTimestamp timestamp) {
        VectorJson.Names names = vectors.names(path, timestamp);
        reserve(VectorJson.length(timestamp, names));
        size = VectorJson.write(timestamp, names, bytes, size);
        return this;
    }

    /** Adds an array of bytes. */
    JsonOut array(byte[] content) {
        raw("[");
        for (int i = 0; i < content.length; i++) {
            raw(i > 0 ? "," : "").number(content[i] & 0xFF);
        }
        return raw("]");
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
