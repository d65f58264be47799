package io.clockwork.binary;

import static io.clockwork.binary.BinaryForm.CODEC;
import static io.clockwork.binary.BinaryForm.refused;
import static io.clockwork.binary.BinaryForm.utf8;
import static io.clockwork.binary.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.testing.HeaderRefusalContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is no binary form, and what is said of it. */
class BinaryRefusalTest extends HeaderRefusalContract<byte[]> {
    BinaryRefusalTest() {
        super(new BinaryForm());
    }

    @Nested
    class Writing {
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
    }

    @Nested
    class Reading {
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
                String later = String.format("%02x", 0xA9 + id.length() / 2) + hex(utf8("123456789")) + id;
                CausalityCodecException e = refused("81" + later + "01");
                assertThat(e.reason()).as(id).isEqualTo(Reason.INVALID_UTF8);
                assertThat(e.offset()).isBetween(11, 13);
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
