package io.clockwork.record;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A reference that is read and written atomically, and records who does.
 *
 * <p>Use it where the program would use an {@link AtomicReference}, whose methods it has; each has at least the memory
 * effects that it has there. A read names the write that it saw and follows it, unless one of them is of a mode that
 * orders nothing; a compare-and-set that fails is a read. Values are kept as by {@link Variable}. Writers exclude each
 * other, for the time of one event at most.
 *
 * @param <T> the values
 */
@SuppressWarnings("ReferenceEquality") // as in the JDK's class: the very same object is expected
public final class TrackedAtomicReference<T extends @Nullable Object> {
    private final ReferenceCell<T> cell;

    TrackedAtomicReference(Subject subject, T initial) {
        cell = new ReferenceCell<>(subject, initial);
    }

    /** {@return the value; follows the write that it saw} */
    public T get() {
        return cell.read(MemoryOrder.VOLATILE);
    }

    /** Sets the value. */
    public void set(T newValue) {
        cell.write(newValue, MemoryOrder.VOLATILE);
    }

    /** Sets the value, in release mode. */
    public void lazySet(T newValue) {
        cell.write(newValue, MemoryOrder.RELEASE);
    }

    /** {@return the value, in plain mode: a read as of any other variable} */
    public T getPlain() {
        return cell.read(MemoryOrder.PLAIN);
    }

    /** Sets the value, in plain mode: a write as of any other variable. */
    public void setPlain(T newValue) {
        cell.write(newValue, MemoryOrder.PLAIN);
    }

    /** {@return the value, in opaque mode: follows nothing} */
    public T getOpaque() {
        return cell.read(MemoryOrder.OPAQUE);
    }

    /** Sets the value, in opaque mode: nobody follows. */
    public void setOpaque(T newValue) {
        cell.write(newValue, MemoryOrder.OPAQUE);
    }

    /** {@return the value, in acquire mode} */
    public T getAcquire() {
        return cell.read(MemoryOrder.ACQUIRE);
    }

    /** Sets the value, in release mode. */
    public void setRelease(T newValue) {
        cell.write(newValue, MemoryOrder.RELEASE);
    }

    /** Sets the value; returns the old one. */
    public T getAndSet(T newValue) {
        return cell.exchange(newValue);
    }

    /** Sets the value if it is the expected object; returns whether it was. A failure is recorded as a read. */
    public boolean compareAndSet(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE) == expected;
    }

    /** As {@link #compareAndSet}. */
    public boolean weakCompareAndSetVolatile(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE) == expected;
    }

    /** As {@link #compareAndSet}, in plain mode. */
    public boolean weakCompareAndSetPlain(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.PLAIN) == expected;
    }

    /** As {@link #compareAndSet}, in acquire mode. */
    public boolean weakCompareAndSetAcquire(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.ACQUIRE) == expected;
    }

    /** As {@link #compareAndSet}, in release mode. */
    public boolean weakCompareAndSetRelease(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.RELEASE) == expected;
    }

    /** As {@link #compareAndSet}, but returns the value that was found. */
    public T compareAndExchange(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.VOLATILE);
    }

    /** As {@link #compareAndSet}, in acquire mode, but returns the value that was found. */
    public T compareAndExchangeAcquire(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.ACQUIRE);
    }

    /** As {@link #compareAndSet}, in release mode, but returns the value that was found. */
    public T compareAndExchangeRelease(T expected, T newValue) {
        return cell.exchangeIf(expected, newValue, MemoryOrder.RELEASE);
    }

    /** Sets the value to what the function, perhaps called again, makes of it; returns the old one. */
    public T getAndUpdate(UnaryOperator<T> function) {
        return cell.update(function, true);
    }

    /** Sets the value to what the function, perhaps called again, makes of it; returns the new one. */
    public T updateAndGet(UnaryOperator<T> function) {
        return cell.update(function, false);
    }

    /** Sets the value to what the function makes of it and the operand; returns the old one. */
    public T getAndAccumulate(T operand, BinaryOperator<T> function) {
        return cell.accumulate(operand, function, true);
    }

    /** Sets the value to what the function makes of it and the operand; returns the new one. */
    public T accumulateAndGet(T operand, BinaryOperator<T> function) {
        return cell.accumulate(operand, function, false);
    }

    /** {@return the value as text, unrecorded} */
    @Override
    public String toString() {
        return String.valueOf(cell.peek());
    }
}
