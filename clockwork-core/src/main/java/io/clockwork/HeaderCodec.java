package io.clockwork;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries timestamps and events in the headers of any carrier.
 *
 * <p>Injecting writes all headers of one call or, when it throws, none. Extracting is the inverse: it gives what was
 * injected, an empty result where there was nothing, or {@link CausalityCodecException} for anything else. Header names
 * are looked up as documented and then in lower case, because HTTP/2 and gRPC write them so.
 *
 * <p>Codecs are immutable and safe to share.
 *
 * @param <V> the header's value: {@code String} or {@code byte[]}
 */
public interface HeaderCodec<V> {
    /** Writes a Lamport timestamp; throws {@link CausalityCodecException} when it is over a limit. */
    <C> void inject(LamportTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super V> setter);

    /** Writes a vector; an empty one sets no header. Throws {@link CausalityCodecException} when over a limit. */
    <C> void inject(VectorTimestamp timestamp, C carrier, HeaderSetter<? super C, ? super V> setter);

    /** Writes an event's vector, id and type, not its payload. Throws {@link CausalityCodecException} over a limit. */
    <C> void inject(TracedEvent event, C carrier, HeaderSetter<? super C, ? super V> setter);

    /** {@return the vector that the carrier holds; empty when it holds none} */
    <C> Optional<VectorTimestamp> extract(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter);

    /**
     * As {@link #extract(Object, HeaderGetter)}, and faster where the carrier's nodes are those of {@code known}, usually
     * what the receiving clock shows now: then no id is made into a string and the result shares the nodes of {@code
     * known}.
     */
    <C> Optional<VectorTimestamp> extract(
            C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter, VectorTimestamp known);

    /** {@return the Lamport timestamp that the carrier holds; empty when it holds none} */
    <C> Optional<LamportTimestamp> extractLamport(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter);

    /**
     * Writes a header of plain visible ASCII that has a name and a form of its own, such as W3C's {@code traceparent}: as
     * text, or its bytes. The {@code -bin} that gRPC wants of binary names is appended where the codec's other names have
     * it.
     *
     * @throws CausalityCodecException if the value has another character, or is over a limit
     */
    <C> void injectText(String name, String value, C carrier, HeaderSetter<? super C, ? super V> setter);

    /** {@return the value of a header that {@link #injectText} wrote; empty when the carrier has none} */
    <C> Optional<String> extractText(String name, C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter);

    /**
     * Returns the event whose vector, id and type the carrier holds, with {@code payload} as its payload.
     *
     * @throws CausalityCodecException if one of them is missing, named in this order, or malformed
     */
    <C> TracedEvent extractEvent(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter, byte[] payload);

    /**
     * As {@link #extractEvent(Object, HeaderGetter, byte[])}, but empty when one of the three headers is missing.
     *
     * @throws CausalityCodecException if they are there and one is malformed
     */
    default <C> Optional<TracedEvent> findEvent(
            C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter, byte[] payload) {
        try {
            return Optional.of(extractEvent(carrier, getter, payload));
        } catch (CausalityCodecException e) {
            if (e.reason() == CausalityCodecException.Reason.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Lets {@code clock} receive what the carrier holds, or tick when it holds nothing, and returns the timestamp of
     * that event: what a server does with a request and a consumer with a record.
     *
     * @throws CausalityCodecException if the header is malformed
     * @throws OwnCounterAheadException if the header knows more of the clock's node than the clock
     * @throws ClockOverflowException if the own counter is at its limit
     */
    default <C> VectorTimestamp receive(
            AtomicVectorClock clock, C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        Optional<VectorTimestamp> remote = extract(carrier, getter, clock.timestamp());
        return remote.isPresent() ? clock.receive(remote.get()) : clock.tick();
    }

    /**
     * Returns this codec for input that must not fail a request: a malformed header is handed to {@code onMalformed}, with
     * the exception that would have been thrown, and then counts as absent. So does, in {@code receive}, a vector that is
     * ahead of the clock's own counter. {@code extractEvent} still throws, as it has nothing else to give; use {@code
     * findEvent}. Injecting is as before.
     *
     * @param onMalformed called in the thread that reads; what it throws reaches the caller
     */
    default HeaderCodec<V> lenient(Consumer<? super RuntimeException> onMalformed) {
        return new LenientCodec<>(this, onMalformed);
    }

    /** Writes a Lamport timestamp into a map; a key that differs only in case is replaced. */
    default void inject(LamportTimestamp timestamp, Map<String, V> headers) {
        inject(timestamp, headers, CaseInsensitiveHeaders::put);
    }

    /** Writes a vector into a map; a key that differs only in case is replaced. */
    default void inject(VectorTimestamp timestamp, Map<String, V> headers) {
        inject(timestamp, headers, CaseInsensitiveHeaders::put);
    }

    /** Writes an event into a map; a key that differs only in case is replaced. */
    default void inject(TracedEvent event, Map<String, V> headers) {
        inject(event, headers, CaseInsensitiveHeaders::put);
    }

    /** {@return the vector that the map holds, keys compared ignoring case; empty when it holds none} */
    default Optional<VectorTimestamp> extract(Map<String, ? extends V> headers) {
        return extract(headers, CaseInsensitiveHeaders::get);
    }

    /** {@return the Lamport timestamp that the map holds, keys compared ignoring case; empty when it holds none} */
    default Optional<LamportTimestamp> extractLamport(Map<String, ? extends V> headers) {
        return extractLamport(headers, CaseInsensitiveHeaders::get);
    }

    /** As {@link #extractEvent(Object, HeaderGetter, byte[])}, from a map whose keys are compared ignoring case. */
    default TracedEvent extractEvent(Map<String, ? extends V> headers, byte[] payload) {
        return extractEvent(headers, CaseInsensitiveHeaders::get, payload);
    }

    /** As {@link #findEvent(Object, HeaderGetter, byte[])}, from a map whose keys are compared ignoring case. */
    default Optional<TracedEvent> findEvent(Map<String, ? extends V> headers, byte[] payload) {
        return findEvent(headers, CaseInsensitiveHeaders::get, payload);
    }

    /** As {@link #receive(AtomicVectorClock, Object, HeaderGetter)}, from a map whose keys are compared ignoring case. */
    default VectorTimestamp receive(AtomicVectorClock clock, Map<String, ? extends V> headers) {
        return receive(clock, headers, CaseInsensitiveHeaders::get);
    }
}
