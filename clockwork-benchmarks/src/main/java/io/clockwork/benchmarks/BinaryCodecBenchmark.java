package io.clockwork.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderGetter;
import io.clockwork.HeaderSetter;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.binary.BinaryCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.ArrayBufferInput;
import org.msgpack.jackson.dataformat.MessagePackFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of writing a vector into binary headers and of reading it. The claims: a vector of known ids is written into one
 * array of the exact size and read into the timestamp alone, both several times as fast as by a general MessagePack library.
 * One of unknown ids costs the making of a table of ids, which the peers, who make a {@code HashMap}, do not have.
 *
 * <p>Beside it: the same map by msgpack-core, with a packer and an unpacker that are kept and with new ones each time, and
 * by Jackson's data format on it. All over a carrier that costs nothing. Counters take one, three and five bytes in turn;
 * {@code Varying} ones have random widths, anew in each vector.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BinaryCodecBenchmark {
    private static final int STAMPS = 4;
    private static final int PEERS = 64;

    @Param({"4", "16", "64"})
    int nodes;

    private final BinaryCodec codec = BinaryCodec.builder().build();
    private final VectorTimestamp[] stamps = new VectorTimestamp[STAMPS];
    private final Message[] messages = new Message[STAMPS];
    private final Message[] unknown = new Message[PEERS];
    private final VectorTimestamp[] varying = new VectorTimestamp[PEERS];
    private final Message[] varyingMessages = new Message[PEERS];
    private final Message out = new Message();
    private AtomicVectorClock receiver = AtomicVectorClock.of("none");

    /** The peers' own form of a vector. */
    private String[] ids = {};

    private final long[][] counters = new long[STAMPS][];
    private final Map<String, Long>[] maps = newMaps();
    private final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    private final ArrayBufferInput input = new ArrayBufferInput(new byte[0]);
    private final MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(input);
    private final ObjectMapper jackson = new ObjectMapper(new MessagePackFactory());
    private final ObjectWriter jacksonWriter = jackson.writer();
    private final ObjectReader jacksonReader = jackson.readerFor(new TypeReference<HashMap<String, Long>>() {});
    private int last;

    /** A carrier with one header. */
    static final class Message {
        private byte @Nullable [] value;

        static final HeaderSetter<Message, byte[]> SETTER = (message, name, value) -> message.value = value;
        static final HeaderGetter<Message, byte[]> GETTER = (message, name) -> message.value;

        byte[] bytes() {
            return value == null ? new byte[0] : value;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, Long>[] newMaps() {
        return new Map[STAMPS];
    }

    private int next() {
        last = (last + 1) & (STAMPS - 1);
        return last;
    }

    @Setup
    public void setup() throws IOException {
        ids = Peers.ids("orders", nodes);
        long[] start = new long[nodes];
        for (int i = 0; i < nodes; i++) {
            start[i] = new long[] {i & 63, 1000L + i * 7L, 70_000_000L + i}[i % 3];
        }
        receiver = new AtomicVectorClock(VectorClock.restore(ids[0], Peers.clockwork(ids, start)));
        for (int k = 0; k < 100; k++) {
            receiver.tick();
        }
        VectorClock sender = VectorClock.restore(ids[nodes - 1], Peers.clockwork(ids, start));
        for (int i = 0; i < STAMPS; i++) {
            sender = sender.tick();
            stamps[i] = sender.timestamp();
            messages[i] = new Message();
            codec.inject(stamps[i], messages[i], Message.SETTER);
            counters[i] = new long[nodes];
            maps[i] = new LinkedHashMap<>();
            for (int n = 0; n < nodes; n++) {
                counters[i][n] = stamps[i].get(ids[n]);
                maps[i].put(ids[n], counters[i][n]);
            }
        }
        for (int i = 0; i < PEERS; i++) {
            unknown[i] = new Message();
            codec.inject(Peers.clockwork(Peers.ids("peer" + i, nodes), start), unknown[i], Message.SETTER);
        }
        SplittableRandom random = new SplittableRandom(nodes);
        for (int i = 0; i < PEERS; i++) {
            VectorTimestamp.Builder builder = VectorTimestamp.builder(stamps[0]);
            for (int n = 0; n < nodes; n++) {
                builder.putNext(random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1)));
            }
            varying[i] = builder.build();
            varyingMessages[i] = new Message();
            codec.inject(varying[i], varyingMessages[i], Message.SETTER);
        }
        check();
    }

    private void check() throws IOException {
        for (int i = 0; i < STAMPS; i++) {
            Map<String, Long> expected = stamps[last].asMap();
            byte[] bytes = messages[last].bytes();
            Peers.agree(Arrays.equals(pack(packer), bytes), "msgpack-core, writing");
            Peers.agree(Arrays.equals(jacksonWriter.writeValueAsBytes(maps[last]), bytes), "Jackson, writing");
            Peers.agree(unpack(MessagePack.newDefaultUnpacker(bytes)).equals(expected), "msgpack-core, reading");
            Peers.agree(jacksonReader.readValue(bytes).equals(expected), "Jackson, reading");
            Peers.agree(
                    codec.extract(messages[last], Message.GETTER)
                            .map(t -> t.equals(stamps[last]))
                            .orElse(false),
                    "reading");
            next();
        }
        for (int i = 0; i < PEERS; i++) {
            Peers.agree(
                    unpack(MessagePack.newDefaultUnpacker(varyingMessages[i].bytes()))
                            .equals(varying[i].asMap()),
                    "varying widths");
        }
        for (Message message : unknown) {
            Map<String, Long> expected =
                    codec.extract(message, Message.GETTER).orElseThrow().asMap();
            Peers.agree(unpack(MessagePack.newDefaultUnpacker(message.bytes())).equals(expected), "unknown ids");
        }
    }

    private byte[] pack(MessageBufferPacker packer) throws IOException {
        packMap(packer, ids, counters[last]);
        byte[] bytes = packer.toByteArray();
        packer.clear();
        return bytes;
    }

    private static void packMap(MessagePacker packer, String[] ids, long[] counters) throws IOException {
        packer.packMapHeader(ids.length);
        for (int i = 0; i < ids.length; i++) {
            packer.packString(ids[i]).packLong(counters[i]);
        }
    }

    private static Map<String, Long> unpack(MessageUnpacker unpacker) throws IOException {
        int size = unpacker.unpackMapHeader();
        Map<String, Long> map = new HashMap<>(size * 2);
        for (int i = 0; i < size; i++) {
            map.put(unpacker.unpackString(), unpacker.unpackLong());
        }
        return map;
    }

    private Map<String, Long> unpackReused(byte[] bytes) throws IOException {
        input.reset(bytes);
        unpacker.reset(input);
        return unpack(unpacker);
    }

    @Benchmark
    public byte @Nullable [] inject() {
        codec.inject(stamps[next()], out, Message.SETTER);
        return out.value;
    }

    @Benchmark
    public VectorTimestamp extractKnown() {
        return codec.extract(messages[next()], Message.GETTER, receiver.timestamp())
                .orElseThrow();
    }

    @Benchmark
    public VectorTimestamp extractRecent() {
        return codec.extract(messages[next()], Message.GETTER).orElseThrow();
    }

    @Benchmark
    public VectorTimestamp extractUnknown() {
        last = (last + 1) & (PEERS - 1);
        return codec.extract(unknown[last], Message.GETTER).orElseThrow();
    }

    @Benchmark
    public byte @Nullable [] injectVarying() {
        last = (last + 1) & (PEERS - 1);
        codec.inject(varying[last], out, Message.SETTER);
        return out.value;
    }

    @Benchmark
    public VectorTimestamp extractVarying() {
        last = (last + 1) & (PEERS - 1);
        return codec.extract(varyingMessages[last], Message.GETTER, stamps[0]).orElseThrow();
    }

    @Benchmark
    public VectorTimestamp receive() {
        return codec.receive(receiver, messages[next()], Message.GETTER);
    }

    @Benchmark
    public byte[] injectMsgpackReused() throws IOException {
        next();
        return pack(packer);
    }

    @Benchmark
    public byte[] injectMsgpack() throws IOException {
        next();
        try (MessageBufferPacker fresh = MessagePack.newDefaultBufferPacker()) {
            return pack(fresh);
        }
    }

    @Benchmark
    public byte[] injectJackson() throws IOException {
        return jacksonWriter.writeValueAsBytes(maps[next()]);
    }

    @Benchmark
    public Map<String, Long> extractMsgpackReused() throws IOException {
        return unpackReused(messages[next()].bytes());
    }

    @Benchmark
    public Map<String, Long> extractMsgpackReusedUnknown() throws IOException {
        last = (last + 1) & (PEERS - 1);
        return unpackReused(unknown[last].bytes());
    }

    @Benchmark
    public Map<String, Long> extractMsgpack() throws IOException {
        try (MessageUnpacker fresh = MessagePack.newDefaultUnpacker(messages[next()].bytes())) {
            return unpack(fresh);
        }
    }

    @Benchmark
    public Map<String, Long> extractJackson() throws IOException {
        return jacksonReader.readValue(messages[next()].bytes());
    }

    /** What the benchmark itself costs. */
    @Benchmark
    public VectorTimestamp baseline() {
        return stamps[next()];
    }
}
