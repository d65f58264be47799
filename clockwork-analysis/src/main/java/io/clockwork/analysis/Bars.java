package io.clockwork.analysis;

import io.clockwork.analysis.CriticalPath.Contribution;
import io.clockwork.analysis.CriticalPath.Section;
import io.clockwork.analysis.TextPage.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The parts of a time as bars: those of one path one after the other as on a time line, others by size. What is shown
 * always sums to the whole: the bars to the full width, the numbers to 100.0%.
 */
final class Bars {
    private static final int CELLS = 16;
    private static final int MAX_SECTIONS = 16;
    private static final int WHOLE = 1000;
    /** Followed by the blocks of seven eighths to one. */
    private static final char FULL_BLOCK = '\u2588';

    private static final int LABEL = TextPage.WIDTH - 3 - 6 - 1 - CELLS - 1 - 9 - 2;

    private final TextPage page;
    private final long elapsed;

    private record Part(String label, long nanos) {}

    Bars(TextPage page, long elapsed) {
        this.page = page;
        this.elapsed = elapsed;
    }

    /** A path of few sections in their order; of a longer one the operations. */
    void path(CriticalPath path) {
        if (path.sections().size() > MAX_SECTIONS) {
            operations(path.byOperation(), MAX_SECTIONS);
            return;
        }
        List<Part> parts = new ArrayList<>();
        for (Section section : path.sections()) {
            String waiting = section.reason() == PathReason.WAITING ? " (waiting)" : "";
            parts.add(new Part(CriticalPath.nameOf(section.service(), section.operation()) + waiting, section.nanos()));
        }
        render(parts, true);
    }

    /** The largest first, the rest in one row. */
    void operations(List<Contribution> all, int max) {
        List<Part> parts = new ArrayList<>();
        int shown = all.size() <= max ? all.size() : max - 1;
        all.subList(0, shown).forEach(part -> parts.add(new Part(part.name(), part.nanos())));
        if (shown < all.size()) {
            long rest = all.stream().skip(shown).mapToLong(Contribution::nanos).sum();
            parts.add(new Part("... " + TextPage.count(all.size() - shown, "other operation"), rest));
        }
        render(parts, false);
    }

    private void render(List<Part> parts, boolean inOrder) {
        int[] shares = shares(parts, WHOLE);
        int[] eighths = shares(parts, CELLS * 8);
        long before = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            int from = cell(before);
            before += part.nanos();
            page.line(String.format(Locale.ROOT, "   %5.1f%% ", shares[i] / 10.0)
                    + (inOrder ? step(from, cell(before)) : bar(eighths[i]))
                    + String.format(Locale.ROOT, " %9s  ", page.duration(part.nanos()))
                    + page.fit(part.label(), LABEL));
        }
    }

    private int cell(long nanos) {
        return elapsed == 0 ? 0 : (int) Math.round((double) nanos / elapsed * CELLS);
    }

    /** A bar where it is on the time line; a part that is too short for a cell is a thin line. */
    private String step(int from, int to) {
        String cells = to > from ? page.symbol("\u2588", "#").repeat(to - from) : page.symbol("\u258F", "|");
        int width = Math.max(1, to - from);
        int start = to > from ? from : Math.min(from, CELLS - 1);
        return " ".repeat(start) + page.paint(Ink.MILD, cells) + " ".repeat(CELLS - start - width);
    }

    private String bar(int eighths) {
        int rounded = page.ascii() ? (eighths + 4) / 8 * 8 : eighths;
        String part = rounded % 8 == 0 ? "" : String.valueOf((char) (FULL_BLOCK + 8 - rounded % 8));
        String cells = page.symbol("\u2588", "#").repeat(rounded / 8) + part;
        return TextPage.pad(page.paint(Ink.MILD, cells.isEmpty() ? page.symbol("\u258F", "|") : cells), CELLS);
    }

    /** {@return the parts of {@code whole}, rounded so that they sum to what all make together: largest remainders} */
    private int[] shares(List<Part> parts, int whole) {
        int[] shares = new int[parts.size()];
        if (elapsed == 0) {
            return shares;
        }
        double[] rests = new double[parts.size()];
        List<Integer> byRest = new ArrayList<>();
        long sum = 0;
        int given = 0;
        for (int i = 0; i < shares.length; i++) {
            double exact = (double) parts.get(i).nanos() / elapsed * whole;
            shares[i] = (int) exact;
            rests[i] = exact - shares[i];
            given += shares[i];
            sum += parts.get(i).nanos();
            byRest.add(i);
        }
        byRest.sort(Comparator.comparingDouble((Integer i) -> -rests[i]));
        int left = (int) Math.round((double) sum / elapsed * whole) - given;
        for (int k = 0; k < left && k < shares.length; k++) {
            shares[byRest.get(k)]++;
        }
        return shares;
    }
}
