package io.clockwork.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.LamportTimestamp;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every codec of headers carries, and under which names; the numbers are the rules of WIRE.md.
 *
 * @param <V> the header's value
 */
public abstract class HeaderCodecContract<V> {
    private static final CodecLimits WIDE = new CodecLimits(16 << 20, 1 << 20, 255);
    private static final byte[] PAYLOAD = {1, 2, 3};
    private static final VectorTimestamp VECTOR = VectorTimestamp.of("a", 1, "b", 0);
    private static final LamportTimestamp LAMPORT = new LamportTimestamp("a", 7);
    private static final TracedEvent EVENT = TracedEvent.of("event-1", "order.created", PAYLOAD, VECTOR);
    private final HeaderForm<V> form;

    protected HeaderCodecContract(HeaderForm<V> form) {
        this.form = form;
    }

    @Nested
    class Texts {
        private final Message<V> message = new Message<>();

        @Test
        void travelAsTheyAre() {
            form.codec().injectText("traceparent", "00-4bf9%20~", message, Message::setHeader);
            assertThat(form.codec().extractText("traceparent", message, Message::getHeader))
                    .hasValue("00-4bf9%20~");
            assertThat(form.codec().extractText("tracestate", message, Message::getHeader))
                    .isEmpty();
        }

        @Test
        void areRefusedWhenNotPrintableAscii() {
            for (String bad : List.of("caf\u00e9", "a\nb", "\u007f", "")) {
                assertThat(catchThrowableOfType(
                                CausalityCodecException.class,
                                () -> form.codec().injectText("traceparent", bad, message, Message::setHeader)))
                        .isNotNull();
                message.setHeader("traceparent", form.text(bad));
                assertThat(catchThrowableOfType(
                                CausalityCodecException.class,
                                () -> form.codec().extractText("traceparent", message, Message::getHeader)))
                        .isNotNull();
                assertThat(form.codec().lenient(e -> {}).extractText("traceparent", message, Message::getHeader))
                        .isEmpty();
            }
        }

        @Test
        void areRefusedOverTheLimit() {
            HeaderCodec<V> codec = form.codec(new CodecLimits(8, 8, 8));
            assertThat(catchThrowableOfType(
                                    CausalityCodecException.class,
                                    () -> codec.injectText("traceparent", "123456789", message, Message::setHeader))
                            .reason())
                    .isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(message.headers).isEmpty();
            message.setHeader("traceparent", form.text("123456789"));
            assertThat(catchThrowableOfType(
                                    CausalityCodecException.class,
                                    () -> codec.extractText("traceparent", message, Message::getHeader))
                            .reason())
                    .isEqualTo(Reason.LIMIT_EXCEEDED);
        }
    }

    @Nested
    class Receiving {
        private final AtomicVectorClock clock = AtomicVectorClock.of("c");

        @Test
        void receivesWhatTheCarrierHolds() {
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(VECTOR, headers);
            assertThat(form.codec().receive(clock, headers)).hasToString("a=1,b=0,c=1");
            Message<V> message = new Message<>();
            form.codec().inject(VectorTimestamp.of("a", 2, "d", 4), message, Message::setHeader);
            assertThat(form.codec().receive(clock, message, Message::getHeader)).hasToString("a=2,b=0,c=2,d=4");
        }

        @Test
        void ticksWhenTheCarrierHoldsNothing() {
            assertThat(form.codec().receive(clock, new HashMap<>())).hasToString("c=1");
        }

        @Test
        void sharesTheNodesThatAreKnown() {
            VectorTimestamp known = clock.receive(VECTOR);
            Message<V> message = new Message<>();
            form.codec()
                    .inject(
                            VectorTimestamp.of("a", 5, "b", 6).merge(VectorTimestamp.of("c", 0)),
                            message,
                            Message::setHeader);
            Optional<VectorTimestamp> read = form.codec().extract(message, Message::getHeader, known);
            assertThat(read.map(Object::toString)).contains("a=5,b=6,c=0");
            assertThat(read.orElseThrow().nodes()).isSameAs(known.nodes());
        }

        @Test
        void readsTheSameWhateverIsKnown() {
            for (VectorTimestamp known : List.of(
                    VectorTimestamp.empty(),
                    VECTOR,
                    VectorTimestamp.of("a", 9),
                    VectorTimestamp.of("b", 9),
                    VectorTimestamp.of("a", 9, "c", 9),
                    VECTOR.merge(VectorTimestamp.of("aa", 1)),
                    VECTOR.merge(VectorTimestamp.of("c", 1)))) {
                Message<V> message = new Message<>();
                form.codec().inject(VECTOR, message, Message::setHeader);
                assertThat(form.codec()
                                .extract(message, Message::getHeader, known)
                                .map(Object::toString))
                        .as("known %s", known)
                        .contains("a=1,b=0");
            }
        }
    }

    @Nested
    class RoundTrip {
        @Test
        void worksOverMethodReferences() {
            Message<V> message = new Message<>();
            form.codec().inject(VECTOR, message, Message::setHeader);
            form.codec().inject(LAMPORT, message, Message::setHeader);
            assertThat(form.codec().extract(message, Message::getHeader)).contains(VECTOR);
            assertThat(form.codec().extractLamport(message, Message::getHeader)).contains(LAMPORT);
        }

        @Test
        void worksForEventsOverMethodReferences() {
            Message<V> message = new Message<>();
            form.codec().inject(EVENT, message, Message::setHeader);
            assertThat(form.codec().extractEvent(message, Message::getHeader, PAYLOAD))
                    .isEqualTo(EVENT);
        }

        @Test
        void worksOverLambdas() {
            List<Map.Entry<String, V>> list = new ArrayList<>();
            form.codec().inject(VECTOR, list, (l, name, value) -> l.add(Map.entry(name, value)));
            Optional<VectorTimestamp> read = form.codec()
                    .extract(
                            list,
                            (l, name) -> l.stream()
                                    .filter(header -> header.getKey().equals(name))
                                    .map(Map.Entry::getValue)
                                    .findFirst()
                                    .orElse(null));
            assertThat(read).contains(VECTOR);
        }

        @Test
        void worksOverMaps() {
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(LAMPORT, headers);
            form.codec().inject(EVENT, headers);
            assertThat(headers.keySet())
                    .containsExactlyInAnyOrder(
                            form.names().lamport(),
                            form.names().vector(),
                            form.names().eventId(),
                            form.names().eventType());
            assertThat(form.codec().extractLamport(headers)).contains(LAMPORT);
            assertThat(form.codec().extract(headers)).contains(VECTOR);
            assertThat(form.codec().extractEvent(headers, PAYLOAD)).isEqualTo(EVENT);
        }

        @Test
        void readsMapsThatCannotBeChanged() {
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(EVENT, headers);
            assertThat(form.codec().extract(Collections.unmodifiableMap(headers)))
                    .contains(VECTOR);
            assertThat(form.codec().extractEvent(Map.copyOf(headers), PAYLOAD)).isEqualTo(EVENT);
        }

        @Test
        void keepsExplicitZeros() { // 3.1
            VectorTimestamp zeros = VectorTimestamp.of("a", 0, "b", 0);
            assertThat(vectorOverMap(zeros)).hasToString("a=0,b=0");
        }

        @Test
        void keepsTheLargestCounter() { // 2.1
            assertThat(vectorOverMap(VectorTimestamp.of("a", Long.MAX_VALUE))).hasToString("a=" + Long.MAX_VALUE);
            LamportTimestamp largest = new LamportTimestamp("a", Long.MAX_VALUE);
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(largest, headers);
            assertThat(form.codec().extractLamport(headers)).contains(largest);
        }

        @Test
        void keepsTheTimestampOfAClock() {
            VectorClock clock = VectorClock.of("b", List.of("a", "c")).send().receive(VectorTimestamp.of("d", 4));
            assertThat(vectorOverMap(clock.timestamp())).hasToString("a=0,b=2,c=0,d=4");
        }

        @Test
        void keepsEveryCharacterThatAnIdMayHold() { // 1.1, 1.3
            VectorTimestamp.Builder batch = VectorTimestamp.builder();
            for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
                String id = Character.toString(c);
                if (Evidence.isLegalId(id)) {
                    batch.put(id, c);
                }
                if (batch.size() == 256 || c == Character.MAX_CODE_POINT) {
                    VectorTimestamp sent = batch.build();
                    assertThat(vectorOverMap(sent).asMap()).isEqualTo(sent.asMap());
                    batch = VectorTimestamp.builder();
                }
            }
        }

        @Test
        void keepsAnyTextOfAnEvent() {
            String id = " =,:%\r\n\u0000\uFFFF\uD83D\uDE80";
            TracedEvent event = TracedEvent.of(id, "\t" + id, PAYLOAD, VECTOR);
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(event, headers);
            assertThat(form.codec().extractEvent(headers, PAYLOAD)).isEqualTo(event);
        }

        @Test
        void thePayloadIsNotCarriedAndIsCopied() { // 4.5
            byte[] payload = {7};
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(EVENT, headers);
            TracedEvent read = form.codec().extractEvent(headers, payload);
            payload[0] = 8;
            assertThat(read.payload()).containsExactly(7);
        }

        private VectorTimestamp vectorOverMap(VectorTimestamp sent) {
            Map<String, V> headers = new HashMap<>();
            form.codec(WIDE).inject(sent, headers);
            return form.codec(WIDE).extract(headers).orElseThrow();
        }
    }

    @Provide
    Arbitrary<VectorTimestamp> vectors() {
        return ClockArbitraries.vectors(12).filter(v -> !v.isEmpty());
    }

    @Provide
    Arbitrary<LamportTimestamp> lamports() {
        return ClockArbitraries.lamports();
    }

    @Property
    void vectorsOfLegalIdsSurviveTheRoundTrip(@ForAll("vectors") VectorTimestamp vector) {
        Map<String, V> headers = new HashMap<>();
        form.codec(WIDE).inject(vector, headers);
        assertThat(form.codec(WIDE).extract(headers).orElseThrow()).hasToString(vector.toString());
    }

    @Property
    void lamportTimestampsOfLegalIdsSurviveTheRoundTrip(@ForAll("lamports") LamportTimestamp lamport) {
        Map<String, V> headers = new HashMap<>();
        form.codec(WIDE).inject(lamport, headers);
        assertThat(form.codec(WIDE).extractLamport(headers)).contains(lamport);
    }

    @Nested
    class Names {
        @Test
        void anAbsentHeaderIsEmpty() { // 4.4
            Map<String, V> others = Map.of("Host", form.text("a"));
            assertThat(form.codec().extract(others)).isEmpty();
            assertThat(form.codec().extractLamport(others)).isEmpty();
            assertThat(form.codec().extract(new Message<V>(), Message::getHeader))
                    .isEmpty();
            assertThat(form.codec().extractLamport(new Message<V>(), Message::getHeader))
                    .isEmpty();
        }

        @Test
        void aGetterIsAskedForLowerCaseToo() { // 4.1
            Message<V> message = new Message<>();
            form.codec().inject(LAMPORT, message, (m, name, value) -> m.setHeader(lower(name), value));
            form.codec().inject(EVENT, message, (m, name, value) -> m.setHeader(lower(name), value));
            assertThat(form.codec().extract(message, Message::getHeader)).contains(VECTOR);
            assertThat(form.codec().extractLamport(message, Message::getHeader)).contains(LAMPORT);
            assertThat(form.codec().extractEvent(message, Message::getHeader, PAYLOAD))
                    .isEqualTo(EVENT);
        }

        @Test
        void theDocumentedSpellingComesFirst() { // 4.1
            Message<V> message = new Message<>();
            form.codec()
                    .inject(VectorTimestamp.of("old", 1), message, (m, name, value) -> m.setHeader(lower(name), value));
            form.codec().inject(VECTOR, message, Message::setHeader);
            assertThat(form.codec().extract(message, Message::getHeader)).contains(VECTOR);
        }

        @Test
        void mapsAreReadInAnyCase() { // 4.1
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(LAMPORT, headers, (h, name, value) -> h.put(name.toUpperCase(Locale.ROOT), value));
            form.codec().inject(EVENT, headers, (h, name, value) -> h.put(name.toUpperCase(Locale.ROOT), value));
            assertThat(form.codec().extract(headers)).contains(VECTOR);
            assertThat(form.codec().extractLamport(headers)).contains(LAMPORT);
            assertThat(form.codec().extractEvent(headers, PAYLOAD)).isEqualTo(EVENT);
        }

        @Test
        void settingReplacesWhatAMapHeldInAnyCase() { // 4.1
            Map<String, V> headers = new HashMap<>();
            for (String name : List.of(
                    form.names().vector(),
                    form.names().lamport(),
                    form.names().eventId(),
                    form.names().eventType())) {
                headers.put(name, form.text("old"));
                headers.put(lower(name), form.text("old"));
                headers.put(name.toUpperCase(Locale.ROOT), form.text("old"));
            }
            form.codec().inject(LAMPORT, headers);
            form.codec().inject(EVENT, headers);
            assertThat(headers).hasSize(4);
            assertThat(form.codec().extractLamport(headers)).contains(LAMPORT);
            assertThat(form.codec().extractEvent(headers, PAYLOAD)).isEqualTo(EVENT);
        }

        @Test
        void otherHeadersStayAsTheyWere() {
            V other = form.text("other");
            Map<String, V> headers = new HashMap<>(Map.of("Host", other, "X-Causality", other));
            form.codec().inject(LAMPORT, headers);
            form.codec().inject(EVENT, headers);
            assertThat(headers).hasSize(6).containsEntry("Host", other).containsEntry("X-Causality", other);
        }

        private static String lower(String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    @Nested
    class Encoding {
        @Test
        void anEmptyVectorSetsNoHeader() { // 4.4
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(VectorTimestamp.empty(), headers);
            assertThat(headers).isEmpty();
        }

        @Test
        void writesTheSameValueWhateverTheOrderOfEntries() {
            Map<String, V> one = new HashMap<>();
            Map<String, V> other = new HashMap<>();
            form.codec().inject(VectorTimestamp.of("a", 1, "\uD800\uDC00", 2), one);
            form.codec().inject(VectorTimestamp.of("\uD800\uDC00", 2, "a", 1), other);
            assertThat(form.identity(one.get(form.names().vector())))
                    .isEqualTo(form.identity(other.get(form.names().vector())));
        }
    }
}
