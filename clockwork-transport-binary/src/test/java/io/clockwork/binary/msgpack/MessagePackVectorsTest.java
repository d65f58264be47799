package io.clockwork.binary.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import io.clockwork.binary.BinaryCodec;
import io.clockwork.testing.ClockArbitraries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

class MessagePackVectorsTest {
    private static final CodecLimits WIDE = new CodecLimits(1 << 20, 1 << 16, 255);

    @Provide
    Arbitrary<VectorTimestamp> vectors() {
        return ClockArbitraries.vectors(20);
    }

    /** Mostly bytes that begin types. */
    @Provide
    Arbitrary<byte[]> almostVectors() {
        Arbitrary<Byte> marks = Arbitraries.of(
                        0x80, 0x81, 0x82, 0xDE, 0xDF, 0xA0, 0xA1, 0xA2, 0xD9, 0xDA, 0xDB, 0xC4, 0xC5, 0xC6, 0xCC, 0xCD,
                        0xCE, 0xCF, 0xD0, 0xD3, 0xFF, 0xC0, 0xC1, 0x00, 0x01, 0x61, 0x62, 0x7F)
                .map(Integer::byteValue);
        return Arbitraries.frequencyOf(Tuple.of(4, marks), Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(30);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static VectorTimestamp unpack(byte[] bytes, CodecLimits limits) throws IOException {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
            return MessagePackVectors.unpack(unpacker, limits);
        }
    }

    private static CausalityCodecException refused(byte[] bytes, CodecLimits limits) {
        try {
            unpack(bytes, limits);
        } catch (CausalityCodecException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("not refused");
    }

    private static CausalityCodecException refused(String hex) {
        return refused(hex(hex), CodecLimits.DEFAULT);
    }

    @Property
    void aVectorStandsAmongOtherValues(@ForAll("vectors") VectorTimestamp vector) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packString("before");
            MessagePackVectors.pack(vector, packer, WIDE);
            packer.packInt(42);
            try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(packer.toByteArray())) {
                assertThat(unpacker.unpackString()).isEqualTo("before");
                assertThat(MessagePackVectors.unpack(unpacker, WIDE)).hasToString(vector.toString());
                assertThat(unpacker.unpackInt()).isEqualTo(42);
            }
        }
    }

    @Property
    void theFormIsThatOfTheHeader(@ForAll("vectors") VectorTimestamp vector) throws IOException {
        Map<String, byte[]> headers = new HashMap<>();
        BinaryCodec.builder().limits(WIDE).build().inject(vector, headers);
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            MessagePackVectors.pack(vector, packer, WIDE);
            assertThat(packer.toByteArray()).isEqualTo(vector.isEmpty() ? hex("80") : headers.get("causality-vc"));
        }
    }

    @Property(tries = 100)
    void everyPrefixIsRefused(@ForAll("vectors") VectorTimestamp vector) throws IOException {
        byte[] bytes;
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            MessagePackVectors.pack(vector, packer, WIDE);
            bytes = packer.toByteArray();
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(refused(Arrays.copyOf(bytes, length), WIDE).reason()).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Property(tries = 2_000)
    void anyBytesAreAVectorOrRefused(@ForAll("almostVectors") byte[] bytes) throws IOException {
        try {
            unpack(bytes, CodecLimits.DEFAULT);
        } catch (CausalityCodecException e) {
            assertThat(e.getMessage()).matches("[ -~]+").hasSizeLessThan(600);
        }
    }

    @Test
    void readsAnyOrderAndWidth() throws IOException { // 5.2
        assertThat(unpack(hex("df00000003a16302c40161cd0001d90162d003"), CodecLimits.DEFAULT))
                .hasToString("a=1,b=3,c=2");
    }

    @Test
    void refusesWhatTheCodecRefuses() { // 5.2
        Map<String, Reason> malformed = new LinkedHashMap<>();
        malformed.put("", Reason.TRUNCATED);
        malformed.put("90", Reason.WRONG_TYPE);
        malformed.put("c0", Reason.WRONG_TYPE);
        malformed.put("c1", Reason.WRONG_TYPE);
        malformed.put("81c0", Reason.WRONG_TYPE);
        malformed.put("81c1", Reason.WRONG_TYPE);
        malformed.put("810101", Reason.WRONG_TYPE);
        malformed.put("81a161c1", Reason.WRONG_TYPE);
        malformed.put("81a161c0", Reason.WRONG_TYPE);
        malformed.put("81a161a131", Reason.WRONG_TYPE);
        malformed.put("81a161ca3f800000", Reason.WRONG_TYPE);
        malformed.put("81a161ff", Reason.BAD_NUMBER);
        malformed.put("81a161d38000000000000000", Reason.BAD_NUMBER);
        malformed.put("81a161cf8000000000000000", Reason.COUNTER_OUT_OF_RANGE);
        malformed.put("81a001", Reason.EMPTY_ID);
        malformed.put("81c40001", Reason.EMPTY_ID);
        malformed.put("81a13d01", Reason.ILLEGAL_ID);
        malformed.put("81a10001", Reason.ILLEGAL_ID);
        malformed.put("81a2c32801", Reason.INVALID_UTF8);
        malformed.put("81c403eda08001", Reason.INVALID_UTF8);
        malformed.put("82a16101a16101", Reason.DUPLICATE_ID);
        malformed.put("dfffffffff", Reason.LIMIT_EXCEEDED);
        malformed.put("df7fffffff", Reason.LIMIT_EXCEEDED);
        malformed.put("de0101", Reason.LIMIT_EXCEEDED);
        malformed.put("81dbffffffff", Reason.LIMIT_EXCEEDED);
        malformed.put("81db7fffffff", Reason.LIMIT_EXCEEDED);
        malformed.put("81c6ffffffff", Reason.LIMIT_EXCEEDED);
        malformed.put("81da0100", Reason.LIMIT_EXCEEDED);
        malformed.forEach((hex, reason) -> {
            CausalityCodecException e = refused(hex);
            assertThat(e.reason()).as("%s: %s", hex, e.getMessage()).isEqualTo(reason);
            assertThat(e.key()).isEqualTo("MessagePack vector");
            assertThat(e.getMessage()).matches("[ -~]+");
        });
    }

    @Test
    void leavesWhatFollowsTheMap() throws IOException {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(hex("81a16101c3"))) {
            assertThat(MessagePackVectors.unpack(unpacker)).hasToString("a=1");
            assertThat(unpacker.unpackBoolean()).isTrue();
        }
    }

    @Test
    void readsNoFurtherThanTheLimitOfBytes() { // 8.1
        CodecLimits narrow = new CodecLimits(7, 256, 255);
        assertThat(refused(hex("82a16101a16201"), new CodecLimits(6, 256, 255)).reason())
                .isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(refused(hex("82a16101a3626364"), narrow).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(refused(hex("81a161cf0000000000000001"), narrow).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    }

    @Test
    void anOffsetCountsFromTheStartOfTheMap() throws IOException {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(hex("a178" + "81a161c0"))) {
            assertThat(unpacker.unpackString()).isEqualTo("x");
            assertThatThrownBy(() -> MessagePackVectors.unpack(unpacker))
                    .hasMessage("MessagePack vector at offset 3: expected a counter, found NIL");
        }
    }

    @Test
    void writesNothingWhenOverALimit() throws IOException { // 8.2
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            assertThatThrownBy(() -> MessagePackVectors.pack(
                            VectorTimestamp.of("a", 1, "b", 2), packer, new CodecLimits(8_192, 1, 255)))
                    .isInstanceOf(CausalityCodecException.class)
                    .hasMessageStartingWith("MessagePack vector: vector has 2 entries, the limit is 1");
            assertThat(packer.getTotalWrittenBytes()).isZero();
        }
    }

    @Test
    void aFailingInputThrowsWhatItThrows() {
        InputStream failing = new ByteArrayInputStream(hex("81a1")) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                throw new IllegalStateException("broken");
            }
        };
        assertThatThrownBy(() -> MessagePackVectors.unpack(MessagePack.newDefaultUnpacker(failing)))
                .isInstanceOf(IllegalStateException.class);
    }
}
