package io.clockwork.binary;

import io.clockwork.VectorTimestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ImmutableValue;

/** Values of headers as another implementation of MessagePack makes and reads them. */
final class Wire {
    private Wire() {}

    /** What a test does with a packer. */
    @FunctionalInterface
    interface Packing {
        void accept(MessageBufferPacker packer) throws IOException;
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] packed(Packing packing) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packing.accept(packer);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a map of these entries in this order, whatever they are} */
    static byte[] map(List<Map.Entry<String, Long>> entries) {
        return packed(packer -> {
            packer.packMapHeader(entries.size());
            for (Map.Entry<String, Long> e : entries) {
                byte[] id = e.getKey().getBytes(StandardCharsets.UTF_8);
                packer.packRawStringHeader(id.length).addPayload(id).packLong(e.getValue());
            }
        });
    }

    /** {@return the entries of a map of strings to counters, as the other implementation reads them} */
    static List<Map.Entry<String, String>> entries(byte[] map) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(map)) {
            List<Map.Entry<String, String>> entries = new ArrayList<>();
            for (int left = unpacker.unpackMapHeader(); left > 0; left--) {
                ImmutableValue key = unpacker.unpackValue();
                ImmutableValue counter = unpacker.unpackValue();
                entries.add(Map.entry(
                        key.asRawValue().asString(),
                        counter.asIntegerValue().asBigInteger().toString()));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return how many bytes follow the first value, as the other implementation reads it} */
    static int trailing(byte[] input) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(input)) {
            unpacker.skipValue();
            return input.length - (int) unpacker.getTotalReadBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a vector of {@code size} nodes, n00000 and so on, with their index as counter} */
    static VectorTimestamp series(int size) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        for (int i = 0; i < size; i++) {
            builder.put(String.format("n%05d", i), i);
        }
        return builder.build();
    }
}
