package io.clockwork.benchmarks;

import io.clockwork.analysis.LiveRaces;
import io.clockwork.analysis.RaceStream;
import io.clockwork.record.Dot;
import io.clockwork.record.EventKind;
import io.clockwork.record.RecordedEvent;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Site;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CPU time of the races of a whole trace, and of those of its last hundredth alone, after all else was appended: the claim is
 * that the latter is at most 3% of the former. Give the number of events and of threads.
 */
public final class LiveRacesCost {
    private static final int BATCH = 4_096;
    private static final int ROUNDS = 7;
    private static final EventKind[] KINDS = {
        EventKind.READ, EventKind.WRITE, EventKind.ACQUIRE, EventKind.RELEASE, EventKind.FORK, EventKind.JOIN
    };

    private final List<List<RecordedTask>> batches = new ArrayList<>();
    private final Map<Integer, Integer> sequences = new HashMap<>();
    private final Map<Integer, Dot> origins = new HashMap<>();
    private final Map<Integer, Dot> releases = new HashMap<>();
    private final Map<Integer, Site> sites = new HashMap<>();

    private LiveRacesCost() {}

    /** Prints the medians: number of events, number of threads. */
    public static void main(String[] args) {
        if (args.length != 2) {
            throw new IllegalArgumentException("give the number of events and the number of threads");
        }
        int[] events = StdTraces.events(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        LiveRacesCost cost = new LiveRacesCost();
        int count = events.length / RaceStream.INTS;
        int last = count - count / 100;
        cost.record(events, 0, last);
        int before = cost.batches.size();
        cost.record(events, last, count);
        cost.measure(before, count);
    }

    private void measure(int before, int count) {
        long[] whole = new long[ROUNDS];
        long[] appended = new long[ROUNDS];
        long[] reports = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            LiveRaces races = new LiveRaces();
            long start = cpuNanos();
            append(races, 0, before);
            races.report();
            long middle = cpuNanos();
            append(races, before, batches.size());
            int found = races.report().races().size();
            long end = cpuNanos();
            races.report();
            reports[round] = cpuNanos() - end;
            appended[round] = end - middle;
            whole[round] = end - start;
            System.out.printf(
                    "%d events, %d held back, %d races: %.0f ms, of which the last hundredth %.2f ms%n",
                    races.events(), races.waiting(), found, whole[round] / 1e6, appended[round] / 1e6);
        }
        Arrays.sort(whole);
        Arrays.sort(appended);
        Arrays.sort(reports);
        int median = ROUNDS / 2;
        System.out.printf(
                "%,d events: %.0f ns each; the last hundredth takes %.2f%% of the whole, %.2f ms, of which the report"
                        + " %.2f ms%n",
                count,
                (double) whole[median] / count,
                100.0 * appended[median] / whole[median],
                appended[median] / 1e6,
                reports[median] / 1e6);
    }

    private void append(LiveRaces races, int from, int to) {
        for (int i = from; i < to; i++) {
            races.write(batches.get(i));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void record(int[] events, int from, int to) {
        for (int start = from; start < to; start += BATCH) {
            Map<Integer, List<RecordedEvent>> stretches = new LinkedHashMap<>();
            for (int e = start; e < Math.min(to, start + BATCH); e++) {
                int at = e * RaceStream.INTS;
                int thread = events[at] >>> 3;
                stretches
                        .computeIfAbsent(thread, t -> new ArrayList<>())
                        .add(event(events[at] & 7, thread, events[at + 1], events[at + 2], e));
            }
            List<RecordedTask> batch = new ArrayList<>();
            stretches.forEach((thread, stretch) -> batch.add(RecordedTask.of(
                    thread, 0, "trace", "thread " + thread, origins.get(thread), false, "thread " + thread, stretch)));
            batches.add(batch);
        }
    }

    private RecordedEvent event(int operation, int thread, int target, int line, long nanos) {
        Dot dot = new Dot(thread, sequences.merge(thread, 1, Integer::sum));
        Dot cause = cause(operation, target);
        switch (operation) {
            case RaceStream.RELEASE -> releases.put(target, dot);
            case RaceStream.FORK -> origins.put(target, dot);
            default -> {
                // nobody follows it
            }
        }
        String subject =
                operation <= RaceStream.WRITE ? "x" + target : operation <= RaceStream.RELEASE ? "l" + target : "";
        Site site = sites.computeIfAbsent(line, l -> new Site("Trace", "run", "Trace.java", l));
        return new RecordedEvent(dot, KINDS[operation], null, subject, cause, null, site, nanos, null);
    }

    private @Nullable Dot cause(int operation, int target) {
        return switch (operation) {
            case RaceStream.ACQUIRE -> releases.get(target);
            case RaceStream.FORK -> new Dot(target, 0);
            case RaceStream.JOIN -> new Dot(target, sequences.getOrDefault(target, 0));
            default -> null;
        };
    }
}
