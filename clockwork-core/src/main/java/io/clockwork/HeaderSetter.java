package io.clockwork;

/**
 * Sets one header of a carrier, replacing any value it had: most carriers have a method that fits, such as {@code
 * HttpRequest.Builder::setHeader}.
 *
 * @param <C> the carrier: a request, a record, a map
 * @param <V> the header's value: {@code String} or {@code byte[]}
 */
@FunctionalInterface
public interface HeaderSetter<C, V> {
    /** Sets {@code name} to {@code value}; an earlier value must be replaced, not joined by a second one. */
    void set(C carrier, String name, V value);
}
