package io.clockwork.binary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.msgpack.core.MessagePacker;

/** Forms that are wider than needed, which a packer by itself would not choose. */
final class Widths {
    private Widths() {}

    /** Packs an id as str or bin, in the form of this number or the next one that holds it. */
    static void packId(MessagePacker packer, String id, int form) throws IOException {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        byte[] header = switch (form) {
            case 0 -> utf8.length < 32 ? bytes(0xA0 | utf8.length) : bytes(0xD9, utf8.length);
            case 1 -> bytes(0xD9, utf8.length);
            case 2 -> bytes(0xDA, 0, utf8.length);
            case 3 -> bytes(0xDB, 0, 0, 0, utf8.length);
            case 4 -> bytes(0xC4, utf8.length);
            case 5 -> bytes(0xC5, 0, utf8.length);
            default -> bytes(0xC6, 0, 0, 0, utf8.length);
        };
        packer.writePayload(header).writePayload(utf8);
    }

    /** Packs a counter in the form of this number or the next one that holds it. */
    static void packCounter(MessagePacker packer, long counter, int form) throws IOException {
        long[] limits = {0x7F, 0xFF, 0xFFFF, 0xFFFF_FFFFL, Long.MAX_VALUE, 0x7F, 0x7FFF, 0x7FFF_FFFF, Long.MAX_VALUE};
        int fitting = form;
        while (counter > limits[fitting]) {
            fitting++;
        }
        if (fitting == 0) {
            packer.writePayload(bytes((int) counter));
            return;
        }
        int width = 1 << ((fitting - 1) & 3);
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(counter).array();
        packer.writePayload(bytes((fitting < 5 ? 0xCC : 0xD0) + ((fitting - 1) & 3)));
        packer.writePayload(number, Long.BYTES - width, width);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** The headers that a map can have. */
    enum MapForm {
        SMALLEST,
        MAP16,
        MAP32;

        void pack(MessagePacker packer, int size) throws IOException {
            switch (this) {
                case SMALLEST -> packer.packMapHeader(size);
                case MAP16 -> packer.writePayload(bytes(0xDE, size >> 8, size));
                case MAP32 -> packer.writePayload(bytes(0xDF, 0, 0, size >> 8, size));
            }
        }
    }
}
