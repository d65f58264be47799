package io.clockwork.examples;

import static io.clockwork.examples.CounterpartContract.assertChain;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderCodec;
import io.clockwork.HeaderGetter;
import io.clockwork.HeaderSetter;
import io.clockwork.VectorTimestamp;
import io.clockwork.binary.BinaryCodec;
import io.clockwork.text.TextCodec;
import io.grpc.Metadata;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenTelemetry's propagators and a clock on the same carriers: neither disturbs the other. */
class OpenTelemetryTest {
    private static final TextMapPropagator TELEMETRY =
            TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
    private static final SpanContext SPAN = SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c",
            "b7ad6b7169203331",
            TraceFlags.getSampled(),
            TraceState.builder().put("vendor", "1").build());
    /** Looks as a vector does. */
    private static final Baggage BAGGAGE =
            Baggage.builder().put("orders", "7,billing=7").build();

    private static final Context CONTEXT = Context.root().with(Span.wrap(SPAN)).with(BAGGAGE);

    /** How both write to one carrier, and read from it. */
    private record Carrier<C, V>(
            Supplier<C> create,
            HeaderCodec<V> codec,
            String header,
            HeaderSetter<C, V> setter,
            HeaderGetter<C, V> getter,
            Function<C, Stream<String>> names,
            Function<String, V> toValue,
            Function<V, String> toText)
            implements TextMapGetter<C> {
        @Override
        public String get(C carrier, String key) {
            V value = getter.get(carrier, key);
            return value == null ? null : toText.apply(value);
        }

        void injectTelemetry(C carrier) {
            TELEMETRY.inject(CONTEXT, carrier, (c, name, value) -> setter.set(c, name, toValue.apply(value)));
        }
    }

    private static final Carrier<Headers, String> HTTP = new Carrier<>(
            Headers::new,
            TextCodec.create(),
            "x-causality-vector",
            Headers::set,
            Headers::getFirst,
            headers -> headers.entrySet().stream()
                    .flatMap(e -> e.getValue().stream().map(value -> e.getKey())),
            Function.identity(),
            Function.identity());

    static List<Carrier<?, ?>> carriers() {
        return List.of(
                HTTP,
                new Carrier<>(
                        Metadata::new,
                        TextCodec.create(),
                        "x-causality-vector",
                        (metadata, name, value) -> {
                            metadata.discardAll(key(name));
                            metadata.put(key(name), value);
                        },
                        (metadata, name) -> metadata.get(key(name)),
                        metadata -> metadata.keys().stream()
                                .flatMap(name -> StreamSupport.stream(
                                                metadata.getAll(key(name)).spliterator(), false)
                                        .map(value -> name)),
                        Function.identity(),
                        Function.identity()),
                new Carrier<>(
                        RecordHeaders::new,
                        BinaryCodec.create(),
                        "causality-vc",
                        (headers, name, value) -> headers.remove(name).add(name, value),
                        (headers, name) -> {
                            Header header = headers.lastHeader(name);
                            return header == null ? null : header.value();
                        },
                        headers -> Stream.of(headers.toArray()).map(Header::key),
                        text -> text.getBytes(UTF_8),
                        bytes -> new String(bytes, UTF_8)));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @ParameterizedTest
    @MethodSource("carriers")
    <C, V> void bothArriveWhicheverIsWrittenFirst(Carrier<C, V> carrier) {
        VectorTimestamp vector = VectorTimestamp.parse("billing=1,orders=2");
        C clockFirst = carrier.create().get();
        carrier.codec().inject(vector, clockFirst, carrier.setter());
        carrier.injectTelemetry(clockFirst);
        C clockLast = carrier.create().get();
        carrier.injectTelemetry(clockLast);
        carrier.codec().inject(vector, clockLast, carrier.setter());
        C twice = carrier.create().get();
        for (int attempt = 0; attempt < 2; attempt++) {
            carrier.codec().inject(vector, twice, carrier.setter());
            carrier.injectTelemetry(twice);
        }

        for (C written : List.of(clockFirst, clockLast, twice)) {
            assertThat(carrier.codec().extract(written, carrier.getter())).contains(vector);
            Context context = TELEMETRY.extract(Context.root(), written, carrier);
            SpanContext span = Span.fromContext(context).getSpanContext();
            assertThat(span.getTraceId()).isEqualTo(SPAN.getTraceId());
            assertThat(span.getSpanId()).isEqualTo(SPAN.getSpanId());
            assertThat(span.getTraceState()).isEqualTo(SPAN.getTraceState());
            assertThat(Baggage.fromContext(context)).isEqualTo(BAGGAGE);
            assertThat(carrier.names().apply(written).map(String::toLowerCase))
                    .containsExactlyInAnyOrder("traceparent", "tracestate", "baggage", carrier.header());
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    <C, V> void neitherNeedsTheOther(Carrier<C, V> carrier) {
        C telemetryOnly = carrier.create().get();
        carrier.injectTelemetry(telemetryOnly);
        C clockOnly = carrier.create().get();
        carrier.codec().inject(VectorTimestamp.of("orders", 1), clockOnly, carrier.setter());

        assertThat(carrier.codec().extract(telemetryOnly, carrier.getter())).isEmpty();
        Context context = TELEMETRY.extract(Context.root(), clockOnly, carrier);
        assertThat(Span.fromContext(context).getSpanContext().isValid()).isFalse();
        assertThat(Baggage.fromContext(context).isEmpty()).isTrue();
    }

    @Test
    void bothCrossThreeServers() throws Exception {
        Map<String, VectorTimestamp> received = new ConcurrentHashMap<>();
        Map<String, Context> contexts = new ConcurrentHashMap<>();
        List<HttpServer> servers = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        try {
            URI next = null;
            for (String node : List.of("ledger", "billing", "orders")) {
                HttpInterceptors interceptors = new HttpInterceptors(AtomicVectorClock.of(node), TextCodec.create());
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                URI downstream = next;
                server.createContext("/", exchange -> {
                    received.put(node, interceptors.incoming(exchange));
                    Context context = TELEMETRY.extract(Context.root(), exchange.getRequestHeaders(), HTTP);
                    contexts.put(node, context);
                    if (downstream != null) {
                        interceptors.answered(send(client, interceptors, downstream, context));
                    }
                    interceptors.answering(exchange);
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
                server.start();
                servers.add(server);
                next = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            }
            AtomicVectorClock shop = AtomicVectorClock.of("shop");
            HttpInterceptors interceptors = new HttpInterceptors(shop, TextCodec.create());
            VectorTimestamp before = shop.tick();
            VectorTimestamp after = interceptors.answered(send(client, interceptors, next, CONTEXT));

            assertChain(before, received.get("orders"), received.get("billing"), received.get("ledger"), after);
            assertThat(contexts).hasSize(3).allSatisfy((node, context) -> {
                assertThat(Span.fromContext(context).getSpanContext().getTraceId())
                        .isEqualTo(SPAN.getTraceId());
                assertThat(Baggage.fromContext(context)).isEqualTo(BAGGAGE);
            });
        } finally {
            servers.forEach(server -> server.stop(0));
        }
    }

    private static HttpResponse<Void> send(HttpClient client, HttpInterceptors interceptors, URI to, Context context)
            throws IOException {
        HttpRequest.Builder request = interceptors.outgoing(HttpRequest.newBuilder(to));
        TELEMETRY.inject(context, request, HttpRequest.Builder::setHeader);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
