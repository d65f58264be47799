package io.clockwork.analysis;

import java.util.Locale;

/** Lines of 80 columns. Text that came from outside has to go through {@link #safe} or {@link #fit}. */
final class TextPage {
    static final int WIDTH = 80;
    private static final int COLUMN = 36;

    private final TextStyle style;
    private final StringBuilder out = new StringBuilder();

    /** What colours say: how sure, how bad, what it is about. */
    enum Ink {
        STRONG("1"),
        FAINT("2"),
        BAD("1;31"),
        UNSURE("33"),
        MILD("36");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    TextPage(TextStyle style) {
        this.style = style;
    }

    String text() {
        return out.toString();
    }

    boolean ascii() {
        return style.ascii();
    }

    String symbol(String unicode, String ascii) {
        return style.ascii() ? ascii : unicode;
    }

    String safe(String outside) {
        return style.clean(outside);
    }

    /** {@return text from outside in at most {@code width} columns, with the middle left out where it is longer} */
    String fit(String outside, int width) {
        String text = safe(outside);
        if (TextWidth.of(text) <= width) {
            return text;
        }
        String gap = symbol("\u2026", "...");
        int rest = Math.max(0, width - gap.length());
        return TextWidth.head(text, rest - rest / 2) + gap + TextWidth.tail(text, rest / 2);
    }

    String paint(Ink ink, String text) {
        return style.colors() && !text.isEmpty() ? "\u001B[" + ink.code + 'm' + text + "\u001B[0m" : text;
    }

    String verdict(Race.Verdict verdict) {
        return paint(
                switch (verdict) {
                    case CERTAIN -> Ink.BAD;
                    case LIKELY -> Ink.UNSURE;
                    case POSSIBLE -> Ink.MILD;
                },
                verdict.name());
    }

    void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    void heading(String name, String rest) {
        line("");
        line(paint(Ink.STRONG, name) + (rest.isEmpty() ? "" : "   " + rest));
    }

    void heading(String name) {
        heading(name, "");
    }

    /** Writes a row of two columns. */
    void columns(String left, String right) {
        line("   " + pad(left, COLUMN) + "  " + right);
    }

    /** Underlines both columns. */
    void rules() {
        String rule = paint(Ink.FAINT, symbol("\u2500", "-").repeat(COLUMN));
        columns(rule, rule);
    }

    /** {@return one column: what happened, and at its right end where} */
    String cell(String what, String site) {
        String place = fit(site, COLUMN * 2 / 3);
        int room = COLUMN - 1 - TextWidth.of(place);
        return pad(fit(what, room), room) + ' ' + paint(Ink.FAINT, place);
    }

    String column(String outside) {
        return fit(outside, COLUMN);
    }

    /** Breaks at spaces, so that lines keep within the width where words let them. */
    void paragraph(String text) {
        paragraph("   ", text);
    }

    void paragraph(String indent, String text) {
        StringBuilder current = new StringBuilder(indent);
        int width = indent.length();
        boolean first = true;
        for (String word : text.split(" ", -1)) {
            int more = TextWidth.of(word);
            if (!first && width + 1 + more > WIDTH) {
                line(current.toString());
                current.setLength(indent.length());
                width = indent.length();
                first = true;
            }
            current.append(first ? "" : " ").append(word);
            width += more + (first ? 0 : 1);
            first = false;
        }
        line(current.toString());
    }

    /** Says how many were left out, if any were. */
    void more(long number, String noun) {
        if (number > 0) {
            line("   ... and " + count(number, "more " + noun) + " (--json has all)");
        }
    }

    String duration(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f %ss", nanos / 1e3, symbol("\u00B5", "u"));
        }
        if (nanos < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - TextWidth.of(text)));
    }

    static String seen(int count) {
        return count > 1 ? "   seen " + count + " times" : "";
    }

    static String count(long number, String noun) {
        int last = noun.length() - 1;
        boolean consonantY = noun.charAt(last) == 'y' && "aeiou".indexOf(noun.charAt(last - 1)) < 0;
        String plural = noun.endsWith("s") ? noun + "es" : consonantY ? noun.substring(0, last) + "ies" : noun + 's';
        return number + " " + (number == 1 ? noun : plural);
    }
}
