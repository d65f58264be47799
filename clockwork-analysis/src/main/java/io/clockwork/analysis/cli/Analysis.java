package io.clockwork.analysis.cli;

import io.clockwork.analysis.Baseline;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.Suppressions;
import io.clockwork.analysis.format.LogFormatException;
import io.clockwork.analysis.format.StdRaces;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report on files, made as the options say that the commands share which report. */
final class Analysis {
    /** Of an execution in a larger file only the races are looked for, without keeping it. */
    private static final long MAX_KEPT_BYTES = 1 << 16;

    private static final EventLog NOT_KEPT = EventLog.builder().build();

    private final Set<FailOn> limits;
    private final List<String> files;
    private final Suppressions suppressions;
    private final @Nullable Baseline baseline;

    private Analysis(Set<FailOn> limits, List<String> files, Suppressions suppressions, @Nullable Baseline baseline) {
        this.limits = limits;
        this.files = files;
        this.suppressions = suppressions;
        this.baseline = baseline;
    }

    /** What was read, unless it was too large to keep, and what was found. */
    record Result(EventLog log, Report report) {
        /** {@return whether the log has nothing to tell but what happened before what} */
        boolean isOrderAlone() {
            return log.size() > 0 && !log.isTimed() && report.variables().isEmpty();
        }
    }

    static SpecBuilder options(SpecBuilder builder) {
        return LogInput.options(rules(builder)
                .options(
                        "--fail-on",
                        "WHAT[,WHAT]",
                        "exit with 1 on any of: certain, likely, possible (a race, a split step or a deadlock"
                                + " that is so sure or surer); race, atomicity, deadlock, publication,"
                                + " anomaly (one of any verdict); default: never"));
    }

    /** The options of a command that shows what is found, and does not fail on it. */
    static SpecBuilder inputs(SpecBuilder builder) {
        return LogInput.options(rules(builder));
    }

    private static SpecBuilder rules(SpecBuilder builder) {
        return builder.option("--baseline", "FILE", "tell what is unusual by a baseline; see clockwork baseline")
                .option("--suppress", "FILE", "accept the findings whose ids FILE lists, with reasons");
    }

    static Analysis of(String command, Arguments arguments) throws IOException {
        Set<FailOn> limits = FailOn.of(arguments);
        List<String> files = FileNames.atLeastOne(command, arguments);
        Path usual = arguments.path("--baseline");
        return new Analysis(
                limits,
                files,
                suppressions(arguments.path("--suppress")),
                usual == null ? null : BaselineCommand.read(usual));
    }

    private static Suppressions suppressions(@Nullable Path file) throws IOException {
        if (file == null) {
            return Suppressions.none();
        }
        try {
            return Suppressions.read(file);
        } catch (CharacterCodingException e) {
            throw new LogFormatException(file + ": is not UTF-8 text");
        } catch (IllegalArgumentException e) {
            throw new LogFormatException(file + ": " + e.getMessage());
        }
    }

    List<String> files() {
        return files;
    }

    /** A large execution in the std format is analysed while it is read, unless it has to be kept; it may not fit in memory. */
    Result result(LogInput input, boolean happensBefore, boolean keep) throws IOException {
        if (!keep && files.size() == 1 && input.isStd(files.get(0))) {
            Path file = Path.of(files.get(0));
            if (happensBefore || Files.size(file) > MAX_KEPT_BYTES) {
                input.begin(files.get(0));
                Report report = happensBefore
                        ? StdRaces.happensBefore(file, suppressions)
                        : StdRaces.report(file, suppressions);
                return new Result(NOT_KEPT, report);
            }
        }
        if (happensBefore && !keep) {
            throw new UsageException("--happens-before is for one execution in the std format");
        }
        return keepingLog(input);
    }

    Result keepingLog(LogInput input) throws IOException {
        EventLog log = input.read(files);
        Report report = baseline == null ? Report.of(log, suppressions) : Report.of(log, suppressions, baseline);
        return new Result(log, report);
    }

    /** {@return whether there is nothing to report on, which it tells, and why} */
    static boolean isUnusable(Report report, Console console) {
        if (report.events() > 0) {
            return false;
        }
        console.complain("read", report.diagnostics());
        console.nothingToUse();
        return true;
    }

    int status(Report report) {
        return limits.stream().anyMatch(limit -> limit.holds(report)) ? Main.FINDINGS : Main.CLEAN;
    }
}
