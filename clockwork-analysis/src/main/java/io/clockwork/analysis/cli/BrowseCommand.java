package io.clockwork.analysis.cli;

import io.clockwork.analysis.cli.browse.Contents;
import io.clockwork.analysis.cli.browse.Source;
import io.clockwork.analysis.cli.browse.TerminalBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code browse FILE...} */
final class BrowseCommand implements Command {
    @Override
    public CommandSpec spec() {
        SpecBuilder builder = SpecBuilder.named(
                        "browse",
                        "[OPTIONS] FILE...",
                        "Looks through logs on the terminal: traces, events, trees, critical paths, anomalies,"
                                + " services, audit trails, findings. The key ? lists the keys.")
                .files("FILE...", "logs as analyze takes them; not standard input, where the keys come from")
                .flag(new String[] {"-f", "--follow"}, "read the files again as they grow");
        return Analysis.inputs(builder)
                .examples(
                        "  clockwork browse trace.json.gz",
                        "  clockwork browse --follow run.jsonl",
                        "  clockwork browse --baseline usual.json 'today/*.json'",
                        "",
                        "Exit status: 0, or 2 for unusable input or no terminal.")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        Analysis analysis = Analysis.of("browse", arguments);
        if (analysis.files().contains(FileNames.STANDARD_INPUT)) {
            throw new UsageException("browse reads keys from standard input; name files");
        }
        if (!console.isInteractive()) {
            console.complain("browse needs a terminal for its input and output; clockwork analyze prints the same");
            return Main.UNUSABLE;
        }
        Contents contents;
        try (Progress progress = console.progress()) {
            contents = contents(analysis, LogInput.of(arguments, console, progress));
        }
        if (contents.log().size() == 0) {
            return console.nothingToUse();
        }
        LogInput again = LogInput.of(arguments, console, Progress.none());
        TerminalBrowser.run(new AgainSource(analysis, again), contents, console.style(), arguments.has("--follow"));
        return Main.CLEAN;
    }

    private static Contents contents(Analysis analysis, LogInput input) throws IOException {
        Analysis.Result result = analysis.keepingLog(input);
        return new Contents(result.log(), result.report());
    }

    /** Reads the files again; sizes and times tell when they have changed. */
    private record AgainSource(Analysis analysis, LogInput input) implements Source {
        @Override
        public Contents read() throws IOException {
            return contents(analysis, input);
        }

        @Override
        public String version() {
            return version(analysis.files());
        }

        private static String version(List<String> files) {
            StringBuilder version = new StringBuilder();
            for (String file : files) {
                try {
                    Path path = Path.of(file);
                    version.append(Files.size(path)).append('@').append(Files.getLastModifiedTime(path));
                } catch (IOException e) {
                    version.append("missing");
                }
                version.append(' ');
            }
            return version.toString();
        }
    }
}
