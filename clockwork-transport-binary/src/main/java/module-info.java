/** Clocks in binary record headers. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // io.clockwork.binary.msgpack says why
module io.clockwork.binary {
    requires transitive io.clockwork;
    requires static msgpack.core;
    requires static org.jspecify;

    exports io.clockwork.binary;
    exports io.clockwork.binary.msgpack;
}
