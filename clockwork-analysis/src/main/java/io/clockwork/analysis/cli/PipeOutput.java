package io.clockwork.analysis.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Knows whether who read the output went away, as {@code head} does when it has its lines: that is no failure to tell of. */
final class PipeOutput extends FilterOutputStream {
    private static final String GONE = "Broken pipe";

    private boolean readerGone;

    PipeOutput(OutputStream out) {
        super(out);
    }

    boolean isReaderGone() {
        return readerGone;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            readerGone |= GONE.equals(e.getMessage());
            throw e;
        }
    }
}
