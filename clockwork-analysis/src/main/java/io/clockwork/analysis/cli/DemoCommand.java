package io.clockwork.analysis.cli;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.html.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** {@code demo} */
final class DemoCommand implements Command {
    @Override
    public CommandSpec spec() {
        return SpecBuilder.named(
                        "demo",
                        "",
                        "Runs a race for real, records it, and reports it: two transfers from one account at the"
                                + " same time, without a lock and then with one.")
                .option("--html", "PAGE", "write the run without a lock as an HTML page, too; see clockwork report")
                .examples("  clockwork demo", "  clockwork demo --html demo.html")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        Path page = arguments.target("--html");
        EventLog unlocked = new Demo(console.out(), console.style()).run();
        if (page != null) {
            HtmlReport.of(unlocked, Report.of(unlocked))
                    .titled("Two transfers without a lock")
                    .writeTo(page);
        }
        return Main.CLEAN;
    }
}
