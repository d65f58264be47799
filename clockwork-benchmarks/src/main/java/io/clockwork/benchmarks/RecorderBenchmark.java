package io.clockwork.benchmarks;

import io.clockwork.record.Overflow;
import io.clockwork.record.Recorder;
import io.clockwork.record.Task;
import io.clockwork.record.Variable;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.jctools.queues.MpmcArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of one recorded event, and of carrying the context, beside tracing and profiling tools; run it with {@code -t 1} and
 * {@code -t 2}. The claims: O(1), no allocation once the recorder is full and recycles its oldest events, no word that two
 * threads share.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class RecorderBenchmark {
    private static final int ROOM = 1 << 16;

    /** What threads share. */
    @State(Scope.Benchmark)
    public static class Shared {
        final Recorder untimed = recorder().withoutTimes().build();
        final Recorder timed = recorder().build();
        final Variable untimedVariable = untimed.variable("balance");
        final Variable timedVariable = timed.variable("balance");
        /** With a processor that does nothing: without one, no span is recorded at all. */
        final SdkTracerProvider tracers =
                SdkTracerProvider.builder().addSpanProcessor(new NoProcessing()).build();

        final Tracer tracer = tracers.get("benchmark");
        final MpmcArrayQueue<Change> queue = new MpmcArrayQueue<>(ROOM);
        final Recording flightRecording = new Recording();

        /** Starts the flight recorder, without stacks. */
        @Setup
        public void start() {
            flightRecording.enable(FlightEvent.class).withoutStackTrace();
            flightRecording.start();
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            flightRecording.close();
            tracers.close();
        }

        private static Recorder.Builder recorder() {
            return Recorder.builder("bench").maxEvents(ROOM).whenFull(Overflow.DROP_OLDEST);
        }
    }

    /** A thread with a task of its own. */
    @State(Scope.Thread)
    public static class OneThread {
        io.clockwork.record.Scope untimedTrace;
        io.clockwork.record.Scope timedTrace;
        Task task;
        long value;
        int done;
        final Runnable work = () -> done++;
        final Context context = Context.root().with(ContextKey.named("key"), "value");

        /** Opens a trace in each recorder. */
        @Setup(Level.Trial)
        public void open(Shared shared) {
            untimedTrace = shared.untimed.openTrace("bench");
            timedTrace = shared.timed.openTrace("bench");
            task = shared.untimed.fork("scope");
        }

        /** Closes them. */
        @TearDown(Level.Trial)
        public void close() {
            timedTrace.close();
            untimedTrace.close();
        }
    }

    /** Where finished spans end. */
    static final class NoProcessing implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    /** What a queue of events would hold. */
    record Change(String variable, long value) {}

    /** The same for the flight recorder. */
    static final class FlightEvent extends jdk.jfr.Event {
        String variable = "";
        long value;
    }

    @Benchmark
    public void event(Shared shared, OneThread thread) {
        shared.untimedVariable.write(thread.value++);
    }

    @Benchmark
    public void eventWithTime(Shared shared, OneThread thread) {
        shared.timedVariable.write(thread.value++);
    }

    @Benchmark
    public long timeAlone() {
        return System.nanoTime();
    }

    @Benchmark
    public void spanOfOpenTelemetry(Shared shared, OneThread thread) {
        shared.tracer
                .spanBuilder("write")
                .setAttribute("value", thread.value++)
                .startSpan()
                .end();
    }

    @Benchmark
    public void flightRecorderEvent(OneThread thread) {
        FlightEvent event = new FlightEvent();
        event.begin();
        event.variable = "balance";
        event.value = thread.value++;
        event.commit();
    }

    @Benchmark
    public Object queueOfJcTools(Shared shared, OneThread thread) {
        shared.queue.offer(new Change("balance", thread.value++));
        return shared.queue.poll();
    }

    /** A task made current and given back, without times: with them, each says when. */
    @Benchmark
    public void scope(OneThread thread) {
        thread.task.open().close();
    }

    @Benchmark
    @SuppressWarnings("MustBeClosedChecker") // as ours: nothing in between can throw
    public void scopeOfOpenTelemetry(OneThread thread) {
        thread.context.makeCurrent().close();
    }

    /** A fork, and a task that begins: two events, and the task itself; the peer only sets its context and resets it. */
    @Benchmark
    public void wrapAndRun(Shared shared, OneThread thread) {
        shared.untimed.wrap(thread.work).run();
    }

    @Benchmark
    public void wrapAndRunOfOpenTelemetry(OneThread thread) {
        thread.context.wrap(thread.work).run();
    }
}
