package io.clockwork.analysis.format;

import io.clockwork.analysis.Diagnostic;
import io.clockwork.analysis.RaceStream;
import io.clockwork.analysis.Report;
import io.clockwork.analysis.Suppressions;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.UnaryOperator;
import java.util.zip.ZipException;

/**
 * Finds the races of an execution in the std format while it is read: one thread reads, the calling one analyses, and no
 * event is kept.
 */
public final class StdRaces {
    private static final int BATCHES = 4;
    private static final int BATCH = 32_768 * RaceStream.INTS;

    private final StdReader reader;
    private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(BATCHES);

    private StdRaces(StdReader reader) {
        this.reader = reader;
        for (int i = 0; i < BATCHES; i++) {
            free.add(new Batch());
        }
    }

    /** Events on their way from one thread to the other. */
    private static final class Batch {
        final int[] events = new int[BATCH];
        /** How many ints are filled; negative at the end. */
        int size;

        Exception failure = new IllegalStateException("none");
    }

    /**
     * Returns the races of {@code file}, which may be gzipped.
     *
     * @throws IOException if the file cannot be read
     * @throws LogFormatException if it cannot be an execution; the message begins with the file's name
     */
    public static Report report(Path file, Suppressions suppressions) throws IOException {
        return told(
                file,
                () -> Files.isRegularFile(file)
                        ? readTwice(file, RaceStream.ofCandidates(), RaceStream::verdicts, suppressions)
                        : readOnce(file, RaceStream.ofVerdicts(), suppressions));
    }

    /** Something that reads. */
    private interface Reading {
        Report run() throws IOException;
    }

    /** Tells of which file it is what goes wrong. */
    private static Report told(Path file, Reading reading) throws IOException {
        try {
            return reading.run();
        } catch (UncheckedIOException e) {
            throw LogReader.unreadable(file.toString(), e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (ZipException | EOFException e) {
            throw LogReader.unreadable(file.toString(), e);
        } catch (LogFormatException e) {
            throw new LogFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static Report readOnce(Path file, RaceStream races, Suppressions suppressions) throws IOException {
        try (InputStream in = LogReader.openUnzipped(file)) {
            return report(in, races, suppressions);
        }
    }

    /**
     * Returns the races of {@code file} by happens-before alone: as certain, without telling likely ones from them, and without
     * those that only a lock kept from happening in this run. Faster than {@link #report}.
     *
     * @throws IOException if the file cannot be read
     * @throws LogFormatException if it cannot be an execution; the message begins with the file's name
     */
    public static Report happensBefore(Path file, Suppressions suppressions) throws IOException {
        return told(
                file,
                () -> Files.isRegularFile(file)
                        ? readTwice(file, RaceStream.ofRacyEvents(), RaceStream::sitePairs, suppressions)
                        : readOnce(file, RaceStream.ofSitePairs(), suppressions));
    }

    /** Finds out first which variables are worth remembering who accessed them: few, as a rule, so that is faster. */
    private static Report readTwice(
            Path file, RaceStream candidates, UnaryOperator<RaceStream> secondLook, Suppressions suppressions)
            throws IOException {
        StdReader reader;
        try (InputStream in = LogReader.openUnzipped(file)) {
            reader = new StdReader(in);
            new StdRaces(reader).run(candidates, Integer.MAX_VALUE);
        }
        RaceStream races = secondLook.apply(candidates);
        try (InputStream in = LogReader.openUnzipped(file)) {
            new StdRaces(reader.again(in)).run(races, candidates.events());
        }
        return report(races, reader, suppressions);
    }

    /** Returns the races of the execution that {@code in} holds as plain text; see {@link #report(Path, Suppressions)}. */
    public static Report report(InputStream in, Suppressions suppressions) throws IOException {
        return report(in, RaceStream.ofVerdicts(), suppressions);
    }

    private static Report report(InputStream in, RaceStream races, Suppressions suppressions) throws IOException {
        StdReader reader = new StdReader(in);
        new StdRaces(reader).run(races, Integer.MAX_VALUE);
        return report(races, reader, suppressions);
    }

    private static Report report(RaceStream races, StdReader reader, Suppressions suppressions) {
        List<Diagnostic> diagnostics = new ArrayList<>(reader.diagnostics());
        diagnostics.add(new Diagnostic(
                "RACES_ONLY",
                "the execution was analysed while it was read, for races alone: not for deadlocks and split steps",
                0));
        return races.report(reader, diagnostics, suppressions);
    }

    /** Adds the first {@code limit} events: a file may grow between two readings. */
    private void run(RaceStream races, int limit) throws IOException {
        Thread thread = new Thread(this::readAll, "clockwork-std-reader");
        thread.setDaemon(true);
        thread.start();
        try {
            for (Batch batch = full.take(); batch.size >= 0; batch = full.take()) {
                races.addAll(batch.events, 0, (int)
                        Math.min(batch.size, (long) (limit - races.events()) * RaceStream.INTS));
                free.put(batch);
                if (batch.size == 0) {
                    rethrow(batch.failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        } finally {
            thread.interrupt();
        }
    }

    private static void rethrow(Exception failure) throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IOException(failure);
    }

    private void readAll() {
        try {
            while (true) {
                Batch batch = free.take();
                try {
                    batch.size = reader.read(batch.events);
                } catch (IOException | RuntimeException e) {
                    batch.size = 0;
                    batch.failure = e;
                }
                full.put(batch);
                if (batch.size <= 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever analyses has given up
        }
    }
}
