package io.clockwork.record;

import org.jspecify.annotations.Nullable;

/** An object of the application whose events are recorded. Nothing here throws: what fails is counted as dropped. */
class Subject {
    private final Recorder recorder;
    private final String name;
    /*
     * 0 until the first event that there is room for: objects may come and go by the million, but names that were
     * entered stay. Threads that race here enter the same name and get the same number.
     */
    private int number;

    Subject(Recorder recorder, String name) {
        this.recorder = recorder;
        this.name = name;
    }

    final String name() {
        return name;
    }

    /** Records an event of the current task; returns its packed dot, or NONE when it was dropped. */
    final long record(EventKind kind, long data, ValueType type, @Nullable Object object) {
        return record(kind, MemoryOrder.VOLATILE, data, type, object);
    }

    /** As the other one, for an atomic access in this order. */
    final long record(EventKind kind, MemoryOrder order, long data, ValueType type, @Nullable Object object) {
        try {
            return recorder.record(kind, Segment.marked(numberIfRoom(), order), data, type, object);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            recorder.countDropped();
            return Dot.NONE;
        }
    }

    /** {@return the name's number; 0 when there is no room for the event or for the name} */
    private int numberIfRoom() {
        if (number == 0 && recorder.context.current().hasRoom()) {
            number = recorder.nameNumber(name);
        }
        return number;
    }

    /** Records an event of the current task with a value; returns its packed dot, or NONE when it was dropped. */
    final long recordValue(EventKind kind, @Nullable Object value) {
        return recordValue(kind, MemoryOrder.VOLATILE, value);
    }

    /** As the other one, for an atomic access in this order. */
    final long recordValue(EventKind kind, MemoryOrder order, @Nullable Object value) {
        return value instanceof Long || value instanceof Integer
                ? record(kind, order, ((Number) value).longValue(), ValueType.LONG, null)
                : record(kind, order, Dot.NONE, ValueType.OBJECT, ValueType.snapshot(value));
    }

    /** As {@link #record}; when the event was dropped, the last one kept of the task, which came before it. */
    final long recordOrLast(EventKind kind, long data, ValueType type, @Nullable Object object) {
        return recordOrLast(kind, MemoryOrder.VOLATILE, data, type, object);
    }

    /** As the other one, for an atomic access in this order. */
    final long recordOrLast(EventKind kind, MemoryOrder order, long data, ValueType type, @Nullable Object object) {
        long dot = record(kind, order, data, type, object);
        return dot != Dot.NONE ? dot : lastDot();
    }

    private long lastDot() {
        try {
            return recorder.context.current().lastDot();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Dot.NONE;
        }
    }

    /** {@return the packed dot of the next event that the current task records, or NONE when there is no room for it} */
    final long nextDot() {
        try {
            return numberIfRoom() == 0 ? Dot.NONE : recorder.context.nextDot();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Dot.NONE;
        }
    }
}
