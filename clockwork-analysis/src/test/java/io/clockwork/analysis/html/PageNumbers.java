package io.clockwork.analysis.html;

/** Reads columns of numbers as the page does: another implementation of what {@link NumberText} writes. */
final class PageNumbers {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final String text;
    private int at;

    private PageNumbers(String text) {
        this.text = text;
    }

    static long[] read(String text, int size) {
        long[] numbers = new long[size];
        if (size == 0) {
            return numbers;
        }
        PageNumbers reader = new PageNumbers(text);
        char mode = text.charAt(reader.at++);
        long before = 0;
        for (int i = 0; i < size; i++) {
            if (mode == '*') {
                reader.at = 1;
            }
            long number = reader.next();
            before = mode == '~' ? before + number : number;
            numbers[i] = before;
        }
        if (reader.at != text.length()) {
            throw new IllegalArgumentException("read " + reader.at + " of " + text.length() + " characters");
        }
        return numbers;
    }

    private long next() {
        long folded = 0;
        int shift = 0;
        int digit;
        do {
            digit = DIGITS.indexOf(text.charAt(at++));
            folded |= (long) (digit & 31) << shift;
            shift += 5;
        } while (digit >= 32);
        return (folded >>> 1) ^ -(folded & 1);
    }
}
