package io.clockwork.benchmarks;

import io.clockwork.analysis.RaceStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes synthetic executions: threads do locked updates of hot and cold variables, fork and join, share what is mostly
 * read, and race every now and then; the same for the same arguments.
 */
public final class StdTraces {
    private static final int HOT = 16;
    private static final int COLD = 1_000;
    private static final int COLD_LOCKS = 240;
    private static final int SHARED = 500;
    private static final int RACY = 64;
    private static final int OWN = 32;
    private static final int SHORT_LIVED = 1_000;
    private static final int RACE_EVERY = 1_000;
    private static final int MAX_THREADS = 100_000;
    private static final List<String> OPERATIONS = List.of("r", "w", "acq", "rel", "fork", "join");

    private final int threads;
    private final Random random = new Random(42);
    private final int[] events;
    private int size;
    private int nextThread;

    private StdTraces(int count, int threads) {
        this.threads = threads;
        events = new int[count * RaceStream.INTS];
    }

    /** Writes a trace: events, threads, file. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("give the number of events, the number of threads and a file");
        }
        write(events(Integer.parseInt(args[0]), Integer.parseInt(args[1])), Path.of(args[2]));
    }

    /** {@return a trace in batches as {@link RaceStream} takes them: three ints an event} */
    public static int[] events(int count, int threads) {
        StdTraces trace = new StdTraces(count, threads);
        trace.run();
        return trace.events;
    }

    private void run() {
        int shared = HOT + COLD;
        for (int v = 0; v < SHARED; v++) {
            add(RaceStream.WRITE, 0, shared + v, 1);
        }
        for (nextThread = 1; nextThread < threads; nextThread++) {
            add(RaceStream.FORK, 0, nextThread, 2);
        }
        for (int block = 1; size < events.length; block++) {
            int thread = threads == 1 ? 0 : 1 + random.nextInt(threads - 1);
            int kind = random.nextInt(100);
            if (size / RaceStream.INTS / RACE_EVERY != (size + 12) / RaceStream.INTS / RACE_EVERY) {
                int racy = shared + SHARED + random.nextInt(RACY);
                add(random.nextInt(4) == 0 ? RaceStream.WRITE : RaceStream.READ, thread, racy, 3 + random.nextInt(4));
            } else if (block % SHORT_LIVED == 0 && nextThread < MAX_THREADS) {
                add(RaceStream.FORK, 0, nextThread, 7);
                local(nextThread);
                add(RaceStream.JOIN, 0, nextThread++, 9);
            } else if (kind < 20) {
                int hot = random.nextInt(HOT);
                update(thread, hot, hot);
            } else if (kind < 40) {
                int cold = random.nextInt(COLD);
                update(thread, HOT + cold % COLD_LOCKS, HOT + cold);
            } else if (kind < 75) {
                local(thread);
            } else {
                for (int i = 0; i < 3; i++) {
                    int variable = shared + random.nextInt(SHARED);
                    add(RaceStream.READ, thread, variable, 100 + variable % 40 * 2 + random.nextInt(2));
                }
            }
        }
    }

    /** Each variable has two places that update it. */
    private void update(int thread, int lock, int variable) {
        int site = 200 + variable % 20 * 8 + random.nextInt(2) * 4;
        add(RaceStream.ACQUIRE, thread, lock, site);
        add(RaceStream.READ, thread, variable, site + 1);
        add(RaceStream.WRITE, thread, variable, site + 2);
        add(RaceStream.RELEASE, thread, lock, site + 3);
    }

    private void local(int thread) {
        int own = HOT + COLD + SHARED + RACY + Math.min(thread, threads) * OWN;
        for (int i = 0; i < 3; i++) {
            int variable = own + random.nextInt(OWN);
            add(RaceStream.READ, thread, variable, 600 + variable % OWN);
            add(RaceStream.WRITE, thread, variable, 700 + variable % OWN);
        }
    }

    private void add(int operation, int thread, int target, int site) {
        if (size < events.length) {
            events[size] = RaceStream.head(operation, thread);
            events[size + 1] = target;
            events[size + 2] = site;
            size += RaceStream.INTS;
        }
    }

    private static void write(int[] events, Path file) throws IOException {
        byte[][] operations = OPERATIONS.stream()
                .map(operation -> ('|' + operation + '(').getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        byte[][] targets = {{'V'}, {'V'}, {'L'}, {'L'}, {'T'}, {'T'}};
        byte[] digits = new byte[10];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int i = 0; i < events.length; i += RaceStream.INTS) {
                int operation = events[i] & 7;
                out.write('T');
                number(out, events[i] >>> 3, digits);
                out.write(operations[operation]);
                out.write(targets[operation]);
                number(out, events[i + 1], digits);
                out.write(')');
                out.write('|');
                number(out, events[i + 2], digits);
                out.write('\n');
            }
        }
    }

    private static void number(OutputStream out, int value, byte[] digits) throws IOException {
        int at = digits.length;
        int rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        out.write(Arrays.copyOfRange(digits, at, digits.length));
    }
}
