package io.clockwork.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time. */
final class Word {
    static final int BYTES = Long.BYTES;

    private static final VarHandle VIEW = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Word() {}

    static long get(byte[] bytes, int at) {
        return (long) VIEW.get(bytes, at);
    }

    static void set(byte[] bytes, int at, long word) {
        VIEW.set(bytes, at, word);
    }

    /** {@return whether {@code length} bytes are the same; both ranges must be inside their arrays} */
    static boolean equal(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        if (length < BYTES) {
            for (int i = 0; i < length; i++) {
                if (a[aFrom + i] != b[bFrom + i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - BYTES;
        for (int i = 0; i < last; i += BYTES) {
            if (get(a, aFrom + i) != get(b, bFrom + i)) {
                return false;
            }
        }
        // The last word overlaps the one before it.
        return get(a, aFrom + last) == get(b, bFrom + last);
    }
}
