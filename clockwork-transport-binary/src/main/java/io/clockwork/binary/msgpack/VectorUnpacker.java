package io.clockwork.binary.msgpack;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessageIntegerOverflowException;
import org.msgpack.core.MessageSizeException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/** One vector being read from a stream. For one thread and one use. */
final class VectorUnpacker {
    private final MessageUnpacker in;
    private final CodecLimits limits;
    private final long start;

    VectorUnpacker(MessageUnpacker in, CodecLimits limits) {
        this.in = in;
        this.limits = limits;
        start = in.getTotalReadBytes();
    }

    VectorTimestamp unpack() throws IOException {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        try {
            for (int entries = mapHeader(); entries > 0; entries--) {
                entry(builder);
            }
        } catch (MessageInsufficientBufferException e) {
            throw refused(Reason.TRUNCATED, "the input ends within the map");
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException duplicate) {
            throw refused(Reason.DUPLICATE_ID, String.valueOf(duplicate.getMessage()));
        }
    }

    private int mapHeader() throws IOException {
        MessageFormat format = in.getNextFormat();
        if (!is(ValueType.MAP, format)) {
            throw wrongType("a map of node ids to counters", format);
        }
        long entries = size(in::unpackMapHeader);
        if (entries > limits.maxEntries()) {
            throw refused(
                    Reason.LIMIT_EXCEEDED,
                    "vector declares " + entries + " entries, the limit is " + limits.maxEntries()
                            + "; the peer must retire nodes that are gone, or raise maxEntries");
        }
        return (int) entries;
    }

    private void entry(VectorTimestamp.Builder builder) throws IOException {
        String id = id();
        long counter = counter();
        checkBytes(0);
        try {
            builder.put(id, counter);
        } catch (IllegalArgumentException e) {
            throw refused(Reason.ILLEGAL_ID, String.valueOf(e.getMessage()));
        }
    }

    private String id() throws IOException {
        MessageFormat format = in.getNextFormat();
        long length;
        if (is(ValueType.STRING, format)) {
            length = size(in::unpackRawStringHeader);
        } else if (is(ValueType.BINARY, format)) {
            length = size(in::unpackBinaryHeader);
        } else {
            throw wrongType("a node id, as str or bin", format);
        }
        if (length == 0) {
            throw refused(Reason.EMPTY_ID, "node id must not be empty");
        }
        if (length > limits.maxIdBytes()) {
            throw refused(
                    Reason.LIMIT_EXCEEDED,
                    "node id has " + length + " bytes, the limit is " + limits.maxIdBytes()
                            + "; the peer must use a shorter one");
        }
        checkBytes(length);
        byte[] utf8 = in.readPayload((int) length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(Reason.INVALID_UTF8, "expected UTF-8; the peer must encode text so");
        }
    }

    private long counter() throws IOException {
        MessageFormat format = in.getNextFormat();
        if (!is(ValueType.INTEGER, format)) {
            throw wrongType("a counter", format);
        }
        long counter;
        try {
            counter = in.unpackLong();
        } catch (MessageIntegerOverflowException e) {
            throw refused(
                    Reason.COUNTER_OUT_OF_RANGE,
                    "counter is " + e.getBigInteger() + ", the limit is " + Long.MAX_VALUE
                            + "; the peer's clock is broken or forged");
        }
        if (counter < 0) {
            throw refused(Reason.BAD_NUMBER, "counter must be from 0 to " + Long.MAX_VALUE + ", was " + counter);
        }
        return counter;
    }

    /** The one format that is never used has no type either; asking for it would throw. */
    private static boolean is(ValueType type, MessageFormat format) {
        return format != MessageFormat.NEVER_USED && format.getValueType() == type;
    }

    /** A header with the size of what follows. */
    @FunctionalInterface
    private interface Header {
        int read() throws IOException;
    }

    /** {@return a size, which may be more than an int holds} */
    private static long size(Header header) throws IOException {
        try {
            return header.read();
        } catch (MessageSizeException e) {
            return e.getSize();
        }
    }

    /** Refuses a map that with {@code more} bytes would be too long. */
    private void checkBytes(long more) {
        long bytes = in.getTotalReadBytes() - start + more;
        if (bytes > limits.maxValueBytes()) {
            throw refused(
                    Reason.LIMIT_EXCEEDED,
                    "the map has at least " + bytes + " bytes, the limit is " + limits.maxValueBytes()
                            + "; the peer must retire nodes that are gone, or raise maxValueBytes");
        }
    }

    private CausalityCodecException wrongType(String expected, MessageFormat format) {
        return refused(Reason.WRONG_TYPE, "expected " + expected + ", found " + format);
    }

    private CausalityCodecException refused(Reason reason, String problem) {
        int offset = (int) Math.min(Integer.MAX_VALUE, in.getTotalReadBytes() - start);
        return new CausalityCodecException(reason, MessagePackVectors.KEY, offset, problem, "");
    }
}
