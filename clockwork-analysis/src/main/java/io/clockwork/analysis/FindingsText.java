package io.clockwork.analysis;

import static io.clockwork.analysis.TextReport.clean;

import io.clockwork.analysis.AtomicityViolation.Kind;
import io.clockwork.analysis.Race.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections of the text about split steps, unsafe publications, deadlocks and suppressed findings. */
final class FindingsText {
    private final TextReport text;
    private final Report report;

    FindingsText(TextReport text, Report report) {
        this.text = text;
        this.report = report;
    }

    static String words(Race race) {
        return race.verdict() + " " + race.kind() + " race on " + race.variable() + " at "
                + sites(Stream.of(race.first(), race.second()).map(Access::site));
    }

    static String words(AtomicityViolation violation) {
        return violation.verdict() + " " + violation.kind() + " on " + violation.variable() + " at "
                + sites(violation.steps().stream().map(step -> step.access().site()));
    }

    static String words(UnsafePublication publication) {
        return "unsafe publication of " + publication.content() + " by " + publication.reference() + " at "
                + sites(Stream.of(publication.published(), publication.seen()).map(Access::site));
    }

    static String words(Deadlock deadlock) {
        return deadlock.verdict() + " deadlock on "
                + deadlock.sides().stream().map(Deadlock.Side::lock).collect(Collectors.joining(", ")) + " at "
                + sites(deadlock.sides().stream().map(Deadlock.Side::site));
    }

    private static String sites(Stream<String> sites) {
        return sites.map(site -> site.isEmpty() ? "?" : site).collect(Collectors.joining(" / "));
    }

    void render() {
        renderAtomicity();
        renderPublications();
        renderDeadlocks();
    }

    private static String byVerdict(Stream<Verdict> verdicts) {
        List<Verdict> all = verdicts.toList();
        long certain =
                all.stream().filter(verdict -> verdict == Verdict.CERTAIN).count();
        return certain + " certain, " + (all.size() - certain) + " possible";
    }

    /** A variable that races is dealt with there: what it needs is a lock, and then it is split no more. */
    private void renderAtomicity() {
        if (report.atomicity().isEmpty()) {
            return;
        }
        text.heading("SPLIT STEPS   " + byVerdict(report.atomicity().stream().map(AtomicityViolation::verdict)));
        Set<String> racing = new HashSet<>();
        report.races().forEach(race -> racing.add(race.variable()));
        int number = 1;
        int left = 0;
        for (AtomicityViolation violation : report.atomicity()) {
            if (racing.contains(violation.variable())) {
                left++;
            } else {
                renderViolation(number++, violation);
            }
        }
        if (left > 0) {
            text.paragraph(TextReport.count(left, "split step")
                    + " on variables that race, above, not shown (--json has all)");
        }
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case LOST_UPDATE -> "LOST UPDATE";
            case CHECK_THEN_ACT -> "CHECK THEN ACT";
            case NOT_SERIALIZABLE -> "NOT SERIALIZABLE";
        };
    }

    private void renderViolation(int number, AtomicityViolation violation) {
        String on = violation.block().isEmpty() ? violation.variable() : violation.block();
        String seen = violation.count() > 1 ? "   seen " + violation.count() + " times" : "";
        text.line(number + ". " + title(violation.kind()) + " on " + clean(on) + "   " + violation.verdict() + seen);
        Access left = violation.first();
        Access right = violation.between().get(0);
        text.columns(TextReport.label(left), TextReport.label(right));
        text.columns(TextReport.place(left), TextReport.place(right));
        text.columns("-".repeat(TextReport.COLUMN), "-".repeat(TextReport.COLUMN));
        boolean oneVariable = violation.steps().stream()
                        .map(AtomicityViolation.Step::variable)
                        .distinct()
                        .count()
                == 1;
        for (AtomicityViolation.Step step : violation.steps()) {
            Access access = step.access();
            String name = oneVariable && violation.block().isEmpty() ? "" : clean(step.variable()) + ": ";
            String what = name + TextReport.describe(access);
            String site = clean(access.site());
            String row = TextReport.pad(what, TextReport.COLUMN - 1 - site.length()) + ' ' + site;
            boolean own = TextReport.sameTask(access, left);
            text.columns(own ? row : "", own ? "" : row);
        }
        text.paragraph(
                switch (violation.kind()) {
                    case LOST_UPDATE -> "Both start from what they read; what is written in between is lost.";
                    case CHECK_THEN_ACT -> "What was read is no longer there when it is acted on.";
                    case NOT_SERIALIZABLE -> "No order of whole blocks, one after the other, gives what happened.";
                });
        if (violation.verdict() == Verdict.POSSIBLE) {
            text.paragraph("Only this run's timing kept them apart; no lock was held all the while.");
        }
        text.line("");
    }

    private void renderPublications() {
        if (report.publications().isEmpty()) {
            return;
        }
        text.heading("PUBLISHED WITHOUT SYNC");
        for (UnsafePublication publication : report.publications()) {
            text.line("   " + clean(publication.content()) + " by " + clean(publication.reference()));
            row("written", publication.written());
            row("published", publication.published());
            row("seen", publication.seen());
            row("read", publication.read());
        }
    }

    private void row(String what, Access access) {
        String who = TextReport.label(access);
        text.line(("      " + TextReport.pad(what, 10) + TextReport.pad(clean(access.site()), 24) + ' ' + who)
                .stripTrailing());
    }

    private void renderDeadlocks() {
        if (report.deadlocks().isEmpty()) {
            return;
        }
        text.heading("DEADLOCKS   " + byVerdict(report.deadlocks().stream().map(Deadlock::verdict)));
        int number = 1;
        for (Deadlock deadlock : report.deadlocks()) {
            text.line(number++ + ". " + TextReport.count(deadlock.sides().size(), "task") + " in a circle   "
                    + deadlock.verdict() + (deadlock.count() > 1 ? "   seen " + deadlock.count() + " times" : ""));
            for (Deadlock.Side side : deadlock.sides()) {
                String name = side.operation().isEmpty() ? side.task() : side.operation();
                String thread = side.thread().isEmpty() ? "" : ", thread " + clean(side.thread());
                text.line("   task " + side.taskNumber() + ": " + clean(name) + thread);
                for (Deadlock.HeldLock held : side.held()) {
                    lock("holds", held.lock(), held.shared(), held.site());
                }
                lock("asks for", side.lock(), side.shared(), side.site());
            }
            text.paragraph(
                    deadlock.verdict() == Verdict.CERTAIN
                            ? "An order of this run's events leads all of them there: from then on none goes on."
                            : "Neither causality nor a common lock keeps them from meeting there.");
            text.line("");
        }
    }

    private void lock(String what, String lock, boolean shared, String site) {
        String name = clean(lock) + (shared ? " (shared)" : "");
        text.line(("      " + TextReport.pad(what, 9) + TextReport.pad(name, 30) + ' ' + clean(site)).stripTrailing());
    }

    void renderSuppressed() {
        if (report.suppressed().isEmpty()) {
            return;
        }
        text.heading("SUPPRESSED   " + TextReport.count(report.suppressed().size(), "finding"));
        for (Suppressed suppressed : report.suppressed()) {
            text.line("   " + suppressed.id());
            text.paragraph(clean(suppressed.finding()));
            text.paragraph("because: " + clean(suppressed.reason()));
        }
    }
}
