package io.clockwork.benchmarks;

import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.propagation.B3Propagation;
import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderGetter;
import io.clockwork.HeaderSetter;
import io.clockwork.VectorClock;
import io.clockwork.VectorTimestamp;
import io.clockwork.text.TextCodec;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
 * Cost of writing a vector into text headers and of reading it. The claims: a header of known ids is read without making a
 * string, with nothing but the timestamp allocated; one of unknown ids still faster than by the peers.
 *
 * <p>Beside it: the same ids and counters as baggage, by OpenTelemetry's W3C propagator and by Brave, one field an id. All
 * over a carrier that costs nothing, a field for each header.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TextCodecBenchmark {
    private static final int STAMPS = 4;

    @Param({"4", "16", "64"})
    int nodes;

    private final TextCodec codec = TextCodec.builder().build();
    private final W3CBaggagePropagator otel = W3CBaggagePropagator.getInstance();
    private final VectorTimestamp[] stamps = new VectorTimestamp[STAMPS];
    private final Message[] messages = new Message[STAMPS];
    private final Message[] unknown = new Message[64];
    private final Context[] baggage = new Context[STAMPS];
    private final Message[] baggageMessages = new Message[STAMPS];
    private final TraceContext[] braveContexts = new TraceContext[STAMPS];
    private final BraveMessage[] braveMessages = new BraveMessage[STAMPS];
    private final BraveMessage braveOut = new BraveMessage();
    private final Message out = new Message();
    private AtomicVectorClock receiver = AtomicVectorClock.of("none");
    private TraceContext.Injector<BraveMessage> braveInjector = (context, message) -> {};
    private TraceContext.Extractor<BraveMessage> braveExtractor = message -> TraceContextOrSamplingFlags.EMPTY;
    private int last;

    /** A carrier with one header. */
    static final class Message {
        private @Nullable String value;

        static final HeaderSetter<Message, String> SETTER = (message, name, value) -> message.value = value;
        static final HeaderGetter<Message, String> GETTER = (message, name) -> message.value;

        static final TextMapGetter<Message> OTEL = new TextMapGetter<>() {
            @Override
            @SuppressWarnings("deprecation") // abstract all the same
            public Iterable<String> keys(Message carrier) {
                return Collections.singleton("baggage");
            }

            @Override
            public @Nullable String get(@Nullable Message carrier, String key) {
                return carrier == null ? null : carrier.value;
            }
        };
    }

    /** A carrier with a header for each field. */
    static final class BraveMessage {
        private final Map<String, String> headers = new HashMap<>();
    }

    private int next() {
        last = (last + 1) & (STAMPS - 1);
        return last;
    }

    @Setup
    public void setup() {
        String[] ids = Peers.ids("orders", nodes);
        long[] counters = new long[nodes];
        for (int i = 0; i < nodes; i++) {
            counters[i] = 1000L + i * 7L;
        }
        receiver = new AtomicVectorClock(VectorClock.restore(ids[0], Peers.clockwork(ids, counters)));
        for (int k = 0; k < 1 << 16; k++) {
            receiver.tick();
        }
        VectorClock sender = VectorClock.restore(ids[nodes - 1], Peers.clockwork(ids, counters));
        Propagation<String> brave = bravePropagation(ids);
        braveInjector = brave.injector((message, name, value) -> message.headers.put(name, value));
        braveExtractor = brave.extractor((message, name) -> message.headers.get(name));
        for (int i = 0; i < STAMPS; i++) {
            sender = sender.tick();
            stamps[i] = sender.timestamp();
            messages[i] = new Message();
            codec.inject(stamps[i], messages[i], Message.SETTER);
            baggage[i] = baggageOf(stamps[i]).storeInContext(Context.root());
            baggageMessages[i] = new Message();
            otel.inject(baggage[i], baggageMessages[i], (carrier, name, value) -> {
                if (carrier != null) {
                    carrier.value = value;
                }
            });
            BraveMessage extractedFrom = new BraveMessage();
            extractedFrom.headers.put("b3", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1");
            for (String id : ids) {
                extractedFrom.headers.put(id.toLowerCase(Locale.ROOT), Long.toString(stamps[i].get(id)));
            }
            braveMessages[i] = extractedFrom;
            braveContexts[i] =
                    Objects.requireNonNull(braveExtractor.extract(extractedFrom).context());
        }
        for (int i = 0; i < unknown.length; i++) {
            unknown[i] = new Message();
            codec.inject(Peers.clockwork(Peers.ids("peer" + i, nodes), counters), unknown[i], Message.SETTER);
        }
        Peers.agree(extractKnown().map(t -> t.equals(stamps[last])).orElse(false), "extract");
        Peers.agree(Baggage.fromContext(extractOtel()).equals(baggageOf(stamps[last])), "OpenTelemetry");
        Peers.agree(
                Long.toString(stamps[0].get(ids[1]))
                        .equals(BaggageField.create(ids[1]).getValue(braveContexts[0])),
                "Brave");
    }

    private static Propagation<String> bravePropagation(String[] ids) {
        BaggagePropagation.FactoryBuilder builder =
                BaggagePropagation.newFactoryBuilder(B3Propagation.newFactoryBuilder()
                        .injectFormat(B3Propagation.Format.SINGLE)
                        .build());
        Arrays.stream(ids).forEach(id -> builder.add(SingleBaggageField.remote(BaggageField.create(id))));
        return builder.build().get();
    }

    private static Baggage baggageOf(VectorTimestamp timestamp) {
        BaggageBuilder builder = Baggage.builder();
        timestamp.asMap().forEach((id, counter) -> builder.put(id, Long.toString(counter)));
        return builder.build();
    }

    @Benchmark
    public @Nullable String inject() {
        codec.inject(stamps[next()], out, Message.SETTER);
        return out.value;
    }

    @Benchmark
    public @Nullable String injectSameAgain() {
        codec.inject(stamps[0], out, Message.SETTER);
        return out.value;
    }

    @Benchmark
    public Optional<VectorTimestamp> extractKnown() {
        return codec.extract(messages[next()], Message.GETTER, receiver.timestamp());
    }

    @Benchmark
    public VectorTimestamp extractRecent() {
        return codec.extract(messages[next()], Message.GETTER).orElseThrow();
    }

    @Benchmark
    public VectorTimestamp extractUnknown() {
        last = (last + 1) & (unknown.length - 1);
        return codec.extract(unknown[last], Message.GETTER).orElseThrow();
    }

    @Benchmark
    public VectorTimestamp receive() {
        return codec.receive(receiver, messages[next()], Message.GETTER);
    }

    @Benchmark
    public @Nullable String injectOtel() {
        otel.inject(baggage[next()], out, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.value = value;
            }
        });
        return out.value;
    }

    @Benchmark
    public Context extractOtel() {
        return otel.extract(Context.root(), baggageMessages[next()], Message.OTEL);
    }

    @Benchmark
    public Object injectBrave() {
        braveInjector.inject(braveContexts[next()], braveOut);
        return braveOut;
    }

    @Benchmark
    public Object extractBrave() {
        return braveExtractor.extract(braveMessages[next()]);
    }
}
