/** Clocks in JSON payloads, and the event log file. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // io.clockwork.analysis is compiled after this module
module io.clockwork.json {
    requires transitive io.clockwork;
    requires static org.jspecify;

    exports io.clockwork.json.stream to
            io.clockwork.analysis;
}
