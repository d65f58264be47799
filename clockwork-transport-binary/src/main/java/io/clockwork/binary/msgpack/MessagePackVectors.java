package io.clockwork.binary.msgpack;

import io.clockwork.CausalityCodecException;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderNames;
import io.clockwork.VectorTimestamp;
import io.clockwork.binary.BinaryCodec;
import java.io.IOException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/**
 * Writes and reads a vector as one map of node ids to counters among other values of a MessagePack stream.
 *
 * <p>The form is that of {@link BinaryCodec}, and the same is refused, but for what follows the map: that is the
 * application's, and stays unread. Costs are linear in the size of the map, and O(n log n) when its n ids are not in order.
 */
public final class MessagePackVectors {
    /** What exceptions name in place of a header. */
    static final String KEY = "MessagePack vector";

    private static final HeaderNames NAMES = new HeaderNames("Lamport timestamp", KEY, "event id", "event type");

    private static final BinaryCodec DEFAULT = codec(CodecLimits.DEFAULT);

    private MessagePackVectors() {}

    /** As {@link #pack(VectorTimestamp, MessagePacker, CodecLimits)}, within {@link CodecLimits#DEFAULT}. */
    public static void pack(VectorTimestamp timestamp, MessagePacker packer) throws IOException {
        pack(timestamp, packer, DEFAULT);
    }

    /**
     * Writes a timestamp as a map with ascending ids, an empty one as an empty map.
     *
     * @throws CausalityCodecException if the timestamp is over a limit; then nothing was written
     * @throws IOException if the packer's output throws it
     */
    public static void pack(VectorTimestamp timestamp, MessagePacker packer, CodecLimits limits) throws IOException {
        pack(timestamp, packer, codec(limits));
    }

    private static void pack(VectorTimestamp timestamp, MessagePacker packer, BinaryCodec codec) throws IOException {
        if (timestamp.isEmpty()) {
            packer.packMapHeader(0);
            return;
        }
        byte[][] map = new byte[1][];
        codec.inject(timestamp, map, (out, name, value) -> out[0] = value);
        packer.writePayload(map[0]);
    }

    /** As {@link #unpack(MessageUnpacker, CodecLimits)}, within {@link CodecLimits#DEFAULT}. */
    public static VectorTimestamp unpack(MessageUnpacker unpacker) throws IOException {
        return unpack(unpacker, CodecLimits.DEFAULT);
    }

    /**
     * Reads the map that comes next, with ids in any order and numbers of any width.
     *
     * @throws CausalityCodecException if what comes next is not a vector, is over a limit, or ends too early; the unpacker
     *     then stands somewhere within it
     * @throws IOException if the unpacker's input throws it
     */
    public static VectorTimestamp unpack(MessageUnpacker unpacker, CodecLimits limits) throws IOException {
        return new VectorUnpacker(unpacker, limits).unpack();
    }

    private static BinaryCodec codec(CodecLimits limits) {
        return BinaryCodec.builder().names(NAMES).limits(limits).build();
    }
}
