/** Logical clocks, their timestamps and relation, and the recorder. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the transports are compiled after this module
module io.clockwork {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.clockwork;
    exports io.clockwork.record;
    exports io.clockwork.internal to
            io.clockwork.binary,
            io.clockwork.json,
            io.clockwork.text;
}
