package io.clockwork.analysis.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code demo} */
final class DemoCommand implements Command {
    @Override
    public CommandSpec spec() {
        return SpecBuilder.named(
                        "demo",
                        "",
                        "Runs a race for real, records it, and reports it: two transfers from one account at the"
                                + " same time, without a lock and then with one.")
                .examples("  clockwork demo")
                .build();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        new Demo(console.out(), console.style()).run();
        return Main.CLEAN;
    }
}
