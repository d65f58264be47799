package io.clockwork.analysis.cli.browse;

import java.util.ArrayList;
import java.util.List;

/** The lines of the screen, as many as it has; rows that do not show are not made. */
final class Screen {
    private static final String HINT = "? keys  / search  Enter open  q quit";

    private final Browser browser;
    private final Pen pen;

    private Screen(Browser browser) {
        this.browser = browser;
        pen = new Pen(browser.style(), browser.width());
    }

    /**
     * One line as it shows.
     *
     * @param line its text
     * @param reversed whether it stands out, as the selected row does
     */
    record Shown(Line line, boolean reversed) {}

    static List<Shown> of(Browser browser) {
        return new Screen(browser).lines();
    }

    private List<Shown> lines() {
        List<Shown> all = new ArrayList<>();
        all.add(new Shown(views(), false));
        all.add(new Shown(title(), false));
        rows(all);
        if (browser.hasPreview()) {
            all.add(new Shown(rule(), false));
            List<Line> preview = browser.page().preview(browser.place().cursor());
            for (int i = 0; i < browser.page().previewSize(); i++) {
                Line line = pen.line().add("  ");
                if (i < preview.size()) {
                    preview.get(i).spans().forEach(span -> line.add(span.tone(), span.text()));
                }
                all.add(new Shown(line, false));
            }
        }
        all.add(new Shown(status(), false));
        return all.subList(Math.max(0, all.size() - browser.height()), all.size());
    }

    private Line views() {
        Line line = pen.line();
        for (Kind kind : Kind.VIEWS) {
            boolean current = kind == browser.view();
            line.add(kind == Kind.VIEWS.get(0) ? "" : " ").add(current ? "[" : "");
            line.add(current ? Tone.STRONG : Tone.FAINT, String.valueOf(kind.ordinal() + 1));
            line.add(current ? Tone.STRONG : Tone.PLAIN, kind.label()).add(current ? "]" : "");
        }
        return line;
    }

    private Line title() {
        Page page = browser.page();
        String where = page.size() == 0 ? "" : (browser.place().cursor() + 1) + "/" + page.size();
        return pen.line()
                .cell(Tone.STRONG, page.title(), Math.max(1, browser.width() - where.length() - 1))
                .right(Tone.FAINT, where, where.length() + 1);
    }

    private Line rule() {
        return pen.line().add(Tone.FAINT, pen.symbol("\u2500", "-").repeat(browser.width()));
    }

    private void rows(List<Shown> all) {
        Page page = browser.page();
        Place place = browser.place();
        for (int i = 0; i < browser.rows(); i++) {
            int row = place.top() + i;
            Line line = pen.line();
            boolean selected = row == place.cursor() && page.size() > 0;
            if (row < page.size()) {
                line.add(selected ? "> " : "  ");
                page.line(row).spans().forEach(span -> line.add(span.tone(), span.text()));
            } else if (page.size() == 0 && i == 1) {
                line.add("  ").add(Tone.FAINT, page.empty());
            }
            all.add(new Shown(line, selected));
        }
    }

    private Line status() {
        String typed = browser.typed();
        if (typed != null) {
            return pen.line().add("/" + typed).add(Tone.STRONG, "_");
        }
        String right = browser.isFollowing() ? "following" : "";
        String left = browser.message().isEmpty() ? HINT : browser.message();
        Tone tone = browser.message().isEmpty() ? Tone.FAINT : Tone.UNSURE;
        return pen.line()
                .cell(tone, left, Math.max(1, browser.width() - right.length() - 1))
                .right(Tone.MILD, right, right.length() + 1);
    }
}
