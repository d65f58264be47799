package io.clockwork.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of a size or a shape that is meant to hurt: refused soon, and without allocating for what they claim. */
class JsonHostileTest {
    private static final JsonCodec CODEC = JsonCodec.create();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MEGA = 1 << 20;

    /** What a refusal takes: two exceptions, a trace, and a message with up to forty escapes. */
    private static final long REFUSAL_BYTES = 48 << 10;

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":", "{\"_causality\":"})
    void refusesTenThousandLevels(String level) {
        for (String json : List.of(level.repeat(10_000), "{\"k\":" + level.repeat(10_000) + "}")) {
            CausalityCodecException e = refusal(json.getBytes(UTF_8), REFUSAL_BYTES);
            assertThat(e.reason()).isIn(Reason.LIMIT_EXCEEDED, Reason.WRONG_TYPE);
        }
    }

    @Test
    void readsTenThousandLevelsIfItMay() {
        JsonCodec deep = JsonCodec.builder().maxDepth(10_001).build();
        byte[] json = ("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(UTF_8);
        long before = allocated();
        assertThat(deep.find(json)).isEmpty();
        assertThat(allocated() - before).isLessThan(REFUSAL_BYTES);
        byte[] open = "{\"a\":".repeat(1_000_000).getBytes(UTF_8);
        JsonCodec deepest = JsonCodec.builder().maxDepth(Integer.MAX_VALUE).build();
        assertThat(catchThrowableOfType(CausalityCodecException.class, () -> deepest.find(open))
                        .reason())
                .isEqualTo(Reason.TRUNCATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_causality\":{\"vector\":{\"X\":1},\"event_type\":\"t\",\"event_id\":\"e\"}}",
                "{\"_causality\":{\"vector\":{\"X",
                "{\"_causality\":{\"vector\":{\"a\":1,\"X\":1},\"event_type\":\"t\",\"event_id\":\"e\"}}",
                "{\"_causality\":{\"vector\":{},\"event_type\":\"X\",\"event_id\":\"e\"}}",
                "{\"_causality\":{\"vector\":{},\"event_type\":\"t\",\"event_id\":\"X\"}}",
                "{\"_causality\":{\"vector\":{},\"event_type\":\"t\",\"event_id\":\"e\",\"X\":1}}",
                "{\"_causality\":\"X\"}",
            })
    void refusesMegabytesInTheMemberAfterAFewThousandBytes(String json) {
        for (String filling : List.of("x".repeat(MEGA), "\u00c3\u00a9".repeat(MEGA / 2), "\\u0061".repeat(MEGA / 6))) {
            byte[] bytes = json.replace("X", filling).getBytes(ISO_8859_1);
            CausalityCodecException e = refusal(bytes, REFUSAL_BYTES);
            assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(e.getMessage()).hasSizeLessThan(300);
        }
    }

    @Test
    void refusesIdsThatAreTooLong() {
        String json = "{\"_causality\":{\"vector\":{\"X\":1},\"event_type\":\"t\",\"event_id\":\"e\"}}";
        for (String id : List.of("x".repeat(256), "x".repeat(7000), "\\u00e9".repeat(128))) {
            CausalityCodecException e = refusal(json.replace("X", id).getBytes(UTF_8), REFUSAL_BYTES);
            assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(e.key()).isEqualTo("_causality.vector");
        }
        String longest = "\\u0061".repeat(255);
        assertThat(CODEC.extract(json.replace("X", longest)).causality().nodeAt(0))
                .isEqualTo("a".repeat(255));
    }

    @Test
    void refusesAMillionEntries() {
        StringBuilder vector = new StringBuilder("{");
        for (int i = 0; i < 1_000_000; i++) {
            vector.append(i > 0 ? "," : "").append("\"n").append(i).append("\":1");
        }
        String json = "{\"_causality\":{\"vector\":" + vector + "},\"event_type\":\"t\",\"event_id\":\"e\"}}";
        byte[] bytes = json.getBytes(UTF_8);
        assertThat(refusal(bytes, REFUSAL_BYTES).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        JsonCodec manyBytes = JsonCodec.builder()
                .limits(new CodecLimits(Integer.MAX_VALUE, 256, 255))
                .build();
        long before = allocated();
        CausalityCodecException e = catchThrowableOfType(CausalityCodecException.class, () -> manyBytes.extract(bytes));
        assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(allocated() - before).isLessThan(100 << 10);
        JsonCodec wide = JsonCodec.builder()
                .limits(new CodecLimits(Integer.MAX_VALUE, 1_000_000, 255))
                .build();
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> assertThat(wide.extract(bytes).causality().size()).isEqualTo(1_000_000));
    }

    @Test
    void skipsAMegabyteOfPayloadWithoutAllocating() {
        String id = "x".repeat(MEGA);
        byte[] json = ("{\"" + id + "\":[\"" + id + "\",1" + "0".repeat(MEGA) + "]}").getBytes(UTF_8);
        assertThat(CODEC.find(json)).isEmpty();
        long before = allocated();
        assertThat(CODEC.find(json)).isEmpty();
        assertThat(allocated() - before).isLessThan(1024);
    }

    @Test
    void refusesMalformedTextSoon() {
        for (String bytes : List.of("\u00c0\u0080", "\\ud800", "\\ud800\\ud800", "\u00ed\u00a0\u0080")) {
            byte[] json = ("{\"a\":\"" + bytes.repeat(MEGA / 6) + "\"}").getBytes(ISO_8859_1);
            CausalityCodecException e = refusal(json, REFUSAL_BYTES);
            assertThat(e.reason()).isIn(Reason.INVALID_UTF8, Reason.BAD_ESCAPE);
            assertThat(e.offset()).isEqualTo(6);
        }
    }

    @Test
    void keepsOnlyTheIdsOfAFewTables() {
        JsonCodec codec = JsonCodec.builder().build();
        byte[] body = codec.inject(VectorTimestamp.of("a", 1), "t", "{}".getBytes(UTF_8));
        for (int i = 0; i < 10_000; i++) {
            codec.inject(VectorTimestamp.of("n" + i, 1), "t", "{}".getBytes(UTF_8));
        }
        assertThat(codec.extract(body).causality()).isEqualTo(VectorTimestamp.of("a", 1));
    }

    private static CausalityCodecException refusal(byte[] json, long maxBytes) {
        CausalityCodecException first = extractRefused(json); // loads what is needed
        long before = allocated();
        CausalityCodecException e = extractRefused(json);
        long bytes = allocated() - before;
        assertThat(e).as("a refusal").hasSameClassAs(first);
        assertThat(bytes).isLessThan(maxBytes);
        return e;
    }

    private static CausalityCodecException extractRefused(byte[] json) {
        try {
            CODEC.extract(json);
            return null;
        } catch (CausalityCodecException expected) {
            return expected;
        }
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
