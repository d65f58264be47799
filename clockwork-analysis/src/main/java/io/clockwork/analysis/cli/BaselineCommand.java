package io.clockwork.analysis.cli;

import io.clockwork.analysis.Baseline;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.format.LogFormatException;
import io.clockwork.record.EventKind;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code baseline FILE...} */
final class BaselineCommand implements Command {
    @Override
    public CommandSpec spec() {
        SpecBuilder builder = SpecBuilder.named(
                        "baseline",
                        "[OPTIONS] FILE...",
                        "Learns what is usual of operations: their times, what they call, how often they fail."
                                + " analyze --baseline tells then what is not.")
                .files("FILE...", "logs of any form that analyze reads")
                .option("--baseline", "FILE", "learn in addition to what FILE has; what is unusual by it is left out")
                .option(new String[] {"-o", "--out"}, "FILE", "write there (default: standard output)");
        return LogInput.options(builder)
                .examples(
                        "  clockwork baseline 'last-week/*.json.gz' -o usual.json",
                        "  clockwork baseline --baseline usual.json today.json -o usual.json",
                        "  clockwork analyze --baseline usual.json --fail-on anomaly tonight.json")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        List<String> files = FileNames.atLeastOne("baseline", arguments);
        Path known = arguments.path("--baseline");
        Path target = arguments.target("--out");
        Baseline before = known == null ? Baseline.empty() : read(known);
        Baseline learned;
        try (Progress progress = console.progress()) {
            EventLog log = LogInput.of(arguments, console, progress).read(files);
            console.complain("read", log.diagnostics());
            if (log.size() == 0) {
                return console.nothingToUse();
            }
            if (IntStream.range(0, log.size()).noneMatch(event -> log.kind(event) == EventKind.BEGIN)) {
                console.complain("there is no operation that could be learned from");
                return Main.UNUSABLE;
            }
            learned = before.learn(log);
        }
        if (target == null) {
            console.printJson(learned.toJson());
        } else {
            Files.writeString(target, learned.toJson());
        }
        return Main.CLEAN;
    }

    static Baseline read(Path file) throws IOException {
        try {
            return Baseline.parse(Files.readString(file));
        } catch (MalformedInputException e) {
            throw new LogFormatException(file + ": not a baseline: not UTF-8 text");
        } catch (IllegalArgumentException e) {
            throw new LogFormatException(file + ": " + e.getMessage());
        }
    }
}
