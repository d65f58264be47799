package io.clockwork.analysis.format;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Microseconds as formats write them, in nanoseconds. */
final class Micros {
    /** Later or longer than this is cut to it: 146 years, so that two times can be subtracted. */
    static final long MAX_NANOS = Long.MAX_VALUE / 2;

    private static final long NANOS_PER_MICRO = 1_000;
    private static final int MAX_DIGITS = 30;

    private Micros() {}

    /** {@return the nanoseconds of {@code micros}, cut to {@link #MAX_NANOS} either way} */
    static long toNanos(long micros) {
        long limit = MAX_NANOS / NANOS_PER_MICRO;
        return micros > limit ? MAX_NANOS : micros < -limit ? -MAX_NANOS : micros * NANOS_PER_MICRO;
    }

    /**
     * Returns the nanoseconds of a number of microseconds that may have a fraction or an exponent, without what is below
     * a nanosecond.
     *
     * @throws NumberFormatException if it is no number
     */
    static long toNanos(String micros) {
        BigDecimal value = new BigDecimal(micros.strip());
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() == 0 || magnitude < -3) {
            return 0; // and never raises ten to an exponent from outside
        }
        if (magnitude > MAX_DIGITS) {
            return value.signum() * MAX_NANOS;
        }
        BigDecimal nanos = value.scaleByPowerOfTen(3).setScale(0, RoundingMode.FLOOR);
        return nanos.abs().compareTo(BigDecimal.valueOf(MAX_NANOS)) > 0
                ? value.signum() * MAX_NANOS
                : nanos.longValueExact();
    }
}
