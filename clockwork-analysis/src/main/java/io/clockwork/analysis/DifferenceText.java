package io.clockwork.analysis;

import io.clockwork.analysis.Suspect.Clue;
import io.clockwork.analysis.TextPage.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Renders the difference between two sets of traces. */
final class DifferenceText {
    private static final int MAX_SUSPECTS = 5;
    private static final int MAX_CLUES = 3;
    private static final int MAX_CHANGES = 8;

    private final TextPage page;
    private final TraceDifference difference;

    DifferenceText(TraceDifference difference, TextStyle style) {
        this.difference = difference;
        page = new TextPage(style);
    }

    String render() {
        page.paragraph("", page.paint(Ink.STRONG, summary()));
        page.line(page.paint(
                Ink.FAINT,
                TextPage.count(difference.tracesBefore(), "trace") + " before, "
                        + TextPage.count(difference.tracesAfter(), "trace") + " after"));
        renderSuspects();
        renderChanges("SERVICES", difference.services());
        renderChanges("OPERATIONS", difference.operations());
        return page.text();
    }

    private String summary() {
        List<Suspect> suspects = suspects();
        if (difference.tracesBefore() == 0 || difference.tracesAfter() == 0) {
            return "There is nothing to compare: one of the sets has no traces.";
        }
        if (suspects.isEmpty()) {
            return "Nothing speaks for a service having changed.";
        }
        Suspect first = suspects.get(0);
        Clue clue = first.clues().get(0);
        return page.fit(first.service(), 40) + " is suspected first: " + what(clue) + " at "
                + operation(clue, first, 60, 40) + '.';
    }

    private List<Suspect> suspects() {
        return difference.suspects().stream()
                .filter(suspect -> !suspect.clues().isEmpty())
                .toList();
    }

    private void renderSuspects() {
        List<Suspect> suspects = suspects();
        if (suspects.isEmpty()) {
            return;
        }
        page.heading("SUSPECTS", "the most suspected first");
        double most = suspects.get(0).score();
        int number = 1;
        for (Suspect suspect : suspects.subList(0, Math.min(suspects.size(), MAX_SUSPECTS))) {
            int cells = most <= 0 ? 0 : (int) Math.round(suspect.score() / most * 16);
            String bar = page.symbol("\u2588", "#").repeat(Math.max(0, cells));
            page.line(TextPage.pad(number++ + ". " + page.paint(Ink.STRONG, page.fit(suspect.service(), 50)), 56)
                    + page.paint(Ink.MILD, bar));
            for (Clue clue : suspect.clues().subList(0, Math.min(suspect.clues().size(), MAX_CLUES))) {
                page.line("      " + TextPage.pad(what(clue), 12) + TextPage.pad(operation(clue, suspect, 28, 17), 51)
                        + amount(clue));
            }
        }
        page.more(suspects.size() - MAX_SUSPECTS, "suspect");
    }

    private static String what(Clue clue) {
        return switch (clue.kind()) {
            case SLOWER -> "slower";
            case FEWER_CALLS -> "fewer calls";
            case MORE_CALLS -> "more calls";
            case MORE_ERRORS -> "more errors";
        };
    }

    private String operation(Clue clue, Suspect suspect, int width, int calleeWidth) {
        String own = clue.caller().equals(suspect.service()) ? "" : clue.caller() + ": ";
        String operation = page.fit(own + clue.operation(), width);
        return clue.callee().equals(clue.caller())
                ? operation
                : operation + page.symbol(" \u2192 ", " -> ") + page.fit(clue.callee(), calleeWidth);
    }

    private String amount(Clue clue) {
        return clue.kind() == Suspect.Kind.SLOWER
                ? "+" + page.duration(Math.round(clue.nanosPerTrace()))
                : "in " + TextPage.count(clue.after(), "run");
    }

    /** The largest changes, up or down. */
    private void renderChanges(String title, List<TraceDifference.Change> changes) {
        List<TraceDifference.Change> moved = new ArrayList<>(changes);
        moved.removeIf(change -> Math.round(change.nanosPerTrace()) == 0);
        moved.sort(Comparator.comparingDouble((TraceDifference.Change change) -> -Math.abs(change.nanosPerTrace())));
        if (moved.isEmpty()) {
            return;
        }
        page.heading(title, "time on the critical paths per trace");
        for (TraceDifference.Change change : moved.subList(0, Math.min(moved.size(), MAX_CHANGES))) {
            long delta = Math.round(change.nanosPerTrace());
            String sign = delta > 0 ? "+" : "-";
            page.line(String.format(
                            Locale.ROOT,
                            "   %10s  %9s %s %-9s  ",
                            sign + page.duration(Math.abs(delta)),
                            page.duration(Math.round(change.before())),
                            page.symbol("\u2192", "->"),
                            page.duration(Math.round(change.after())))
                    + page.fit(change.name(), 40));
        }
        page.more(moved.size() - MAX_CHANGES, "change");
    }
}
