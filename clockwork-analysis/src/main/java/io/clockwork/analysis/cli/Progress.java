package io.clockwork.analysis.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that says what takes so long, from the first second on; gone when it is done. One thread works
 * and tells, another one shows.
 */
final class Progress implements AutoCloseable {
    private static final long FIRST_MILLIS = 1_000;
    private static final long NEXT_MILLIS = 200;
    private static final String CLEAR = "\r\u001B[K";
    private static final int MAX_NAME = 50;

    private final @Nullable PrintStream err;
    private final long start = System.nanoTime();
    private volatile String what = "";
    private volatile long done;
    private volatile long total;
    private boolean shown;
    private boolean closed;

    private Progress(@Nullable PrintStream err) {
        this.err = err;
    }

    static Progress none() {
        return new Progress(null);
    }

    static Progress on(PrintStream err) {
        Progress progress = new Progress(err);
        Thread thread = new Thread(progress::run, "clockwork-progress");
        thread.setDaemon(true);
        thread.start();
        return progress;
    }

    private synchronized void run() {
        try {
            long pause = FIRST_MILLIS;
            while (!closed) {
                TimeUnit.MILLISECONDS.timedWait(this, pause);
                if (!closed) {
                    show();
                }
                pause = NEXT_MILLIS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does, and then there is no line
        }
    }

    /** Shows the line as it is now. */
    synchronized void show() {
        if (err != null) {
            err.print(CLEAR + line());
            err.flush();
            shown = true;
        }
    }

    String line() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        long size = total;
        String part = size > 0
                ? String.format(Locale.ROOT, " %d%%", Math.min(100, done * 100 / size))
                : done > 0 ? String.format(Locale.ROOT, " %.1f MB", done / 1e6) : "";
        return what + part + "   " + seconds + " s";
    }

    /** Says what begins, in words that are safe to show. */
    void begin(String phase) {
        total = 0;
        done = 0;
        what = phase;
    }

    /** {@return {@code in} as it is, which tells how far it was read; {@code size} is 0 where that is not known} */
    InputStream reading(String name, long size, InputStream in) {
        begin("reading " + (name.length() <= MAX_NAME ? name : "..." + name.substring(name.length() - MAX_NAME)));
        total = size;
        return new FilterInputStream(in) {
            private long count;

            private void add(int more) {
                count += more;
                done = count;
            }

            @Override
            public int read() throws IOException {
                int b = super.read();
                add(b < 0 ? 0 : 1);
                return b;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int more = super.read(bytes, offset, length);
                add(Math.max(0, more));
                return more;
            }
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (shown && err != null) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
