package io.clockwork.binary;

/**
 * The first bytes of the types that a vector is made of, as unsigned numbers.
 *
 * @see <a href="https://github.com/msgpack/msgpack/blob/master/spec.md">MessagePack specification, Formats</a>
 */
final class MessagePack {
    static final int FIXMAP = 0x80;
    static final int MAP16 = 0xDE;
    static final int MAP32 = 0xDF;

    static final int FIXSTR = 0xA0;
    static final int STR8 = 0xD9;
    static final int STR16 = 0xDA;
    static final int STR32 = 0xDB;
    static final int BIN8 = 0xC4;
    static final int BIN16 = 0xC5;
    static final int BIN32 = 0xC6;

    static final int UINT8 = 0xCC;
    static final int UINT16 = 0xCD;
    static final int UINT32 = 0xCE;
    static final int UINT64 = 0xCF;
    static final int INT8 = 0xD0;
    static final int INT64 = 0xD3;
    static final int NEGATIVE_FIXINT = 0xE0;

    private MessagePack() {}

    /** {@return how many bytes the smallest header of a map has} */
    static int mapHeaderSize(int entries) {
        return entries < 16 ? 1 : entries < 0x10000 ? 3 : 5;
    }

    /** {@return how many bytes the smallest header of a string has; ids are never so long that they need five} */
    static int strHeaderSize(int bytes) {
        return bytes < 32 ? 1 : bytes < 0x100 ? 2 : 3;
    }

    /** Writes the smallest header of a map and returns where it ends. */
    static int putMapHeader(byte[] out, int entries) {
        if (entries < 16) {
            out[0] = (byte) (FIXMAP | entries);
            return 1;
        }
        if (entries < 0x10000) {
            out[0] = (byte) MAP16;
            return putBigEndian(out, 1, entries, 2);
        }
        out[0] = (byte) MAP32;
        return putBigEndian(out, 1, entries, 4);
    }

    /** Writes the smallest header of a string and returns where it ends. */
    static int putStrHeader(byte[] out, int at, int bytes) {
        if (bytes < 32) {
            out[at] = (byte) (FIXSTR | bytes);
            return at + 1;
        }
        if (bytes < 0x100) {
            out[at] = (byte) STR8;
            return putBigEndian(out, at + 1, bytes, 1);
        }
        out[at] = (byte) STR16;
        return putBigEndian(out, at + 1, bytes, 2);
    }

    /** Writes the lowest {@code width} bytes of {@code value} and returns where they end. */
    static int putBigEndian(byte[] out, int at, long value, int width) {
        for (int i = 0; i < width; i++) {
            out[at + i] = (byte) (value >>> (8 * (width - 1 - i)));
        }
        return at + width;
    }

    /** {@return the unsigned number in {@code width} bytes; of eight bytes, as two's complement} */
    static long bigEndian(byte[] in, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (in[at + i] & 0xFF);
        }
        return value;
    }
}
