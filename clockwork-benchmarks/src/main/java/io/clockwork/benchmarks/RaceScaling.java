package io.clockwork.benchmarks;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.RaceStream;
import io.clockwork.analysis.format.LogFormat;
import io.clockwork.analysis.format.LogReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * How the cost of race detection and of the causal graph grows, in CPU time of the working thread, the least of some rounds:
 * the claim is that it is linear in events and in accesses of one variable, and that threads hardly matter.
 */
public final class RaceScaling {
    private static final int ROUNDS = 4;
    private static final int FEW = 1_000_000;
    private static final int MANY = 10_000_000;
    private static final int[] THREADS = {8, 64, 256};

    /** Keeps the compiler from leaving the work out. */
    private static long answers;

    private RaceScaling() {}

    /** Prints the tables. */
    public static void main(String[] args) throws IOException {
        System.out.println("ns an event: threads, 1M and 10M events, exponent");
        for (int threads : THREADS) {
            int[] few = StdTraces.events(FEW, threads);
            int[] many = StdTraces.events(MANY, threads);
            grows("racy events", threads, few, many, events -> once(RaceStream.ofRacyEvents(), events));
            grows("site pairs", threads, few, many, events -> once(RaceStream.ofSitePairs(), events));
            grows("site pairs, in two looks", threads, few, many, RaceScaling::pairsInTwoLooks);
            grows("verdicts, in two looks", threads, few, many, RaceScaling::verdictsInTwoLooks);
            grows("verdicts, in one pass", threads, few, many, events -> once(RaceStream.ofVerdicts(), events));
        }
        System.out.println("ns an access of one hot variable, by 8 threads");
        for (int accesses = 1_000; accesses <= FEW; accesses *= 10) {
            int[] events = hot(accesses);
            int repeats = FEW / accesses;
            long nanos = least(() -> events, repeated -> {
                long racy = 0;
                for (int i = 0; i < repeats; i++) {
                    racy += once(RaceStream.ofVerdicts(), repeated);
                }
                return racy;
            });
            System.out.printf(Locale.ROOT, "%,9d %8.1f%n", accesses, (double) nanos / repeats / accesses);
        }
        System.out.println("ns an event for the causal graph of a log of 64 threads");
        double before = graph(FEW / 10);
        double after = graph(FEW);
        System.out.printf(Locale.ROOT, "exponent %.2f%n", 1 + Math.log10(after / before));
        System.out.println("answers, added up: " + answers);
    }

    private static void grows(String what, int threads, int[] few, int[] many, ToLongFunction<int[]> work) {
        double small = (double) least(() -> few, work) / FEW;
        double large = (double) least(() -> many, work) / MANY;
        System.out.printf(
                Locale.ROOT,
                "%-24s %4d %8.1f %8.1f %6.2f%n",
                what,
                threads,
                small,
                large,
                1 + Math.log10(large / small));
    }

    private static double graph(int count) throws IOException {
        Path file = Files.createTempFile("scaling", ".std");
        try {
            StdTraces.main(new String[] {String.valueOf(count), "64", file.toString()});
            EventLog log = LogReader.create().withFormat(LogFormat.STD).read(List.of(file));
            double nanos = (double) least(() -> log, l -> CausalGraph.of(l).width()) / count;
            System.out.printf(Locale.ROOT, "%,9d %8.1f%n", count, nanos);
            return nanos;
        } finally {
            Files.delete(file);
        }
    }

    private static long once(RaceStream stream, int[] events) {
        stream.addAll(events, 0, events.length);
        return stream.racyEvents();
    }

    private static long pairsInTwoLooks(int[] events) {
        RaceStream racy = RaceStream.ofRacyEvents();
        once(racy, events);
        return once(racy.sitePairs(), events);
    }

    private static long verdictsInTwoLooks(int[] events) {
        RaceStream candidates = RaceStream.ofCandidates();
        once(candidates, events);
        return once(candidates.verdicts(), events);
    }

    /** Locked updates of one variable by eight threads in turns, without a fork before them, and a race in a thousand. */
    private static int[] hot(int accesses) {
        int[] events = new int[accesses * 2 * RaceStream.INTS];
        int at = 0;
        for (int i = 0; at < events.length; i++) {
            int thread = i * 5 % 8;
            boolean locked = i % 1_000 != 999;
            at = put(events, at, locked ? RaceStream.ACQUIRE : RaceStream.OTHER, thread, 0, 1);
            at = put(events, at, RaceStream.READ, thread, 0, 2);
            at = put(events, at, RaceStream.WRITE, thread, 0, 3);
            at = put(events, at, locked ? RaceStream.RELEASE : RaceStream.OTHER, thread, 0, 4);
        }
        return events;
    }

    private static int put(int[] events, int at, int operation, int thread, int target, int site) {
        events[at] = RaceStream.head(operation, thread);
        events[at + 1] = target;
        events[at + 2] = site;
        return at + RaceStream.INTS;
    }

    private static <T> long least(Supplier<T> input, ToLongFunction<T> work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            T given = input.get();
            long start = cpuNanos();
            answers += work.applyAsLong(given);
            least = Math.min(least, cpuNanos() - start);
        }
        return least;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
