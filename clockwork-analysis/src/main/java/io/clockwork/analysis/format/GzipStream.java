package io.clockwork.analysis.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip, and knows whether something follows it that is none: which {@link GZIPInputStream} passes over in silence. */
final class GzipStream extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    private final Counted packed;
    /** How many bytes had been read when the inflater got input for the last time. */
    private long filled;

    private boolean ended;
    private boolean followed;

    GzipStream(InputStream in) throws IOException {
        this(new Counted(in));
    }

    private GzipStream(Counted packed) throws IOException {
        super(packed, 1 << 13);
        this.packed = packed;
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        filled = packed.count;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        if (read < 0 && !ended) {
            ended = true;
            long end = filled - inf.getRemaining() + TRAILER_BYTES;
            followed = packed.count > end || packed.read() >= 0;
        }
        return read;
    }

    /** {@return whether the end was reached and there are bytes behind it} */
    boolean isFollowed() {
        return followed;
    }

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
