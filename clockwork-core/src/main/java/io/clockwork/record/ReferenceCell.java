package io.clockwork.record;

import java.util.concurrent.locks.StampedLock;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** As {@link LongCell}, for a reference; references are compared, never the objects. */
final class ReferenceCell<T extends @Nullable Object> {
    private final Subject subject;
    private final StampedLock lock = new StampedLock();
    private T value;
    /** The packed dot of the event that wrote the value, if it was a write that others may follow; otherwise NONE. */
    private long writer = Dot.NONE;

    ReferenceCell(Subject subject, T initial) {
        this.subject = subject;
        value = initial;
    }

    T read(boolean acquire) {
        long stamp = lock.tryOptimisticRead();
        T seen = value;
        long by = writer;
        if (!lock.validate(stamp)) {
            stamp = lock.readLock();
            try {
                seen = value;
                by = writer;
            } finally {
                lock.unlockRead(stamp);
            }
        }
        recordRead(seen, acquire ? by : Dot.NONE);
        return seen;
    }

    private void recordRead(T seen, long by) {
        if (by == Dot.NONE) {
            subject.recordValue(EventKind.ATOMIC_READ, seen);
        } else {
            subject.record(EventKind.ATOMIC_READ, by, ValueType.CAUSE, null);
        }
    }

    void write(T newValue, boolean release) {
        long dot =
                subject.recordOrLast(EventKind.ATOMIC_WRITE, Dot.NONE, ValueType.OBJECT, ValueType.snapshot(newValue));
        long stamp = lock.writeLock();
        try {
            value = newValue;
            writer = release ? dot : Dot.NONE;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    T exchange(T newValue) {
        long stamp = lock.writeLock();
        try {
            return replace(newValue, true, true);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    T exchangeIf(T expected, T newValue, boolean acquire, boolean release) {
        T seen;
        long by;
        long stamp = lock.writeLock();
        try {
            if (value == expected) {
                return replace(newValue, acquire, release);
            }
            seen = value;
            by = writer;
        } finally {
            lock.unlockWrite(stamp);
        }
        recordRead(seen, acquire ? by : Dot.NONE);
        return seen;
    }

    T update(UnaryOperator<T> function, boolean old) {
        while (true) {
            T seen = peek();
            T next = function.apply(seen);
            long stamp = lock.writeLock();
            try {
                if (value == seen) {
                    replace(next, true, true);
                    return old ? seen : next;
                }
            } finally {
                lock.unlockWrite(stamp);
            }
        }
    }

    T accumulate(T operand, BinaryOperator<T> function, boolean old) {
        return update(seen -> function.apply(seen, operand), old);
    }

    /** {@return the value, unrecorded} */
    T peek() {
        long stamp = lock.tryOptimisticRead();
        T seen = value;
        if (!lock.validate(stamp)) {
            stamp = lock.readLock();
            try {
                seen = value;
            } finally {
                lock.unlockRead(stamp);
            }
        }
        return seen;
    }

    private T replace(T newValue, boolean acquire, boolean release) {
        long dot = subject.recordOrLast(
                EventKind.ATOMIC_UPDATE,
                acquire ? writer : Dot.NONE,
                ValueType.CAUSE_AND_OBJECT,
                ValueType.snapshot(newValue));
        T old = value;
        value = newValue;
        writer = release ? dot : Dot.NONE;
        return old;
    }
}
