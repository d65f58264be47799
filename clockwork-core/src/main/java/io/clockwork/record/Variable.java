package io.clockwork.record;

import java.util.Objects;
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
    /** The number of the place of all accesses; 0 where each finds its own, if the recorder captures them. */
    private final int site;

    Variable(Recorder recorder, String name, int number, int site) {
        this.recorder = recorder;
        this.name = name;
        this.number = number;
        this.site = site;
    }

    /**
     * Returns this variable for the accesses at one place in the source code. Keep it where the access is: the place costs
     * nothing then, whereas finding it by {@link Recorder.Builder#captureSites} takes about a microsecond each time.
     */
    public Variable at(Site place) {
        return new Variable(recorder, name, number, recorder.siteNumber(Objects.requireNonNull(place, "place")));
    }

    /** {@return the variable's name} */
    public String name() {
        return name;
    }

    /** Records that {@code value} was read. */
    public void read(long value) {
        recorder.record(EventKind.READ, number, site, value, ValueType.LONG, null);
    }

    /** Records that {@code value} was read. */
    public void read(@Nullable Object value) {
        recorder.record(EventKind.READ, number, site, 0, ValueType.OBJECT, ValueType.snapshot(value));
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
        recorder.record(EventKind.WRITE, number, site, value, ValueType.LONG, null);
    }

    /** Records that {@code value} was written. */
    public void write(@Nullable Object value) {
        recorder.record(EventKind.WRITE, number, site, 0, ValueType.OBJECT, ValueType.snapshot(value));
    }
}
