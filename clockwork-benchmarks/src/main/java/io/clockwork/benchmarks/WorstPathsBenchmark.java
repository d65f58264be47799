package io.clockwork.benchmarks;

import io.clockwork.analysis.CriticalPath;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.PathProfile;
import io.clockwork.analysis.ServiceGraph;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of critical paths on the shapes that other tools take long for. The claims: at most 0.2 s for 100,000 children one
 * after the other, 100,000 that overlap and a chain of 1,000,000, on a stack of 512 KB; the time grows with a power of at most
 * 1.15 from 10,000 spans to 1,000,000. {@link WorstPaths} prints the same as one table.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xss512k", "-Xmx2g"})
public class WorstPathsBenchmark {
    @Param
    WorstPaths.Shape shape;

    @Param({"10000", "100000", "1000000"})
    int spans;

    private EventLog log = EventLog.builder().build();

    @Setup
    public void generate() {
        log = WorstPaths.log(shape, spans);
    }

    @Benchmark
    public List<CriticalPath> response() {
        return CriticalPath.response(log);
    }

    @Benchmark
    public List<CriticalPath> completion() {
        return CriticalPath.completion(log);
    }

    @Benchmark
    public PathProfile profile() {
        return PathProfile.of(log);
    }

    @Benchmark
    public ServiceGraph services() {
        return ServiceGraph.of(log);
    }
}
