package io.clockwork.json.stream;

import static io.clockwork.json.stream.Scanners.limited;
import static io.clockwork.json.stream.Scanners.over;
import static io.clockwork.json.stream.Scanners.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    @Test
    void readsATraceWithoutAllocatingNames() {
        NameTable names = NameTable.of("spanID", "startTime", "tags");
        JsonScanner json = over("{\"spanID\":\"a1\",\"unknown\":[{}],\"start\\u0054ime\":17,\"tags\":[true,null,2.5]}");
        json.beginObject();
        assertThat(json.nextName(names)).isEqualTo(0);
        assertThat(json.nextString()).isEqualTo("a1");
        assertThat(json.nextName(names)).isEqualTo(NameTable.UNKNOWN);
        json.skipValue();
        assertThat(json.nextName(names)).isEqualTo(1);
        assertThat(json.nextLong()).isEqualTo(17);
        assertThat(json.nextName(names)).isEqualTo(2);
        json.beginArray();
        assertThat(json.nextBoolean()).isTrue();
        json.nextNull();
        assertThat(json.nextDouble()).isEqualTo(2.5);
        assertThat(json.hasNext()).isFalse();
        json.endArray();
        json.endObject();
        json.endDocument();
    }

    @Test
    void sharesRepeatedStringsThroughACache() {
        StringCache cache = StringCache.withSlots(16);
        JsonScanner json = over("[\"checkout\",\"checkout\",{\"checkout\":1}]");
        json.beginArray();
        String first = json.nextString(cache);
        assertThat(json.nextString(cache)).isSameAs(first);
        json.beginObject();
        assertThat(json.nextName(cache)).isSameAs(first);
    }

    @Test
    void tellsStringsApartByTable() {
        JsonScanner json = over("[\"CHILD_OF\",\"x\"]");
        NameTable kinds = NameTable.of("FOLLOWS_FROM", "CHILD_OF");
        json.beginArray();
        assertThat(json.nextString(kinds)).isEqualTo(1);
        assertThat(json.nextString(kinds)).isEqualTo(NameTable.UNKNOWN);
    }

    @Test
    void skipsAByteOrderMark() {
        JsonScanner json = over("\uFEFF[]");
        json.skipValue();
        json.endDocument();
        assertThat(refusal(over(" \uFEFF[]")).expected()).isEqualTo("a value");
    }

    @Test
    void readsOnlyTheRangeOfAnArray() {
        byte[] bytes = "xx12345yy".getBytes(UTF_8);
        JsonScanner json = JsonScanner.of(bytes, 2, 3, JsonLimits.DEFAULT);
        assertThat(json.nextLong()).isEqualTo(123);
        json.endDocument();
        assertThat(json.offset()).isEqualTo(3);
    }

    @Nested
    class Structure {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[1,]",
                    "[,1]",
                    "[1 2]",
                    "{\"a\":1,}",
                    "{,}",
                    "{\"a\" 1}",
                    "{\"a\",1}",
                    "{1:1}",
                    "{a:1}",
                    "{\"a\":}",
                    "[}",
                    "{]",
                    "]",
                    "[] []",
                    "[]x",
                    "1 2",
                    "tru ",
                    "nulL",
                    "True",
                    "/**/1",
                    "[1//\n]",
                    "\f1",
                    "\u00a01",
                    "NaN"
                })
        void refusesWhatRfc8259Refuses(String document) {
            JsonSyntaxException refusal = refusal(over(document));
            assertThat(refusal.isTruncated()).isFalse();
        }

        @Test
        void refusesTenThousandLevelsInBoundedTime() {
            JsonSyntaxException refusal = refusal(over("[".repeat(10_000)));
            assertThat(refusal).hasMessageContaining("at most 512 levels of nesting");
            assertThat(refusal.offset()).isEqualTo(512);
            assertThat(refusal.path()).hasSizeLessThan(200);
            assertThat(refusal(over("{\"a\":".repeat(10_000))).offset()).isEqualTo(512 * 5);
        }

        @Test
        void takesDeepNestingIfAllowed() {
            String document = "[".repeat(100_000) + "]".repeat(100_000);
            JsonScanner json = limited(document, 100_000, 1, 1);
            json.skipValue();
            json.endDocument();
            assertThat(json.depth()).isZero();
        }

        @Test
        void tellsWhereInputEnds() {
            assertThat(refusal(over(""))).hasMessage("input ends before a value at line 1, column 1 (offset 0), $");
            assertThat(refusal(over("{\"a\":[1,\"x")))
                    .hasMessage("input ends inside a string at line 1, column 11 (offset 10), $.a[1]");
            assertThat(refusal(over("[tr"))).hasMessageStartingWith("input ends inside a literal");
            assertThat(refusal(over("[-"))).hasMessageStartingWith("input ends inside a number");
            assertThat(refusal(over("[1,"))).hasMessageStartingWith("input ends inside an array");
            assertThat(refusal(over("{\"a\""))).hasMessageStartingWith("input ends inside an object");
        }
    }

    @Nested
    class Messages {
        @Test
        void tellLineColumnPathAndWhatWasFound() {
            JsonScanner json = over("{\n  \"data\": [{}, {\n    \"start time\": x\u0007é\"\\}]}");
            JsonSyntaxException refusal = refusal(json);
            assertThat(refusal)
                    .hasMessage("at line 3, column 19 (offset 37), $.data[1][\"start time\"]: expected a value, found"
                            + " \"x\\x07\\xc3\\xa9\\\"\\\\}]}\"");
            assertThat(refusal.line()).isEqualTo(3);
            assertThat(refusal.column()).isEqualTo(19);
            assertThat(refusal.excerpt()).isEqualTo("x\\x07\\xc3\\xa9\\\"\\\\}]}");
        }

        @Test
        void leaveOutTheMiddleOfALongPath() {
            assertThat(refusal(over("{\"a\":".repeat(100) + "x")).path())
                    .isEqualTo("$" + ".a".repeat(16) + "..." + ".a".repeat(16));
        }

        @Test
        void cutLongNamesAndExcerpts() {
            JsonSyntaxException refusal = refusal(over("{\"" + "n".repeat(100) + "\":" + "x".repeat(100) + "}"));
            assertThat(refusal.path()).isEqualTo("$." + "n".repeat(40));
            assertThat(refusal.excerpt()).isEqualTo("x".repeat(40));
        }
    }

    @Nested
    class Calls {
        @Test
        void leaveTheScannerBeforeAValueOfAnotherType() {
            JsonScanner json = over("[\"text\"]");
            json.beginArray();
            assertThatExceptionOfType(JsonSyntaxException.class)
                    .isThrownBy(json::nextLong)
                    .withMessage("at line 1, column 2 (offset 1), $[0]: expected a number, found \"\\\"text\\\"]\"");
            assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(json::endArray);
            assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(json::beginObject);
            assertThat(json.nextString()).isEqualTo("text");
            assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(json::skipValue);
            json.endArray();
        }

        @Test
        void repeatTheirAnswerAfterIllFormedInput() {
            JsonScanner json = over("[01]");
            json.beginArray();
            Throwable first = catchThrowable(json::nextLong);
            assertThat(first).isInstanceOf(JsonSyntaxException.class);
            assertThat(catchThrowable(json::nextLong)).isSameAs(first);
            assertThat(catchThrowable(json::hasNext)).isSameAs(first);
            assertThat(catchThrowable(json::skipValue)).isSameAs(first);
        }

        @Test
        void areRefusedWhereNoDocumentCouldSatisfyThem() {
            JsonScanner json = over("{\"a\":1}");
            assertThatIllegalStateException().isThrownBy(json::endObject);
            json.beginObject();
            assertThatIllegalStateException().isThrownBy(json::nextLong).withMessageContaining("call nextName()");
            assertThatIllegalStateException().isThrownBy(json::skipValue);
            assertThatIllegalStateException().isThrownBy(json::endArray);
            assertThatIllegalStateException().isThrownBy(json::endDocument);
            assertThat(json.nextName()).isEqualTo("a");
            assertThatIllegalStateException().isThrownBy(() -> json.nextName());
            assertThat(json.nextLong()).isEqualTo(1);
            json.endObject();
            json.endDocument();
            assertThatIllegalStateException().isThrownBy(json::nextLong);
        }

        @Test
        void areRefusedOnceClosed() {
            JsonScanner json = over("[]");
            json.beginArray();
            json.close();
            assertThatIllegalStateException().isThrownBy(json::hasNext).withMessageContaining("closed");
        }

        @Test
        void wrapWhatTheStreamThrows() {
            IOException broken = new IOException("broken");
            JsonScanner json = JsonScanner.of(new InputStream() {
                @Override
                public int read() throws IOException {
                    throw broken;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    throw broken;
                }
            });
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(json::peek)
                    .withCause(broken);
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(json::hasNext)
                    .withCause(broken);
        }

        @Test
        void endEvenIfTheStreamGivesNothingForALongTime() {
            JsonScanner json = JsonScanner.of(new ByteArrayInputStream("[1]".getBytes(UTF_8)) {
                @Override
                public int read(byte[] bytes, int offset, int length) {
                    return 0;
                }
            });
            json.skipValue();
            json.endDocument();
        }
    }
}
