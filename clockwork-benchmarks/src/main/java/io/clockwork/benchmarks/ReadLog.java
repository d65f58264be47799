package io.clockwork.benchmarks;

import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.format.LogReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints what it costs to read a log, to find its causal order with the number of concurrent pairs, and to find its response
 * paths: CPU milliseconds of the thread that works, of the first run and the least of all.
 */
public final class ReadLog {
    private static final List<String> STEPS = List.of("read", "causal order", "response paths");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final double[] first = new double[STEPS.size()];
    private final double[] least = new double[STEPS.size()];
    private long before;

    private ReadLog() {}

    /** Reads a log so many times: file, runs. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("give a file and the number of runs");
        }
        ReadLog times = new ReadLog();
        for (int run = 0; run < Integer.parseInt(args[1]); run++) {
            times.run(Path.of(args[0]), run == 0);
        }
        for (int step = 0; step < STEPS.size(); step++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-16s first %8.1f ms, least %8.1f ms%n",
                    STEPS.get(step),
                    times.first[step],
                    times.least[step]);
        }
    }

    private void run(Path file, boolean isFirst) throws IOException {
        before = threads.getCurrentThreadCpuTime();
        EventLog log = LogReader.create().read(List.of(file));
        lap(0, isFirst);
        int orders = CausalGraph.of(log).orders().size();
        lap(1, isFirst);
        int paths = CriticalPath.response(log).size();
        lap(2, isFirst);
        if (orders == 0 && paths == 0) {
            throw new IllegalStateException(file + " has no trace");
        }
    }

    private void lap(int step, boolean isFirst) {
        long now = threads.getCurrentThreadCpuTime();
        double millis = (now - before) / 1e6;
        first[step] = isFirst ? millis : first[step];
        least[step] = isFirst ? millis : Math.min(least[step], millis);
        before = now;
    }
}
