package io.clockwork.analysis.format;

import io.clockwork.json.stream.JsonSyntaxException;

/**
 * Looks for the two usual forms of logs with vector clocks: finds what their expressions find, in one pass over the lines, for
 * an expression can look at each character of a long line from each one before it.
 */
final class ShiVizForms {
    private static final String BEFORE_CLOCK = " {";

    private final String text;
    private final ClockText clocks = new ClockText();

    /** @param text whole lines that end with a line feed alone */
    ShiVizForms(String text) {
        this.text = text;
    }

    /** {@return whether some line ends with a host and a clock that knows it, and another line follows} */
    boolean hostFirst() {
        int clock = text.indexOf(BEFORE_CLOCK);
        while (clock >= 0) {
            int end = lineEnd(clock);
            int host = clock;
            while (host > 0 && !ShiVizReader.isSpace(text.charAt(host - 1))) {
                host--;
            }
            if (end < text.length() && text.charAt(end - 1) == '}' && knowsItself(host, clock, end)) {
                return true;
            }
            clock = text.indexOf(BEFORE_CLOCK, end);
        }
        return false;
    }

    /** {@return whether some line but the first begins with a host and a clock that knows it} */
    boolean eventFirst() {
        for (int from = lineEnd(0) + 1; from < text.length(); from = lineEnd(from) + 1) {
            if (beginsWithClock(from, lineEnd(from), false)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the text is one line of a host and a clock that knows it} */
    boolean isClockLine() {
        return beginsWithClock(0, text.length(), true);
    }

    private boolean beginsWithClock(int from, int end, boolean nothingElse) {
        int space = from;
        while (space < end && !ShiVizReader.isSpace(text.charAt(space))) {
            space++;
        }
        int close = end - 1;
        while (!nothingElse && close > space && text.charAt(close) != '}') {
            close--;
        }
        return space < close
                && text.startsWith(BEFORE_CLOCK, space)
                && text.charAt(close) == '}'
                && knowsItself(from, space, close + 1);
    }

    /** {@return whether the clock after the space knows the host before it} */
    private boolean knowsItself(int host, int space, int end) {
        try {
            clocks.read(text, space + 1, end);
        } catch (JsonSyntaxException e) {
            return false;
        }
        return clocks.negativeHost() < 0 && clocks.countOf(clocks.hostNumber(text.substring(host, space))) > 0;
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
