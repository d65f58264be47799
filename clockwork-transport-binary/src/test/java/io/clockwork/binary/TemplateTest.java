package io.clockwork.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityCodecException;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a template takes for like itself is read and written as without one; the judge is the general reader. */
class TemplateTest {
    private static final List<Long> EDGES = List.of(
            0L,
            1L,
            127L,
            128L,
            255L,
            256L,
            65_535L,
            65_536L,
            4_294_967_295L,
            4_294_967_296L,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE);

    /** Every width, ids of one, two and many words, a header of two bytes, and not ASCII alone. */
    private static final VectorTimestamp VECTOR = VectorTimestamp.copyOf(Map.of(
            "a",
            5L,
            "b",
            200L,
            "c-of-two-words",
            1_000L,
            "d-\u00e9\u20ac\uD83D\uDE80",
            70_000L,
            "e".repeat(40),
            1L << 40,
            "f-of-more-than-two-words",
            Long.MAX_VALUE,
            "g",
            3L));

    private static byte[] bytes(VectorTimestamp vector) {
        List<Map.Entry<String, Long>> entries = new ArrayList<>(vector.asMap().entrySet());
        return Wire.map(entries);
    }

    private static Template template(VectorTimestamp vector) {
        byte[] bytes = bytes(vector);
        int[] counters = new int[vector.size()];
        int at = MessagePack.mapHeaderSize(vector.size());
        for (int i = 0; i < counters.length; i++) {
            int id = Utf8.length(vector.nodeAt(i));
            counters[i] = at + MessagePack.strHeaderSize(id) + id;
            at = counters[i] + CounterForm.size(vector.counterAt(i));
        }
        assertThat(at).isEqualTo(bytes.length);
        return new Template(bytes, counters);
    }

    private static String generalReader(byte[] in) {
        try {
            return new VectorInput("vc", in, CodecLimits.DEFAULT).read().toString();
        } catch (CausalityCodecException e) {
            return "refused";
        }
    }

    private static VectorTimestamp with(VectorTimestamp vector, int index, long counter) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder(vector);
        for (int i = 0; i < vector.size(); i++) {
            builder.putNext(i == index ? counter : vector.counterAt(i));
        }
        return builder.build();
    }

    @Test
    void everyChangeOfOneByteIsReadAsByTheGeneralReader() {
        Template template = template(VECTOR);
        byte[] value = bytes(VECTOR);
        int read = 0;
        for (int at = 0; at < value.length; at++) {
            for (int b = 0; b < 256; b++) {
                byte[] in = value.clone();
                in[at] = (byte) b;
                VectorTimestamp result = template.read(in, VECTOR);
                if (result != null) {
                    read++;
                    assertThat(result).as("byte %d set to %d", at, b).hasToString(generalReader(in));
                    assertThat(result.nodes()).isSameAs(VECTOR.nodes());
                }
            }
        }
        // The bytes that are not counters, as they were; fixints of seven bits, 1 + 2 + 4 + 7 whole bytes, two of seven
        // bits.
        int payload = 2 + 1 + 2 + 4 + 8 + 8;
        assertThat(read).isEqualTo((value.length - payload) + 2 * 128 + (1 + 2 + 4 + 7 + 7) * 256 + 2 * 128);
    }

    @Test
    void otherLengthsAreNotAlike() {
        Template template = template(VECTOR);
        byte[] value = bytes(VECTOR);
        assertThat(template.read(value, VECTOR)).hasToString(VECTOR.toString());
        for (int length = 0; length <= value.length + 8; length++) {
            if (length != value.length) {
                assertThat(template.read(Arrays.copyOf(value, length), VECTOR)).isNull();
            }
        }
    }

    @Test
    void countersOfTheSameWidthAreReplacedAndOthersAreNot() {
        for (long before : EDGES) {
            for (long now : EDGES) {
                for (int i = 0; i < VECTOR.size(); i++) {
                    Template template = template(with(VECTOR, i, before));
                    VectorTimestamp next = with(VECTOR, i, now);
                    byte[] written = template.write(next);
                    if (CounterForm.size(before) == CounterForm.size(now)) {
                        assertThat(written).isEqualTo(bytes(next));
                        assertThat(template.read(bytes(next), VECTOR)).hasToString(next.toString());
                    } else {
                        assertThat(written).isNull();
                        assertThat(template.read(bytes(next), VECTOR)).isNull();
                    }
                }
            }
        }
    }
}
