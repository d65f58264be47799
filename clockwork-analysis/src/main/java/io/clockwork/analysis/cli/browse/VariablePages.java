package io.clockwork.analysis.cli.browse;

import io.clockwork.analysis.Access;
import io.clockwork.analysis.AuditTrail;
import io.clockwork.analysis.AuditTrail.Entry;
import io.clockwork.analysis.SharedVariable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables, and who read and wrote one of them. */
final class VariablePages {
    private final Snapshot snapshot;
    private final Pen pen;

    VariablePages(Snapshot snapshot, Pen pen) {
        this.snapshot = snapshot;
        this.pen = pen;
    }

    Page list() {
        List<Snapshot.Variable> variables = snapshot.variables();
        Map<String, SharedVariable> shared = new HashMap<>();
        snapshot.report.variables().forEach(variable -> shared.put(variable.name(), variable));
        return new Rows(
                "Variables: Enter opens the audit trail",
                "no variable was read or written",
                variables.size(),
                row -> line(variables.get(row), shared.get(variables.get(row).name())),
                row -> Place.trail(variables.get(row).name()));
    }

    private Line line(Snapshot.Variable variable, @Nullable SharedVariable shared) {
        Line line = pen.line()
                .cell(Tone.PLAIN, variable.name(), Math.max(16, pen.width() - 45))
                .right(Tone.PLAIN, Pen.count(variable.accesses(), "access"), 18)
                .add("  ");
        if (shared == null) {
            return line.add(Tone.FAINT, "not shared");
        }
        line.add(Pen.count(shared.tasks(), "task"));
        return shared.races() > 0
                ? line.add(Tone.BAD, ", " + Pen.count(shared.races(), "race"))
                : line.add(Tone.FAINT, ", no race");
    }

    Page trail(String variable) {
        AuditTrail trail = snapshot.trail(variable);
        List<Entry> entries = trail.entries();
        return new Rows(
                "Audit trail of " + variable,
                "nobody read or wrote it",
                entries.size(),
                row -> entry(entries.get(row)),
                row -> Place.of(Kind.EVENT, entries.get(row).access().event()));
    }

    private Line entry(Entry entry) {
        Access access = entry.access();
        int room = Math.max(30, pen.width() - 8 - 6 - 1);
        String what = access.write()
                ? "write " + value(entry.oldValue()) + pen.arrow() + value(access.value())
                : "read " + value(access.value()) + (entry.sawWrite() < 0 ? "" : " of #" + entry.sawWrite());
        String who = "task " + access.taskNumber() + ": "
                + (access.operation().isEmpty() ? access.task() : access.operation());
        return pen.line()
                .cell(Tone.FAINT, "#" + access.event(), 8)
                .cell(access.write() ? Tone.UNSURE : Tone.MILD, what, room * 4 / 10)
                .cell(Tone.BAD, entry.raced() ? " RACED" : "", 7)
                .cell(Tone.PLAIN, who, room * 3 / 10 - 1)
                .add(" ")
                .cell(Tone.FAINT, access.site(), room - room * 4 / 10 - room * 3 / 10);
    }

    private static String value(@Nullable Object value) {
        return value == null ? "?" : value.toString();
    }
}
