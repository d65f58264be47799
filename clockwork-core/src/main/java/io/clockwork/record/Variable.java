package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/**
 * A shared variable by name: call {@code read} and {@code write} where the program reads and writes it.
 *
 * <p>Values are kept as they are if they are strings, boxed primitives or enum constants. Of any other object only its
 * class and identity are kept, for asking it would run application code.
 */
public final class Variable {
    private final Recorder recorder;
    private final String name;
    private final int number;

    Variable(Recorder recorder, String name, int number) {
        this.recorder = recorder;
        this.name = name;
        this.number = number;
    }

    /** {@return the variable's name} */
    public String name() {
        return name;
    }

    /** Records that {@code value} was read. */
    public void read(long value) {
        recorder.record(EventKind.READ, number, value, ValueType.LONG, null);
    }

    /** Records that {@code value} was read. */
    public void read(@Nullable Object value) {
        recorder.record(EventKind.READ, number, 0, ValueType.OBJECT, ValueType.snapshot(value));
    }

    /** Records that {@code value} was read. */
    public void read(char value) {
        read((Object) value);
    }

    /** Records that {@code value} was written. */
    public void write(char value) {
        write((Object) value);
    }

    /** Records that {@code value} was written. */
    public void write(long value) {
        recorder.record(EventKind.WRITE, number, value, ValueType.LONG, null);
    }

    /** Records that {@code value} was written. */
    public void write(@Nullable Object value) {
        recorder.record(EventKind.WRITE, number, 0, ValueType.OBJECT, ValueType.snapshot(value));
    }
}
