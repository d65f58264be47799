package io.clockwork;

import org.jspecify.annotations.Nullable;

/**
 * Gets one header of a carrier: most carriers have a method that fits, such as {@code HttpServletRequest::getHeader}.
 *
 * @param <C> the carrier: a request, a record, a map
 * @param <V> the header's value: {@code String} or {@code byte[]}
 */
@FunctionalInterface
public interface HeaderGetter<C, V> {
    /** {@return the value of {@code name}, or null when the carrier has none} */
    @Nullable
    V get(C carrier, String name);
}
