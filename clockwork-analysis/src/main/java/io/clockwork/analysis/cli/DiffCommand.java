package io.clockwork.analysis.cli;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.TraceDifference;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code diff BEFORE AFTER} */
final class DiffCommand implements Command {
    @Override
    public CommandSpec spec() {
        SpecBuilder builder = SpecBuilder.named(
                        "diff",
                        "[OPTIONS] BEFORE AFTER",
                        "Compares two sets of traces: which service brought about the difference, and where the"
                                + " time on the critical paths went. Of executions without times, such as ShiViz"
                                + " logs, it tells which hosts, events and orders only one has.")
                .files("BEFORE AFTER", "two sets: each a file, a folder or a quoted pattern such as 'monday/*.json'")
                .flag("--json", "print the difference as JSON");
        return LogInput.options(builder)
                .examples(
                        "  clockwork diff yesterday.json.gz today.json.gz",
                        "  clockwork diff before/ after/",
                        "  clockwork diff --json 'v1/*.json' 'v2/*.json'")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        List<String> sets = arguments.files();
        if (sets.size() != 2) {
            throw new UsageException("diff needs BEFORE and AFTER, got " + sets.size()
                    + (sets.size() > 2 ? " sets; a set of several files is a folder or a quoted pattern" : ""));
        }
        if (sets.get(0).equals(FileNames.STANDARD_INPUT) && sets.get(1).equals(FileNames.STANDARD_INPUT)) {
            throw new UsageException("standard input can be read only once");
        }
        List<String> earlier = FileNames.ofSet(sets.get(0));
        List<String> later = FileNames.ofSet(sets.get(1));
        EventLog before;
        EventLog after;
        TraceDifference difference;
        try (Progress progress = console.progress()) {
            LogInput input = LogInput.of(arguments, console, progress);
            before = input.read(earlier);
            after = input.read(later);
            difference = TraceDifference.of(before, after);
        }
        console.complain(sets.get(0), before.diagnostics());
        console.complain(sets.get(1), after.diagnostics());
        if (arguments.has("--json")) {
            console.printJson(difference.toJson());
        } else if (isUntimed(before) && isUntimed(after)) {
            console.out().print(ExecutionText.difference(before, after, console.style()));
        } else {
            console.out().print(difference.toText(console.style()));
        }
        if (difference.tracesBefore() == 0 || difference.tracesAfter() == 0) {
            console.complain(
                    sets.get(difference.tracesBefore() == 0 ? 0 : 1) + ": there is no trace that could be used");
            return Main.UNUSABLE;
        }
        return Main.CLEAN;
    }

    private static boolean isUntimed(EventLog log) {
        return log.size() > 0 && !log.isTimed();
    }
}
