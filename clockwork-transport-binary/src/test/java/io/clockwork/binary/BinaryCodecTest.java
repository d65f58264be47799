package io.clockwork.binary;

import static io.clockwork.binary.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderNames;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.HeaderCodecContract;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ArrayAsKeyOfSetOrMap") // the contract only goes through them
class BinaryCodecTest extends HeaderCodecContract<byte[]> {
    private static final String LAMPORT = "causality-lc";
    private static final String VECTOR = "causality-vc";
    private static final BinaryCodec CODEC = BinaryCodec.create();

    @Override
    protected HeaderCodec<byte[]> codec(CodecLimits limits) {
        return BinaryCodec.builder().limits(limits).build();
    }

    @Override
    protected HeaderNames names() {
        return new HeaderNames(LAMPORT, VECTOR, "causality-eid", "causality-etype");
    }

    @Override
    protected byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected byte[] vector(List<Map.Entry<String, Long>> entries) {
        return Wire.map(entries);
    }

    @Override
    protected Object identity(byte[] value) {
        return hex(value);
    }

    @Override
    protected Map<byte[], Reason> malformedVectors() {
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
    protected Map<byte[], Reason> malformedLamports() {
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

    private static byte[] written(BinaryCodec codec, VectorTimestamp vector) {
        Map<String, byte[]> headers = new HashMap<>();
        codec.inject(vector, headers);
        return headers.get(VECTOR);
    }

    private static String written(VectorTimestamp vector) {
        return hex(written(CODEC, vector));
    }

    private static VectorTimestamp read(String hex) {
        return CODEC.extract(Map.of(VECTOR, hex(hex))).orElseThrow();
    }

    private static CausalityCodecException refused(String hex) {
        return refused(hex(hex));
    }

    private static CausalityCodecException refused(byte[] value) {
        return catchThrowableOfType(CausalityCodecException.class, () -> CODEC.extract(Map.of(VECTOR, value)));
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
            assertThat(headers.get(LAMPORT)).isEqualTo(text("order-\u00e9:42"));
        }

        @Test
        void anEventIsThreeHeaders() {
            Map<String, byte[]> headers = new HashMap<>();
            CODEC.inject(TracedEvent.of("event-1", "order, \u00e9", new byte[0], VectorTimestamp.of("a", 1)), headers);
            assertThat(headers).containsOnlyKeys(VECTOR, "causality-eid", "causality-etype");
            assertThat(headers.get(VECTOR)).isEqualTo(hex("81a16101"));
            assertThat(headers.get("causality-eid")).isEqualTo(text("event-1"));
            assertThat(headers.get("causality-etype")).isEqualTo(text("order, \u00e9"));
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
                        .isEqualTo("82ab" + hex(text("eight-bytes")) + form + "a17a" + form);
            });
        }

        @Test
        void idsHaveTheirSmallestFormAtEveryLength() { // 5.1
            for (int length = 1; length <= 255; length++) {
                String id = "i".repeat(length);
                String header = length < 32 ? String.format("%02x", 0xA0 + length) : String.format("d9%02x", length);
                String form = header + hex(text(id));
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
        void aLoneSurrogateInAnEventIsRefused() {
            for (String type : List.of("t\uD800", "t\uDC00", "t\uD800x", "t\uDC00\uD800")) {
                TracedEvent event = TracedEvent.of("id", type, new byte[0], VectorTimestamp.of("a", 1));
                Map<String, byte[]> headers = new HashMap<>();
                CausalityCodecException e =
                        catchThrowableOfType(CausalityCodecException.class, () -> CODEC.inject(event, headers));
                assertThat(e.reason()).isEqualTo(Reason.ILLEGAL_CHARACTER);
                assertThat(e.key()).isEqualTo("causality-etype");
                assertThat(e.offset()).isEqualTo(1);
                assertThat(headers).isEmpty();
                safeToLog(e);
            }
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
        void nothingButAMapIsAVector() { // 5.2
            for (int mark = 0; mark < 256; mark++) {
                if ((mark & 0xF0) != 0x80 && mark != 0xDE && mark != 0xDF) {
                    assertThat(refused(String.format("%02x00000000", mark)).reason())
                            .as("type 0x%02x", mark)
                            .isEqualTo(Reason.WRONG_TYPE);
                }
            }
        }

        @Test
        void nothingButStrAndBinIsAnId() { // 5.2
            for (int mark = 0; mark < 256; mark++) {
                boolean string = (mark & 0xE0) == 0xA0 || (mark >= 0xD9 && mark <= 0xDB);
                boolean binary = mark >= 0xC4 && mark <= 0xC6;
                if (!string && !binary) {
                    CausalityCodecException e = refused(String.format("82a16101%02x0000000000000000", mark));
                    assertThat(e.reason()).as("type 0x%02x", mark).isEqualTo(Reason.WRONG_TYPE);
                    assertThat(e.offset()).isEqualTo(4);
                }
            }
        }

        @Test
        void nothingButAnIntegerIsACounter() { // 5.2
            for (int mark = 0x80; mark < 0xE0; mark++) {
                if (mark < 0xCC || mark > 0xD3) {
                    CausalityCodecException e = refused(String.format("81a161%02x00000000000000000000", mark));
                    assertThat(e.reason()).as("type 0x%02x", mark).isEqualTo(Reason.WRONG_TYPE);
                    assertThat(e.offset()).isEqualTo(3);
                }
            }
        }

        @Test
        void idsMustBeStrictUtf8() { // 5.2
            // Overlong, a lone continuation, a surrogate half, beyond U+10FFFF, cut off, never used.
            for (String id : List.of("c080", "80", "eda080", "f4908080", "e282", "c361", "ff", "f8888080", "e0809f")) {
                String form = String.format("%02x", 0xA0 + id.length() / 2) + id;
                assertThat(refused("81" + form + "01").reason()).as(id).isEqualTo(Reason.INVALID_UTF8);
                String later = String.format("%02x", 0xA9 + id.length() / 2) + hex(text("123456789")) + id;
                CausalityCodecException e = refused("81" + later + "01");
                assertThat(e.reason()).as(id).isEqualTo(Reason.INVALID_UTF8);
                assertThat(e.offset()).isBetween(11, 13);
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
                assertThat(CODEC.extractLamport(Map.of(LAMPORT, text("\u00e9:" + time))))
                        .contains(new LamportTimestamp("\u00e9", 7));
            }
        }

        @Test
        void anEventsTextMustBeUtf8() { // 5
            for (String name : List.of("causality-eid", "causality-etype")) {
                Map<String, byte[]> headers = new HashMap<>();
                CODEC.inject(TracedEvent.of("i", "t", new byte[0], VectorTimestamp.of("a", 1)), headers);
                headers.put(name, hex("6180"));
                CausalityCodecException e = catchThrowableOfType(
                        CausalityCodecException.class, () -> CODEC.extractEvent(headers, new byte[0]));
                assertThat(e.reason()).isEqualTo(Reason.INVALID_UTF8);
                assertThat(e.key()).isEqualTo(name);
                assertThat(e.offset()).isEqualTo(1);
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

    @Nested
    class Messages {
        @Test
        void showTheBytesNearTheFault() {
            assertThat(refused("81a161c0"))
                    .hasMessage("causality-vc at offset 3: expected the counter of node \"a\", found the type 0xc0 of"
                            + " MessagePack, in \"81a161c0\"");
            String before = "a1" + "62".repeat(1) + "01";
            assertThat(refused("de0014" + before + "a16101".repeat(15) + "c0" + "a16101".repeat(10)))
                    .hasMessageStartingWith(
                            "causality-vc at offset 51: expected a node id, as str or bin, found the type"
                                    + " 0xc0 of MessagePack, in \"...")
                    .hasMessageContaining("c0")
                    .hasMessageEndingWith("...\"");
        }

        @Test
        void nameHeaderIdAndLimitOfACounter() { // 2.1
            assertThat(refused("82a16101a162cf8000000000000000"))
                    .hasMessage("causality-vc at offset 6: counter of node \"b\" is 9223372036854775808, the limit is"
                            + " 9223372036854775807; its clock is broken or forged, in"
                            + " \"82a16101a162cf8000000000000000\"");
            assertThat(refused("81a161d3fffffffffffffffb"))
                    .hasMessageStartingWith("causality-vc at offset 3: counter of node \"a\" must be from 0 to"
                            + " 9223372036854775807, was -5");
        }

        @Test
        void tellLimitsAndWhatWasDeclared() { // 8.1
            assertThat(refused("dfffffffff"))
                    .hasMessage(
                            "causality-vc at offset 0: vector declares 4294967295 entries, the limit is 256; the peer"
                                    + " must retire nodes that are gone, or raise maxEntries, in \"dfffffffff\"");
            assertThat(refused("81dbffffffff61"))
                    .hasMessage(
                            "causality-vc at offset 1: node id has 4294967295 bytes, the limit is 255; the peer must"
                                    + " use a shorter one, in \"81dbffffffff61\"");
            assertThat(refused("8fa16101"))
                    .hasMessage(
                            "causality-vc at offset 1: expected the 15 entries that the map declares, the value ends"
                                    + " after 4 bytes, in \"8fa16101\"");
        }

        @Test
        void tellWhatFollowsTheMap() { // 5.2
            assertThat(refused("81a1610181"))
                    .hasMessage(
                            "causality-vc at offset 4: the map ends here and 1 bytes follow; a value must be one map"
                                    + " alone, in \"81a1610181\"");
        }

        @Test
        void nameTheDuplicate() { // 5.2
            assertThat(refused("82a16101a16102"))
                    .hasMessage("causality-vc: node id \"a\" stands twice; give each node one counter, in"
                            + " \"82a16101a16102\"");
        }
    }
}
