package io.clockwork;

/** Refuses arguments that are out of range. */
final class Check {
    private Check() {}

    static int range(String name, int value, int min, int max) {
        return (int) range(name, (long) value, min, max);
    }

    /** {@return the value; throws {@link IllegalArgumentException} if it is not from {@code min} to {@code max}} */
    static long range(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", was " + value);
        }
        return value;
    }
}
