package io.clockwork.binary;

import static io.clockwork.binary.Bytes.BIG16;
import static io.clockwork.binary.Bytes.BIG32;
import static io.clockwork.binary.Bytes.BIG64;
import static io.clockwork.binary.MessagePack.UINT16;
import static io.clockwork.binary.MessagePack.UINT32;
import static io.clockwork.binary.MessagePack.UINT64;
import static io.clockwork.binary.MessagePack.UINT8;

/**
 * A counter as positive fixint, uint8, uint16, uint32 or uint64.
 *
 * <p>Each width stands here with its own constants: a width that was computed would have to be waited for before it is
 * known where the next entry begins, while a branch is foreseen.
 */
final class CounterForm {
    private CounterForm() {}

    /** {@return how many bytes the smallest form has} */
    static int size(long counter) {
        if (counter < 0x80) {
            return 1;
        }
        if (counter < 0x10000) {
            return counter < 0x100 ? 2 : 3;
        }
        return counter < 0x1_0000_0000L ? 5 : 9;
    }

    /** {@return whether a form of one of the five begins so} */
    static boolean isUnsigned(byte mark) {
        return mark >= 0 || (mark & ~3) == (byte) UINT8;
    }

    /** {@return where the form that begins at {@code at} ends; for signed numbers too} */
    static int end(byte[] in, int at) {
        // The last two bits of uint8 to uint64, and of int8 to int64, are the logarithm of the width.
        return at + 1 + (in[at] >= 0 ? 0 : 1 << (in[at] & 3));
    }

    /** Writes the smallest form and returns where it ends. */
    static int put(byte[] out, int at, long counter) {
        if (counter < 0x80) {
            out[at] = (byte) counter;
            return at + 1;
        }
        if (counter < 0x100) {
            out[at] = (byte) UINT8;
            out[at + 1] = (byte) counter;
            return at + 2;
        }
        if (counter < 0x10000) {
            out[at] = (byte) UINT16;
            BIG16.set(out, at + 1, (short) counter);
            return at + 3;
        }
        if (counter < 0x1_0000_0000L) {
            out[at] = (byte) UINT32;
            BIG32.set(out, at + 1, (int) counter);
            return at + 5;
        }
        out[at] = (byte) UINT64;
        BIG64.set(out, at + 1, counter);
        return at + 9;
    }

    /** Writes a counter over another one; {@return whether this is its smallest form, as it should be} */
    static boolean replace(byte[] out, int at, long counter) {
        int mark = out[at];
        if (mark >= 0) {
            out[at] = (byte) counter;
            return counter < 0x80;
        }
        if (mark == (byte) UINT16) {
            BIG16.set(out, at + 1, (short) counter);
            return counter >= 0x100 && counter < 0x10000;
        }
        if (mark == (byte) UINT32) {
            BIG32.set(out, at + 1, (int) counter);
            return counter >= 0x10000 && counter < 0x1_0000_0000L;
        }
        if (mark == (byte) UINT8) {
            out[at + 1] = (byte) counter;
            return counter >= 0x80 && counter < 0x100;
        }
        BIG64.set(out, at + 1, counter);
        return counter >= 0x1_0000_0000L;
    }

    /** {@return the counter in a form that is known to be one of these five} */
    static long get(byte[] in, int at) {
        int mark = in[at];
        if (mark >= 0) {
            return mark;
        }
        if (mark == (byte) UINT16) {
            return (short) BIG16.get(in, at + 1) & 0xFFFF;
        }
        if (mark == (byte) UINT32) {
            return (int) BIG32.get(in, at + 1) & 0xFFFF_FFFFL;
        }
        return mark == (byte) UINT8 ? in[at + 1] & 0xFF : (long) BIG64.get(in, at + 1);
    }
}
