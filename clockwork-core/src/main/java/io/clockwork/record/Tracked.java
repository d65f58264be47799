package io.clockwork.record;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A variable that holds a value and records who reads and writes it.
 *
 * <p>Use it where the program would use a plain field: it is as thread-unsafe as one, which is what makes races visible.
 * Values are kept as by {@link Variable}, unless the recorder was told how to describe them.
 *
 * @param <T> the values
 */
public final class Tracked<T extends @Nullable Object> {
    private final Subject subject;
    private final @Nullable Function<? super T, ?> description;
    private T value;

    Tracked(Subject subject, T initial, @Nullable Function<? super T, ?> description) {
        this.subject = subject;
        this.description = description;
        value = initial;
    }

    /** {@return the variable's name; of several of one name the later ones are called name#2, name#3, ...} */
    public String name() {
        return subject.name();
    }

    /** Reads the value, and records it. */
    public T get() {
        T read = value;
        record(EventKind.READ, read);
        return read;
    }

    /** Writes a value, and records it. */
    public void set(T newValue) {
        record(EventKind.WRITE, newValue);
        value = newValue;
    }

    /** Reads the value and writes the one that {@code change} makes of it, in two steps; returns what was written. */
    public T update(UnaryOperator<T> change) {
        T changed = change.apply(get());
        set(changed);
        return changed;
    }

    private void record(EventKind kind, T about) {
        Object described = about;
        if (description != null) {
            try {
                described = description.apply(about);
            } catch (RuntimeException e) {
                described = e.getClass().getSimpleName() + " on describing the value";
            }
        }
        subject.recordValue(kind, described);
    }
}
