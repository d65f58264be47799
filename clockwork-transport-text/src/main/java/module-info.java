/** Clocks in HTTP headers and ASCII metadata. */
@org.jspecify.annotations.NullMarked
module io.clockwork.text {
    requires transitive io.clockwork;
    requires static org.jspecify;

    exports io.clockwork.text;
}
