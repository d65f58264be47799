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

    T read(MemoryOrder order) {
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
        record(order == MemoryOrder.PLAIN ? EventKind.READ : EventKind.ATOMIC_READ, order, seen, by);
        return seen;
    }

    private void record(EventKind kind, MemoryOrder order, T seen, long by) {
        if (by == Dot.NONE || !order.acquires()) {
            subject.recordValue(kind, order, seen);
        } else {
            subject.record(kind, order, by, ValueType.CAUSE, null);
        }
    }

    void write(T newValue, MemoryOrder order) {
        EventKind kind = order == MemoryOrder.PLAIN ? EventKind.WRITE : EventKind.ATOMIC_WRITE;
        long dot = subject.recordOrLast(kind, order, Dot.NONE, ValueType.OBJECT, ValueType.snapshot(newValue));
        long stamp = lock.writeLock();
        try {
            value = newValue;
            writer = order.releases() ? dot : Dot.NONE;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    T exchange(T newValue) {
        long stamp = lock.writeLock();
        try {
            return replace(newValue, MemoryOrder.VOLATILE);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    T exchangeIf(T expected, T newValue, MemoryOrder order) {
        T seen;
        long by;
        long stamp = lock.writeLock();
        try {
            if (value == expected) {
                return replace(newValue, order);
            }
            seen = value;
            by = writer;
        } finally {
            lock.unlockWrite(stamp);
        }
        record(EventKind.ATOMIC_READ, order.ofFailure(), seen, by);
        return seen;
    }

    T update(UnaryOperator<T> function, boolean old) {
        while (true) {
            T seen = peek();
            T next = function.apply(seen);
            long stamp = lock.writeLock();
            try {
                if (value == seen) {
                    replace(next, MemoryOrder.VOLATILE);
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

    private T replace(T newValue, MemoryOrder order) {
        long dot = subject.recordOrLast(
                EventKind.ATOMIC_UPDATE,
                order,
                order.acquires() ? writer : Dot.NONE,
                ValueType.CAUSE_AND_OBJECT,
                ValueType.snapshot(newValue));
        T old = value;
        value = newValue;
        writer = order.releases() ? dot : Dot.NONE;
        return old;
    }
}
