package io.clockwork.text;

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
import java.util.stream.Collectors;

/** The text form, as the contracts of header codecs see it. */
final class TextForm implements HeaderForm<String> {
    static final String LAMPORT = "X-Causality-Lamport";
    static final String VECTOR = "X-Causality-Vector";
    static final TextCodec CODEC = TextCodec.create();

    @Override
    public HeaderCodec<String> codec(CodecLimits limits) {
        return TextCodec.builder().limits(limits).build();
    }

    @Override
    public HeaderNames names() {
        return new HeaderNames(LAMPORT, VECTOR, "X-Causality-EventId", "X-Causality-EventType");
    }

    @Override
    public String text(String text) {
        return text;
    }

    @Override
    public String vector(List<Map.Entry<String, Long>> entries) {
        return entries.stream()
                .map(e -> escapeAll(e.getKey()) + '=' + e.getValue())
                .collect(Collectors.joining(","));
    }

    @Override
    public Map<String, Reason> malformedVectors() {
        Map<String, Reason> malformed = new LinkedHashMap<>();
        malformed.put("", Reason.EMPTY);
        malformed.put(" ", Reason.MISSING_DELIMITER);
        malformed.put("a", Reason.MISSING_DELIMITER);
        malformed.put("a=1,", Reason.MISSING_DELIMITER);
        malformed.put(",a=1", Reason.MISSING_DELIMITER);
        malformed.put("a=1,,b=2", Reason.MISSING_DELIMITER);
        malformed.put("=1", Reason.EMPTY_ID);
        malformed.put("a=", Reason.BAD_NUMBER);
        malformed.put("a=x\r\nX-Evil: 1", Reason.BAD_NUMBER);
        malformed.put("a=" + "9".repeat(5_000) + "\u0000", Reason.BAD_NUMBER);
        malformed.put("a=9223372036854775808", Reason.COUNTER_OUT_OF_RANGE);
        malformed.put("a=18446744073709551616", Reason.COUNTER_OUT_OF_RANGE);
        malformed.put("%=1", Reason.BAD_ESCAPE);
        malformed.put("%4=1", Reason.BAD_ESCAPE);
        malformed.put("%zz=1", Reason.BAD_ESCAPE);
        malformed.put("%FF=1", Reason.BAD_ESCAPE);
        malformed.put("\u00e9=1", Reason.ILLEGAL_CHARACTER);
        malformed.put("%2C=1", Reason.ILLEGAL_ID);
        malformed.put("%3D=1", Reason.ILLEGAL_ID);
        malformed.put("x".repeat(9_000) + "\n=1", Reason.LIMIT_EXCEEDED);
        return malformed;
    }

    @Override
    public Map<String, Reason> malformedLamports() {
        Map<String, Reason> malformed = new LinkedHashMap<>();
        malformed.put("", Reason.EMPTY);
        malformed.put("a", Reason.MISSING_DELIMITER);
        malformed.put(":1", Reason.EMPTY_ID);
        malformed.put("a:", Reason.BAD_NUMBER);
        malformed.put("a:-1", Reason.BAD_NUMBER);
        malformed.put("a:1\n", Reason.BAD_NUMBER);
        malformed.put("a:9223372036854775808", Reason.COUNTER_OUT_OF_RANGE);
        malformed.put("a:b:1", Reason.ILLEGAL_ID);
        malformed.put("a%3Ab:1", Reason.ILLEGAL_ID);
        malformed.put("a%0Ab:1", Reason.ILLEGAL_ID);
        malformed.put("a\nb:1", Reason.ILLEGAL_CHARACTER);
        malformed.put("a%c3:1", Reason.BAD_ESCAPE);
        malformed.put("i".repeat(256) + ":1", Reason.LIMIT_EXCEEDED);
        malformed.put("x".repeat(9_000), Reason.LIMIT_EXCEEDED);
        return malformed;
    }

    private static String escapeAll(String id) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0x20 && b < 0x7F && b != '%';
            escaped.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        return escaped.toString();
    }

    static String written(VectorTimestamp vector) {
        Map<String, String> headers = new HashMap<>();
        CODEC.inject(vector, headers);
        return headers.get(VECTOR);
    }

    static VectorTimestamp read(String value) {
        return CODEC.extract(Map.of(VECTOR, value)).orElseThrow();
    }

    static CausalityCodecException refused(String value) {
        return catchThrowableOfType(CausalityCodecException.class, () -> CODEC.extract(Map.of(VECTOR, value)));
    }
}
