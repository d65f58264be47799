package io.clockwork.binary;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.LamportTimestamp;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;

/** Reads values from their binary form; whatever it cannot read it refuses with the place. */
final class BinaryReader {
    private final CodecLimits limits;
    private final IdTables tables;

    BinaryReader(CodecLimits limits, IdTables tables) {
        this.limits = limits;
        this.tables = tables;
    }

    /** Reads a vector, at best one of the ids of {@code known}. */
    VectorTimestamp vector(String header, byte[] in, VectorTimestamp known) {
        checkLength(header, in);
        VectorTimestamp read = tables.readLocal(in, known);
        if (read == null) {
            read = tables.readReceived(in);
        }
        return read == null ? unknownVector(header, in) : read;
    }

    private VectorTimestamp unknownVector(String header, byte[] in) {
        VectorInput input = new VectorInput(header, in, limits);
        VectorTimestamp read = input.read();
        if (input.isCanonical() && !read.isEmpty()) {
            tables.keepReceived(read, in);
        }
        return read;
    }

    /** Reads {@code node:time}, split at the last colon. */
    LamportTimestamp lamport(String header, byte[] in) {
        checkLength(header, in);
        int colon = in.length - 1;
        while (colon >= 0 && in[colon] != ':') {
            colon--;
        }
        if (colon < 0) {
            throw Refusal.of(Reason.MISSING_DELIMITER, header, in, in.length, "expected \"node:time\", found no ':'");
        }
        if (colon == 0) {
            throw Refusal.of(Reason.EMPTY_ID, header, in, 0, "expected a node id, found none");
        }
        if (colon > limits.maxIdBytes()) {
            throw Refusal.of(
                    Reason.LIMIT_EXCEEDED,
                    header,
                    in,
                    0,
                    "node id has " + colon + " bytes, the limit is " + limits.maxIdBytes()
                            + "; the peer must use a shorter one");
        }
        String id = Utf8.decode(header, in, 0, colon);
        long time = time(header, id, in, colon + 1);
        try {
            return new LamportTimestamp(id, time);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(Reason.ILLEGAL_ID, header, in, 0, String.valueOf(e.getMessage()));
        }
    }

    /** An optional plus, then ASCII digits, to the end. */
    private static long time(String header, String id, byte[] in, int from) {
        int i = from < in.length && in[from] == '+' ? from + 1 : from;
        if (i == in.length) {
            throw Refusal.of(Reason.BAD_NUMBER, header, in, from, "expected a time, found none");
        }
        long number = 0;
        boolean tooLarge = false;
        for (; i < in.length; i++) {
            int digit = in[i] - '0';
            if (digit < 0 || digit > 9) {
                throw Refusal.of(Reason.BAD_NUMBER, header, in, i, "expected a digit");
            }
            tooLarge |= number > (Long.MAX_VALUE - digit) / 10;
            number = number * 10 + digit;
        }
        if (tooLarge) {
            throw Refusal.of(
                    Reason.COUNTER_OUT_OF_RANGE,
                    header,
                    in,
                    from,
                    "time of node " + Refusal.quoted(id) + " is above the limit of " + Long.MAX_VALUE
                            + "; its clock is broken or forged");
        }
        return number;
    }

    /** Reads a header that is one text, such as an event's id. */
    String text(String header, byte[] in) {
        checkLength(header, in);
        return Utf8.decode(header, in, 0, in.length);
    }

    /** Reads a header of printable ASCII. */
    String plain(String header, byte[] in) {
        checkLength(header, in);
        for (int i = 0; i < in.length; i++) {
            if (in[i] < 0x20 || in[i] == 0x7F) {
                throw Refusal.of(Reason.ILLEGAL_CHARACTER, header, in, i, "expected printable ASCII");
            }
        }
        return new String(in, StandardCharsets.US_ASCII);
    }

    private void checkLength(String header, byte[] in) {
        if (in.length == 0 || in.length > limits.maxValueBytes()) {
            throw unusable(header, in);
        }
    }

    private CausalityCodecException unusable(String header, byte[] in) {
        return in.length == 0
                ? Refusal.of(Reason.EMPTY, header, in, -1, "header is empty; leave it out to say nothing")
                : Refusal.of(
                        Reason.LIMIT_EXCEEDED,
                        header,
                        in,
                        -1,
                        "value has " + in.length + " bytes, the limit is " + limits.maxValueBytes()
                                + "; the peer must retire nodes that are gone, or raise maxValueBytes");
    }
}
