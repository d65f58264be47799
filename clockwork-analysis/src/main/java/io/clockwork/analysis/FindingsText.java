package io.clockwork.analysis;

import io.clockwork.analysis.AtomicityViolation.Kind;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.TextPage.Ink;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections of the text about split steps, unsafe publications, deadlocks and suppressed findings. */
final class FindingsText {
    private static final int MAX_FINDINGS = 20;

    private final TextPage page;
    private final AccessText accesses;
    private final Report report;

    FindingsText(TextPage page, Report report) {
        this.page = page;
        this.report = report;
        accesses = new AccessText(page);
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
        page.heading("SPLIT STEPS", byVerdict(report.atomicity().stream().map(AtomicityViolation::verdict)));
        List<AtomicityViolation> alone = Summary.splitWithoutRace(report);
        int number = 1;
        for (AtomicityViolation violation : alone.subList(0, Math.min(alone.size(), MAX_FINDINGS))) {
            if (number > 1) {
                page.line("");
            }
            renderViolation(number++, violation);
        }
        page.more(alone.size() - MAX_FINDINGS, "split step");
        int left = report.atomicity().size() - alone.size();
        if (left > 0) {
            page.paragraph(
                    TextPage.count(left, "split step") + " on variables that race, above, not shown (--json has all)");
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
        page.line(number + ". " + title(violation.kind()) + " on " + page.paint(Ink.STRONG, page.fit(on, 40)) + "   "
                + page.verdict(violation.verdict()) + TextPage.seen(violation.count()));
        Access left = violation.first();
        accesses.heads(left, violation.between().get(0));
        boolean oneVariable = violation.steps().stream()
                        .map(AtomicityViolation.Step::variable)
                        .distinct()
                        .count()
                == 1;
        for (AtomicityViolation.Step step : violation.steps()) {
            String name = oneVariable && violation.block().isEmpty() ? "" : step.variable() + ": ";
            accesses.row(step.access(), left, name);
        }
        page.paragraph(
                switch (violation.kind()) {
                    case LOST_UPDATE -> "Both start from what they read; what is written in between is lost.";
                    case CHECK_THEN_ACT -> "What was read is no longer there when it is acted on.";
                    case NOT_SERIALIZABLE -> "No order of whole blocks, one after the other, gives what happened.";
                });
        if (violation.verdict() == Verdict.POSSIBLE) {
            page.paragraph("Only this run's timing kept them apart; no lock was held all the while.");
        }
    }

    private void renderPublications() {
        List<UnsafePublication> all = report.publications();
        if (all.isEmpty()) {
            return;
        }
        page.heading("PUBLISHED WITHOUT SYNC");
        for (UnsafePublication publication : all.subList(0, Math.min(all.size(), MAX_FINDINGS))) {
            page.line("   " + page.paint(Ink.STRONG, page.fit(publication.content(), 32)) + " by "
                    + page.fit(publication.reference(), 32));
            row("written", publication.written());
            row("published", publication.published());
            row("seen", publication.seen());
            row("read", publication.read());
        }
        page.more(all.size() - MAX_FINDINGS, "publication");
    }

    private void row(String what, Access access) {
        String site = TextPage.pad(page.fit(access.site(), 24), 24);
        page.line("      " + TextPage.pad(what, 10) + page.paint(Ink.FAINT, site) + ' '
                + page.fit(AccessText.label(access), 38));
    }

    private void renderDeadlocks() {
        List<Deadlock> all = report.deadlocks();
        if (all.isEmpty()) {
            return;
        }
        page.heading("DEADLOCKS", byVerdict(all.stream().map(Deadlock::verdict)));
        int number = 1;
        for (Deadlock deadlock : all.subList(0, Math.min(all.size(), MAX_FINDINGS))) {
            if (number > 1) {
                page.line("");
            }
            renderDeadlock(number++, deadlock);
        }
        page.more(all.size() - MAX_FINDINGS, "deadlock");
    }

    private void renderDeadlock(int number, Deadlock deadlock) {
        page.line(number + ". " + TextPage.count(deadlock.sides().size(), "task") + " in a circle   "
                + page.verdict(deadlock.verdict()) + TextPage.seen(deadlock.count()));
        for (Deadlock.Side side : deadlock.sides()) {
            String name = side.operation().isEmpty() ? side.task() : side.operation();
            String thread = side.thread().isEmpty() ? "" : ", thread " + page.fit(side.thread(), 24);
            page.line("   task " + side.taskNumber() + ": " + page.paint(Ink.STRONG, page.fit(name, 32)) + thread);
            for (Deadlock.HeldLock held : side.held()) {
                lock("holds", held.lock(), held.shared(), held.site());
            }
            lock("asks for", side.lock(), side.shared(), side.site());
        }
        page.paragraph(
                deadlock.verdict() == Verdict.CERTAIN
                        ? "An order of this run's events leads all of them there: from then on none goes on."
                        : "Neither causality nor a common lock keeps them from meeting there.");
    }

    private void lock(String what, String lock, boolean shared, String site) {
        String name = page.fit(lock, 28) + (shared ? " (shared)" : "");
        page.line("      " + TextPage.pad(what, 9) + TextPage.pad(name, 30) + ' '
                + page.paint(Ink.FAINT, page.fit(site, 33)));
    }

    void renderSuppressed() {
        if (report.suppressed().isEmpty()) {
            return;
        }
        page.heading("SUPPRESSED", TextPage.count(report.suppressed().size(), "finding"));
        for (Suppressed suppressed : report.suppressed()) {
            page.line("   " + page.safe(suppressed.id()));
            page.paragraph(page.safe(suppressed.finding()));
            page.paragraph("because: " + page.safe(suppressed.reason()));
        }
    }
}
