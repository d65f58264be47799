package io.clockwork.text;

import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a vector's node ids, ready to be written between the counters and to be found again in a header: then
 * no id is escaped, checked or made into a string. Immutable.
 */
final class TextNodes {
    /** A timestamp of these nodes. */
    private final VectorTimestamp sample;
    /** Of each node {@code ,id=}, of the first without the comma; and a word more, to be read past the end. */
    private final byte[] pieces;
    /** Where each piece ends. */
    private final int[] ends;

    private TextNodes(VectorTimestamp sample, byte[] pieces, int[] ends) {
        this.sample = sample;
        this.pieces = pieces;
        this.ends = ends;
    }

    /** {@return the form of the sample's nodes, each {@code ,id=} in {@code pieces}; null when it cannot be used} */
    static @Nullable TextNodes of(VectorTimestamp sample, String[] pieces) {
        int[] ends = new int[pieces.length];
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            all.append(pieces[i]);
            ends[i] = all.length();
        }
        // Headers are looked at as ISO 8859-1, in which a question mark may stand for any other character.
        boolean usable = all.indexOf("?") < 0 && all.chars().allMatch(c -> c < 0x80);
        all.append("\0".repeat(Math.max(Word.BYTES, Decimal.SLACK)));
        return usable ? new TextNodes(sample, all.toString().getBytes(StandardCharsets.ISO_8859_1), ends) : null;
    }

    VectorTimestamp sample() {
        return sample;
    }

    /** {@return the text form of {@code timestamp}, whose nodes are these} */
    String write(VectorTimestamp timestamp) {
        int[] ends = this.ends;
        byte[] pieces = this.pieces;
        long bits = 0;
        for (int i = 0; i < ends.length; i++) {
            bits |= timestamp.counterAt(i);
        }
        byte[] out = new byte[pieces.length + ends.length * Decimal.mostDigits(bits)];
        int from = 0;
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = ends[i];
            // Whole words: what comes after the piece is overwritten by the digits and the next piece.
            for (int p = from, q = at; p < end; p += Word.BYTES, q += Word.BYTES) {
                Word.set(out, q, Word.get(pieces, p));
            }
            at = Decimal.write(timestamp.counterAt(i), out, at + end - from);
            from = end;
        }
        return new String(out, 0, at, StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the timestamp that {@code header} holds, sharing the nodes of {@code known}, which are these; null when it
     * is anything but these ids, in order and spelled as here, with plain counters of at most 15 digits.
     */
    @Nullable
    VectorTimestamp read(byte[] header, VectorTimestamp known) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder(known);
        int[] ends = this.ends;
        int from = 0;
        int at = 0;
        for (int end : ends) {
            int length = end - from;
            if (at + length >= header.length || !Word.equal(pieces, from, header, at, length)) {
                return null;
            }
            from = end;
            at += length;
            long read = Decimal.read(header, at);
            int digits = (int) read & Decimal.DIGITS_MASK;
            if (digits == 0) {
                return null;
            }
            builder.putNext(read >>> Decimal.DIGITS_BITS);
            at += digits;
        }
        return at == header.length ? builder.build() : null;
    }
}
