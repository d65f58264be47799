package io.clockwork.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderNames;
import io.clockwork.LamportTimestamp;
import io.clockwork.OwnCounterAheadException;
import io.clockwork.TracedEvent;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * What every codec of headers owes, whatever its values; the numbers are the rules of WIRE.md.
 *
 * @param <V> the header's value
 */
public abstract class HeaderCodecContract<V> {
    private static final CodecLimits WIDE = new CodecLimits(16 << 20, 1 << 20, 255);
    private static final byte[] PAYLOAD = {1, 2, 3};
    private static final VectorTimestamp VECTOR = VectorTimestamp.of("a", 1, "b", 0);
    private static final LamportTimestamp LAMPORT = new LamportTimestamp("a", 7);
    private static final TracedEvent EVENT = TracedEvent.of("event-1", "order.created", PAYLOAD, VECTOR);

    /** {@return the codec with its standard names and these limits} */
    protected abstract HeaderCodec<V> codec(CodecLimits limits);

    /** {@return the standard names} */
    protected abstract HeaderNames names();

    /** {@return the value of a header that is this text and nothing else, such as an event's type} */
    protected abstract V text(String text);

    /** {@return a vector's value with these entries, in this order and unchecked: ids may be illegal or stand twice} */
    protected abstract V vector(List<Map.Entry<String, Long>> entries);

    /** {@return values of vectors that are malformed, each with the reason} */
    protected abstract Map<V, Reason> malformedVectors();

    /** {@return values of Lamport timestamps that are malformed, each with the reason} */
    protected abstract Map<V, Reason> malformedLamports();

    /** {@return what tells two values apart; the value itself, unless it is an array} */
    protected Object identity(V value) {
        return value;
    }

    private HeaderCodec<V> codec() {
        return codec(CodecLimits.DEFAULT);
    }

    /** A carrier with methods as frameworks have them. */
    private final class Message {
        final Map<String, V> headers = new LinkedHashMap<>();

        void setHeader(String name, V value) {
            headers.put(name, value);
        }

        V getHeader(String name) {
            return headers.get(name);
        }
    }

    @Nested
    class Texts {
        private final Message message = new Message();

        @Test
        void travelAsTheyAre() {
            codec().injectText("traceparent", "00-4bf9%20~", message, Message::setHeader);
            assertThat(codec().extractText("traceparent", message, Message::getHeader))
                    .hasValue("00-4bf9%20~");
            assertThat(codec().extractText("tracestate", message, Message::getHeader))
                    .isEmpty();
        }

        @Test
        void areRefusedWhenNotPrintableAscii() {
            for (String bad : List.of("caf\u00e9", "a\nb", "\u007f", "")) {
                assertThat(catchThrowableOfType(
                                CausalityCodecException.class,
                                () -> codec().injectText("traceparent", bad, message, Message::setHeader)))
                        .isNotNull();
                message.setHeader("traceparent", text(bad));
                assertThat(catchThrowableOfType(
                                CausalityCodecException.class,
                                () -> codec().extractText("traceparent", message, Message::getHeader)))
                        .isNotNull();
                assertThat(codec().lenient(e -> {}).extractText("traceparent", message, Message::getHeader))
                        .isEmpty();
            }
        }

        @Test
        void areRefusedOverTheLimit() {
            HeaderCodec<V> codec = codec(new CodecLimits(8, 8, 8));
            assertThat(catchThrowableOfType(
                                    CausalityCodecException.class,
                                    () -> codec.injectText("traceparent", "123456789", message, Message::setHeader))
                            .reason())
                    .isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(message.headers).isEmpty();
            message.setHeader("traceparent", text("123456789"));
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
            codec().inject(VECTOR, headers);
            assertThat(codec().receive(clock, headers)).hasToString("a=1,b=0,c=1");
            Message message = new Message();
            codec().inject(VectorTimestamp.of("a", 2, "d", 4), message, Message::setHeader);
            assertThat(codec().receive(clock, message, Message::getHeader)).hasToString("a=2,b=0,c=2,d=4");
        }

        @Test
        void ticksWhenTheCarrierHoldsNothing() {
            assertThat(codec().receive(clock, new HashMap<>())).hasToString("c=1");
        }

        @Test
        void sharesTheNodesThatAreKnown() {
            VectorTimestamp known = clock.receive(VECTOR);
            Message message = new Message();
            codec().inject(
                            VectorTimestamp.of("a", 5, "b", 6).merge(VectorTimestamp.of("c", 0)),
                            message,
                            Message::setHeader);
            Optional<VectorTimestamp> read = codec().extract(message, Message::getHeader, known);
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
                Message message = new Message();
                codec().inject(VECTOR, message, Message::setHeader);
                assertThat(codec().extract(message, Message::getHeader, known).map(Object::toString))
                        .as("known %s", known)
                        .contains("a=1,b=0");
            }
        }
    }

    @Nested
    class Lenient { // 8.3
        private final List<RuntimeException> handedOver = new ArrayList<>();
        private final HeaderCodec<V> lenient = codec().lenient(handedOver::add);
        private final V bad = malformedVectors().keySet().iterator().next();

        @Test
        void takesAMalformedHeaderForAbsent() {
            Map<String, V> headers = new HashMap<>(Map.of(
                    names().vector(), bad,
                    names().lamport(), malformedLamports().keySet().iterator().next(),
                    names().eventId(), text("id"),
                    names().eventType(), text("type")));
            assertThat(lenient.extract(headers)).isEmpty();
            assertThat(lenient.extract(headers, Map::get, VECTOR)).isEmpty();
            assertThat(lenient.extractLamport(headers)).isEmpty();
            assertThat(lenient.findEvent(headers, PAYLOAD)).isEmpty();
            assertThat(handedOver)
                    .hasSize(4)
                    .allSatisfy(e -> assertThat(e).isInstanceOf(CausalityCodecException.class));
        }

        @Test
        void ticksWhereAMalformedOrForgedVectorWasToBeReceived() {
            AtomicVectorClock clock = AtomicVectorClock.of("a");
            assertThat(lenient.receive(clock, Map.of(names().vector(), bad))).hasToString("a=1");
            Map<String, V> forged = new HashMap<>();
            codec().inject(VectorTimestamp.of("a", 7), forged);
            assertThat(lenient.receive(clock, forged)).hasToString("a=2");
            assertThat(handedOver).hasSize(2);
            assertThat(handedOver.get(1)).isInstanceOf(OwnCounterAheadException.class);
        }

        @Test
        void readsWhatIsWellFormed() {
            Map<String, V> headers = new HashMap<>();
            lenient.inject(EVENT, headers);
            lenient.inject(LAMPORT, headers);
            lenient.inject(VECTOR, headers);
            assertThat(lenient.extract(headers)).contains(VECTOR);
            assertThat(lenient.extractLamport(headers)).contains(LAMPORT);
            assertThat(lenient.extractEvent(headers, PAYLOAD)).isEqualTo(EVENT);
            assertThat(lenient.findEvent(headers, PAYLOAD)).contains(EVENT);
            assertThat(lenient.receive(AtomicVectorClock.of("b"), headers)).hasToString("a=1,b=1");
            assertThat(handedOver).isEmpty();
        }

        @Test
        void findsNoEventWhereOneOfItsHeadersIsMissing() {
            Map<String, V> headers = new HashMap<>();
            codec().inject(EVENT, headers);
            headers.remove(names().eventType());
            assertThat(codec().findEvent(headers, PAYLOAD)).isEmpty();
            assertThat(lenient.findEvent(headers, PAYLOAD)).isEmpty();
            assertThat(codec().findEvent(new HashMap<>(), PAYLOAD)).isEmpty();
            assertThat(handedOver).isEmpty();
        }
    }

    @Nested
    class RoundTrip {
        @Test
        void worksOverMethodReferences() {
            Message message = new Message();
            codec().inject(VECTOR, message, Message::setHeader);
            codec().inject(LAMPORT, message, Message::setHeader);
            assertThat(codec().extract(message, Message::getHeader)).contains(VECTOR);
            assertThat(codec().extractLamport(message, Message::getHeader)).contains(LAMPORT);
        }

        @Test
        void worksForEventsOverMethodReferences() {
            Message message = new Message();
            codec().inject(EVENT, message, Message::setHeader);
            assertThat(codec().extractEvent(message, Message::getHeader, PAYLOAD))
                    .isEqualTo(EVENT);
        }

        @Test
        void worksOverLambdas() {
            List<Map.Entry<String, V>> list = new ArrayList<>();
            codec().inject(VECTOR, list, (l, name, value) -> l.add(Map.entry(name, value)));
            Optional<VectorTimestamp> read = codec().extract(
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
            codec().inject(LAMPORT, headers);
            codec().inject(EVENT, headers);
            assertThat(headers.keySet())
                    .containsExactlyInAnyOrder(
                            names().lamport(), names().vector(), names().eventId(), names().eventType());
            assertThat(codec().extractLamport(headers)).contains(LAMPORT);
            assertThat(codec().extract(headers)).contains(VECTOR);
            assertThat(codec().extractEvent(headers, PAYLOAD)).isEqualTo(EVENT);
        }

        @Test
        void readsMapsThatCannotBeChanged() {
            Map<String, V> headers = new HashMap<>();
            codec().inject(EVENT, headers);
            assertThat(codec().extract(Collections.unmodifiableMap(headers))).contains(VECTOR);
            assertThat(codec().extractEvent(Map.copyOf(headers), PAYLOAD)).isEqualTo(EVENT);
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
            codec().inject(largest, headers);
            assertThat(codec().extractLamport(headers)).contains(largest);
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
            codec().inject(event, headers);
            assertThat(codec().extractEvent(headers, PAYLOAD)).isEqualTo(event);
        }

        private VectorTimestamp vectorOverMap(VectorTimestamp sent) {
            Map<String, V> headers = new HashMap<>();
            codec(WIDE).inject(sent, headers);
            return codec(WIDE).extract(headers).orElseThrow();
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
        codec(WIDE).inject(vector, headers);
        assertThat(codec(WIDE).extract(headers).orElseThrow()).hasToString(vector.toString());
    }

    @Property
    void lamportTimestampsOfLegalIdsSurviveTheRoundTrip(@ForAll("lamports") LamportTimestamp lamport) {
        Map<String, V> headers = new HashMap<>();
        codec(WIDE).inject(lamport, headers);
        assertThat(codec(WIDE).extractLamport(headers)).contains(lamport);
    }

    @Nested
    class Names {
        @Test
        void anAbsentHeaderIsEmpty() { // 4.4
            Map<String, V> others = Map.of("Host", text("a"));
            assertThat(codec().extract(others)).isEmpty();
            assertThat(codec().extractLamport(others)).isEmpty();
            assertThat(codec().extract(new Message(), Message::getHeader)).isEmpty();
            assertThat(codec().extractLamport(new Message(), Message::getHeader))
                    .isEmpty();
        }

        @Test
        void aGetterIsAskedForLowerCaseToo() { // 4.1
            Message message = new Message();
            codec().inject(LAMPORT, message, (m, name, value) -> m.setHeader(lower(name), value));
            codec().inject(EVENT, message, (m, name, value) -> m.setHeader(lower(name), value));
            assertThat(codec().extract(message, Message::getHeader)).contains(VECTOR);
            assertThat(codec().extractLamport(message, Message::getHeader)).contains(LAMPORT);
            assertThat(codec().extractEvent(message, Message::getHeader, PAYLOAD))
                    .isEqualTo(EVENT);
        }

        @Test
        void theDocumentedSpellingComesFirst() { // 4.1
            Message message = new Message();
            codec().inject(VectorTimestamp.of("old", 1), message, (m, name, value) -> m.setHeader(lower(name), value));
            codec().inject(VECTOR, message, Message::setHeader);
            assertThat(codec().extract(message, Message::getHeader)).contains(VECTOR);
        }

        @Test
        void mapsAreReadInAnyCase() { // 4.1
            Map<String, V> headers = new HashMap<>();
            codec().inject(LAMPORT, headers, (h, name, value) -> h.put(name.toUpperCase(Locale.ROOT), value));
            codec().inject(EVENT, headers, (h, name, value) -> h.put(name.toUpperCase(Locale.ROOT), value));
            assertThat(codec().extract(headers)).contains(VECTOR);
            assertThat(codec().extractLamport(headers)).contains(LAMPORT);
            assertThat(codec().extractEvent(headers, PAYLOAD)).isEqualTo(EVENT);
        }

        @Test
        void settingReplacesWhatAMapHeldInAnyCase() { // 4.1
            Map<String, V> headers = new HashMap<>();
            for (String name : List.of(names().vector(), names().lamport(), names().eventId(), names().eventType())) {
                headers.put(name, text("old"));
                headers.put(lower(name), text("old"));
                headers.put(name.toUpperCase(Locale.ROOT), text("old"));
            }
            codec().inject(LAMPORT, headers);
            codec().inject(EVENT, headers);
            assertThat(headers).hasSize(4);
            assertThat(codec().extractLamport(headers)).contains(LAMPORT);
            assertThat(codec().extractEvent(headers, PAYLOAD)).isEqualTo(EVENT);
        }

        @Test
        void otherHeadersStayAsTheyWere() {
            V other = text("other");
            Map<String, V> headers = new HashMap<>(Map.of("Host", other, "X-Causality", other));
            codec().inject(LAMPORT, headers);
            codec().inject(EVENT, headers);
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
            codec().inject(VectorTimestamp.empty(), headers);
            assertThat(headers).isEmpty();
        }

        @Test
        void writesTheSameValueWhateverTheOrderOfEntries() {
            Map<String, V> one = new HashMap<>();
            Map<String, V> other = new HashMap<>();
            codec().inject(VectorTimestamp.of("a", 1, "\uD800\uDC00", 2), one);
            codec().inject(VectorTimestamp.of("\uD800\uDC00", 2, "a", 1), other);
            assertThat(identity(one.get(names().vector()))).isEqualTo(identity(other.get(names().vector())));
        }

        @Test
        void leavesTheCarrierAsItWasWhenAnEventIsOverALimit() { // 8.2
            TracedEvent longId = TracedEvent.of("i".repeat(9_000), "type", PAYLOAD, VECTOR);
            TracedEvent longType = TracedEvent.of("id", "t".repeat(9_000), PAYLOAD, VECTOR);
            TracedEvent wide = TracedEvent.of("id", "type", PAYLOAD, wide(257));
            for (TracedEvent event : List.of(longId, longType, wide)) {
                V other = text("other");
                Map<String, V> headers = new HashMap<>(Map.of("Host", other));
                CausalityCodecException e =
                        catchThrowableOfType(CausalityCodecException.class, () -> codec().inject(event, headers));
                assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
                assertThat(headers).isEqualTo(Map.of("Host", other));
                safeToLog(e);
            }
        }

        @Test
        void leavesTheCarrierAsItWasWhenATimestampIsOverALimit() { // 8.2
            HeaderCodec<V> narrow = codec(new CodecLimits(40, 2, 8));
            Map<String, V> headers = new HashMap<>();
            for (VectorTimestamp over : List.of(
                    VectorTimestamp.of("nine-char", 1),
                    wide(3),
                    VectorTimestamp.of("\u00e9\u00e9\u00e9\u00e9\u00e9", 1))) {
                CausalityCodecException e =
                        catchThrowableOfType(CausalityCodecException.class, () -> narrow.inject(over, headers));
                assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
                assertThat(e.key()).isEqualTo(names().vector());
                safeToLog(e);
            }
            CausalityCodecException e = catchThrowableOfType(
                    CausalityCodecException.class, () -> narrow.inject(new LamportTimestamp("nine-char", 1), headers));
            assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(e.key()).isEqualTo(names().lamport());
            assertThat(headers).isEmpty();
        }

        @Test
        void writesUpToTheLimits() { // 8.1
            HeaderCodec<V> narrow = codec(new CodecLimits(60, 2, 8));
            Map<String, V> headers = new HashMap<>();
            VectorTimestamp most = VectorTimestamp.of("eight--1", 1, "eight--2", 2);
            narrow.inject(most, headers);
            assertThat(narrow.extract(headers)).contains(most);
        }
    }

    @Nested
    class Decoding {
        @Test
        void refusesMoreEntriesThanTheLimit() { // 8.1
            refusesVector(entries(257), Reason.LIMIT_EXCEEDED);
            Map<String, V> headers = Map.of(names().vector(), vector(entries(256)));
            assertThat(codec().extract(headers).orElseThrow().size()).isEqualTo(256);
        }

        @Test
        void refusesALongerIdThanTheLimit() { // 8.1
            refusesVector(List.of(Map.entry("i".repeat(256), 1L)), Reason.LIMIT_EXCEEDED);
            Map<String, V> headers =
                    Map.of(names().vector(), vector(List.of(Map.entry("i".repeat(255), 1L), Map.entry("j", 2L))));
            assertThat(codec().extract(headers).orElseThrow().size()).isEqualTo(2);
            CodecLimits narrow = new CodecLimits(8_192, 256, 254);
            assertThat(catchThrowableOfType(
                                    CausalityCodecException.class,
                                    () -> codec(narrow).extract(headers))
                            .reason())
                    .isEqualTo(Reason.LIMIT_EXCEEDED);
        }

        @Test
        void refusesALongerValueThanTheLimit() { // 8.1
            List<Map.Entry<String, Long>> entries = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                entries.add(Map.entry(i + "i".repeat(240), 1L));
            }
            refusesVector(entries, Reason.LIMIT_EXCEEDED);
            Map<String, V> event = new HashMap<>();
            codec().inject(EVENT, event);
            event.put(names().eventType(), text("t".repeat(8_193)));
            CausalityCodecException e =
                    catchThrowableOfType(CausalityCodecException.class, () -> codec().extractEvent(event, PAYLOAD));
            assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(e.key()).isEqualTo(names().eventType());
            safeToLog(e);
        }

        @Test
        void refusesADuplicateId() { // 4.3, 5.2
            refusesVector(List.of(Map.entry("a", 5L), Map.entry("b", 1L), Map.entry("a", 5L)), Reason.DUPLICATE_ID);
            refusesVector(List.of(Map.entry("a", 5L), Map.entry("a", 1L)), Reason.DUPLICATE_ID);
        }

        @Test
        void refusesIllegalIds() { // 1.1
            for (String id : List.of("a\r\nb", "\u0000", "a\u007F", "\u0085")) {
                refusesVector(List.of(Map.entry(id, 1L)), Reason.ILLEGAL_ID);
            }
        }

        @Test
        void refusesMalformedVectorsWithReasonAndKey() {
            malformedVectors().forEach((value, reason) -> {
                refusesVector(value, reason);
                Map<String, V> event = new HashMap<>();
                codec().inject(EVENT, event);
                event.put(names().vector(), value);
                CausalityCodecException e =
                        catchThrowableOfType(CausalityCodecException.class, () -> codec().extractEvent(event, PAYLOAD));
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.key()).isEqualTo(names().vector());
            });
        }

        @Test
        void refusesMalformedLamportTimestampsWithReasonAndKey() {
            malformedLamports().forEach((value, reason) -> {
                Map<String, V> headers = Map.of(names().lamport(), value);
                CausalityCodecException e =
                        catchThrowableOfType(CausalityCodecException.class, () -> codec().extractLamport(headers));
                assertThat(e).as("refusal of %s", identity(value)).isNotNull();
                assertThat(e.reason()).as("%s", e).isEqualTo(reason);
                assertThat(e.key()).isEqualTo(names().lamport());
                safeToLog(e);
            });
        }

        private void refusesVector(List<Map.Entry<String, Long>> entries, Reason reason) {
            refusesVector(vector(entries), reason);
        }

        private void refusesVector(V value, Reason reason) {
            Map<String, V> headers = Map.of(names().vector(), value);
            CausalityCodecException e =
                    catchThrowableOfType(CausalityCodecException.class, () -> codec().extract(headers));
            assertThat(e).as("refusal of %s", identity(value)).isNotNull();
            assertThat(e.reason()).as("%s", e).isEqualTo(reason);
            assertThat(e.key()).isEqualTo(names().vector());
            safeToLog(e);
        }
    }

    @Nested
    class Events {
        @Test
        void missingPartsAreReportedInTheOrderVectorIdType() { // 4.5
            assertThat(missing(Map.of())).isEqualTo(names().vector());
            assertThat(missing(without(names().vector()))).isEqualTo(names().vector());
            assertThat(missing(without(names().eventId()))).isEqualTo(names().eventId());
            assertThat(missing(without(names().eventType()))).isEqualTo(names().eventType());
            assertThat(missing(without(names().eventId(), names().eventType()))).isEqualTo(names().eventId());
            assertThat(missing(without(names().vector(), names().eventType()))).isEqualTo(names().vector());
        }

        @Test
        void aMissingPartIsReportedBeforeAMalformedOne() { // 4.5
            V malformed = malformedVectors().keySet().iterator().next();
            for (String name : List.of(names().eventId(), names().eventType())) {
                Map<String, V> headers = without(name);
                headers.put(names().vector(), malformed);
                assertThat(missing(headers)).isEqualTo(name);
            }
        }

        @Test
        void anEmptyIdOrTypeIsRefused() { // 4.5
            for (String name : List.of(names().eventId(), names().eventType())) {
                Map<String, V> headers = without(name);
                headers.put(name, text(""));
                CausalityCodecException e = catchThrowableOfType(
                        CausalityCodecException.class, () -> codec().extractEvent(headers, PAYLOAD));
                assertThat(e.reason()).isEqualTo(Reason.EMPTY);
                assertThat(e.key()).isEqualTo(name);
                safeToLog(e);
            }
        }

        @Test
        void thePayloadIsNotCarriedAndIsCopied() { // 4.5
            byte[] payload = {7};
            TracedEvent read = codec().extractEvent(without(), payload);
            payload[0] = 8;
            assertThat(read.payload()).containsExactly(7);
        }

        private String missing(Map<String, V> headers) {
            CausalityCodecException e =
                    catchThrowableOfType(CausalityCodecException.class, () -> codec().extractEvent(headers, PAYLOAD));
            assertThat(e.reason()).isEqualTo(Reason.MISSING);
            safeToLog(e);
            return e.key();
        }

        private Map<String, V> without(String... names) {
            Map<String, V> headers = new HashMap<>();
            codec().inject(EVENT, headers);
            headers.keySet().removeAll(List.of(names));
            return headers;
        }
    }

    /** A message holds printable ASCII only, and never more of the input than helps. */
    protected static void safeToLog(CausalityCodecException e) {
        assertThat(e.getMessage()).matches("[ -~]+").hasSizeLessThan(1_000);
        assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8))
                .hasSize(e.getMessage().length());
    }

    private static VectorTimestamp wide(int size) {
        VectorTimestamp.Builder builder = VectorTimestamp.builder();
        entries(size).forEach(e -> builder.put(e.getKey(), e.getValue()));
        return builder.build();
    }

    private static List<Map.Entry<String, Long>> entries(int size) {
        List<Map.Entry<String, Long>> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(Map.entry("n" + i, (long) i));
        }
        return entries;
    }
}
