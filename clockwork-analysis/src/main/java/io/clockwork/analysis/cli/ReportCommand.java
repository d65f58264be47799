package io.clockwork.analysis.cli;

import io.clockwork.analysis.Report;
import io.clockwork.analysis.html.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code report FILE... -o PAGE} */
final class ReportCommand implements Command {
    private static final String DEFAULT_PAGE = "clockwork.html";

    @Override
    public CommandSpec spec() {
        SpecBuilder builder = SpecBuilder.named(
                        "report",
                        "[OPTIONS] FILE...",
                        "Writes the report on logs as one HTML page, which needs no network: what analyze prints,"
                                + " with the events, to search and to step through.")
                .files("FILE...", "logs of any form that analyze reads")
                .option(new String[] {"-o", "--out"}, "PAGE", "write there (default: " + DEFAULT_PAGE + ")")
                .option("--title", "TEXT", "the title of the page");
        return Analysis.options(builder)
                .examples(
                        "  clockwork report trace.json.gz -o trace.html",
                        "  clockwork report --title 'nightly run' --baseline usual.json 'logs/**.jsonl'")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        Analysis analysis = Analysis.of("report", arguments);
        Path page = Objects.requireNonNullElse(arguments.target("--out"), Path.of(DEFAULT_PAGE));
        Report report;
        try (Progress progress = console.progress()) {
            Analysis.Result result = analysis.keepingLog(LogInput.of(arguments, console, progress));
            report = result.report();
            if (Analysis.isUnusable(report, console)) {
                return Main.UNUSABLE;
            }
            write(result, page, arguments.value("--title"));
        }
        console.out().println(console.style().clean(page + ": " + report.summary()));
        return analysis.status(report);
    }

    static void write(Analysis.Result result, Path page, @Nullable String title) throws IOException {
        HtmlReport html = HtmlReport.of(result.log(), result.report());
        (title == null ? html : html.titled(title)).writeTo(page);
    }
}
