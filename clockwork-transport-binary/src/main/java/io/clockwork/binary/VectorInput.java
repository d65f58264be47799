package io.clockwork.binary;

import static io.clockwork.binary.MessagePack.BIN16;
import static io.clockwork.binary.MessagePack.BIN32;
import static io.clockwork.binary.MessagePack.BIN8;
import static io.clockwork.binary.MessagePack.FIXMAP;
import static io.clockwork.binary.MessagePack.FIXSTR;
import static io.clockwork.binary.MessagePack.INT64;
import static io.clockwork.binary.MessagePack.INT8;
import static io.clockwork.binary.MessagePack.MAP16;
import static io.clockwork.binary.MessagePack.MAP32;
import static io.clockwork.binary.MessagePack.NEGATIVE_FIXINT;
import static io.clockwork.binary.MessagePack.STR16;
import static io.clockwork.binary.MessagePack.STR32;
import static io.clockwork.binary.MessagePack.STR8;
import static io.clockwork.binary.MessagePack.UINT64;
import static io.clockwork.binary.MessagePack.UINT8;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.util.Arrays;

/**
 * One vector being read, in any order and width that MessagePack allows. Every length is compared with the limits and
 * with the bytes that are there before anything is made for it. For one thread and one use.
 */
final class VectorInput {
    /** An entry has a key and a counter of at least a byte each. */
    private static final int LEAST_ENTRY = 2;

    private final String header;
    private final byte[] in;
    private final CodecLimits limits;
    private int at;

    /** Where the id of the entry before begins and ends. */
    private int lastFrom;

    private int lastTo;
    private boolean canonical;

    VectorInput(String header, byte[] in, CodecLimits limits) {
        this.header = header;
        this.in = in;
        this.limits = limits;
    }

    /** {@return the vector that is the whole input} */
    VectorTimestamp read() {
        int entries = mapHeader();
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (int i = 0; i < entries; i++) {
            entry(builder);
        }
        if (at < in.length) {
            throw refused(
                    Reason.TRAILING_DATA,
                    at,
                    "the map ends here and " + (in.length - at) + " bytes follow; a value must be one map alone");
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException duplicate) {
            throw refused(Reason.DUPLICATE_ID, -1, String.valueOf(duplicate.getMessage()));
        }
    }

    /** {@return whether ids and map header stood in order and in their smallest forms, as our own writer writes them} */
    boolean isCanonical() {
        return canonical;
    }

    private int mapHeader() {
        int mark = mark("a map of node ids to counters");
        long entries = switch (mark) {
            case MAP16 -> unsigned(2, "the size of a map");
            case MAP32 -> unsigned(4, "the size of a map");
            default -> {
                if ((mark & 0xF0) != FIXMAP) {
                    throw wrongType(0, "a map of node ids to counters", mark);
                }
                yield mark & 0x0F;
            }
        };
        if (entries > limits.maxEntries()) {
            throw refused(
                    Reason.LIMIT_EXCEEDED,
                    0,
                    "vector declares " + entries + " entries, the limit is " + limits.maxEntries()
                            + "; the peer must retire nodes that are gone, or raise maxEntries");
        }
        canonical = at == MessagePack.mapHeaderSize((int) entries);
        if (entries * LEAST_ENTRY > in.length - at) {
            throw truncated("the " + entries + " entries that the map declares");
        }
        return (int) entries;
    }

    private void entry(VectorTimestamp.Builder builder) {
        int start = at;
        String id = id();
        long counter = counter(id);
        try {
            builder.put(id, counter);
        } catch (IllegalArgumentException e) {
            throw refused(Reason.ILLEGAL_ID, start, String.valueOf(e.getMessage()));
        }
    }

    private String id() {
        int start = at;
        int length = idLength();
        int from = at;
        int to = from + length;
        String id = Utf8.decode(header, in, from, to);
        at = to;
        canonical &= from - start == MessagePack.strHeaderSize(length)
                && (lastTo == 0 || Arrays.compareUnsigned(in, lastFrom, lastTo, in, from, to) < 0);
        lastFrom = from;
        lastTo = to;
        return id;
    }

    private int idLength() {
        int start = at;
        int mark = mark("a node id");
        long length = switch (mark) {
            case STR8, BIN8 -> unsigned(1, "the length of a node id");
            case STR16, BIN16 -> unsigned(2, "the length of a node id");
            case STR32, BIN32 -> unsigned(4, "the length of a node id");
            default -> {
                if ((mark & 0xE0) != FIXSTR) {
                    throw wrongType(start, "a node id, as str or bin", mark);
                }
                yield mark & 0x1F;
            }
        };
        canonical &= mark != BIN8 && mark != BIN16 && mark != BIN32;
        if (length == 0) {
            throw refused(Reason.EMPTY_ID, start, "node id must not be empty");
        }
        if (length > limits.maxIdBytes()) {
            throw refused(
                    Reason.LIMIT_EXCEEDED,
                    start,
                    "node id has " + length + " bytes, the limit is " + limits.maxIdBytes()
                            + "; the peer must use a shorter one");
        }
        if (length > in.length - at) {
            throw truncated("the " + length + " bytes of a node id");
        }
        return (int) length;
    }

    private long counter(String id) {
        int start = at;
        int mark = mark("a counter");
        if (mark < FIXMAP) {
            return mark;
        }
        if (mark >= UINT8 && mark <= UINT64) {
            long value = unsigned(1 << (mark - UINT8), "a counter");
            if (value < 0) {
                throw refused(
                        Reason.COUNTER_OUT_OF_RANGE,
                        start,
                        "counter of node " + Refusal.quoted(id) + " is " + Long.toUnsignedString(value)
                                + ", the limit is " + Long.MAX_VALUE + "; its clock is broken or forged");
            }
            return value;
        }
        if (mark >= INT8 && mark <= INT64) {
            int width = 1 << (mark - INT8);
            int unused = Long.SIZE - Byte.SIZE * width;
            long value = unsigned(width, "a counter") << unused >> unused;
            if (value < 0) {
                throw negative(start, id, value);
            }
            return value;
        }
        if (mark >= NEGATIVE_FIXINT) {
            throw negative(start, id, (byte) mark);
        }
        throw wrongType(start, "the counter of node " + Refusal.quoted(id), mark);
    }

    private int mark(String what) {
        if (at == in.length) {
            throw truncated(what);
        }
        return in[at++] & 0xFF;
    }

    private long unsigned(int width, String what) {
        if (width > in.length - at) {
            throw truncated(what);
        }
        long value = MessagePack.bigEndian(in, at, width);
        at += width;
        return value;
    }

    private CausalityCodecException truncated(String what) {
        return refused(Reason.TRUNCATED, at, "expected " + what + ", the value ends after " + in.length + " bytes");
    }

    private CausalityCodecException negative(int offset, String id, long value) {
        return refused(
                Reason.BAD_NUMBER,
                offset,
                "counter of node " + Refusal.quoted(id) + " must be from 0 to " + Long.MAX_VALUE + ", was " + value);
    }

    private CausalityCodecException wrongType(int offset, String expected, int mark) {
        return refused(
                Reason.WRONG_TYPE,
                offset,
                "expected " + expected + ", found the type 0x" + Integer.toHexString(mark) + " of MessagePack");
    }

    private CausalityCodecException refused(Reason reason, int offset, String problem) {
        return Refusal.of(reason, header, in, offset, problem);
    }
}
