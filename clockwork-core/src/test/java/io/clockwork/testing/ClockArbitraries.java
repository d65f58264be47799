package io.clockwork.testing;

import io.clockwork.LamportTimestamp;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generators of what clocks are made of. */
public final class ClockArbitraries {
    private ClockArbitraries() {}

    /** {@return legal node ids of all of Unicode, often short and alike, up to the limit of 255 bytes} */
    public static Arbitrary<String> ids() {
        Arbitrary<Integer> character = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between('a', 'c')),
                Tuple.of(4, Arbitraries.integers().between(0x20, 0x7E)),
                Tuple.of(1, Arbitraries.of((int) '%', (int) ' ', (int) '+', (int) ';', (int) ':')),
                Tuple.of(1, Arbitraries.integers().between(0xA0, 0x7FF)),
                Tuple.of(1, Arbitraries.integers().between(0x800, 0xD7FF)),
                Tuple.of(1, Arbitraries.integers().between(0xE000, 0xFFFF)),
                Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10FFFF)));
        return Arbitraries.frequencyOf(
                        Tuple.of(9, character.list().ofMinSize(1).ofMaxSize(9)),
                        Tuple.of(1, character.list().ofMinSize(1).ofMaxSize(255)))
                .map(ClockArbitraries::text)
                .filter(Evidence::isLegalId);
    }

    /** {@return legal node ids of Lamport clocks} */
    public static Arbitrary<String> lamportIds() {
        return ids().map(id -> id.replace(':', ';'));
    }

    /** {@return counters from 0 to the limit, often small and often alike} */
    public static Arbitrary<Long> counters() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(0, 3)),
                Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE)),
                Tuple.of(1, Arbitraries.longs().between(Long.MAX_VALUE - 2, Long.MAX_VALUE)));
    }

    /** {@return the entries of a vector: up to {@code maxSize} ids, which two vectors may well share} */
    public static Arbitrary<Map<String, Long>> entries(int maxSize) {
        Arbitrary<String> shared = Arbitraries.of(List.of("a", "b", "c", "ab", "\uFFFF", "\uD800\uDC00"));
        return Arbitraries.maps(Arbitraries.frequencyOf(Tuple.of(3, shared), Tuple.of(1, ids())), counters())
                .ofMaxSize(maxSize);
    }

    /** {@return vectors of up to {@code maxSize} nodes} */
    public static Arbitrary<VectorTimestamp> vectors(int maxSize) {
        return entries(maxSize).map(VectorTimestamp::copyOf);
    }

    /** {@return Lamport timestamps} */
    public static Arbitrary<LamportTimestamp> lamports() {
        return Combinators.combine(lamportIds(), counters()).as(LamportTimestamp::new);
    }

    /** {@return the UTF-8 form of {@code text}} */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }
}
