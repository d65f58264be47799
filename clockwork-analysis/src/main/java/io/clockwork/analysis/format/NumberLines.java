package io.clockwork.analysis.format;

import io.clockwork.analysis.RaceStream;

/**
 * Reads lines that are as most are: one of the operations that order events, and names that are numbers, behind the letters
 * T, V and L, and were there before.
 */
final class NumberLines {
    /** How many bytes from the beginning of a line on may be looked at. */
    static final int REACH = 48;

    private static final int MAX_DIGITS = 7;
    private static final int VALUE = 32;

    private final byte[] bytes;
    private final StdNames names;
    private int lines;

    NumberLines(byte[] bytes, StdNames names) {
        this.bytes = bytes;
        this.names = names;
    }

    /** {@return how many lines the last call has read} */
    int lines() {
        return lines;
    }

    /**
     * Reads lines from {@code from} on into {@code batch}, up to the first that is not such a one, the end of the batch, or
     * {@code to}, beyond which {@link #REACH} bytes may be looked at; returns where it has stopped.
     */
    int read(int from, int to, int[] batch, int filled, int room) {
        int at = from;
        int next = filled;
        while (at <= to && next < room) {
            long name = number(at + 1);
            int thread = bytes[at] == 'T' ? names.threads.ofValue((int) (name >>> VALUE)) : -1;
            int bar = (int) name;
            int operation = operation(bar);
            int open = bar + (operation <= RaceStream.WRITE ? 2 : operation <= RaceStream.RELEASE ? 4 : 5);
            long target = number(open + 2);
            int close = (int) target;
            int about = about(operation, bytes[open + 1], (int) (target >>> VALUE));
            if ((thread | about) < 0 || bytes[open] != '(' || bytes[close] != ')' || bytes[close + 1] != '|') {
                break;
            }
            long location = number(close + 2);
            int end = (int) location;
            int site = names.sites.ofValue((int) (location >>> VALUE));
            if (site < 0 || bytes[end] != '\n') {
                break;
            }
            batch[next] = RaceStream.head(operation, thread);
            batch[next + 1] = about;
            batch[next + 2] = site;
            next += RaceStream.INTS;
            at = end + 1;
        }
        lines = (next - filled) / RaceStream.INTS;
        return at;
    }

    /** {@return the number that begins at {@code from}, or one below 0, in the high int; in the low one where it ends} */
    private long number(int from) {
        int at = from;
        int value = 0;
        int digit = bytes[at] - '0';
        while (digit >= 0 && digit <= 9 && at < from + MAX_DIGITS) {
            value = value * 10 + digit;
            digit = bytes[++at] - '0';
        }
        boolean isNumber = at == from + 1 || (at > from && bytes[from] != '0');
        return (long) (isNumber ? value : -1) << VALUE | at;
    }

    /** {@return the operation behind the bar at {@code at}; OTHER if it is none that orders events} */
    private int operation(int at) {
        if (bytes[at] != '|') {
            return RaceStream.OTHER;
        }
        switch (bytes[at + 1]) {
            case 'r' -> {
                if (bytes[at + 2] == '(') {
                    return RaceStream.READ;
                }
                return bytes[at + 2] == 'e' && bytes[at + 3] == 'l' ? RaceStream.RELEASE : RaceStream.OTHER;
            }
            case 'w' -> {
                return bytes[at + 2] == '(' ? RaceStream.WRITE : RaceStream.OTHER;
            }
            case 'a' -> {
                return bytes[at + 2] == 'c' && bytes[at + 3] == 'q' ? RaceStream.ACQUIRE : RaceStream.OTHER;
            }
            default -> {
                return RaceStream.OTHER;
            }
        }
    }

    private int about(int operation, byte letter, int value) {
        if (operation <= RaceStream.WRITE) {
            return letter == 'V' ? names.variables.ofValue(value) : -1;
        }
        return operation <= RaceStream.RELEASE && letter == 'L' ? names.locks.ofValue(value) : -1;
    }
}
