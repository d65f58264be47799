package io.clockwork.analysis.cli.browse;

import java.io.IOException;

/** Where logs come from, again and again. */
public interface Source {
    /** Reads all that there is now; another thread may ask for the {@link #version} meanwhile. */
    Contents read() throws IOException;

    /** {@return what differs when there may be more to read: sizes and times of the files} */
    String version();
}
