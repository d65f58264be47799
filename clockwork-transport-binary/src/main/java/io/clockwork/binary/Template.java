package io.clockwork.binary;

import static io.clockwork.binary.Bytes.WORD;

import io.clockwork.VectorTimestamp;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A vector as it stood on the wire, with the places of its counters: most likely the next vector of the same ids has
 * counters of the same widths and differs in nothing else. Immutable.
 */
final class Template {
    /*
     * Writing copies the bytes and puts the counters over the old ones. Reading compares all but the counters, eight bytes
     * at a time under a mask that leaves out what may differ; it keeps the type of each counter, the highest bit of a
     * fixint, and the highest bit of a uint64. What passes is well-formed and has these ids, so the counters can be taken
     * without looking further. The last word overlaps the one before.
     */
    private final byte[] bytes;
    /** Where each counter begins. */
    private final int[] counters;

    private final long[] words;
    private final long[] masks;

    /**
     * Creates a template of a vector.
     *
     * @param bytes at least eight, and not kept by the caller
     * @param counters where each counter begins; all have one of the five unsigned forms
     */
    Template(byte[] bytes, int[] counters) {
        this.bytes = bytes;
        this.counters = counters;
        words = words(bytes);
        masks = words(mask(bytes, counters));
    }

    private static byte[] mask(byte[] bytes, int[] counters) {
        byte[] mask = new byte[bytes.length];
        Arrays.fill(mask, (byte) 0xFF);
        for (int at : counters) {
            int end = CounterForm.end(bytes, at);
            if (end == at + 1) {
                mask[at] = (byte) 0x80;
            } else {
                Arrays.fill(mask, at + 1, end, (byte) 0);
                mask[at + 1] = (byte) (end == at + 9 ? 0x80 : 0);
            }
        }
        return mask;
    }

    private static long[] words(byte[] bytes) {
        long[] words = new long[(bytes.length + Long.BYTES - 1) >>> 3];
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) WORD.get(bytes, Math.min(i * Long.BYTES, bytes.length - Long.BYTES));
        }
        return words;
    }

    /** {@return the form of a timestamp of these ids, or null when a counter has another width} */
    byte @Nullable [] write(VectorTimestamp timestamp) {
        byte[] out = bytes.clone();
        for (int i = 0; i < counters.length; i++) {
            if (!CounterForm.replace(out, counters[i], timestamp.counterAt(i))) {
                return null;
            }
        }
        return out;
    }

    /** {@return the vector in {@code in} when it differs in counters only, and not in their widths; otherwise null} */
    @Nullable
    VectorTimestamp read(byte[] in, VectorTimestamp shape) {
        if (in.length != bytes.length || !isLike(in)) {
            return null;
        }
        VectorTimestamp.Builder builder = VectorTimestamp.builder(shape);
        for (int at : counters) {
            builder.putNext(CounterForm.get(in, at));
        }
        return builder.build();
    }

    private boolean isLike(byte[] in) {
        int last = words.length - 1;
        long difference = ((long) WORD.get(in, in.length - Long.BYTES) ^ words[last]) & masks[last];
        for (int i = 0; i < last; i++) {
            difference |= ((long) WORD.get(in, i * Long.BYTES) ^ words[i]) & masks[i];
        }
        return difference == 0;
    }
}
