package io.clockwork.analysis.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;

/** One command: what it takes, and what it does. */
interface Command {
    /** {@return the options and files that it takes; its help is the resource {@code help/NAME.txt}} */
    CommandSpec spec();

    /**
     * Runs it, and returns the exit status.
     *
     * @throws IOException if a file cannot be read or written
     * @throws UsageException if the words of the command line make no sense together
     */
    int run(Arguments arguments, Console console) throws IOException;
}
