package io.clockwork.benchmarks;

import io.clockwork.record.Recorder;
import io.clockwork.record.TrackedAtomicLong;
import io.clockwork.record.TrackedLock;
import io.clockwork.record.TrackedReadWriteLock;
import io.clockwork.record.TrackedSemaphore;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of a hold that nobody contends for, beside the JDK's own. The claim: recording adds the cost of its two events, and
 * allocates nothing but the memory that they stay in.
 *
 * <p>Each iteration has a new recorder, or it would soon be full; {@code full} is that case. An iteration must not record
 * more than the recorder holds: keep iterations short.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx3g")
@State(Scope.Thread)
@SuppressWarnings("LockNotBeforeTry") // nothing in between can throw
public class TrackedLockBenchmark {
    private static final int ROOM = 40_000_000;

    /** What the recorder does. */
    @Param({"untimed", "timed", "full"})
    String recording;

    private final Lock lock = new ReentrantLock();
    private final ReentrantReadWriteLock readWriteLock = new ReentrantReadWriteLock();
    private final Semaphore semaphore = new Semaphore(1);
    private final AtomicLong atomic = new AtomicLong();

    private io.clockwork.record.Scope trace;
    private TrackedLock trackedLock;
    private TrackedReadWriteLock trackedReadWriteLock;
    private TrackedSemaphore trackedSemaphore;
    private TrackedAtomicLong trackedAtomic;

    /** Starts a recording. */
    @Setup(Level.Iteration)
    public void start() {
        Recorder.Builder builder = Recorder.builder("bench").maxEvents(recording.equals("full") ? 1 : ROOM);
        Recorder recorder = (recording.equals("timed") ? builder : builder.withoutTimes()).build();
        trace = recorder.openTrace("bench");
        trackedLock = recorder.lock("lock");
        trackedReadWriteLock = recorder.readWriteLock("readWriteLock");
        trackedSemaphore = recorder.semaphore("semaphore", 1);
        trackedAtomic = recorder.atomicLong("atomic", 0);
    }

    /** Ends the recording. */
    @TearDown(Level.Iteration)
    public void stop() {
        trace.close();
    }

    @Benchmark
    public void lockOfJdk() {
        lock.lock();
        lock.unlock();
    }

    @Benchmark
    public void lock() {
        trackedLock.lock();
        trackedLock.unlock();
    }

    @Benchmark
    public void readLockOfJdk() {
        readWriteLock.readLock().lock();
        readWriteLock.readLock().unlock();
    }

    @Benchmark
    public void readLock() {
        trackedReadWriteLock.readLock().lock();
        trackedReadWriteLock.readLock().unlock();
    }

    @Benchmark
    public void semaphoreOfJdk() {
        semaphore.acquireUninterruptibly();
        semaphore.release();
    }

    @Benchmark
    public void semaphore() {
        trackedSemaphore.acquireUninterruptibly();
        trackedSemaphore.release();
    }

    @Benchmark
    public long atomicReadOfJdk() {
        return atomic.get();
    }

    @Benchmark
    public long atomicRead() {
        return trackedAtomic.get();
    }
}
