package io.clockwork.record;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * An int that is read and written atomically, and records who does.
 *
 * <p>Use it where the program would use an {@link AtomicInteger}, whose methods it has; each has at least the memory effects
 * that it has there. A read names the write that it saw and follows it, unless one of them is of a mode that orders
 * nothing; a compare-and-set that fails is a read. Reads allocate nothing; writers exclude each other, for the time of one
 * event at most.
 */
@SuppressWarnings("serial") // like the recorder that it belongs to, it is of no use in another process
public final class TrackedAtomicInteger extends Number {
    private final transient LongCell cell;

    TrackedAtomicInteger(Subject subject, int initial) {
        cell = new LongCell(subject, initial);
    }

    /** {@return the value; follows the write that it saw} */
    public int get() {
        return (int) cell.read(MemoryOrder.VOLATILE);
    }

    /** Sets the value. */
    public void set(int newValue) {
        cell.write(newValue, MemoryOrder.VOLATILE);
    }

    /** Sets the value, in release mode. */
    public void lazySet(int newValue) {
        cell.write(newValue, MemoryOrder.RELEASE);
    }

    /** {@return the value, in plain mode: a read as of any other variable} */
    public int getPlain() {
        return (int) cell.read(MemoryOrder.PLAIN);
    }

    /** Sets the value, in plain mode: a write as of any other variable. */
    public void setPlain(int newValue) {
        cell.write(newValue, MemoryOrder.PLAIN);
    }

    /** {@return the value, in opaque mode: follows nothing} */
    public int getOpaque() {
        return (int) cell.read(MemoryOrder.OPAQUE);
    }

    /** Sets the value, in opaque mode: nobody follows. */
    public void setOpaque(int newValue) {
        cell.write(newValue, MemoryOrder.OPAQUE);
    }

    /** {@return the value, in acquire mode} */
    public int getAcquire() {
        return (int) cell.read(MemoryOrder.ACQUIRE);
    }

    /** Sets the value, in release mode. */
    public void setRelease(int newValue) {
        cell.write(newValue, MemoryOrder.RELEASE);
    }

    /** Sets the value; returns the old one. */
    public int getAndSet(int newValue) {
        return (int) cell.exchange(newValue);
    }

    /** Sets the value if it is the expected one; returns whether it was. A failure is recorded as a read. */
    public boolean compareAndSet(int expected, int newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE) == expected;
    }

    /** As {@link #compareAndSet}. */
    public boolean weakCompareAndSetVolatile(int expected, int newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE) == expected;
    }

    /** As {@link #compareAndSet}, in plain mode. */
    public boolean weakCompareAndSetPlain(int expected, int newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.PLAIN) == expected;
    }

    /** As {@link #compareAndSet}, in acquire mode. */
    public boolean weakCompareAndSetAcquire(int expected, int newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.ACQUIRE) == expected;
    }

    /** As {@link #compareAndSet}, in release mode. */
    public boolean weakCompareAndSetRelease(int expected, int newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.RELEASE) == expected;
    }

    /** As {@link #compareAndSet}, but returns the value that was found. */
    public int compareAndExchange(int expected, int newValue) {
        return (int) cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE);
    }

    /** As {@link #compareAndSet}, in acquire mode, but returns the value that was found. */
    public int compareAndExchangeAcquire(int expected, int newValue) {
        return (int) cell.exchangeIf(expected, newValue, MemoryOrder.ACQUIRE);
    }

    /** As {@link #compareAndSet}, in release mode, but returns the value that was found. */
    public int compareAndExchangeRelease(int expected, int newValue) {
        return (int) cell.exchangeIf(expected, newValue, MemoryOrder.RELEASE);
    }

    /** Adds; returns the old value. */
    public int getAndAdd(int delta) {
        return (int) cell.add(delta, true);
    }

    /** Adds; returns the new value. */
    public int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    public int getAndIncrement() {
        return getAndAdd(1);
    }

    public int getAndDecrement() {
        return getAndAdd(-1);
    }

    public int incrementAndGet() {
        return addAndGet(1);
    }

    public int decrementAndGet() {
        return addAndGet(-1);
    }

    /** Sets the value to what the function, perhaps called again, makes of it; returns the old one. */
    public int getAndUpdate(IntUnaryOperator function) {
        return (int) cell.update(seen -> function.applyAsInt((int) seen), true);
    }

    /** Sets the value to what the function, perhaps called again, makes of it; returns the new one. */
    public int updateAndGet(IntUnaryOperator function) {
        return (int) cell.update(seen -> function.applyAsInt((int) seen), false);
    }

    /** Sets the value to what the function makes of it and the operand; returns the old one. */
    public int getAndAccumulate(int operand, IntBinaryOperator function) {
        return (int) cell.update(seen -> function.applyAsInt((int) seen, operand), true);
    }

    /** Sets the value to what the function makes of it and the operand; returns the new one. */
    public int accumulateAndGet(int operand, IntBinaryOperator function) {
        return (int) cell.update(seen -> function.applyAsInt((int) seen, operand), false);
    }

    @Override
    public int intValue() {
        return get();
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
        return get();
    }

    /** {@return the value as text, unrecorded} */
    @Override
    public String toString() {
        return Long.toString(cell.peek());
    }
}
