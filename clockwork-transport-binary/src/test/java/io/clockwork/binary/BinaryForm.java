package io.clockwork.binary;

import static io.clockwork.binary.Wire.hex;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderNames;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.HeaderForm;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The binary form, as the contracts of header codecs see it. */
@SuppressWarnings("ArrayAsKeyOfSetOrMap") // the contract only goes through them
final class BinaryForm implements HeaderForm<byte[]> {
    static final String LAMPORT = "causality-lc";
    static final String VECTOR = "causality-vc";
    static final BinaryCodec CODEC = BinaryCodec.create();

    @Override
    public HeaderCodec<byte[]> codec(CodecLimits limits) {
        return BinaryCodec.builder().limits(limits).build();
    }

    @Override
    public HeaderNames names() {
        return new HeaderNames(LAMPORT, VECTOR, "causality-eid", "causality-etype");
    }

    @Override
    public byte[] text(String text) {
        return utf8(text);
    }

    @Override
    public byte[] vector(List<Map.Entry<String, Long>> entries) {
        return Wire.map(entries);
    }

    @Override
    public Object identity(byte[] value) {
        return hex(value);
    }

    @Override
    public Map<byte[], Reason> malformedVectors() {
        Map<byte[], Reason> malformed = new LinkedHashMap<>();
        malformed.put(hex(""), Reason.EMPTY);
        malformed.put(hex("81"), Reason.TRUNCATED);
        malformed.put(hex("de"), Reason.TRUNCATED);
        malformed.put(hex("de00"), Reason.TRUNCATED);
        malformed.put(hex("df000000"), Reason.TRUNCATED);
        malformed.put(hex("81a1"), Reason.TRUNCATED);
        malformed.put(hex("81a161"), Reason.TRUNCATED);
        malformed.put(hex("81a461"), Reason.TRUNCATED);
        malformed.put(hex("81a161cd01"), Reason.TRUNCATED);
        malformed.put(hex("82a16101"), Reason.TRUNCATED);
        malformed.put(hex("81a16101c0"), Reason.TRAILING_DATA);
        malformed.put(hex("8000"), Reason.TRAILING_DATA);
        malformed.put(hex("81a005"), Reason.EMPTY_ID);
        malformed.put(hex("81d90005"), Reason.EMPTY_ID);
        malformed.put(hex("81c40005"), Reason.EMPTY_ID);
        malformed.put(hex("81a13d05"), Reason.ILLEGAL_ID);
        malformed.put(hex("81a12c05"), Reason.ILLEGAL_ID);
        malformed.put(hex("81a10a05"), Reason.ILLEGAL_ID);
        malformed.put(hex("81c4010005"), Reason.ILLEGAL_ID);
        malformed.put(hex("82a16101a16101"), Reason.DUPLICATE_ID);
        malformed.put(hex("82a16101c4016102"), Reason.DUPLICATE_ID);
        malformed.put(hex("81a161ff"), Reason.BAD_NUMBER);
        malformed.put(hex("81a161e0"), Reason.BAD_NUMBER);
        malformed.put(hex("81a161d0ff"), Reason.BAD_NUMBER);
        malformed.put(hex("81a161d18000"), Reason.BAD_NUMBER);
        malformed.put(hex("81a161d2ffffffff"), Reason.BAD_NUMBER);
        malformed.put(hex("81a161d38000000000000000"), Reason.BAD_NUMBER);
        malformed.put(hex("81a161cf8000000000000000"), Reason.COUNTER_OUT_OF_RANGE);
        malformed.put(hex("81a161cfffffffffffffffff"), Reason.COUNTER_OUT_OF_RANGE);
        malformed.put(hex("81a2c32801"), Reason.INVALID_UTF8);
        malformed.put(hex("81c401ff01"), Reason.INVALID_UTF8);
        malformed.put(hex("dfffffffff"), Reason.LIMIT_EXCEEDED);
        malformed.put(hex("81dbffffffff61"), Reason.LIMIT_EXCEEDED);
        malformed.put(new byte[8_193], Reason.LIMIT_EXCEEDED);
        return malformed;
    }

    @Override
    public Map<byte[], Reason> malformedLamports() {
        Map<byte[], Reason> malformed = new LinkedHashMap<>();
        malformed.put(text(""), Reason.EMPTY);
        malformed.put(text("a"), Reason.MISSING_DELIMITER);
        malformed.put(text(":1"), Reason.EMPTY_ID);
        malformed.put(text("a:"), Reason.BAD_NUMBER);
        malformed.put(text("a:+"), Reason.BAD_NUMBER);
        malformed.put(text("a:++1"), Reason.BAD_NUMBER);
        malformed.put(text("a:-1"), Reason.BAD_NUMBER);
        malformed.put(text("a: 1"), Reason.BAD_NUMBER);
        malformed.put(text("a:1\n"), Reason.BAD_NUMBER);
        malformed.put(text("a:\u0663"), Reason.BAD_NUMBER);
        malformed.put(text("a:9223372036854775808"), Reason.COUNTER_OUT_OF_RANGE);
        malformed.put(text("a:18446744073709551616"), Reason.COUNTER_OUT_OF_RANGE);
        malformed.put(text("a:b:1"), Reason.ILLEGAL_ID);
        malformed.put(text("a\nb:1"), Reason.ILLEGAL_ID);
        malformed.put(text("a,b:1"), Reason.ILLEGAL_ID);
        malformed.put(hex("61ff3a31"), Reason.INVALID_UTF8);
        malformed.put(hex("c3283a31"), Reason.INVALID_UTF8);
        malformed.put(hex("eda0803a31"), Reason.INVALID_UTF8);
        malformed.put(text("i".repeat(256) + ":1"), Reason.LIMIT_EXCEEDED);
        malformed.put(text("x".repeat(9_000)), Reason.LIMIT_EXCEEDED);
        return malformed;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] written(BinaryCodec codec, VectorTimestamp vector) {
        Map<String, byte[]> headers = new HashMap<>();
        codec.inject(vector, headers);
        return headers.get(VECTOR);
    }

    static String written(VectorTimestamp vector) {
        return hex(written(CODEC, vector));
    }

    static VectorTimestamp read(String hex) {
        return CODEC.extract(Map.of(VECTOR, hex(hex))).orElseThrow();
    }

    static CausalityCodecException refused(String hex) {
        return refused(hex(hex));
    }

    static CausalityCodecException refused(byte[] value) {
        return catchThrowableOfType(CausalityCodecException.class, () -> CODEC.extract(Map.of(VECTOR, value)));
    }
}
