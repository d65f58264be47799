package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How pages are written.
 *
 * @param style what the terminal can show
 * @param width how many columns there are for a line of a page
 */
record Pen(TextStyle style, int width) {
    private static final int CELLS = 16;

    Line line() {
        return new Line(style);
    }

    String symbol(String unicode, String ascii) {
        return style.ascii() ? ascii : unicode;
    }

    String arrow() {
        return symbol(" \u2192 ", " -> ");
    }

    String duration(long nanos) {
        if (Math.abs(nanos) < 1_000) {
            return nanos + " ns";
        }
        if (Math.abs(nanos) < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f %ss", nanos / 1e3, symbol("\u00B5", "u"));
        }
        if (Math.abs(nanos) < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    static String count(long number, String noun) {
        boolean hissing = noun.endsWith("s");
        return number + " " + (number == 1 ? noun : hissing ? noun + "es" : noun + 's');
    }

    static Tone tone(@Nullable Verdict verdict) {
        if (verdict == null) {
            return Tone.UNSURE;
        }
        return switch (verdict) {
            case CERTAIN -> Tone.BAD;
            case LIKELY -> Tone.UNSURE;
            case POSSIBLE -> Tone.MILD;
        };
    }

    /** {@return a bar where a part of a whole is; one that is too short for a cell is a thin line} */
    String bar(long from, long to, long whole) {
        int start = whole == 0 ? 0 : (int) Math.round((double) from / whole * CELLS);
        int end = whole == 0 ? 0 : (int) Math.round((double) to / whole * CELLS);
        String cells = end > start ? symbol("\u2588", "#").repeat(end - start) : symbol("\u258F", "|");
        int before = end > start ? start : Math.min(start, CELLS - 1);
        return " ".repeat(before) + cells + " ".repeat(Math.max(0, CELLS - before - cells.length()));
    }

    /** Breaks at spaces where there are some, and inside of words that are longer than a line. */
    List<String> wrap(String outside, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = style.clean(outside);
        while (Line.width(rest) > columns) {
            String head = Line.head(rest, columns);
            int end = head.isEmpty() ? Character.charCount(rest.codePointAt(0)) : head.length();
            int space = rest.lastIndexOf(' ', end);
            if (space > columns / 2) {
                end = space;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isEmpty() || lines.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }
}
