package io.clockwork.binary;

import static io.clockwork.binary.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What input that wants to cost much does cost: allocation is counted, as time on a shared machine is not to be trusted. */
class HostileInputTest {
    private static final String VECTOR = "causality-vc";
    private static final CodecLimits BOUNDLESS = new CodecLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 255);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a refusal may cost beside its exception. */
    private static final long REFUSAL_BYTES = 1_024;

    private static Map<String, byte[]> withinTheLimitsOrNot() {
        Map<String, byte[]> hostile = new LinkedHashMap<>();
        hostile.put("map of 2^32-1 entries", hex("dfffffffff"));
        hostile.put("map of 2^31-1 entries", hex("df7fffffff"));
        hostile.put("map of 65,535 entries", hex("deffff"));
        hostile.put("map of 256 entries that are not there", hex("de0100a16101"));
        hostile.put("str of 2^32-1 bytes", hex("81dbffffffff6101"));
        hostile.put("str of 2^31-1 bytes", hex("81db7fffffff6101"));
        hostile.put("str of 65,535 bytes", hex("81daffff6101"));
        hostile.put("str of 255 bytes that are not there", hex("81d9ff6101"));
        hostile.put("bin of 2^32-1 bytes", hex("81c6ffffffff6101"));
        hostile.put("array of 2^32-1 entries", hex("ddffffffff"));
        hostile.put("array of 2^32-1 entries as counter", hex("81a161ddffffffff"));
        hostile.put("ext of 2^32-1 bytes as id", hex("81c9ffffffff01"));
        hostile.put("arrays in arrays", filled(8_000, 0x91));
        hostile.put("maps in maps", filled(8_000, 0x81));
        hostile.put("one megabyte of maps", filled(1 << 20, 0x81));
        hostile.put("one megabyte of zeros", new byte[1 << 20]);
        hostile.put("one megabyte that begins well", startingWith(filled(1 << 20, 0x61), "dbffffffff"));
        hostile.put("a million entries", millionEntries());
        return hostile;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] startingWith(byte[] bytes, String hex) {
        byte[] start = hex(hex);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }

    private static byte[] millionEntries() {
        return Wire.packed(packer -> {
            packer.packMapHeader(1_000_000);
            for (int i = 0; i < 1_000_000; i++) {
                packer.packString(Integer.toString(i, Character.MAX_RADIX)).packInt(i);
            }
        });
    }

    /** {@return the bytes that this thread allocates at one call, the least of several: a first call also links classes} */
    private static long allocated(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            least = Math.min(least, once(call));
        }
        return least;
    }

    private static CausalityCodecException refusal(Runnable call) {
        try {
            call.run();
        } catch (CausalityCodecException e) {
            return e;
        }
        throw new AssertionError("not refused");
    }

    /** {@return what an exception costs that is as long and as deep in the stack} */
    private static long exceptionAlone(CausalityCodecException e) {
        String problem = "x".repeat(e.getMessage().length());
        return allocated(() -> refusal(() -> refuseBelow(12, e, problem)));
    }

    private static void refuseBelow(int frames, CausalityCodecException e, String problem) {
        if (frames > 0) {
            refuseBelow(frames - 1, e, problem);
        } else {
            throw new CausalityCodecException(e.reason(), e.key(), e.offset(), problem, problem);
        }
    }

    @Test
    void aRefusalCostsAtMostAKilobyteBesideTheException() {
        BinaryCodec codec = BinaryCodec.create();
        VectorTimestamp known = VectorTimestamp.of("a", 1, "b", 2);
        withinTheLimitsOrNot().forEach((what, value) -> {
            Map<String, byte[]> headers = Map.of(VECTOR, value);
            CausalityCodecException e = refusal(() -> codec.extract(headers, Map::get, known));
            long cost = allocated(() -> refusal(() -> codec.extract(headers, Map::get, known)));
            assertThat(cost - exceptionAlone(e)).as(what).isLessThanOrEqualTo(REFUSAL_BYTES);
            assertThat(e.getMessage()).as(what).hasSizeLessThan(400);
        });
    }

    @Test
    void withoutLimitsNothingIsMadeOfADeclaredLength() {
        BinaryCodec codec = BinaryCodec.builder().limits(BOUNDLESS).build();
        withinTheLimitsOrNot().forEach((what, value) -> {
            if (value.length < 1 << 20) {
                Map<String, byte[]> headers = Map.of(VECTOR, value);
                CausalityCodecException e = refusal(() -> codec.extract(headers));
                long cost = allocated(() -> refusal(() -> codec.extract(headers)));
                assertThat(cost - exceptionAlone(e)).as(what).isLessThanOrEqualTo(REFUSAL_BYTES);
            }
        });
    }

    @Test
    void theOtherHeadersAreRefusedAsCheaply() {
        BinaryCodec codec = BinaryCodec.create();
        byte[] megabyte = filled(1 << 20, ':');
        Map<String, byte[]> headers = Map.of(
                "causality-lc",
                megabyte,
                VECTOR,
                hex("81a16101"),
                "causality-eid",
                megabyte,
                "causality-etype",
                megabyte);
        for (Runnable call : List.<Runnable>of(
                () -> codec.extractLamport(headers, Map::get),
                () -> codec.extractEvent(headers, Map::get, new byte[0]))) {
            CausalityCodecException e = refusal(call);
            assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(allocated(() -> refusal(call)) - exceptionAlone(e)).isLessThanOrEqualTo(REFUSAL_BYTES);
        }
    }

    @Test
    void aMillionEntriesAreReadWhereTheLimitsAllowThem() {
        byte[] value = millionEntries();
        VectorTimestamp read = BinaryCodec.builder()
                .limits(BOUNDLESS)
                .build()
                .extract(Map.of(VECTOR, value))
                .orElseThrow();
        assertThat(read.size()).isEqualTo(1_000_000);
        assertThat(read.get("lflr")).isEqualTo(Integer.parseInt("lflr", Character.MAX_RADIX));
    }

    @Test
    void aVectorOfKnownIdsIsReadIntoTheTimestampAlone() {
        BinaryCodec codec = BinaryCodec.create();
        VectorTimestamp known = Wire.series(64);
        Map<String, byte[]> headers = new LinkedHashMap<>();
        codec.inject(known, headers);
        byte[] value = headers.get(VECTOR);
        long timestamp = allocated(() -> VectorTimestamp.builder(known).build());
        // Interpreted code makes the builder and the optional too; no string, no table and no array beside the
        // counters.
        assertThat(allocated(() -> codec.extract(value, (v, name) -> v, known)) - timestamp)
                .isLessThanOrEqualTo(64);
        codec.extract(value, (v, name) -> v);
        assertThat(allocated(() -> codec.extract(value, (v, name) -> v)) - timestamp)
                .isLessThanOrEqualTo(64);
        VectorTimestamp read = codec.extract(value, (v, name) -> v).orElseThrow();
        assertThat(codec.extract(value, (v, name) -> v).orElseThrow().nodes()).isSameAs(read.nodes());
    }

    @Test
    void aVectorOfKnownIdsIsWrittenIntoOneArray() {
        BinaryCodec codec = BinaryCodec.create();
        VectorTimestamp vector = Wire.series(64);
        byte[][] out = new byte[1][];
        codec.inject(vector, out, (o, name, value) -> o[0] = value);
        int length = out[0].length;
        assertThat(allocated(() -> codec.inject(vector, out, (o, name, value) -> o[0] = value)))
                .isLessThanOrEqualTo(length + 16 + 7);
    }

    @Test
    void aHostilePeerPushesOutPeersOnly() {
        BinaryCodec codec = BinaryCodec.create();
        VectorTimestamp known = Wire.series(64);
        byte[][] out = new byte[1][];
        Runnable writing = () -> codec.inject(known, out, (o, name, value) -> o[0] = value);
        Runnable reading = () -> codec.extract(out[0], (v, name) -> v, known);
        for (int i = 0; i < 4; i++) {
            writing.run();
            reading.run();
        }
        for (int i = 0; i < 1_000; i++) {
            byte[] other = Wire.map(List.of(Map.entry("hostile-" + i / 4, 1L)));
            codec.extract(other, (v, name) -> v);
        }
        // What this process knows is still there: nothing but the array and the timestamp is made anew.
        assertThat(once(writing)).isLessThanOrEqualTo(out[0].length + 16 + 7);
        assertThat(once(reading)).isLessThanOrEqualTo(32 + 16 + 64 * 8 + 64);
        assertThat(codec.extract(out[0], (v, name) -> v, known).orElseThrow().nodes())
                .isSameAs(known.nodes());
    }

    @Test
    void nothingIsKeptOfWhatWasRefused() {
        BinaryCodec codec = BinaryCodec.create();
        byte[] peers = Wire.map(List.of(Map.entry("peer-1", 1L), Map.entry("peer-2", 1L)));
        codec.extract(peers, (v, name) -> v);
        VectorTimestamp first = codec.extract(peers, (v, name) -> v).orElseThrow();
        for (int i = 0; i < 100; i++) {
            String id = "hostile-" + i / 4;
            byte[] refused = Wire.map(List.of(Map.entry(id, 1L), Map.entry(id, 1L)));
            refusal(() -> codec.extract(refused, (v, name) -> v));
        }
        assertThat(codec.extract(peers, (v, name) -> v).orElseThrow().nodes()).isSameAs(first.nodes());
    }

    private static long once(Runnable call) {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        call.run();
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
