package io.clockwork.binary;

import static io.clockwork.binary.BinaryForm.CODEC;
import static io.clockwork.binary.BinaryForm.LAMPORT;
import static io.clockwork.binary.BinaryForm.VECTOR;
import static io.clockwork.binary.BinaryForm.read;
import static io.clockwork.binary.BinaryForm.utf8;
import static io.clockwork.binary.BinaryForm.written;
import static io.clockwork.binary.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderNames;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.HeaderCodecContract;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How the binary form is written, and all that is read. */
class BinaryCodecTest extends HeaderCodecContract<byte[]> {
    BinaryCodecTest() {
        super(new BinaryForm());
    }

    @Nested
    class Writing {
        @Test
        void aVectorIsAMapWithAscendingIds() { // 5.1, 1.2
            assertThat(written(VectorTimestamp.of("b", 0, "a", 1))).isEqualTo("82a16101a16200");
            assertThat(written(VectorTimestamp.of("\uD800\uDC00", 2, "\uFFFF", 1)))
                    .isEqualTo("82a3efbfbf01a4f090808002");
        }

        @Test
        void aLamportTimestampIsText() {
            Map<String, byte[]> headers = new HashMap<>();
            CODEC.inject(new LamportTimestamp("order-\u00e9", 42), headers);
            assertThat(headers).containsOnlyKeys(LAMPORT);
            assertThat(headers.get(LAMPORT)).isEqualTo(utf8("order-\u00e9:42"));
        }

        @Test
        void anEventIsThreeHeaders() {
            Map<String, byte[]> headers = new HashMap<>();
            CODEC.inject(TracedEvent.of("event-1", "order, \u00e9", new byte[0], VectorTimestamp.of("a", 1)), headers);
            assertThat(headers).containsOnlyKeys(VECTOR, "causality-eid", "causality-etype");
            assertThat(headers.get(VECTOR)).isEqualTo(hex("81a16101"));
            assertThat(headers.get("causality-eid")).isEqualTo(utf8("event-1"));
            assertThat(headers.get("causality-etype")).isEqualTo(utf8("order, \u00e9"));
        }

        @Test
        void anEventWithAnEmptyVectorSetsNoHeaderForIt() { // 4.4
            Map<String, byte[]> headers = new HashMap<>();
            CODEC.inject(TracedEvent.of("event-1", "t", new byte[0], VectorTimestamp.empty()), headers);
            assertThat(headers).containsOnlyKeys("causality-eid", "causality-etype");
        }

        @Test
        void countersHaveTheirSmallestForm() { // 5.1
            Map<Long, String> forms = new LinkedHashMap<>();
            forms.put(0L, "00");
            forms.put(127L, "7f");
            forms.put(128L, "cc80");
            forms.put(255L, "ccff");
            forms.put(256L, "cd0100");
            forms.put(65_535L, "cdffff");
            forms.put(65_536L, "ce00010000");
            forms.put(4_294_967_295L, "ceffffffff");
            forms.put(4_294_967_296L, "cf0000000100000000");
            forms.put(Long.MAX_VALUE, "cf7fffffffffffffff");
            forms.forEach((counter, form) -> {
                assertThat(written(VectorTimestamp.of("a", counter))).isEqualTo("81a161" + form);
                assertThat(written(VectorTimestamp.of("eight-bytes", counter, "z", counter)))
                        .isEqualTo("82ab" + hex(utf8("eight-bytes")) + form + "a17a" + form);
            });
        }

        @Test
        void idsHaveTheirSmallestFormAtEveryLength() { // 5.1
            for (int length = 1; length <= 255; length++) {
                String id = "i".repeat(length);
                String header = length < 32 ? String.format("%02x", 0xA0 + length) : String.format("d9%02x", length);
                String form = header + hex(utf8(id));
                assertThat(written(VectorTimestamp.of(id, 5))).isEqualTo("81" + form + "05");
                assertThat(written(VectorTimestamp.of(id, 5, "z", 300))).isEqualTo("82" + form + "05" + "a17acd012c");
                assertThat(written(VectorTimestamp.of("a", 300, id, 5))).isEqualTo("82" + "a161cd012c" + form + "05");
            }
        }

        @Test
        void mapsHaveTheirSmallestHeader() { // 5.1
            CodecLimits wide = new CodecLimits(16 << 20, 1 << 20, 255);
            BinaryCodec codec = BinaryCodec.builder().limits(wide).build();
            Map<Integer, String> headers = Map.of(
                    1,
                    "81",
                    15,
                    "8f",
                    16,
                    "de0010",
                    255,
                    "de00ff",
                    256,
                    "de0100",
                    65_535,
                    "deffff",
                    65_536,
                    "df00010000");
            headers.forEach((size, header) -> assertThat(hex(written(codec, Wire.series(size))))
                    .startsWith(header + "a66e" + "3030303030" + "00"));
        }

        @Test
        void theLimitOfAValueIsExact() { // 8.1
            BinaryCodec narrow =
                    BinaryCodec.builder().limits(new CodecLimits(6, 256, 255)).build();
            assertThat(hex(written(narrow, VectorTimestamp.of("abc", 1)))).isEqualTo("81a361626301");
            assertThat(hex(written(narrow, VectorTimestamp.of("ab", 128)))).isEqualTo("81a26162cc80");
            for (VectorTimestamp over : List.of(
                    VectorTimestamp.of("abc", 128),
                    VectorTimestamp.of("abcd", 1),
                    VectorTimestamp.of("a", 1, "b", 1))) {
                Map<String, byte[]> headers = new HashMap<>();
                assertThat(catchThrowableOfType(CausalityCodecException.class, () -> narrow.inject(over, headers)))
                        .hasMessage(
                                "causality-vc: value has 7 bytes, the limit is 6; shorten ids, retire nodes that are"
                                        + " gone, or raise maxValueBytes");
                assertThat(headers).isEmpty();
            }
        }

        @Test
        void eachTimestampOfAClockIsWrittenWithItsOwnCounters() {
            VectorClock clock = VectorClock.of("b", List.of("a", "c"));
            assertThat(written(clock.timestamp())).isEqualTo("83a16100a16200a16300");
            VectorClock later = clock.tick().tick();
            assertThat(written(later.timestamp())).isEqualTo("83a16100a16202a16300");
            assertThat(written(later.receive(VectorTimestamp.of("c", 4)).timestamp()))
                    .isEqualTo("83a16100a16203a16304");
            assertThat(written(clock.timestamp())).isEqualTo("83a16100a16200a16300");
        }

        @Test
        void manyTablesInTurnDoNotMixUp() {
            VectorTimestamp[] vectors = IntStream.range(0, 40)
                    .mapToObj(i -> VectorTimestamp.of("node-" + i % 10, i, "other-node", 1000L * i))
                    .toArray(VectorTimestamp[]::new);
            for (int round = 0; round < 3; round++) {
                for (VectorTimestamp vector : vectors) {
                    assertThat(read(written(vector))).hasToString(vector.toString());
                    assertThat(CODEC.extract(Map.of(VECTOR, hex(written(vector))), Map::get, vectors[round])
                                    .orElseThrow())
                            .hasToString(vector.toString());
                }
            }
        }
    }

    @Nested
    class Reading {
        @Test
        void entriesMayComeInAnyOrder() { // 5.2
            assertThat(read("83a16302a16101a16203")).hasToString("a=1,b=3,c=2");
        }

        @Test
        void mapsMayHaveAnyWidth() { // 5.2
            for (String header : List.of("81", "de0001", "df00000001")) {
                assertThat(read(header + "a16107")).hasToString("a=7");
            }
        }

        @Test
        void idsMayBeStrOrBinOfAnyWidth() { // 5.2
            for (String header : List.of("a1", "d901", "da0001", "db00000001", "c401", "c50001", "c600000001")) {
                assertThat(read("82" + header + "6107a16208")).hasToString("a=7,b=8");
            }
        }

        @Test
        void countersMayHaveAnyWidthAndASign() { // 5.2
            for (String counter : List.of(
                    "07",
                    "cc07",
                    "cd0007",
                    "ce00000007",
                    "cf0000000000000007",
                    "d007",
                    "d10007",
                    "d200000007",
                    "d30000000000000007")) {
                assertThat(read("82a161" + counter + "a16208")).hasToString("a=7,b=8");
            }
        }

        @Test
        void theHighestBitOfAnUnsignedCounterIsNoSign() { // 5.2
            assertThat(read("84a161ccff" + "a162cdffff" + "a163ceffffffff" + "a164cf7fffffffffffffff"))
                    .hasToString("a=255,b=65535,c=4294967295,d=9223372036854775807");
            assertThat(read("83a161d07f" + "a162d17fff" + "a163d27fffffff")).hasToString("a=127,b=32767,c=2147483647");
        }

        @Test
        void anEmptyMapIsAnEmptyVector() {
            for (String map : List.of("80", "de0000", "df00000000")) {
                assertThat(read(map)).isSameAs(VectorTimestamp.empty());
            }
        }

        @Test
        void theLimitOfAValueIsExact() { // 8.1
            BinaryCodec narrow =
                    BinaryCodec.builder().limits(new CodecLimits(4, 256, 255)).build();
            assertThat(narrow.extract(Map.of(VECTOR, hex("81a16101")))).isPresent();
            assertThat(catchThrowableOfType(
                            CausalityCodecException.class, () -> narrow.extract(Map.of(VECTOR, hex("81a1610101")))))
                    .hasMessageStartingWith("causality-vc: value has 5 bytes, the limit is 4; ");
        }

        @Test
        void aTimeMayHaveAPlusAndLeadingZeros() { // 4.2
            for (String time : List.of("7", "+7", "007", "+" + "0".repeat(300) + "7")) {
                assertThat(CODEC.extractLamport(Map.of(LAMPORT, utf8("\u00e9:" + time))))
                        .contains(new LamportTimestamp("\u00e9", 7));
            }
        }
    }

    @Nested
    class Grpc {
        @Test
        void appendsBinToTheNames() {
            Map<String, byte[]> headers = new HashMap<>();
            TracedEvent event = TracedEvent.of("i", "t", new byte[0], VectorTimestamp.of("a", 1));
            BinaryCodec.grpc().inject(event, headers);
            BinaryCodec.grpc().inject(new LamportTimestamp("a", 1), headers);
            assertThat(headers)
                    .containsOnlyKeys(
                            "causality-lc-bin", "causality-vc-bin", "causality-eid-bin", "causality-etype-bin");
            assertThat(BinaryCodec.grpc().extractEvent(headers, new byte[0])).isEqualTo(event);
            assertThat(CODEC.extract(headers)).isEmpty();
        }

        @Test
        void appendsBinOnce() {
            BinaryCodec codec = BinaryCodec.builder()
                    .grpc()
                    .names(new HeaderNames("l-bin", "v", "i", "t"))
                    .build();
            Map<String, byte[]> headers = new HashMap<>();
            codec.inject(VectorTimestamp.of("a", 1), headers);
            codec.inject(new LamportTimestamp("a", 1), headers);
            assertThat(headers).containsOnlyKeys("l-bin", "v-bin");
        }
    }

    @Nested
    class OtherNames {
        private final BinaryCodec codec = BinaryCodec.builder()
                .names(new HeaderNames("Lamport", "Vector", "Id", "Type"))
                .build();

        @Test
        void areFoundAsTheyAreAndInLowerCase() { // 4.1
            TracedEvent event = TracedEvent.of("i", "t", new byte[0], VectorTimestamp.of("a", 1));
            Map<String, byte[]> headers = new HashMap<>();
            codec.inject(event, headers, Map::put);
            codec.inject(new LamportTimestamp("a", 1), headers, Map::put);
            assertThat(headers).containsOnlyKeys("Lamport", "Vector", "Id", "Type");
            assertThat(codec.extractEvent(headers, Map::get, new byte[0])).isEqualTo(event);
            Map<String, byte[]> lower = new HashMap<>();
            headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
            assertThat(codec.extractEvent(lower, Map::get, new byte[0])).isEqualTo(event);
            assertThat(codec.extractLamport(lower, Map::get)).contains(new LamportTimestamp("a", 1));
            assertThat(codec.extract(lower, Map::get)).contains(VectorTimestamp.of("a", 1));
        }

        @Test
        void areFoundAsTheyAreFirst() { // 4.1
            Map<String, byte[]> headers = Map.of("vector", hex("81a16101"), "Vector", hex("81a16102"));
            assertThat(codec.extract(headers, Map::get)).contains(VectorTimestamp.of("a", 2));
        }
    }
}
