package io.clockwork.json.stream;

import static io.clockwork.json.stream.Scanners.endless;
import static io.clockwork.json.stream.Scanners.limited;
import static io.clockwork.json.stream.Scanners.over;
import static io.clockwork.json.stream.Scanners.refusal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers and strings that a scanner reads and refuses. */
class JsonScannerValueTest {
    // jqwik does not look into @Nested classes.
    @Property
    void readsEveryLong(@ForAll long value) {
        assertThat(over(Long.toString(value)).nextLong()).isEqualTo(value);
        assertThat(over(value + " ").nextLong()).isEqualTo(value);
    }

    @Property
    void readsEveryDoubleAsTheJdkDoes(@ForAll double value, @ForAll int digits) {
        assertThat(over(Double.toString(value)).nextDouble()).isEqualTo(value);
        String decimal = digits + ".00" + Math.abs((long) digits);
        assertThat(over(decimal).nextDouble()).isEqualTo(Double.parseDouble(decimal));
    }

    @Nested
    class Numbers {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "9223372036854775808",
                    "-9223372036854775809",
                    "123456789012345678901234567890",
                    "1.0",
                    "1e3",
                    "1E0 ",
                    "0.5"
                })
        void refusesAsLongWhatIsNone(String number) {
            JsonScanner json = over(number);
            assertThatExceptionOfType(JsonSyntaxException.class)
                    .isThrownBy(json::nextLong)
                    .withMessageContaining("an integer from -9223372036854775808 to 9223372036854775807");
            assertThat(json.nextNumberToken()).isEqualTo(number.strip());
            json.endDocument();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "01",
                    "-01",
                    "00000000000000001",
                    "1.",
                    ".5",
                    "1e",
                    "1e+",
                    "+1",
                    "-",
                    "--1",
                    "-a",
                    "0x1",
                    "1.e1"
                })
        void refusesWhatIsNoNumber(String number) {
            assertThat(refusal(over("[" + number + " ]"))).isNotNull();
            assertThatThrownBy(() -> {
                        JsonScanner json = over("[" + number + " ]");
                        json.beginArray();
                        json.nextLong();
                        json.endArray();
                    })
                    .isInstanceOf(JsonSyntaxException.class);
        }

        @Test
        void keepsTheSignOfZero() {
            assertThat(over("-0").nextLong()).isZero();
            assertThat(over("-0.0").nextDouble())
                    .isEqualTo(-0.0)
                    .satisfies(zero -> assertThat(1 / zero).isNegative());
        }

        @Test
        void refusesADoubleOutOfRange() {
            JsonScanner json = over("1e999");
            assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(json::nextDouble);
            assertThat(json.nextNumberToken()).isEqualTo("1e999");
        }

        @Test
        void refusesAHugeTokenAfterItsLimit() {
            String digits = "7".repeat(1_000);
            JsonScanner longest = over(digits);
            assertThat(longest.nextNumberToken()).isEqualTo(digits);
            assertThat(refusal(over(digits + "7"))).hasMessageContaining("a number of at most 1000 characters");
            AtomicInteger given = new AtomicInteger();
            JsonSyntaxException endless = refusal(JsonScanner.of(endless('7', given)));
            assertThat(endless).hasMessageContaining("a number of at most 1000 characters");
            assertThat(given).hasValueLessThan(70_000);
            JsonScanner few = limited("12345", 1, 1, 4);
            assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(few::nextLong);
        }
    }

    @Nested
    class Strings {
        @Test
        void decodesEveryEscape() {
            assertThat(over("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é€😀\"")
                            .nextString())
                    .isEqualTo("\"\\/\b\f\n\r\té😀é€😀");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\\uD800",
                    "\\uD800x",
                    "\\uD800\\n",
                    "\\uD800\\u0041",
                    "\\uD800\\uD800",
                    "\\uDC00",
                    "\\x",
                    "\\u12G4",
                    "\\u+123",
                    "\\U0041",
                    "\t",
                    "\n",
                    "\u0000",
                    "\u001f"
                })
        void refusesBadEscapesLoneSurrogatesAndControlCharacters(String content) {
            JsonSyntaxException refusal = refusal(over("\"" + content + "\""));
            assertThat(refusal.isTruncated()).isFalse();
            assertThat(refusal.offset()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\u0080",
                    "\u00BF",
                    "\u00C0\u0080",
                    "\u00C1\u00BF",
                    "\u00C3",
                    "\u00C3(",
                    "\u00E0\u0080\u0080",
                    "\u00E0\u009F\u00BF",
                    "\u00E2\u0082",
                    "\u00E2\u0082(",
                    "\u00ED\u00A0\u0080",
                    "\u00ED\u00BF\u00BF",
                    "\u00F0\u0080\u0080\u0080",
                    "\u00F0\u008F\u00BF\u00BF",
                    "\u00F0\u009F\u0098",
                    "\u00F4\u0090\u0080\u0080",
                    "\u00F5\u0080\u0080\u0080",
                    "\u00F8\u0088\u0080\u0080\u0080",
                    "\u00FE",
                    "\u00FF"
                })
        void refusesIllFormedUtf8(String bytes) {
            JsonSyntaxException refusal = refusal(JsonScanner.of(("\"" + bytes + "\"").getBytes(ISO_8859_1)));
            assertThat(refusal.expected()).isEqualTo("well-formed UTF-8");
            assertThat(refusal.isTruncated()).isFalse();
            assertThat(refusal.getMessage()).matches("[ -~]+");
        }

        @Test
        void readsEveryCodePoint() {
            StringBuilder all = new StringBuilder();
            for (int c = ' '; c <= Character.MAX_CODE_POINT; c++) {
                if (c != '"' && c != '\\' && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                    all.appendCodePoint(c);
                }
            }
            assertThat(over("\"" + all + "\"").nextString().contentEquals(all)).isTrue();
            String escapedToo = over("\"\\n" + all + "\"").nextString();
            assertThat(escapedToo.substring(1).contentEquals(all)).isTrue();
        }

        @Test
        void refusesALongerOneThanItsLimitBeforeReadingOn() {
            assertThat(limited("\"12345\"", 1, 5, 1).nextString()).isEqualTo("12345");
            assertThat(catchThrowable(() -> limited("\"123456\"", 1, 5, 1).nextString()))
                    .hasMessageContaining("a string of at most 5 bytes");
            assertThat(refusal(limited("\"123456\"", 1, 5, 1))).hasMessageContaining("a string of at most 5 bytes");
            AtomicInteger given = new AtomicInteger();
            JsonScanner endless = JsonScanner.of(endless('"', given), new JsonLimits(1, 100_000, 1));
            assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(endless::nextString);
            assertThat(given).hasValueLessThan(300_000);
        }
    }
}
