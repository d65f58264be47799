package io.clockwork.text;

import io.clockwork.VectorTimestamp;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a vector's node ids, ready to be written between the counters and to be found again in a header: then
 * no id is escaped, checked or made into a string. Immutable.
 */
final class TextNodes {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int MAX_DIGITS = 19;

    /** A timestamp of these nodes. */
    private final VectorTimestamp sample;
    /** Of each node {@code ,id=}; of the first without the comma. */
    private final String[] pieces;
    /** The pieces one after another, and some bytes more, so that words can be read to the end. */
    private final byte[] bytes;
    /** Where each piece ends in {@link #bytes}. */
    private final int[] ends;

    private TextNodes(VectorTimestamp sample, String[] pieces, byte[] bytes, int[] ends) {
        this.sample = sample;
        this.pieces = pieces;
        this.bytes = bytes;
        this.ends = ends;
    }

    /** {@return the form of the sample's nodes, each {@code ,id=} in {@code pieces}; null unless all are ASCII} */
    static @Nullable TextNodes of(VectorTimestamp sample, String[] pieces) {
        int[] ends = new int[pieces.length];
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            all.append(pieces[i]);
            ends[i] = all.length();
        }
        byte[] utf8 = all.append("\0".repeat(Long.BYTES)).toString().getBytes(StandardCharsets.UTF_8);
        return utf8.length == all.length() ? new TextNodes(sample, pieces, utf8, ends) : null;
    }

    VectorTimestamp sample() {
        return sample;
    }

    /** {@return an upper bound of the length of what {@link #write} gives} */
    int maxLength() {
        return bytes.length - Long.BYTES + pieces.length * MAX_DIGITS;
    }

    /** {@return the text form of {@code timestamp}, whose nodes are these} */
    String write(VectorTimestamp timestamp) {
        byte[] out = new byte[maxLength() + Long.BYTES];
        int from = 0;
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = ends[i];
            // Whole words: what is written past the end of the piece is overwritten by the digits and the next piece.
            for (int p = from, q = at; p < end; p += Long.BYTES, q += Long.BYTES) {
                WORD.set(out, q, (long) WORD.get(bytes, p));
            }
            at = Decimal.write(timestamp.counterAt(i), out, at + end - from);
            from = end;
        }
        return new String(out, 0, at, StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the timestamp that {@code value} holds, sharing the nodes of {@code known}, which are these; null when it is
     * anything but these ids, in order and spelled as here, with plain counters.
     */
    @Nullable
    VectorTimestamp read(String value, VectorTimestamp known) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder(known);
        int length = value.length();
        int at = 0;
        for (String piece : pieces) {
            if (!value.startsWith(piece, at)) {
                return null;
            }
            at += piece.length();
            int limit = Math.min(length, at + MAX_DIGITS - 1);
            int first = at;
            long counter = 0;
            while (at < limit) {
                int digit = value.charAt(at) - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                counter = counter * 10 + digit;
                at++;
            }
            if (at == first) {
                return null;
            }
            builder.putNext(counter);
        }
        return at == length ? builder.build() : null;
    }
}
