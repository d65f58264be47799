package io.clockwork.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityCodecException;
import io.clockwork.CodecLimits;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.ClockArbitraries;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** That known ids are read and written faster must make no difference but that. */
class ReadyFormTest {
    private static final String NAME = "X-Causality-Vector";

    private static String write(TextCodec codec, VectorTimestamp timestamp) {
        Map<String, String> headers = new HashMap<>();
        codec.inject(timestamp, headers);
        return headers.getOrDefault(NAME, "");
    }

    /** {@return the result or the refusal, as text that tells all about it} */
    private static String read(TextCodec codec, String header, VectorTimestamp known) {
        try {
            return codec.extract(Map.of(NAME, header), Map::get, known).toString();
        } catch (CausalityCodecException e) {
            return e.reason() + " " + e.getMessage();
        }
    }

    @Provide
    Arbitrary<VectorTimestamp> vectors() {
        return ClockArbitraries.vectors(6);
    }

    @Property
    void readsAlikeWhateverIsKnownAndWasReadBefore(
            @ForAll("vectors") VectorTimestamp sent, @ForAll("vectors") VectorTimestamp known) {
        TextCodec codec = TextCodec.builder().build();
        String header = write(codec, sent);
        if (!header.isEmpty()) {
            String fresh = read(TextCodec.builder().build(), header, VectorTimestamp.empty());
            assertThat(read(codec, header, known)).isEqualTo(fresh);
            assertThat(read(codec, header, sent)).isEqualTo(fresh);
            assertThat(read(codec, header, VectorTimestamp.empty())).isEqualTo(fresh);
        }
    }

    @Property
    void refusesAlikeWhateverIsKnown(
            @ForAll("vectors") VectorTimestamp sent, @ForAll int place, @ForAll("replacements") String replacement) {
        TextCodec codec = TextCodec.builder().build();
        String header = write(codec, sent);
        if (!header.isEmpty()) {
            int at = Math.floorMod(place, header.length());
            String damaged = header.substring(0, at) + replacement + header.substring(at + 1);
            String fresh = read(TextCodec.builder().build(), damaged, VectorTimestamp.empty());
            assertThat(read(codec, damaged, sent)).as(damaged).isEqualTo(fresh);
        }
    }

    @Provide
    Arbitrary<String> replacements() {
        return Arbitraries.of(
                "",
                ",",
                "=",
                "0",
                "9",
                "+",
                "-",
                " ",
                "%",
                "?",
                "a",
                "\u00e9",
                "\u0161",
                "\u0130",
                "1,b=1",
                "000000000000000000000");
    }

    @Test
    void takesNoCharacterForAnotherThatSharesItsLowByte() {
        TextCodec codec = TextCodec.builder().build();
        VectorTimestamp known = VectorTimestamp.of("service-aa", 1);
        String smuggled = write(codec, known).replace('a', '\u0161'); // 0x0161, 'a' is 0x61
        assertThat(read(codec, smuggled, known)).startsWith("ILLEGAL_CHARACTER");
    }

    @Test
    void takesNoCharacterForTheQuestionMarkThatStandsForIt() {
        TextCodec codec = TextCodec.builder().build();
        VectorTimestamp known = VectorTimestamp.of("service?", 1);
        assertThat(read(codec, "service?=7", known)).isEqualTo("Optional[service?=7]");
        assertThat(read(codec, "service\u20ac=7", known)).startsWith("ILLEGAL_CHARACTER");
    }

    @Test
    void readsUnderRawWhatIsKnownBeyondAscii() {
        TextCodec codec = TextCodec.builder().raw().build();
        VectorTimestamp known = VectorTimestamp.of("\u00e9t\u00e9", 1);
        assertThat(write(codec, known)).isEqualTo("\u00e9t\u00e9=1");
        assertThat(read(codec, "\u00e9t\u00e9=7", known)).isEqualTo("Optional[\u00e9t\u00e9=7]");
    }

    @Test
    void keepsToTheLimitsWhateverIsKnown() {
        TextCodec codec = TextCodec.builder().limits(new CodecLimits(20, 2, 5)).build();
        VectorTimestamp longId = VectorTimestamp.of("abcdef", 1);
        assertThat(read(codec, "abcdef=1", longId)).startsWith("LIMIT_EXCEEDED").contains("6 bytes, the limit is 5");
        VectorTimestamp three = VectorTimestamp.of("a", 1, "b", 1).merge(VectorTimestamp.of("c", 1));
        assertThat(read(codec, "a=1,b=1,c=1", three)).contains("more than 2 entries");
        VectorTimestamp two = VectorTimestamp.of("a", 1, "b", 1);
        assertThat(read(codec, "a=1,b=1000000000000000", two)).contains("the limit is 20");
        assertThat(read(codec, "a=1,b=2", longId)).isEqualTo("Optional[a=1,b=2]");
    }

    @Test
    void readsManyPeersInTurn() {
        TextCodec codec = TextCodec.builder().build();
        for (int round = 0; round < 3; round++) {
            for (int peer = 0; peer < 9; peer++) {
                String header = "orders=" + round + ",peer" + peer + "=" + (peer * 1000 + round);
                assertThat(read(codec, header, VectorTimestamp.empty())).isEqualTo("Optional[" + header + "]");
            }
        }
    }
}
