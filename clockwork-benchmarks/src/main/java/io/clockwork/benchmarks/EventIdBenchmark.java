package io.clockwork.benchmarks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import com.github.f4b6a3.uuid.UuidCreator;
import io.clockwork.EventIds;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of an event id. The claims: an id costs little more than reading the wall clock and allocates the {@code UUID}
 * alone, 32 bytes; also while two threads share the generator, and its ids ascend from thread to thread, it is faster
 * than the peers.
 *
 * <p>Beside it: java-uuid-generator and uuid-creator in the forms that ascend inside one millisecond, and
 * {@code UUID.randomUUID}, which does not ascend.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EventIdBenchmark {
    private final EventIds ids = new EventIds(InstantSource.system(), new SecureRandom());
    private final TimeBasedEpochGenerator jug = Generators.timeBasedEpochGenerator();

    @Setup
    public void setup() {
        Peers.agree(ids.next().version() == 7, "the version");
        Peers.agree(jug.generate().version() == 7, "the version");
        Peers.agree(UuidCreator.getTimeOrderedEpochPlus1().version() == 7, "the version");
    }

    @Benchmark
    public UUID clockwork() {
        return ids.next();
    }

    @Benchmark
    public String clockworkText() {
        return ids.nextString();
    }

    @Benchmark
    public UUID javaUuidGenerator() {
        return jug.generate();
    }

    @Benchmark
    public UUID uuidCreator() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    @Benchmark
    public UUID randomUuid() {
        return UUID.randomUUID();
    }

    /** What reading the wall clock costs alone. */
    @Benchmark
    public long wallClock() {
        return System.currentTimeMillis();
    }

    @Benchmark
    @Threads(2)
    public UUID twoThreadsClockwork() {
        return ids.next();
    }

    @Benchmark
    @Threads(2)
    public UUID twoThreadsJavaUuidGenerator() {
        return jug.generate();
    }

    @Benchmark
    @Threads(2)
    public UUID twoThreadsUuidCreator() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    @Benchmark
    @Threads(2)
    public UUID twoThreadsRandomUuid() {
        return UUID.randomUUID();
    }
}
