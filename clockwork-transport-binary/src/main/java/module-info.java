/** Clocks in binary record headers. */
@org.jspecify.annotations.NullMarked
module io.clockwork.binary {
    requires transitive io.clockwork;
    requires static org.jspecify;
}
