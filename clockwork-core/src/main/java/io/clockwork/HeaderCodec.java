package io.clockwork;

import java.util.Map;
import java.util.Optional;
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

    /** {@return the Lamport timestamp that the carrier holds; empty when it holds none} */
    <C> Optional<LamportTimestamp> extractLamport(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter);

    /**
     * Returns the event whose vector, id and type the carrier holds, with {@code payload} as its payload.
     *
     * @throws CausalityCodecException if one of them is missing, named in this order, or malformed
     */
    <C> TracedEvent extractEvent(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter, byte[] payload);

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
}
