package io.clockwork.record;

import io.clockwork.CausalityCodecException;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderGetter;
import io.clockwork.HeaderSetter;
import io.clockwork.VectorTimestamp;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes traces from service to service in the headers of messages, over one codec.
 *
 * <p>What is sent carries W3C's {@code traceparent}, whose span id names the sending and no other, {@code tracestate} where
 * the trace came with one, and the sender's causal timestamp under the codec's own name for a vector. Who receives it goes
 * on in the same trace, after the sending. A {@code traceparent} of other tools does too, where it gives the trace its id.
 *
 * <p>Nothing is thrown: headers that cannot be read or written are left out and counted, and the work goes on without
 * them. Safe for use by any number of threads. Sending and receiving cost O(n) in the components of the trace, of which at
 * most 64 are learned from others.
 *
 * @param <V> the header's value: {@code String} or {@code byte[]}
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C, <i>Trace Context</i></a>
 */
public final class Crossing<V> {
    private final Recorder recorder;
    private final HeaderCodec<V> codec;

    Crossing(Recorder recorder, HeaderCodec<V> codec) {
        this.recorder = recorder;
        this.codec = codec;
    }

    /** Records that a message, or the answer to a request, is sent by the current task; writes its headers. */
    public <C> void send(String channel, C carrier, HeaderSetter<? super C, ? super V> setter) {
        depart(EventKind.SEND, channel, carrier, setter);
    }

    /** Records that the current task sends a request, whose answer it will wait for; writes its headers. */
    public <C> void request(String name, C carrier, HeaderSetter<? super C, ? super V> setter) {
        depart(EventKind.REQUEST, name, carrier, setter);
    }

    /**
     * Begins a task that a message or a request set off, in the sender's trace; it is current on the calling thread until
     * the scope is closed. Without usable headers the task begins a trace of its own.
     */
    public <C> Scope open(String name, C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        Received received = read(carrier, getter);
        Scope scope = recorder.openForGood(begin(name, received));
        record(EventKind.RECEIVE, name, received);
        return scope;
    }

    /**
     * Records that a message was received. In the scope of a task it is this task that receives it; outside of any, one
     * begins as by {@link #open}, and is current on the calling thread until it receives again or opens a scope.
     */
    public <C> void receive(String channel, C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        Received received = read(carrier, getter);
        if (recorder.context.isInScope()) {
            learn(received);
        } else {
            recorder.context.goOnAs(begin(channel, received));
        }
        record(EventKind.RECEIVE, channel, received);
    }

    /** Records that the answer to a request came in, where the current task waited for it. */
    public <C> void response(String name, C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        Received received = read(carrier, getter);
        learn(received);
        record(EventKind.RESPONSE, name, received);
    }

    private record Received(@Nullable TraceContext context, VectorTimestamp vector) {}

    private <C> void depart(EventKind kind, String name, C carrier, HeaderSetter<? super C, ? super V> setter) {
        Subject about = new Subject(recorder, Objects.requireNonNull(name, "name"));
        long span = recorder.traces.newSpan();
        about.record(kind, span, ValueType.SPAN, null);
        Task task = recorder.context.current();
        TraceContext context = task.trace.context;
        try {
            codec.injectText(TraceContext.PARENT, context.parent(span), carrier, setter);
            if (!context.state().isEmpty()) {
                codec.injectText(TraceContext.STATE, context.state(), carrier, setter);
            }
            long[] vector = task.vector();
            recorder.traces.abroad(task.trace).send(vector);
            codec.inject(task.trace.timestamp(vector), carrier, setter);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            recorder.malformed.increment();
        }
    }

    private <C> Received read(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        TraceContext context = null;
        VectorTimestamp vector = VectorTimestamp.empty();
        try {
            Optional<String> parent = codec.extractText(TraceContext.PARENT, carrier, getter);
            if (parent.isPresent()) {
                context = TraceContext.parse(parent.get(), state(carrier, getter));
                if (context == null) {
                    recorder.malformed.increment();
                } else {
                    vector = codec.extract(carrier, getter).orElse(vector);
                }
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            recorder.malformed.increment();
        }
        return new Received(context, vector);
    }

    private <C> @Nullable String state(C carrier, HeaderGetter<? super C, ? extends @Nullable V> getter) {
        try {
            return codec.extractText(TraceContext.STATE, carrier, getter).orElse(null);
        } catch (CausalityCodecException e) {
            recorder.malformed.increment();
            return null;
        }
    }

    private Task begin(String name, Received received) {
        Objects.requireNonNull(name, "name");
        TraceContext context = received.context;
        if (context == null) {
            return recorder.newRoot(name, false);
        }
        Trace trace = recorder.traces.arrive(context);
        Abroad abroad = recorder.traces.abroad(trace);
        long[] known = abroad.learn(received.vector, recorder.malformed::increment);
        Task task = Task.arrived(recorder, trace, recorder.newTaskId(), name, known);
        abroad.begin(task);
        return task;
    }

    /** A vector of another trace is of no use to the current task: its components are not those of the task's trace. */
    private void learn(Received received) {
        Task task = recorder.context.current();
        if (received.context != null && received.context.isSameTrace(task.trace.context)) {
            Abroad abroad = recorder.traces.abroad(task.trace);
            task.learn(abroad.learn(received.vector, recorder.malformed::increment));
        }
    }

    private void record(EventKind kind, String name, Received received) {
        TraceContext from = received.context;
        Subject about = new Subject(recorder, name);
        if (from == null) {
            about.record(kind, Dot.NONE, ValueType.NONE, null);
        } else {
            about.record(kind, 0, ValueType.MESSAGE, new MessageId(from.high(), from.low(), from.span()));
        }
    }
}
