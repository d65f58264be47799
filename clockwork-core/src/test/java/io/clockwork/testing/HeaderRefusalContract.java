package io.clockwork.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityCodecException;
import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.LamportTimestamp;
import io.clockwork.OwnCounterAheadException;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every codec of headers refuses, written or read, and what it says then; the numbers are the rules of WIRE.md.
 *
 * @param <V> the header's value
 */
public abstract class HeaderRefusalContract<V> {
    private static final byte[] PAYLOAD = {1, 2, 3};
    private static final VectorTimestamp VECTOR = VectorTimestamp.of("a", 1, "b", 0);
    private static final LamportTimestamp LAMPORT = new LamportTimestamp("a", 7);
    private static final TracedEvent EVENT = TracedEvent.of("event-1", "order.created", PAYLOAD, VECTOR);
    private final HeaderForm<V> form;

    protected HeaderRefusalContract(HeaderForm<V> form) {
        this.form = form;
    }

    @Nested
    class Encoding {
        @Test
        void leavesTheCarrierAsItWasWhenAnEventIsOverALimit() { // 8.2
            TracedEvent longId = TracedEvent.of("i".repeat(9_000), "type", PAYLOAD, VECTOR);
            TracedEvent longType = TracedEvent.of("id", "t".repeat(9_000), PAYLOAD, VECTOR);
            TracedEvent wide = TracedEvent.of("id", "type", PAYLOAD, wide(257));
            for (TracedEvent event : List.of(longId, longType, wide)) {
                V other = form.text("other");
                Map<String, V> headers = new HashMap<>(Map.of("Host", other));
                CausalityCodecException e = catchThrowableOfType(
                        CausalityCodecException.class, () -> form.codec().inject(event, headers));
                assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
                assertThat(headers).isEqualTo(Map.of("Host", other));
                safeToLog(e);
            }
        }

        @Test
        void leavesTheCarrierAsItWasWhenATimestampIsOverALimit() { // 8.2
            HeaderCodec<V> narrow = form.codec(new CodecLimits(40, 2, 8));
            Map<String, V> headers = new HashMap<>();
            for (VectorTimestamp over : List.of(
                    VectorTimestamp.of("nine-char", 1),
                    wide(3),
                    VectorTimestamp.of("\u00e9\u00e9\u00e9\u00e9\u00e9", 1))) {
                CausalityCodecException e =
                        catchThrowableOfType(CausalityCodecException.class, () -> narrow.inject(over, headers));
                assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
                assertThat(e.key()).isEqualTo(form.names().vector());
                safeToLog(e);
            }
            CausalityCodecException e = catchThrowableOfType(
                    CausalityCodecException.class, () -> narrow.inject(new LamportTimestamp("nine-char", 1), headers));
            assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(e.key()).isEqualTo(form.names().lamport());
            assertThat(headers).isEmpty();
        }

        @Test
        void writesUpToTheLimits() { // 8.1
            HeaderCodec<V> narrow = form.codec(new CodecLimits(60, 2, 8));
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
            Map<String, V> headers = Map.of(form.names().vector(), form.vector(entries(256)));
            assertThat(form.codec().extract(headers).orElseThrow().size()).isEqualTo(256);
        }

        @Test
        void refusesALongerIdThanTheLimit() { // 8.1
            refusesVector(List.of(Map.entry("i".repeat(256), 1L)), Reason.LIMIT_EXCEEDED);
            Map<String, V> headers = Map.of(
                    form.names().vector(), form.vector(List.of(Map.entry("i".repeat(255), 1L), Map.entry("j", 2L))));
            assertThat(form.codec().extract(headers).orElseThrow().size()).isEqualTo(2);
            CodecLimits narrow = new CodecLimits(8_192, 256, 254);
            assertThat(catchThrowableOfType(
                                    CausalityCodecException.class,
                                    () -> form.codec(narrow).extract(headers))
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
            form.codec().inject(EVENT, event);
            event.put(form.names().eventType(), form.text("t".repeat(8_193)));
            CausalityCodecException e = catchThrowableOfType(
                    CausalityCodecException.class, () -> form.codec().extractEvent(event, PAYLOAD));
            assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(e.key()).isEqualTo(form.names().eventType());
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
            form.malformedVectors().forEach((value, reason) -> {
                refusesVector(value, reason);
                Map<String, V> event = new HashMap<>();
                form.codec().inject(EVENT, event);
                event.put(form.names().vector(), value);
                CausalityCodecException e = catchThrowableOfType(
                        CausalityCodecException.class, () -> form.codec().extractEvent(event, PAYLOAD));
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.key()).isEqualTo(form.names().vector());
            });
        }

        @Test
        void refusesMalformedLamportTimestampsWithReasonAndKey() {
            form.malformedLamports().forEach((value, reason) -> {
                Map<String, V> headers = Map.of(form.names().lamport(), value);
                CausalityCodecException e = catchThrowableOfType(
                        CausalityCodecException.class, () -> form.codec().extractLamport(headers));
                assertThat(e).as("refusal of %s", form.identity(value)).isNotNull();
                assertThat(e.reason()).as("%s", e).isEqualTo(reason);
                assertThat(e.key()).isEqualTo(form.names().lamport());
                safeToLog(e);
            });
        }

        private void refusesVector(List<Map.Entry<String, Long>> entries, Reason reason) {
            refusesVector(form.vector(entries), reason);
        }

        private void refusesVector(V value, Reason reason) {
            Map<String, V> headers = Map.of(form.names().vector(), value);
            CausalityCodecException e = catchThrowableOfType(
                    CausalityCodecException.class, () -> form.codec().extract(headers));
            assertThat(e).as("refusal of %s", form.identity(value)).isNotNull();
            assertThat(e.reason()).as("%s", e).isEqualTo(reason);
            assertThat(e.key()).isEqualTo(form.names().vector());
            safeToLog(e);
        }
    }

    @Nested
    class Lenient { // 8.3
        private final List<RuntimeException> handedOver = new ArrayList<>();
        private final HeaderCodec<V> lenient = form.codec().lenient(handedOver::add);
        private final V bad = form.malformedVectors().keySet().iterator().next();

        @Test
        void takesAMalformedHeaderForAbsent() {
            Map<String, V> headers = new HashMap<>(Map.of(
                    form.names().vector(), bad,
                    form.names().lamport(),
                            form.malformedLamports().keySet().iterator().next(),
                    form.names().eventId(), form.text("id"),
                    form.names().eventType(), form.text("type")));
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
            assertThat(lenient.receive(clock, Map.of(form.names().vector(), bad)))
                    .hasToString("a=1");
            Map<String, V> forged = new HashMap<>();
            form.codec().inject(VectorTimestamp.of("a", 7), forged);
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
            form.codec().inject(EVENT, headers);
            headers.remove(form.names().eventType());
            assertThat(form.codec().findEvent(headers, PAYLOAD)).isEmpty();
            assertThat(lenient.findEvent(headers, PAYLOAD)).isEmpty();
            assertThat(form.codec().findEvent(new HashMap<>(), PAYLOAD)).isEmpty();
            assertThat(handedOver).isEmpty();
        }
    }

    @Nested
    class Events {
        @Test
        void missingPartsAreReportedInTheOrderVectorIdType() { // 4.5
            assertThat(missing(Map.of())).isEqualTo(form.names().vector());
            assertThat(missing(without(form.names().vector())))
                    .isEqualTo(form.names().vector());
            assertThat(missing(without(form.names().eventId())))
                    .isEqualTo(form.names().eventId());
            assertThat(missing(without(form.names().eventType())))
                    .isEqualTo(form.names().eventType());
            assertThat(missing(without(form.names().eventId(), form.names().eventType())))
                    .isEqualTo(form.names().eventId());
            assertThat(missing(without(form.names().vector(), form.names().eventType())))
                    .isEqualTo(form.names().vector());
        }

        @Test
        void aMissingPartIsReportedBeforeAMalformedOne() { // 4.5
            V malformed = form.malformedVectors().keySet().iterator().next();
            for (String name : List.of(form.names().eventId(), form.names().eventType())) {
                Map<String, V> headers = without(name);
                headers.put(form.names().vector(), malformed);
                assertThat(missing(headers)).isEqualTo(name);
            }
        }

        @Test
        void anEmptyIdOrTypeIsRefused() { // 4.5
            for (String name : List.of(form.names().eventId(), form.names().eventType())) {
                Map<String, V> headers = without(name);
                headers.put(name, form.text(""));
                CausalityCodecException e = catchThrowableOfType(
                        CausalityCodecException.class, () -> form.codec().extractEvent(headers, PAYLOAD));
                assertThat(e.reason()).isEqualTo(Reason.EMPTY);
                assertThat(e.key()).isEqualTo(name);
                safeToLog(e);
            }
        }

        private String missing(Map<String, V> headers) {
            CausalityCodecException e = catchThrowableOfType(
                    CausalityCodecException.class, () -> form.codec().extractEvent(headers, PAYLOAD));
            assertThat(e.reason()).isEqualTo(Reason.MISSING);
            safeToLog(e);
            return e.key();
        }

        private Map<String, V> without(String... names) {
            Map<String, V> headers = new HashMap<>();
            form.codec().inject(EVENT, headers);
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
