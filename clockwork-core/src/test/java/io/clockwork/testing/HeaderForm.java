package io.clockwork.testing;

import io.clockwork.CausalityCodecException.Reason;
import io.clockwork.CodecLimits;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderNames;
import java.util.List;
import java.util.Map;

/**
 * A wire form as the contracts of header codecs see it.
 *
 * @param <V> the header's value
 */
public interface HeaderForm<V> {
    /** {@return the codec with its standard names and these limits} */
    HeaderCodec<V> codec(CodecLimits limits);

    default HeaderCodec<V> codec() {
        return codec(CodecLimits.DEFAULT);
    }

    /** {@return the standard names} */
    HeaderNames names();

    /** {@return the value of a header that is this text and nothing else, such as an event's type} */
    V text(String text);

    /** {@return a vector's value with these entries, in this order and unchecked: ids may be illegal or stand twice} */
    V vector(List<Map.Entry<String, Long>> entries);

    /** {@return values of vectors that are malformed, each with the reason} */
    Map<V, Reason> malformedVectors();

    /** {@return values of Lamport timestamps that are malformed, each with the reason} */
    Map<V, Reason> malformedLamports();

    /** {@return what tells two values apart; the value itself, unless it is an array} */
    default Object identity(V value) {
        return value;
    }
}
