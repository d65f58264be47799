package io.clockwork.binary;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.LamportTimestamp;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;

/** Writes values into their binary form; over a limit it throws and returns nothing. */
final class BinaryWriter {
    private final CodecLimits limits;
    private final IdTables tables;

    BinaryWriter(CodecLimits limits, IdTables tables) {
        this.limits = limits;
        this.tables = tables;
    }

    /** Writes a vector that is not empty. */
    byte[] vector(String header, VectorTimestamp timestamp) {
        IdTable table = tables.local(timestamp);
        if (table == null) {
            throw overLimit(header, timestamp);
        }
        byte[] out = table.writeLikeBefore(timestamp);
        return out != null ? out : anew(header, table, timestamp);
    }

    private byte[] anew(String header, IdTable table, VectorTimestamp timestamp) {
        long size = table.size(timestamp);
        if (size > limits.maxValueBytes()) {
            throw tooLong(header, size);
        }
        return table.write(timestamp, (int) size);
    }

    byte[] lamport(String header, LamportTimestamp timestamp) {
        int bytes = Utf8.length(timestamp.node());
        if (bytes > limits.maxIdBytes()) {
            throw longId(header, bytes);
        }
        byte[] out = (timestamp.node() + ':' + timestamp.time()).getBytes(StandardCharsets.UTF_8);
        if (out.length > limits.maxValueBytes()) {
            throw tooLong(header, out.length);
        }
        return out;
    }

    byte[] text(String header, String value) {
        // A char has at least one byte, so a value that is far too long is refused without being looked at.
        int bytes = value.length() > limits.maxValueBytes() ? value.length() : Utf8.length(value);
        if (bytes > limits.maxValueBytes()) {
            throw refused(
                    header,
                    "value has at least " + bytes + " bytes, the limit is " + limits.maxValueBytes()
                            + "; shorten it, or raise maxValueBytes");
        }
        return Utf8.encode(header, value);
    }

    /** {@return why there is no table for a timestamp} */
    private CausalityCodecException overLimit(String header, VectorTimestamp timestamp) {
        int entries = timestamp.size();
        if (entries > limits.maxEntries()) {
            return refused(
                    header,
                    "vector has " + entries + " entries, the limit is " + limits.maxEntries()
                            + "; retire nodes that are gone, or raise maxEntries");
        }
        long size = MessagePack.mapHeaderSize(entries);
        for (int i = 0; i < entries; i++) {
            int bytes = Utf8.length(timestamp.nodeAt(i));
            if (bytes > limits.maxIdBytes()) {
                return longId(header, bytes);
            }
            size += MessagePack.strHeaderSize(bytes) + bytes + CounterForm.size(timestamp.counterAt(i));
        }
        return tooLong(header, size);
    }

    private CausalityCodecException longId(String header, int bytes) {
        return refused(
                header,
                "node id has " + bytes + " bytes, the limit is " + limits.maxIdBytes()
                        + "; shorten it, or raise maxIdBytes");
    }

    private CausalityCodecException tooLong(String header, long size) {
        return refused(
                header,
                "value has " + size + " bytes, the limit is " + limits.maxValueBytes()
                        + "; shorten ids, retire nodes that are gone, or raise maxValueBytes");
    }

    private static CausalityCodecException refused(String header, String problem) {
        return new CausalityCodecException(Reason.LIMIT_EXCEEDED, header, -1, problem, "");
    }
}
