package io.clockwork.record;

import java.util.concurrent.locks.StampedLock;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * A long that is changed together with the event that wrote it, so that a read names the very write that it saw.
 *
 * <p>Writers lock, for the time of one event at most; readers do so only when a writer comes in between. The application's
 * functions are called without the lock.
 */
final class LongCell {
    private final Subject subject;
    private final StampedLock lock = new StampedLock();
    private long value;
    /** The packed dot of the event that wrote the value, if it was a write that others may follow; otherwise NONE. */
    private long writer = Dot.NONE;

    LongCell(Subject subject, long initial) {
        this.subject = subject;
        value = initial;
    }

    /** Reads and records; a plain read of an atomic variable is a read as of any other. */
    long read(MemoryOrder order) {
        long stamp = lock.tryOptimisticRead();
        long seen = value;
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

    private void record(EventKind kind, MemoryOrder order, long seen, long by) {
        if (by == Dot.NONE || !order.acquires()) {
            subject.record(kind, order, seen, ValueType.LONG, null);
        } else {
            subject.record(kind, order, by, ValueType.CAUSE, null);
        }
    }

    /** Records and writes; a plain write is one as of any other variable, too. */
    void write(long newValue, MemoryOrder order) {
        EventKind kind = order == MemoryOrder.PLAIN ? EventKind.WRITE : EventKind.ATOMIC_WRITE;
        long dot = subject.recordOrLast(kind, order, newValue, ValueType.LONG, null);
        long stamp = lock.writeLock();
        try {
            value = newValue;
            writer = order.releases() ? dot : Dot.NONE;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Replaces the value and records it; returns the old one. */
    long exchange(long newValue) {
        long stamp = lock.writeLock();
        try {
            return replace(newValue, MemoryOrder.VOLATILE);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Adds and records; returns the old value. */
    long add(long delta, boolean narrow) {
        long stamp = lock.writeLock();
        try {
            long sum = value + delta;
            return replace(narrow ? (int) sum : sum, MemoryOrder.VOLATILE);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Replaces the value if it is the expected one, and records it; otherwise records a read; returns the old value. */
    long exchangeIf(long expected, long newValue, MemoryOrder order) {
        long seen;
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

    /** Replaces the value by what the function makes of it, and records it; returns the old or the new value. */
    long update(LongUnaryOperator function, boolean old) {
        while (true) {
            long seen = peek();
            long next = function.applyAsLong(seen);
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

    long accumulate(long operand, LongBinaryOperator function, boolean old) {
        return update(value -> function.applyAsLong(value, operand), old);
    }

    /** {@return the value, unrecorded} */
    long peek() {
        long stamp = lock.tryOptimisticRead();
        long seen = value;
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

    /** By the holder of the write lock. */
    private long replace(long newValue, MemoryOrder order) {
        long dot = subject.recordOrLast(
                EventKind.ATOMIC_UPDATE,
                order,
                order.acquires() ? writer : Dot.NONE,
                ValueType.CAUSE_AND_OBJECT,
                newValue);
        long old = value;
        value = newValue;
        writer = order.releases() ? dot : Dot.NONE;
        return old;
    }
}
