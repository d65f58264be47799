package io.clockwork.record;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * A long that is read and written atomically, and records who does.
 *
 * <p>Use it where the program would use an {@link AtomicLong}, whose methods it has; each has at least the memory effects
 * that it has there. A read names the write that it saw and follows it, unless one of them is of a mode that orders
 * nothing; a compare-and-set that fails is a read. Reads allocate nothing; writers exclude each other, for the time of one
 * event at most.
 */
@SuppressWarnings("serial") // like the recorder that it belongs to, it is of no use in another process
public final class TrackedAtomicLong extends Number {
    private final transient LongCell cell;

    TrackedAtomicLong(Subject subject, long initial) {
        cell = new LongCell(subject, initial);
    }

    /** {@return the value; follows the write that it saw} */
    public long get() {
        return cell.read(MemoryOrder.VOLATILE);
    }

    /** Sets the value. */
    public void set(long newValue) {
        cell.write(newValue, MemoryOrder.VOLATILE);
    }

    /** Sets the value, in release mode. */
    public void lazySet(long newValue) {
        cell.write(newValue, MemoryOrder.RELEASE);
    }

    /** {@return the value, in plain mode: a read as of any other variable} */
    public long getPlain() {
        return cell.read(MemoryOrder.PLAIN);
    }

    /** Sets the value, in plain mode: a write as of any other variable. */
    public void setPlain(long newValue) {
        cell.write(newValue, MemoryOrder.PLAIN);
    }

    /** {@return the value, in opaque mode: follows nothing} */
    public long getOpaque() {
        return cell.read(MemoryOrder.OPAQUE);
    }

    /** Sets the value, in opaque mode: nobody follows. */
    public void setOpaque(long newValue) {
        cell.write(newValue, MemoryOrder.OPAQUE);
    }

    /** {@return the value, in acquire mode} */
    public long getAcquire() {
        return cell.read(MemoryOrder.ACQUIRE);
    }

    /** Sets the value, in release mode. */
    public void setRelease(long newValue) {
        cell.write(newValue, MemoryOrder.RELEASE);
    }

    /** Sets the value; returns the old one. */
    public long getAndSet(long newValue) {
        return cell.exchange(newValue);
    }

    /** Sets the value if it is the expected one; returns whether it was. A failure is recorded as a read. */
    public boolean compareAndSet(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE) == expected;
    }

    /** As {@link #compareAndSet}. */
    public boolean weakCompareAndSetVolatile(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE) == expected;
    }

    /** As {@link #compareAndSet}, in plain mode. */
    public boolean weakCompareAndSetPlain(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.PLAIN) == expected;
    }

    /** As {@link #compareAndSet}, in acquire mode. */
    public boolean weakCompareAndSetAcquire(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.ACQUIRE) == expected;
    }

    /** As {@link #compareAndSet}, in release mode. */
    public boolean weakCompareAndSetRelease(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.RELEASE) == expected;
    }

    /** As {@link #compareAndSet}, but returns the value that was found. */
    public long compareAndExchange(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE);
    }

    /** As {@link #compareAndSet}, in acquire mode, but returns the value that was found. */
    public long compareAndExchangeAcquire(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.ACQUIRE);
    }

    /** As {@link #compareAndSet}, in release mode, but returns the value that was found. */
    public long compareAndExchangeRelease(long expected, long newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.RELEASE);
    }

    /** Adds; returns the old value. */
    public long getAndAdd(long delta) {
        return cell.add(delta, false);
    }

    /** Adds; returns the new value. */
    public long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    public long getAndIncrement() {
        return getAndAdd(1);
    }

    public long getAndDecrement() {
        return getAndAdd(-1);
    }

    public long incrementAndGet() {
        return addAndGet(1);
    }

    public long decrementAndGet() {
        return addAndGet(-1);
    }

    /** Sets the value to what the function, perhaps called again, makes of it; returns the old one. */
    public long getAndUpdate(LongUnaryOperator function) {
        return cell.update(function, true);
    }

    /** Sets the value to what the function, perhaps called again, makes of it; returns the new one. */
    public long updateAndGet(LongUnaryOperator function) {
        return cell.update(function, false);
    }

    /** Sets the value to what the function makes of it and the operand; returns the old one. */
    public long getAndAccumulate(long operand, LongBinaryOperator function) {
        return cell.accumulate(operand, function, true);
    }

    /** Sets the value to what the function makes of it and the operand; returns the new one. */
    public long accumulateAndGet(long operand, LongBinaryOperator function) {
        return cell.accumulate(operand, function, false);
    }

    @Override
    public int intValue() {
        return (int) get();
    }

    @Override
    public long longValue() {
        return get();
    }

    @Override
    public float floatValue() {
        return (float) get();
    }

    @Override
    public double doubleValue() {
        return (double) get();
    }

    /** {@return the value as text, unrecorded} */
    @Override
    public String toString() {
        return Long.toString(cell.peek());
    }
}
