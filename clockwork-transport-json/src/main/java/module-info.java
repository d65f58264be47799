/** Causality in JSON payloads, and the event log file. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // io.clockwork.analysis is compiled after this module
module io.clockwork.json {
    requires transitive io.clockwork;
    requires static com.fasterxml.jackson.databind;
    requires static org.jspecify;
    requires static tools.jackson.databind;

    exports io.clockwork.json;
    exports io.clockwork.json.jackson2;
    exports io.clockwork.json.jackson3;
    exports io.clockwork.json.log;
    exports io.clockwork.json.stream to
            io.clockwork.analysis;
}
