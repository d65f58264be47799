package io.clockwork.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.clockwork.CausalityCodecException;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.ClockArbitraries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Laws of the binary form beside another implementation of MessagePack, and on bytes that nobody wrote. */
class BinaryCodecPropertyTest {
    private static final String VECTOR = "causality-vc";
    private static final CodecLimits WIDE = new CodecLimits(1 << 20, 1 << 16, 255);

    /** One codec for all tries, so that whatever it keeps of one value meets the next one. */
    private static final BinaryCodec CODEC = BinaryCodec.builder().limits(WIDE).build();

    /** An entry, and how wide its header and its number are written: wider than needed is allowed. */
    record Entry(String id, long counter, int idForm, int counterForm) {}

    @Provide
    Arbitrary<VectorTimestamp> vectors() {
        return ClockArbitraries.vectors(20).filter(v -> !v.isEmpty());
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<Entry> entry = Combinators.combine(
                        ClockArbitraries.ids(),
                        ClockArbitraries.counters(),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 8))
                .as(Entry::new);
        return entry.list().ofMaxSize(24).uniqueElements(Entry::id);
    }

    @Provide
    Arbitrary<byte[]> almostVectors() {
        // Bytes that begin types, of which random ones are mostly made of.
        Arbitrary<Byte> marks = Arbitraries.of(
                        0x80, 0x81, 0x82, 0x8F, 0xDE, 0xDF, 0xA0, 0xA1, 0xA2, 0xBF, 0xD9, 0xDA, 0xDB, 0xC4, 0xC5, 0xC6,
                        0xCC, 0xCD, 0xCE, 0xCF, 0xD0, 0xD3, 0xFF, 0xC0, 0xC1, 0x00, 0x01, 0x61, 0x62, 0x7F)
                .map(Integer::byteValue);
        Arbitrary<Byte> bytes = Arbitraries.frequencyOf(Tuple.of(4, marks), Tuple.of(1, Arbitraries.bytes()));
        return bytes.array(byte[].class).ofMaxSize(40);
    }

    private static byte[] written(VectorTimestamp vector) {
        Map<String, byte[]> headers = new HashMap<>();
        CODEC.inject(vector, headers);
        return headers.get(VECTOR);
    }

    private static VectorTimestamp read(byte[] value) {
        return CODEC.extract(Map.of(VECTOR, value)).orElseThrow();
    }

    private static Map<String, String> asText(VectorTimestamp vector) {
        Map<String, String> text = new TreeMap<>();
        vector.asMap().forEach((id, counter) -> text.put(id, counter.toString()));
        return text;
    }

    @Property
    void whatIsWrittenIsReadByAnotherImplementation(@ForAll("vectors") VectorTimestamp vector) {
        byte[] value = written(vector);
        Map<String, String> theirs = new LinkedHashMap<>();
        Wire.entries(value).forEach(e -> theirs.put(e.getKey(), e.getValue()));
        assertThat(theirs).isEqualTo(asText(vector));
        assertThat(theirs.keySet()).containsExactlyElementsOf(vector.nodes());
        assertThat(Wire.trailing(value)).isZero();
    }

    @Property
    void whatIsWrittenIsWhatAnotherImplementationWrites(@ForAll("vectors") VectorTimestamp vector) {
        List<Map.Entry<String, Long>> entries = new ArrayList<>();
        vector.nodes().forEach(node -> entries.add(Map.entry(node, vector.get(node))));
        assertThat(written(vector)).isEqualTo(Wire.map(entries));
    }

    @Property
    void whatAnotherImplementationWritesInAnyWidthIsRead(
            @ForAll("entries") List<Entry> entries, @ForAll Widths.MapForm form) {
        byte[] value = Wire.packed(packer -> {
            form.pack(packer, entries.size());
            for (Entry e : entries) {
                Widths.packId(packer, e.id(), e.idForm());
                Widths.packCounter(packer, e.counter(), e.counterForm());
            }
        });
        Map<String, String> expected = new TreeMap<>();
        entries.forEach(e -> expected.put(e.id(), Long.toString(e.counter())));
        assertThat(asText(read(value))).isEqualTo(expected);
        // Once more, now that the codec may know the ids; and knowing other ids.
        assertThat(asText(read(value))).isEqualTo(expected);
        VectorTimestamp known = read(value);
        assertThat(asText(CODEC.extract(Map.of(VECTOR, value), Map::get, known).orElseThrow()))
                .isEqualTo(expected);
    }

    @Property
    void whateverIsKnownTheResultIsTheSame(
            @ForAll("vectors") VectorTimestamp vector, @ForAll("vectors") VectorTimestamp known) {
        byte[] value = written(vector);
        Optional<VectorTimestamp> read = CODEC.extract(Map.of(VECTOR, value), Map::get, known);
        assertThat(read.orElseThrow()).hasToString(vector.toString());
    }

    @Property(tries = 200)
    void everyPrefixIsRefused(@ForAll("vectors") VectorTimestamp vector) {
        byte[] value = written(vector);
        read(value);
        for (int length = 0; length < value.length; length++) {
            byte[] prefix = Arrays.copyOf(value, length);
            for (VectorTimestamp known : List.of(VectorTimestamp.empty(), vector)) {
                assertThat(catchThrowable(() -> CODEC.extract(Map.of(VECTOR, prefix), Map::get, known)))
                        .as("the first %d of %d bytes", length, value.length)
                        .isInstanceOf(CausalityCodecException.class);
            }
        }
    }

    @Property(tries = 200)
    void whateverFollowsIsRefused(@ForAll("vectors") VectorTimestamp vector, @ForAll byte following) {
        byte[] value = written(vector);
        read(value);
        byte[] longer = Arrays.copyOf(value, value.length + 1);
        longer[value.length] = following;
        for (VectorTimestamp known : List.of(VectorTimestamp.empty(), vector)) {
            assertThat(catchThrowable(() -> CODEC.extract(Map.of(VECTOR, longer), Map::get, known)))
                    .isInstanceOf(CausalityCodecException.class);
        }
    }

    /** A codec that knows the ids and one that knows nothing agree on every input, also on what they refuse and why. */
    @Property
    void whatIsKnownChangesNothing(@ForAll("vectors") VectorTimestamp vector, @ForAll long seed) {
        byte[] value = written(vector);
        BinaryCodec codec = BinaryCodec.builder().limits(WIDE).build();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            // Now and then the value itself, so that the codec has it at hand when another one is nearly like it.
            byte[] input = round < 8 || random.nextInt(8) == 0 ? value : changed(value, random);
            if (input.length > 0) {
                VectorTimestamp known = random.nextBoolean() ? vector : VectorTimestamp.empty();
                assertThat(outcome(() -> codec.extract(Map.of(VECTOR, input), Map::get, known)
                                .orElseThrow()))
                        .isEqualTo(outcome(() -> new VectorInput(VECTOR, input, WIDE).read()));
            }
        }
    }

    /** What was written and read before leaves no trace in what is written and read next. */
    @Property
    void timestampsOfTheSameIdsDoNotMixUp(@ForAll("vectors") VectorTimestamp vector, @ForAll long seed) {
        BinaryCodec codec = BinaryCodec.builder().limits(WIDE).build();
        Random random = new Random(seed);
        VectorTimestamp next = vector;
        for (int round = 0; round < 24; round++) {
            next = changed(next, random);
            Map<String, byte[]> headers = new HashMap<>();
            codec.inject(next, headers);
            List<Map.Entry<String, Long>> entries = new ArrayList<>(next.asMap().entrySet());
            assertThat(headers.get(VECTOR)).isEqualTo(Wire.map(entries));
            for (VectorTimestamp known : List.of(VectorTimestamp.empty(), vector)) {
                assertThat(codec.extract(headers, Map::get, known).orElseThrow())
                        .hasToString(next.toString());
            }
        }
    }

    /** {@return a timestamp that shares its ids, with some counters changed, mostly but not always little} */
    private static VectorTimestamp changed(VectorTimestamp vector, Random random) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder(vector);
        for (int i = 0; i < vector.size(); i++) {
            long counter = vector.counterAt(i);
            builder.putNext(
                    switch (random.nextInt(10)) {
                        case 0 -> random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1));
                        case 1, 2, 3 -> counter == Long.MAX_VALUE ? counter : counter + 1;
                        default -> counter;
                    });
        }
        return builder.build();
    }

    private static byte[] changed(byte[] value, Random random) {
        byte[] changed = Arrays.copyOf(value, value.length + Math.max(0, random.nextInt(6) - 3));
        for (int flips = random.nextInt(3); flips > 0; flips--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length + 1)) : changed;
    }

    private static String outcome(Supplier<VectorTimestamp> reading) {
        try {
            return String.valueOf(reading.get());
        } catch (CausalityCodecException e) {
            return e.toString();
        }
    }

    @Property(tries = 2_000)
    void anyBytesAreAValueOrRefused(@ForAll("almostVectors") byte[] value) {
        Map<String, byte[]> headers = new HashMap<>();
        for (String name : List.of(VECTOR, "causality-lc", "causality-eid", "causality-etype")) {
            headers.put(name, value);
        }
        try {
            VectorTimestamp read = CODEC.extract(headers).orElseThrow();
            Map<String, String> theirs = new TreeMap<>();
            Wire.entries(value).forEach(e -> theirs.put(e.getKey(), e.getValue()));
            assertThat(asText(read)).isEqualTo(theirs);
            assertThat(Wire.trailing(value)).isZero();
        } catch (CausalityCodecException e) {
            assertThat(e.getMessage()).matches("[ -~]+").hasSizeLessThan(600);
        }
        assertThat(catchThrowable(() -> CODEC.extractLamport(headers)))
                .satisfiesAnyOf(
                        e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(CausalityCodecException.class));
        assertThat(catchThrowable(() -> CODEC.extractEvent(headers, new byte[0])))
                .satisfiesAnyOf(
                        e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(CausalityCodecException.class));
    }
}
