package io.clockwork.benchmarks;

import io.clockwork.analysis.RaceStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of race detection for each event of a trace in memory; the claim is that threads hardly matter. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RaceStreamBenchmark {
    private static final int EVENTS = 10_000_000;

    @Param({"8", "64", "256"})
    int threads;

    private int[] events;

    /** Makes the trace. */
    @Setup
    public void makeTrace() {
        events = StdTraces.events(EVENTS, threads);
    }

    private long run(RaceStream stream) {
        stream.addAll(events, 0, events.length);
        return stream.racyEvents();
    }

    /** Which accesses race with an earlier one. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long racyEvents() {
        return run(RaceStream.ofRacyEvents());
    }

    /** All pairs of sites that race by happens-before, with counts. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long sitePairs() {
        return run(RaceStream.ofSitePairs());
    }

    /** How sure each race is, and what only this run's sync kept from being one. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long verdicts() {
        return run(RaceStream.ofVerdicts());
    }
}
