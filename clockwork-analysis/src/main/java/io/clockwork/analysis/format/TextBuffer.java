package io.clockwork.analysis.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes that can also be read eight at a time, the first as the lowest, up to the last one. */
final class TextBuffer {
    final byte[] bytes;
    private final ByteBuffer words;

    /** Creates a buffer of {@code size} bytes, and some behind them that are there to be read over. */
    TextBuffer(int size) {
        bytes = new byte[size + Long.BYTES];
        words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return the eight bytes from {@code at} on} */
    long word(int at) {
        return words.getLong(at);
    }
}
