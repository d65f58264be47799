package io.clockwork.analysis.cli.browse;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads the files again beside what shows, which stays until all is read: one reading at a time. */
final class Reloading implements AutoCloseable {
    private final Source source;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "clockwork-browse");
        thread.setDaemon(true);
        return thread;
    });
    private String version;
    private @Nullable Future<Snapshot> running;

    Reloading(Source source) {
        this.source = source;
        version = source.version();
    }

    /** Takes what was read, or begins to read if it is time to; returns whether what shows has changed. */
    boolean step(Browser browser) {
        Future<Snapshot> current = running;
        if (current != null) {
            if (!current.isDone()) {
                return false;
            }
            running = null;
            finish(browser, current);
            return true;
        }
        boolean wanted = browser.takeReload();
        if (wanted || browser.isFollowing()) {
            String now = source.version();
            if (wanted || !now.equals(version)) {
                version = now;
                running = executor.submit(() -> new Snapshot(source.read()));
            }
        }
        return false;
    }

    private static void finish(Browser browser, Future<Snapshot> read) {
        try {
            browser.show(read.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
            browser.say("cannot be read now: " + message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was done: there is nothing to wait for
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
