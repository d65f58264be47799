/** The example of README.md, as a module. */
module com.example {
    requires io.clockwork.text;
}
