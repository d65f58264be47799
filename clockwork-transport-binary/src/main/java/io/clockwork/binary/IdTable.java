package io.clockwork.binary;

import static io.clockwork.binary.Bytes.WORD;

import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one vector as they stand on the wire, ready to be copied and compared; safe for any number of threads.
 *
 * <p>Reading with it is a guess: input that is anything but exactly these ids, in this order and in the smallest forms,
 * gives null and is to be read again by {@link VectorInput}, which knows why.
 */
final class IdTable {
    /*
     * The form of an id is its string header and its UTF-8 bytes. In `forms` each one is its length in bytes, then a word
     * of its last eight bytes, then words of eight bytes from its first on as far as those eight do not reach. So words
     * may overlap, and nothing outside of a form is read or written. Only a form shorter than eight bytes is one padded
     * word; what that writes behind the form is written over by what comes next.
     *
     * The templates are what was written and read before. They are published by a data race, which is safe as their fields
     * are final; the counts lose updates, which only makes a template earlier or later.
     */

    /** A table that is used once needs no template; and counters of ever changing widths should not make one each time. */
    private static final int ANEW_PER_TEMPLATE = 8; // a power of two, so that the counts may overflow

    private final VectorTimestamp shape;
    private final int entries;
    private final int headerSize;
    private final long[] forms;
    /** The map's header and all ids, in bytes. */
    private final int fixedSize;

    private @Nullable Template written;
    private int writtenAnew;
    private @Nullable Template read;
    private int readAnew;

    private IdTable(VectorTimestamp shape, long[] forms, int fixedSize) {
        this.shape = shape;
        this.forms = forms;
        this.fixedSize = fixedSize;
        entries = shape.size();
        headerSize = MessagePack.mapHeaderSize(entries);
    }

    /** {@return the table of the ids of {@code shape}, which is not empty, or null when they are over a limit} */
    static @Nullable IdTable of(VectorTimestamp shape, CodecLimits limits) {
        int entries = shape.size();
        if (entries > limits.maxEntries()) {
            return null;
        }
        long size = MessagePack.mapHeaderSize(entries);
        int words = 0;
        for (int i = 0; i < entries; i++) {
            int bytes = Utf8.length(shape.nodeAt(i));
            int length = MessagePack.strHeaderSize(bytes) + bytes;
            size += length;
            words += wordsFor(length);
            if (bytes > limits.maxIdBytes() || size + entries > limits.maxValueBytes()) {
                return null;
            }
        }
        long[] forms = new long[words];
        int k = 0;
        for (int i = 0; i < entries; i++) {
            byte[] utf8 = shape.nodeAt(i).getBytes(StandardCharsets.UTF_8);
            byte[] form = new byte[MessagePack.strHeaderSize(utf8.length) + utf8.length];
            System.arraycopy(utf8, 0, form, MessagePack.putStrHeader(form, 0, utf8.length), utf8.length);
            k = addForm(forms, k, form, 0, form.length);
        }
        return new IdTable(shape, forms, (int) size);
    }

    /** {@return the table of the ids of {@code shape}, which was read from {@code in}, where all is in canonical form} */
    static IdTable ofCanonical(VectorTimestamp shape, byte[] in) {
        int size = MessagePack.mapHeaderSize(shape.size());
        int words = 0;
        for (int at = size; at < in.length; ) {
            int length = strSize(in, at);
            words += wordsFor(length);
            size += length;
            at = CounterForm.end(in, at + length);
        }
        long[] forms = new long[words];
        int k = 0;
        for (int at = MessagePack.mapHeaderSize(shape.size()); at < in.length; ) {
            int length = strSize(in, at);
            k = addForm(forms, k, in, at, length);
            at = CounterForm.end(in, at + length);
        }
        return new IdTable(shape, forms, size);
    }

    private static int strSize(byte[] in, int at) {
        return in[at] == (byte) MessagePack.STR8 ? 2 + (in[at + 1] & 0xFF) : 1 + (in[at] & 0x1F);
    }

    private static int wordsFor(int length) {
        return 1 + ((length + Long.BYTES - 1) >>> 3);
    }

    private static int addForm(long[] forms, int from, byte[] bytes, int at, int length) {
        int k = from;
        forms[k++] = length;
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                forms[k] |= (bytes[at + i] & 0xFFL) << (8 * i);
            }
            return k + 1;
        }
        forms[k++] = (long) WORD.get(bytes, at + length - Long.BYTES);
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            forms[k++] = (long) WORD.get(bytes, at + i);
        }
        return k;
    }

    /**
     * {@return how many entries the map in {@code in} declares, so that no table need be made in vain; -1 for a form that
     * has no table}
     */
    static int declaredEntries(byte[] in) {
        int mark = in[0] & 0xFF;
        if ((mark & 0xF0) == MessagePack.FIXMAP) {
            return mark & 0x0F;
        }
        return mark == MessagePack.MAP16 && in.length > 2 ? (in[1] & 0xFF) << 8 | (in[2] & 0xFF) : -1;
    }

    /** {@return how many bytes {@link #write} makes of a timestamp of these ids; perhaps more than an int holds} */
    long size(VectorTimestamp timestamp) {
        long size = fixedSize;
        for (int i = 0; i < timestamp.size(); i++) {
            size += CounterForm.size(timestamp.counterAt(i));
        }
        return size;
    }

    /** {@return the form of a timestamp of these ids, or null when it is not like the one before} */
    byte @Nullable [] writeLikeBefore(VectorTimestamp timestamp) {
        Template template = written;
        byte[] out = template == null ? null : template.write(timestamp);
        if (template != null && out == null) {
            written = null;
        }
        return out;
    }

    /** {@return the form of a timestamp of these ids, whose {@link #size} is {@code size}} */
    byte[] write(VectorTimestamp timestamp, int size) {
        byte[] out = new byte[size];
        int at = MessagePack.putMapHeader(out, entries);
        int k = 0;
        for (int i = 0; k < forms.length; i++) {
            int length = (int) forms[k];
            putId(out, at, length, k);
            k += wordsFor(length);
            at = CounterForm.put(out, at + length, timestamp.counterAt(i));
        }
        if ((writtenAnew++ & (ANEW_PER_TEMPLATE - 1)) == 1) {
            written = template(out);
        }
        return out;
    }

    /** {@return a template of bytes that hold these ids; null for so few that it is not worth it} */
    private @Nullable Template template(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            return null;
        }
        int[] counters = new int[entries];
        int at = headerSize;
        int k = 0;
        for (int i = 0; i < entries; i++) {
            counters[i] = at + (int) forms[k];
            at = CounterForm.end(bytes, counters[i]);
            k += wordsFor((int) forms[k]);
        }
        return new Template(bytes.clone(), counters);
    }

    private void putId(byte[] out, int at, int length, int k) {
        if (length < Long.BYTES) {
            putShortId(out, at, length, forms[k + 1]);
            return;
        }
        WORD.set(out, at + length - Long.BYTES, forms[k + 1]);
        if (length > 8) {
            WORD.set(out, at, forms[k + 2]);
        }
        if (length > 16) {
            WORD.set(out, at + 8, forms[k + 3]);
        }
        if (length > 24) {
            putRest(out, at, length, k + 4);
        }
    }

    private void putRest(byte[] out, int at, int length, int from) {
        int k = from;
        for (int i = 16; i < length - Long.BYTES; i += Long.BYTES) {
            WORD.set(out, at + i, forms[k++]);
        }
    }

    private static void putShortId(byte[] out, int at, int length, long word) {
        if (at <= out.length - Long.BYTES) {
            WORD.set(out, at, word);
            return;
        }
        for (int i = 0; i < length; i++) {
            out[at + i] = (byte) (word >>> (8 * i));
        }
    }

    /** {@return the vector in {@code in} when its ids are these; null when it is to be read otherwise} */
    @Nullable
    VectorTimestamp read(byte[] in) {
        Template template = read;
        VectorTimestamp result = template == null ? null : template.read(in, shape);
        return result == null ? readAnew(in, template) : result;
    }

    private @Nullable VectorTimestamp readAnew(byte[] in, @Nullable Template unlike) {
        // A header wider than needed is not followed by the first id. That id is looked at before counters are made
        // room for.
        if (in.length < fixedSize + entries
                || declaredEntries(in) != entries
                || !isId(in, headerSize, (int) forms[0], 0)) {
            return null;
        }
        VectorTimestamp.Builder builder = VectorTimestamp.builder(shape);
        int at = headerSize;
        for (int k = 0; k < forms.length; ) {
            int length = (int) forms[k];
            int counterAt = at + length;
            if (counterAt >= in.length || !isId(in, at, length, k) || !CounterForm.isUnsigned(in[counterAt])) {
                return null;
            }
            k += wordsFor(length);
            at = CounterForm.end(in, counterAt);
            long counter = at > in.length ? -1 : CounterForm.get(in, counterAt);
            if (counter < 0) {
                return null;
            }
            builder.putNext(counter);
        }
        if (at != in.length) {
            return null;
        }
        if ((readAnew++ & (ANEW_PER_TEMPLATE - 1)) == 1) {
            read = template(in);
        } else if (unlike != null) {
            read = null;
        }
        return builder.build();
    }

    private boolean isId(byte[] in, int at, int length, int k) {
        if (length < Long.BYTES) {
            return isShortId(in, at, length, forms[k + 1]);
        }
        long difference = (long) WORD.get(in, at + length - Long.BYTES) ^ forms[k + 1];
        if (length > 8) {
            difference |= (long) WORD.get(in, at) ^ forms[k + 2];
        }
        if (length > 16) {
            difference |= (long) WORD.get(in, at + 8) ^ forms[k + 3];
        }
        return difference == 0 && (length <= 24 || isRest(in, at, length, k + 4));
    }

    private boolean isRest(byte[] in, int at, int length, int from) {
        int k = from;
        for (int i = 16; i < length - Long.BYTES; i += Long.BYTES) {
            if ((long) WORD.get(in, at + i) != forms[k++]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShortId(byte[] in, int at, int length, long word) {
        if (at <= in.length - Long.BYTES) {
            return (((long) WORD.get(in, at) ^ word) << (Long.SIZE - 8 * length)) == 0;
        }
        for (int i = 0; i < length; i++) {
            if (in[at + i] != (byte) (word >>> (8 * i))) {
                return false;
            }
        }
        return true;
    }
}
