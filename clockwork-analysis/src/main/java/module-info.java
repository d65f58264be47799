/** Races, critical path, anomalies and audit trails of recorded events. */
@org.jspecify.annotations.NullMarked
module io.clockwork.analysis {
    requires transitive io.clockwork;
    requires io.clockwork.json;
    requires static info.picocli;
    requires static org.jline.terminal;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports io.clockwork.analysis;
    exports io.clockwork.analysis.format;
    exports io.clockwork.analysis.html;
    exports io.clockwork.analysis.junit;
    exports io.clockwork.analysis.testing;
}
