package io.clockwork.analysis;

import io.clockwork.analysis.Race.Kind;
import io.clockwork.analysis.Race.Verdict;
import java.util.List;
import java.util.Locale;

/** Renders a report as text of 80 columns. Text that came from outside is shown with its control characters escaped. */
final class TextReport {
    private static final int WIDTH = 80;
    static final int COLUMN = 36;
    private static final int BAR = 16;
    private static final int MAX_ROWS = 12;
    private static final int MAX_PATHS = 10;
    private static final int MAX_VARIABLES = 40;
    private static final int MAX_ORDERS = 10;

    private final Report report;
    private final StringBuilder out = new StringBuilder();

    TextReport(Report report) {
        this.report = report;
    }

    String render() {
        line(count(report.events(), "event") + ", " + count(report.tasks(), "task") + ", "
                + count(report.traces(), "trace"));
        renderRaces();
        FindingsText findings = new FindingsText(this, report);
        findings.render();
        renderVariables();
        renderOrders();
        renderCriticalPaths("CRITICAL PATH", report.criticalPaths());
        new PathsText(this, report).render();
        findings.renderSuppressed();
        renderDiagnostics();
        return out.toString();
    }

    private void renderRaces() {
        if (report.variables().isEmpty() && report.races().isEmpty()) {
            return;
        }
        heading(
                report.races().isEmpty()
                        ? "NO RACES"
                        : "RACES   " + report.count(Verdict.CERTAIN) + " certain, " + report.count(Verdict.LIKELY)
                                + " likely, " + report.count(Verdict.POSSIBLE) + " possible");
        int number = 1;
        for (Race race : report.races()) {
            renderRace(number++, race);
        }
    }

    private void renderRace(int number, Race race) {
        String title = number + ". " + title(race.kind()) + " on " + clean(race.variable());
        String seen = race.count() > 1 ? "   seen " + race.count() + " times" : "";
        line(title + "   " + race.verdict() + seen);
        // By task, not by time: the same columns for the same program whoever came first.
        boolean swap = race.first().taskNumber() > race.second().taskNumber();
        Access left = swap ? race.second() : race.first();
        Access right = swap ? race.first() : race.second();
        columns(label(left), label(right));
        columns(place(left), place(right));
        columns("-".repeat(COLUMN), "-".repeat(COLUMN));
        for (Access access : race.witness()) {
            String what =
                    pad(describe(access), COLUMN - 1 - clean(access.site()).length()) + ' ' + clean(access.site());
            columns(sameTask(access, left) ? what : "", sameTask(access, left) ? "" : what);
        }
        if (race.kind() == Kind.LOST_UPDATE) {
            paragraph(update(race, left) + " and " + update(race, right)
                    + ": both started from the same value, so one of the updates is lost.");
        }
        paragraph(reason(race));
        line("");
    }

    static boolean sameTask(Access a, Access b) {
        return a.taskNumber() == b.taskNumber();
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case LOST_UPDATE -> "LOST UPDATE";
            case WRITE_WRITE -> "WRITE-WRITE RACE";
            case READ_WRITE -> "READ-WRITE RACE";
        };
    }

    static String label(Access access) {
        return "task " + access.taskNumber() + ": "
                + clean(access.operation().isEmpty() ? access.task() : access.operation());
    }

    static String place(Access access) {
        String thread = access.thread().isEmpty() ? clean(access.service()) : "thread " + clean(access.thread());
        return access.locks().isEmpty() ? thread : thread + ", holds " + clean(String.join(", ", access.locks()));
    }

    static String describe(Access access) {
        String verb = access.write() ? "write" : "read";
        return access.value() == null ? verb : verb + ' ' + clean(String.valueOf(access.value()));
    }

    private static String update(Race race, Access side) {
        StringBuilder update = new StringBuilder();
        for (Access access : race.witness()) {
            if (sameTask(access, side)) {
                update.append(update.length() == 0 ? "" : "\u2192").append(clean(String.valueOf(access.value())));
            }
        }
        return update.toString();
    }

    private static String reason(Race race) {
        return switch (race.verdict()) {
            case CERTAIN -> "Nothing orders them: no fork, join, message or lock leads from one to the other.";
            case LIKELY -> "Nothing recorded orders them, but an earlier race would have to go the other way first.";
            case POSSIBLE ->
                "Only this run's timing ordered them, and no lock was held at both: in another run they"
                        + " may overlap.";
        };
    }

    private void renderVariables() {
        List<SharedVariable> quiet = report.variables().stream()
                .filter(variable -> variable.races() == 0)
                .toList();
        if (quiet.isEmpty()) {
            return;
        }
        heading("SHARED WITHOUT A RACE");
        int shown = 0;
        for (SharedVariable variable : quiet) {
            if (shown++ == MAX_VARIABLES) {
                line("   ... and " + count(quiet.size() - MAX_VARIABLES, "more variable") + " (--json has all)");
                break;
            }
            String order = variable.commonLocks().isEmpty()
                    ? "ordered by forks, joins, messages and locks"
                    : "ordered by the lock " + clean(String.join(", ", variable.commonLocks()))
                            + ", held at every access";
            line("   " + clean(variable.name()) + ": " + count(variable.accesses(), "access") + " by "
                    + count(variable.tasks(), "task"));
            line("      " + order);
        }
    }

    private void renderOrders() {
        if (report.orders().isEmpty()) {
            return;
        }
        heading("CAUSAL ORDER");
        int shown = 0;
        for (CausalOrder order : report.orders()) {
            if (shown++ == MAX_ORDERS) {
                line("   ... and " + count(report.orders().size() - MAX_ORDERS, "more trace") + " (--json has all)");
                break;
            }
            String name = order.trace().isEmpty() ? "" : clean(order.trace()) + ": ";
            line("   " + name + count(order.hosts(), "host") + ", " + count(order.events(), "event"));
            line("      " + count(order.concurrentPairs(), "concurrent pair") + ", longest chain "
                    + order.longestChain());
        }
    }

    void renderCriticalPaths(String title, List<CriticalPath> paths) {
        int shown = 0;
        for (CriticalPath path : paths) {
            if (shown++ == MAX_PATHS) {
                line("");
                line("... and " + (paths.size() - MAX_PATHS) + " more " + title.toLowerCase(Locale.ROOT)
                        + "s (--json has all)");
                break;
            }
            renderCriticalPath(title, path);
        }
    }

    /** A path of few sections in their order; of a longer one the operations, so that the rows always sum to 100%. */
    private void renderCriticalPath(String title, CriticalPath path) {
        heading(title + "   " + clean(path.operation()) + "   " + duration(path.elapsedNanos()));
        if (path.sections().size() <= MAX_ROWS) {
            path.sections()
                    .forEach(section -> bar(
                            path,
                            section.nanos(),
                            section.service() + ": " + section.operation()
                                    + (section.reason() == PathReason.WAITING ? " (waiting)" : "")));
        } else {
            List<CriticalPath.Contribution> parts = path.byOperation();
            int shown = parts.size() <= MAX_ROWS ? parts.size() : MAX_ROWS - 1;
            parts.subList(0, shown).forEach(part -> bar(path, part.nanos(), part.name()));
            long rest = parts.stream()
                    .skip(shown)
                    .mapToLong(CriticalPath.Contribution::nanos)
                    .sum();
            if (shown < parts.size()) {
                bar(path, rest, "... " + count(parts.size() - shown, "other operation"));
            }
        }
        path.warnings().forEach(warning -> paragraph("! " + clean(warning)));
    }

    private void bar(CriticalPath path, long nanos, String label) {
        double share = path.elapsedNanos() == 0 ? 0 : (double) nanos / path.elapsedNanos();
        line(String.format(
                Locale.ROOT,
                "   %5.1f%% %-" + BAR + "s %9s  %s",
                share * 100,
                "#".repeat((int) Math.round(share * BAR)),
                duration(nanos),
                clean(label)));
    }

    private void renderDiagnostics() {
        if (report.diagnostics().isEmpty()) {
            return;
        }
        heading("WHAT IS NOT KNOWN");
        report.diagnostics().forEach(diagnostic -> paragraph(clean(diagnostic.toString())));
    }

    void heading(String text) {
        line("");
        line(text);
    }

    void columns(String left, String right) {
        line(("   " + pad(left, COLUMN) + "  " + right).stripTrailing());
    }

    void line(String text) {
        out.append(text).append('\n');
    }

    /** Breaks at spaces, so that lines keep within the width where words let them. */
    void paragraph(String text) {
        StringBuilder current = new StringBuilder("  ");
        for (String word : text.split(" ", -1)) {
            if (current.length() + 1 + word.length() > WIDTH && current.length() > 2) {
                line(current.toString());
                current.setLength(2);
            }
            current.append(' ').append(word);
        }
        line(current.toString());
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    static String count(long number, String noun) {
        String plural = noun.endsWith("s") ? noun + "es" : noun + 's';
        return number + " " + (number == 1 ? noun : plural);
    }

    static String duration(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
        }
        if (nanos < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /** Escapes what a terminal might obey or reorder: controls, format characters and lone surrogates. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isUnsafe(c)) {
                clean.append(String.format("\\u%04x", c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
