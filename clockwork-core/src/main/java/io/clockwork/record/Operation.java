package io.clockwork.record;

/**
 * Work that gives a result or throws.
 *
 * @param <T> the result
 * @param <X> what it throws; {@code RuntimeException} when it throws no checked exception
 */
@FunctionalInterface
public interface Operation<T, X extends Exception> {
    /** Does the work. */
    T run() throws X;
}
