package io.clockwork.analysis.cli;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.format.LogWriter;
import io.clockwork.analysis.format.OutputFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code convert FILE... --to FORMAT} */
final class ConvertCommand implements Command {
    @Override
    public CommandSpec spec() {
        SpecBuilder builder = SpecBuilder.named(
                        "convert",
                        "FILE... --to FORMAT [OPTIONS]",
                        "Writes logs in another form. What the form cannot hold is told.")
                .files("FILE...", "logs of any form that analyze reads; several become one")
                .option("--to", "FORMAT", Arguments.names(OutputFormat.class))
                .option(new String[] {"-o", "--out"}, "FILE", "write there (default: standard output)");
        return LogInput.options(builder)
                .examples(
                        "  clockwork convert trace.json.gz --to perfetto -o trace.perfetto.json",
                        "  clockwork convert shop.jsonl bank.jsonl --to shiviz > run.log",
                        "  clockwork convert run.log --to dot | dot -Tsvg > run.svg")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        List<String> files = FileNames.atLeastOne("convert", arguments);
        OutputFormat form = arguments.constant(OutputFormat.class, "--to");
        if (form == null) {
            throw new UsageException("convert needs --to FORMAT, one of " + Arguments.names(OutputFormat.class));
        }
        Path target = arguments.target("--out");
        List<Diagnostic> losses;
        try (Progress progress = console.progress()) {
            EventLog log = LogInput.of(arguments, console, progress).read(files);
            console.complain("read", log.diagnostics());
            if (log.size() == 0) {
                return console.nothingToUse();
            }
            losses = write(log, form, target, console);
        }
        console.complain("written", losses);
        return Main.CLEAN;
    }

    private static List<Diagnostic> write(EventLog log, OutputFormat form, @Nullable Path target, Console console)
            throws IOException {
        if (target == null) {
            Writer writer = new BufferedWriter(console.rawOutput());
            List<Diagnostic> losses = LogWriter.write(log, form, writer);
            writer.flush();
            return losses;
        }
        try (Writer writer = Files.newBufferedWriter(target)) {
            return LogWriter.write(log, form, writer);
        }
    }
}
