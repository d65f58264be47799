package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.CriticalPath.Section;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.PathReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Critical paths, and the sections of one. */
final class PathPages {
    private final Snapshot snapshot;
    private final List<CriticalPath> responses;
    private final List<CriticalPath> completions;
    private final Pen pen;

    PathPages(Snapshot snapshot, Pen pen) {
        this.snapshot = snapshot;
        responses = snapshot.report.criticalPaths();
        completions = snapshot.report.completionPaths();
        this.pen = pen;
    }

    private CriticalPath get(int number) {
        return number < responses.size() ? responses.get(number) : completions.get(number - responses.size());
    }

    Page list() {
        return new Rows(
                "Critical paths",
                "there are none: the log has no operations or no times",
                responses.size() + completions.size(),
                this::line,
                row -> Place.of(Kind.PATH, row));
    }

    private Line line(int row) {
        CriticalPath path = get(row);
        String trace = path.trace().isEmpty() ? "" : path.trace();
        int room = Math.max(20, pen.width() - 39);
        String service = path.service().isEmpty() ? "" : path.service() + ": ";
        return pen.line()
                .cell(Tone.FAINT, row < responses.size() ? "response" : "completion", 12)
                .cell(Tone.PLAIN, service + path.operation(), room * 2 / 3)
                .add(" ")
                .cell(Tone.FAINT, trace, room - room * 2 / 3 - 1)
                .right(Tone.MILD, amount(path.elapsedNanos()), 12)
                .right(Tone.PLAIN, Pen.count(path.sections().size(), "section"), 15);
    }

    Page path(int number) {
        if (number >= responses.size() + completions.size()) {
            return new Rows("Path", "this path is not in the files any more", 0, row -> pen.line(), row -> null);
        }
        CriticalPath path = get(number);
        List<Section> sections = path.sections();
        List<String> warnings = path.warnings();
        return new Rows(
                "Path of " + path.operation() + ", " + amount(path.elapsedNanos()),
                "it took no time",
                sections.size() + warnings.size(),
                row -> row < sections.size()
                        ? section(path, sections.get(row))
                        : pen.line().add(Tone.UNSURE, "! " + warnings.get(row - sections.size())),
                row -> row < sections.size() ? event(sections.get(row)) : null);
    }

    /** {@return a time, or of a log without times a number of events} */
    private String amount(long nanos) {
        return snapshot.log.isTimed() ? pen.duration(nanos) : Pen.count(nanos, "event");
    }

    private Line section(CriticalPath path, Section section) {
        long elapsed = path.elapsedNanos();
        String waiting = section.reason() == PathReason.WAITING ? " (waiting)" : "";
        String bar = pen.bar(section.startNanos() - path.startNanos(), section.endNanos() - path.startNanos(), elapsed);
        return pen.line()
                .right(Tone.STRONG, Pen.percent(elapsed == 0 ? 0 : (double) section.nanos() / elapsed), 6)
                .add(" ")
                .add(Tone.MILD, bar)
                .right(Tone.PLAIN, amount(section.nanos()), 10)
                .add("  ")
                .add((section.service().isEmpty() ? "" : section.service() + ": ") + section.operation() + waiting);
    }

    /** {@return the first event of the section's task at or after its start} */
    private @Nullable Place event(Section section) {
        EventLog log = snapshot.log;
        for (int event = 0; event < log.size(); event++) {
            if (log.task(event) == section.taskNumber() && log.nanos(event) >= section.startNanos()) {
                return Place.of(Kind.EVENT, event);
            }
        }
        return null;
    }
}
