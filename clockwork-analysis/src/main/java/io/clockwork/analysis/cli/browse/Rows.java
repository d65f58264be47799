package io.clockwork.analysis.cli.browse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A page of rows that are made when asked for. */
record Rows(String title, String empty, int size, IntFunction<Line> lines, Targets targets) implements Page {
    /** Where the rows lead to. */
    @FunctionalInterface
    interface Targets {
        @Nullable
        Place of(int row);
    }

    @Override
    public Line line(int row) {
        return lines.apply(row);
    }

    @Override
    public @Nullable Place open(int row) {
        return targets.of(row);
    }

    /** Collects the lines of a page that is short, each with the place where it leads to. */
    static final class Builder {
        private final Pen pen;
        private final List<Line> lines = new ArrayList<>();
        private final List<@Nullable Place> targets = new ArrayList<>();

        Builder(Pen pen) {
            this.pen = pen;
        }

        void add(Line line) {
            add(line, null);
        }

        void add(Line line, @Nullable Place target) {
            lines.add(line);
            targets.add(target);
        }

        void blank() {
            add(pen.line());
        }

        void paragraph(String text) {
            pen.wrap(text, pen.width()).forEach(part -> add(pen.line().add(part)));
        }

        /** Adds what {@code label} is, over several lines where it is long; nothing where it is empty. */
        void pair(String label, String value, @Nullable Place target) {
            if (value.isEmpty()) {
                return;
            }
            boolean first = true;
            for (String part : pen.wrap(value, Math.max(8, pen.width() - 12))) {
                add(pen.line().cell(Tone.FAINT, first ? label : "", 12).add(part), target);
                first = false;
            }
        }

        void pair(String label, String value) {
            pair(label, value, null);
        }

        Rows build(String title) {
            return new Rows(title, "there is nothing here", lines.size(), lines::get, targets::get);
        }
    }
}
