package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * One line of the screen. Whatever is added goes through {@link TextStyle#clean}: what events say cannot steer the
 * terminal.
 */
final class Line {
    private final TextStyle style;
    private final List<Span> spans = new ArrayList<>();
    private int width;

    /** Clean text of one tone. */
    record Span(Tone tone, String text) {}

    Line(TextStyle style) {
        this.style = style;
    }

    static int width(String text) {
        return text.codePoints().map(Line::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    Line add(String text) {
        return add(Tone.PLAIN, text);
    }

    Line add(Tone tone, String text) {
        return addClean(tone, style.clean(text));
    }

    private Line addClean(Tone tone, String text) {
        if (!text.isEmpty()) {
            spans.add(new Span(tone, text));
            width += width(text);
        }
        return this;
    }

    /** Adds {@code text} in exactly {@code columns}; the middle of what is longer is left out. */
    Line cell(Tone tone, String text, int columns) {
        String fitting = fit(style.clean(text), columns);
        return addClean(tone, fitting + " ".repeat(Math.max(0, columns - width(fitting))));
    }

    /** Adds {@code text} at the right end of {@code columns}. */
    Line right(Tone tone, String text, int columns) {
        String fitting = fit(style.clean(text), columns);
        return addClean(tone, " ".repeat(Math.max(0, columns - width(fitting))) + fitting);
    }

    /** Adds {@code text}, or what of it fits, so that the line ends at column {@code end}. */
    Line rest(Tone tone, String text, int end) {
        return cell(tone, text, Math.max(0, end - width));
    }

    private String fit(String clean, int columns) {
        if (width(clean) <= columns) {
            return clean;
        }
        String gap = style.ascii() ? "..." : "\u2026";
        int room = columns - gap.length();
        if (room < 2) {
            return head(clean, columns);
        }
        return head(clean, room - room / 2) + gap + tail(clean, room / 2);
    }

    static String head(String text, int columns) {
        int left = columns;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            left -= width(c);
            if (left < 0) {
                break;
            }
            i += Character.charCount(c);
        }
        return text.substring(0, i);
    }

    private static String tail(String text, int columns) {
        int left = columns;
        int i = text.length();
        while (i > 0) {
            int c = text.codePointBefore(i);
            left -= width(c);
            if (left < 0) {
                break;
            }
            i -= Character.charCount(c);
        }
        return text.substring(i);
    }

    List<Span> spans() {
        return spans;
    }

    int width() {
        return width;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        spans.forEach(span -> text.append(span.text()));
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
