package io.clockwork.analysis.cli;

import io.clockwork.analysis.Report;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code analyze FILE...} */
final class AnalyzeCommand implements Command {
    @Override
    public CommandSpec spec() {
        SpecBuilder builder = SpecBuilder.named(
                        "analyze",
                        "[OPTIONS] FILE...",
                        "Reports on logs: races, split steps, deadlocks, what determined the time, who called whom,"
                                + " and what is unusual.")
                .files(
                        "FILE...",
                        "logs of recorders, Jaeger, Zipkin and OpenTelemetry JSON, Raceway, ShiViz, std executions,"
                                + " gzipped or not; quoted patterns such as 'logs/**.jsonl'; - for standard"
                                + " input")
                .flag("--json", "print the report as JSON")
                .option("--html", "PAGE", "write the report as an HTML page, too; see clockwork report")
                .flag(
                        "--happens-before",
                        "of a std execution tell races by happens-before alone: faster, without verdicts, and not"
                                + " those that only a lock kept from happening");
        return Analysis.options(builder)
                .examples(
                        "  clockwork analyze trace.json.gz",
                        "  clockwork analyze --fail-on certain,deadlock --json bank.jsonl shop.jsonl",
                        "  clockwork analyze --baseline usual.json --fail-on anomaly 'today/*.json'",
                        "  zcat run.log.gz | clockwork analyze -",
                        "",
                        "Exit status: 0 clean, 1 findings as --fail-on says, 2 unusable input.")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        Analysis analysis = Analysis.of("analyze", arguments);
        Path page = arguments.target("--html");
        Report report;
        Analysis.Result kept;
        try (Progress progress = console.progress()) {
            LogInput input = LogInput.of(arguments, console, progress);
            kept = analysis.result(input, arguments.has("--happens-before"), page != null);
            report = kept.report();
            if (Analysis.isUnusable(report, console)) {
                return Main.UNUSABLE;
            }
            if (page != null) {
                ReportCommand.write(kept, page, null);
            }
        }
        if (arguments.has("--json")) {
            console.printJson(report.toJson());
        } else {
            String text = report.toText(console.style());
            console.out()
                    .print(kept.isOrderAlone() ? ExecutionText.withPatterns(text, kept.log(), console.style()) : text);
        }
        return analysis.status(report);
    }
}
