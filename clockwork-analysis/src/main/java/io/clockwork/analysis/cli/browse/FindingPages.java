package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.Access;
import io.clockwork.analysis.AtomicityViolation;
import io.clockwork.analysis.Deadlock;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.Race.Verdict;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.UnsafePublication;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was found to be wrong, and each finding with the accesses of both sides in two columns. */
final class FindingPages {
    private final Report report;
    private final Pen pen;

    FindingPages(Snapshot snapshot, Pen pen) {
        report = snapshot.report;
        this.pen = pen;
    }

    private int splitStart() {
        return report.races().size();
    }

    private int deadlockStart() {
        return splitStart() + report.atomicity().size();
    }

    private int publicationStart() {
        return deadlockStart() + report.deadlocks().size();
    }

    private int size() {
        return publicationStart() + report.publications().size();
    }

    Page list() {
        return new Rows("Findings", "nothing was found", size(), this::line, row -> Place.of(Kind.FINDING, row));
    }

    private Line line(int row) {
        if (row < splitStart()) {
            Race race = report.races().get(row);
            return line(race.verdict(), name(race.kind()), race.variable(), sites(race.first(), race.second()));
        }
        if (row < deadlockStart()) {
            AtomicityViolation split = report.atomicity().get(row - splitStart());
            String on = split.block().isEmpty() ? split.variable() : split.block();
            return line(split.verdict(), name(split.kind()), on, sites(split.first(), split.last()));
        }
        if (row < publicationStart()) {
            Deadlock deadlock = report.deadlocks().get(row - deadlockStart());
            String locks = deadlock.sides().stream().map(Deadlock.Side::lock).collect(Collectors.joining(", "));
            return line(
                    deadlock.verdict(),
                    "deadlock",
                    locks,
                    deadlock.sides().get(0).site());
        }
        UnsafePublication unsafe = report.publications().get(row - publicationStart());
        return line(null, "unsynced publish", unsafe.content(), sites(unsafe.published(), unsafe.seen()));
    }

    private Line line(@Nullable Verdict verdict, String kind, String on, String sites) {
        int room = Math.max(20, pen.width() - 10 - 18 - 1);
        return pen.line()
                .cell(Pen.tone(verdict), verdict == null ? "" : verdict.name(), 10)
                .cell(Tone.PLAIN, kind, 18)
                .cell(Tone.STRONG, on, room * 2 / 5)
                .add(" ")
                .cell(Tone.FAINT, sites, room - room * 2 / 5);
    }

    private static String name(Enum<?> kind) {
        return switch (kind.name()) {
            case "LOST_UPDATE" -> "lost update";
            case "WRITE_WRITE" -> "two writes";
            case "READ_WRITE" -> "read and write";
            case "CHECK_THEN_ACT" -> "check then act";
            default -> "not serializable";
        };
    }

    private static String sites(Access a, Access b) {
        if (a.site().isEmpty() && b.site().isEmpty()) {
            return "";
        }
        return (a.site().isEmpty() ? "?" : a.site()) + " / " + (b.site().isEmpty() ? "?" : b.site());
    }

    Page finding(int row) {
        Rows.Builder rows = new Rows.Builder(pen);
        if (row >= size()) {
            rows.paragraph("this finding is not in the files any more; Esc goes back");
            return rows.build("Finding");
        }
        rows.add(line(row));
        rows.blank();
        if (row < splitStart()) {
            race(rows, report.races().get(row));
        } else if (row < deadlockStart()) {
            split(rows, report.atomicity().get(row - splitStart()));
        } else if (row < publicationStart()) {
            deadlock(rows, report.deadlocks().get(row - deadlockStart()));
        } else {
            publication(rows, report.publications().get(row - publicationStart()));
        }
        return rows.build("Finding " + (row + 1));
    }

    private void race(Rows.Builder rows, Race race) {
        sides(rows, race.first(), race.second());
        race.witness().forEach(access -> cell(rows, access, race.first(), ""));
        rows.blank();
        rows.paragraph(
                switch (race.kind()) {
                    case LOST_UPDATE -> "Both start from what they read: one of the updates is lost.";
                    case WRITE_WRITE -> "Which of the values stays depends on timing.";
                    case READ_WRITE -> "What is read depends on timing.";
                });
        rows.paragraph(
                switch (race.verdict()) {
                    case CERTAIN -> "Nothing orders the two.";
                    case LIKELY -> "Nothing orders the two, but another race would have to go the other way first.";
                    case POSSIBLE -> "Only this run's luck ordered the two: no lock protects both.";
                });
        ending(rows, race.variable(), race.count());
    }

    private void ending(Rows.Builder rows, String variable, int count) {
        if (count > 1) {
            rows.paragraph("Seen " + count + " times at these places; this is the first.");
        }
        rows.blank();
        rows.pair("audit trail", variable, Place.trail(variable));
    }

    private void split(Rows.Builder rows, AtomicityViolation split) {
        Access first = split.first();
        sides(
                rows,
                first,
                split.between().isEmpty() ? split.last() : split.between().get(0));
        for (AtomicityViolation.Step step : split.steps()) {
            cell(rows, step.access(), first, split.block().isEmpty() ? "" : step.variable() + ": ");
        }
        rows.blank();
        rows.paragraph(
                switch (split.kind()) {
                    case LOST_UPDATE -> "Both start from what they read; what is written in between is lost.";
                    case CHECK_THEN_ACT -> "What was read is no longer there when it is acted on.";
                    case NOT_SERIALIZABLE -> "No order of whole blocks, one after the other, gives what happened.";
                });
        ending(rows, split.variable(), split.count());
    }

    private void publication(Rows.Builder rows, UnsafePublication unsafe) {
        step(rows, "written", unsafe.content(), unsafe.written());
        step(rows, "published", unsafe.reference(), unsafe.published());
        step(rows, "seen", unsafe.reference(), unsafe.seen());
        step(rows, "read", unsafe.content(), unsafe.read());
        ending(rows, unsafe.reference(), unsafe.count());
    }

    private static void step(Rows.Builder rows, String label, String variable, Access access) {
        rows.pair(label, variable + " by " + label(access) + "  " + access.site(), target(access.event()));
    }

    private static void deadlock(Rows.Builder rows, Deadlock deadlock) {
        for (Deadlock.Side side : deadlock.sides()) {
            String name = side.operation().isEmpty() ? side.task() : side.operation();
            rows.pair("task " + side.taskNumber(), name + (side.thread().isEmpty() ? "" : ", thread " + side.thread()));
            for (Deadlock.HeldLock held : side.held()) {
                rows.pair("  holds", held.lock() + "  " + held.site(), target(held.event()));
            }
            rows.pair("  asks for", side.lock() + "  " + side.site(), target(side.event()));
            rows.blank();
        }
        rows.paragraph(
                deadlock.verdict() == Verdict.CERTAIN
                        ? "An order of this run's events leads all of them there: from then on none goes on."
                        : "Neither causality nor a common lock keeps them from meeting there.");
    }

    private static @Nullable Place target(int event) {
        return event < 0 ? null : Place.of(Kind.EVENT, event);
    }

    private static String label(Access access) {
        return "task " + access.taskNumber() + ": "
                + (access.operation().isEmpty() ? access.task() : access.operation());
    }

    private static String where(Access access) {
        String thread = access.thread().isEmpty() ? access.service() : "thread " + access.thread();
        return access.locks().isEmpty() ? thread : thread + ", holds " + String.join(", ", access.locks());
    }

    private int column() {
        return Math.max(16, (pen.width() - 2) / 2);
    }

    private void sides(Rows.Builder rows, Access left, Access right) {
        rows.add(columns(Tone.STRONG, label(left), label(right)));
        rows.add(columns(Tone.PLAIN, where(left), where(right)));
        String rule = pen.symbol("\u2500", "-").repeat(column());
        rows.add(columns(Tone.FAINT, rule, rule));
    }

    private Line columns(Tone tone, String left, String right) {
        return pen.line().cell(tone, left, column()).add("  ").cell(tone, right, column());
    }

    private void cell(Rows.Builder rows, Access access, Access left, String prefix) {
        Line line = pen.line();
        if (access.taskNumber() != left.taskNumber()) {
            line.add(" ".repeat(column() + 2));
        }
        String what =
                prefix + (access.write() ? "write" : "read") + (access.value() == null ? "" : " " + access.value());
        line.cell(access.write() ? Tone.UNSURE : Tone.MILD, what, column() / 2)
                .add(" ")
                .cell(Tone.FAINT, access.site(), column() - column() / 2 - 1);
        rows.add(line, target(access.event()));
    }
}
