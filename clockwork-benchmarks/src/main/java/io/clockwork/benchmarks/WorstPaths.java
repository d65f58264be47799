package io.clockwork.benchmarks;

import io.clockwork.analysis.Baseline;
import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.PathProfile;
import io.clockwork.analysis.ServiceGraph;
import io.clockwork.record.EventKind;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Prints what each analysis of spans costs on the shapes that other tools take long for: CPU milliseconds of the thread that
 * works, the least of some runs, and the power of the number of spans with which they grow.
 */
public final class WorstPaths {
    private static final int RUNS = 5;
    private static final int SMALL = 10_000;
    private static final int LARGE = 1_000_000;
    private static final int[] SPANS = {SMALL, 100_000, LARGE};

    /** How the spans lie to each other. */
    public enum Shape {
        /** Children of the root, one after the other. */
        SEQUENCE,
        /** Children of the root that overlap. */
        OVERLAP,
        /** Each called by the one before it. */
        CHAIN,
        /** Services that call each other at random. */
        CALLS
    }

    private WorstPaths() {}

    /** Prints the table; says nothing else. */
    public static void main(String[] args) {
        Map<String, Function<EventLog, ?>> analyses = new LinkedHashMap<>();
        analyses.put("response", CriticalPath::response);
        analyses.put("completion", CriticalPath::completion);
        analyses.put("profile", PathProfile::of);
        analyses.put("services", ServiceGraph::of);
        analyses.put("learn", Baseline::of);
        analyses.put("check", log -> Baseline.of(log).check(log));
        System.out.println("shape     analysis         10,000     100,000   1,000,000   exponent");
        for (Shape shape : Shape.values()) {
            EventLog[] logs = new EventLog[SPANS.length];
            for (int i = 0; i < logs.length; i++) {
                logs[i] = log(shape, SPANS[i]);
            }
            analyses.forEach((name, analysis) -> {
                double[] millis = new double[logs.length];
                for (int i = 0; i < logs.length; i++) {
                    millis[i] = millis(analysis, logs[i], RUNS * (i == 0 ? 20 : 1));
                }
                double exponent = Math.log(millis[2] / millis[0]) / Math.log((double) LARGE / SMALL);
                System.out.printf(
                        Locale.ROOT,
                        "%-10s%-12s%11.2f%12.1f%12.1f%11.2f%n",
                        shape,
                        name,
                        millis[0],
                        millis[1],
                        millis[2],
                        exponent);
            });
        }
    }

    private static double millis(Function<EventLog, ?> analysis, EventLog log, int runs) {
        var threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            long before = threads.getCurrentThreadCpuTime();
            if (analysis.apply(log) == null) {
                throw new IllegalStateException("no result");
            }
            least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
        }
        return least / 1e6;
    }

    /** {@return a trace of that shape} */
    public static EventLog log(Shape shape, int spans) {
        if (shape == Shape.CALLS) {
            return RandomCalls.of(spans, 0).log();
        }
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("worst");
        int root = span(builder, trace, 0, 0, 4L * spans);
        int above = root;
        for (int i = 1; i < spans; i++) {
            long start = shape == Shape.SEQUENCE ? 2L * i : i;
            long end = shape == Shape.SEQUENCE ? start + 2 : shape == Shape.OVERLAP ? start + spans : 4L * spans - i;
            int begin = span(builder, trace, i, start, end);
            builder.origin(i, shape == Shape.CHAIN ? above : root, Link.CALL);
            above = begin;
        }
        return builder.build();
    }

    private static int span(EventLogBuilder builder, int trace, int number, long start, long end) {
        int task = builder.task(trace, "service-" + number % 7, "span-" + number);
        int begin = builder.event(task, EventKind.BEGIN, "operation-" + number % 50);
        builder.nanos(begin, start);
        builder.nanos(builder.event(task, EventKind.END, "operation-" + number % 50), end);
        return begin;
    }
}
