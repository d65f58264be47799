package io.clockwork.analysis.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** All commands by name; only the one that is run is made. */
final class Commands {
    static final Map<String, Supplier<Command>> ALL = all();

    private Commands() {}

    private static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("demo", DemoCommand::new);
        all.put("analyze", AnalyzeCommand::new);
        all.put("report", ReportCommand::new);
        all.put("browse", BrowseCommand::new);
        all.put("diff", DiffCommand::new);
        all.put("baseline", BaselineCommand::new);
        all.put("convert", ConvertCommand::new);
        return all;
    }
}
