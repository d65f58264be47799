package io.clockwork.benchmarks;

import io.clockwork.HybridClock;
import io.clockwork.HybridTimestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.internal.hlc.HybridClockImpl;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of a hybrid clock's reading and of a message's. The claim: no slower than Ignite's clock, though ours checks
 * each message against the drift bound.
 *
 * <p>Ignite's update takes no reading and looks at no wall clock when the message is not news, so its counterpart is
 * {@code merge}; {@code update} is the receive event of the paper. Messages are readings of the setup's time, from a little before to a little after it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HybridClockBenchmark {
    private static final int MESSAGES = 16;

    private final HybridClock clock = new HybridClock(InstantSource.system(), Duration.ofMinutes(1));
    private final HybridClockImpl ignite = new HybridClockImpl();
    private final HybridTimestamp[] messages = new HybridTimestamp[MESSAGES];
    private final org.apache.ignite.internal.hlc.HybridTimestamp[] igniteMessages =
            new org.apache.ignite.internal.hlc.HybridTimestamp[MESSAGES];
    private int last;

    @Setup
    public void setup() {
        long now = System.currentTimeMillis();
        for (int i = 0; i < MESSAGES; i++) {
            messages[i] = new HybridTimestamp(now - MESSAGES / 2 + i, i);
            igniteMessages[i] = new org.apache.ignite.internal.hlc.HybridTimestamp(now - MESSAGES / 2 + i, i);
            Peers.agree(clock.update(messages[i]).compareTo(messages[i]) > 0, "a message");
            Peers.agree(ignite.update(igniteMessages[i]).compareTo(igniteMessages[i]) >= 0, "a message");
        }
    }

    private int next() {
        last = (last + 1) & (MESSAGES - 1);
        return last;
    }

    @Benchmark
    public HybridTimestamp nowClockwork() {
        return clock.now();
    }

    @Benchmark
    public long nowClockworkPacked() {
        return clock.nowLong();
    }

    @Benchmark
    public Object nowIgnite() {
        return ignite.now();
    }

    @Benchmark
    public long nowIgnitePacked() {
        return ignite.nowLong();
    }

    @Benchmark
    public HybridTimestamp updateClockwork() {
        return clock.update(messages[next()]);
    }

    @Benchmark
    public HybridTimestamp mergeClockwork() {
        return clock.merge(messages[next()]);
    }

    @Benchmark
    public Object updateIgnite() {
        return ignite.update(igniteMessages[next()]);
    }
}
