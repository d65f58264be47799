/** Logical clocks, their timestamps and relation, and the recorder. */
@org.jspecify.annotations.NullMarked
module io.clockwork {
    requires static org.jspecify;

    exports io.clockwork;
    exports io.clockwork.record;
}
