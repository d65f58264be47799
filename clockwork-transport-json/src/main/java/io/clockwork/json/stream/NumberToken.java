package io.clockwork.json.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The number at the window's place: finds its end, refuses what is ill-formed, and converts it. */
final class NumberToken {
    private static final int MAX_EXACT_DIGITS = 15;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /*
     * A number must stand in the window as a whole, with the byte behind it unless the input ends. If it
     * does not, the window is filled and the scan starts over: numbers are short, windows are not. Until
     * a number is accepted the window stays before it, so that a reader can ask for another type.
     */

    private final ByteWindow window;
    private final int maxChars;
    private boolean integral;

    NumberToken(ByteWindow window, int maxChars) {
        this.window = window;
        this.maxChars = maxChars;
    }

    void skip() {
        window.pos = end();
    }

    String readText() {
        int end = end();
        String text = text(end);
        window.pos = end;
        return text;
    }

    private String text(int end) {
        return new String(window.bytes, window.pos, end - window.pos, ISO_8859_1);
    }

    /** {@return the position behind the number at {@code window.pos}} */
    private int end() {
        while (true) {
            int end = scan(window.bytes, window.pos, window.limit);
            if ((end < 0 ? window.limit : end) - window.pos > maxChars) {
                throw window.fail(window.mismatch("a number of at most " + maxChars + " characters"));
            }
            if (end >= 0 && end < window.limit) {
                return end;
            }
            if (!window.fill()) {
                if (end < 0) {
                    throw window.truncated("inside a number");
                }
                return window.limit; // where the number ends, but fill() may have moved it
            }
        }
    }

    /** Returns the end of the number at {@code from}, or -1 if it is incomplete at {@code limit}. */
    private int scan(byte[] bytes, int from, int limit) {
        int p = bytes[from] == '-' ? from + 1 : from;
        int first = p;
        p = digits(bytes, p, limit);
        if (p > first + 1 && bytes[first] == '0') {
            throw refuse(first, "no leading zero in a number");
        }
        integral = true;
        if (p > first && p < limit && bytes[p] == '.') {
            integral = false;
            first = p + 1;
            p = digits(bytes, first, limit);
        }
        if (p > first && p < limit && (bytes[p] | 0x20) == 'e') {
            integral = false;
            first = p + 1;
            if (first < limit && (bytes[first] == '+' || bytes[first] == '-')) {
                first++;
            }
            p = digits(bytes, first, limit);
        }
        if (p > first) {
            return p;
        }
        if (first < limit) {
            throw refuse(first, "a digit");
        }
        return -1;
    }

    private static int digits(byte[] bytes, int from, int limit) {
        int p = from;
        while (p < limit && bytes[p] >= '0' && bytes[p] <= '9') {
            p++;
        }
        return p;
    }

    private JsonSyntaxException refuse(int at, String expected) {
        window.pos = at;
        return window.unexpected(expected, "a number");
    }

    /** Reads the number if it is an integer that fits; otherwise throws and stays before it. */
    long readLong() {
        byte[] bytes = window.bytes;
        int limit = window.limit;
        int p = window.pos;
        boolean negative = bytes[p] == '-';
        int first = negative ? p + 1 : p;
        long value = 0;
        p = first;
        while (p <= limit - Long.BYTES && p - first <= Long.BYTES && Words.areDigits(bytes, p)) {
            value = value * 100_000_000 + Words.parseDigits(bytes, p);
            p += Long.BYTES;
        }
        while (p < limit && bytes[p] >= '0' && bytes[p] <= '9') {
            value = value * 10 + (bytes[p] - '0');
            p++;
        }
        int digits = p - first;
        if (p < limit
                && digits > 0
                && digits <= 18
                && digits <= maxChars - 1
                && (digits == 1 || bytes[first] != '0')
                && bytes[p] != '.'
                && (bytes[p] | 0x20) != 'e') {
            window.pos = p;
            return negative ? -value : value;
        }
        return readLongCarefully();
    }

    private long readLongCarefully() {
        int end = end();
        if (integral && end - window.pos <= 20) { // the longest long, with its sign
            try {
                long value = Long.parseLong(text(end));
                window.pos = end;
                return value;
            } catch (NumberFormatException e) {
                // out of range: refused below
            }
        }
        throw window.mismatch("an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
    }

    /** Reads the number as the nearest double; if that is infinite, throws and stays before it. */
    double readDouble() {
        int end = end();
        double value = exactDouble(window.bytes, window.pos, end);
        if (Double.isNaN(value)) {
            value = Double.parseDouble(text(end));
        }
        if (Double.isInfinite(value)) {
            throw window.mismatch("a number within the range of a double");
        }
        window.pos = end;
        return value;
    }

    /*
     * Up to 15 digits and powers of ten up to 10^22 are exact doubles, so one multiplication or division
     * rounds once, hence right [1]. Everything else goes the long way.
     *
     * [1] W. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990, section 4
     */
    private static double exactDouble(byte[] bytes, int from, int end) {
        long digits = 0;
        int count = 0;
        int scale = 0;
        boolean fraction = false;
        for (int p = bytes[from] == '-' ? from + 1 : from; p < end; p++) {
            int c = bytes[p];
            if (c == '.') {
                fraction = true;
            } else if (c >= '0' && c <= '9' && count < MAX_EXACT_DIGITS) {
                digits = digits * 10 + (c - '0');
                count++;
                scale += fraction ? 1 : 0;
            } else {
                return Double.NaN; // an exponent, or too many digits
            }
        }
        double value = digits / POWERS_OF_TEN[scale];
        return bytes[from] == '-' ? -value : value;
    }
}
