package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Race;
import io.clockwork.analysis.Report;
import io.clockwork.binary.BinaryCodec;
import io.clockwork.record.Crossing;
import io.clockwork.record.EventKind;
import io.clockwork.record.RecordedTask;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.text.TextCodec;
import io.grpc.Metadata;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Services that are recorded, each by itself, and analysed together. */
@SuppressWarnings("try") // scopes are there to be closed
class RecordedServiceTest {
    private final Recorder shop = Recorder.create("shop");
    private final Recorder stock = Recorder.create("stock");
    private final RecordedService client = new RecordedService(shop, 0);
    private final RecordedService server = new RecordedService(stock, 10);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static EventLog log(Recorder... recorders) {
        return EventLog.of(Stream.of(recorders).map(Recorder::recording).toList());
    }

    @Nested
    class OverHttp {
        private HttpServer jdk;
        private HttpRequest.Builder request;

        @BeforeEach
        void start() throws Exception {
            jdk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            jdk.createContext("/", exchange -> {
                server.handle(exchange);
                exchange.close();
            });
            jdk.start();
            request = HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + jdk.getAddress().getPort() + "/"));
        }

        @AfterEach
        void stop() {
            jdk.stop(0);
        }

        @Test
        void aRequestIsOneTraceWithoutRaces() throws Exception {
            try (Scope trace = shop.openTrace("checkout")) {
                for (int i = 0; i < 2; i++) {
                    assertThat(client.ask(HttpClient.newHttpClient(), request).statusCode())
                            .isEqualTo(204);
                }
            }
            EventLog log = log(shop, stock);
            assertThat(log.diagnostics()).isEmpty();
            assertThat(log.traceCount()).isOne();
            assertThat(log.traceName(0)).isEqualTo("checkout");
            assertThat(Report.of(log).races()).isEmpty();
            for (int task = 0; task < log.taskCount(); task++) {
                if (log.taskName(task).equals("POST /orders")) {
                    assertThat(log.kind(log.origin(task))).isEqualTo(EventKind.REQUEST);
                    assertThat(log.service(log.task(log.origin(task)))).isEqualTo("shop");
                }
            }
        }

        @Test
        void twoRequestsAtATimeHaveNoRaceThatTheLockDoesNotPrevent() throws Exception {
            for (int i = 0; i < 2; i++) {
                try (Scope trace = shop.openTrace("checkout")) {
                    client.ask(HttpClient.newHttpClient(), request);
                }
            }
            assertThat(Report.of(log(shop, stock)).races()).isEmpty();
        }
    }

    @Nested
    class OverKafka {
        private ConsumerRecord<String, Integer> delivered(ProducerRecord<String, Integer> record) {
            ConsumerRecord<String, Integer> delivered = new ConsumerRecord<>("deliveries", 0, 0, "key", record.value());
            record.headers().forEach(delivered.headers()::add);
            return delivered;
        }

        @Test
        void aRecordIsConsumedInTheTraceOfWhoProducedIt() {
            ConsumerRecord<String, Integer> record;
            try (Scope trace = shop.openTrace("delivery")) {
                record = delivered(client.produced(new ProducerRecord<>("deliveries", 3)));
                assertThat(record.headers().lastHeader("traceparent").value()).hasSize(55);
            }
            server.consume(record);
            RecordedTask produced = shop.recording().tasks().get(0);
            RecordedTask consumed = stock.recording().tasks().get(0);
            assertThat(consumed.name()).isEqualTo("deliveries");
            assertThat(consumed.traceId()).isEqualTo(produced.traceId());
            assertThat(log(shop, stock).diagnostics()).isEmpty();
        }

        @Test
        void aRecordThatIsDeliveredTwiceIsConsumedTwiceAndRacesWithItself() {
            try (Scope trace = shop.openTrace("delivery")) {
                ConsumerRecord<String, Integer> record =
                        delivered(client.produced(new ProducerRecord<>("deliveries", 3)));
                server.consume(record);
                server.consume(record);
            }
            List<Race> races = Report.of(log(shop, stock)).races();
            assertThat(races).isNotEmpty().allSatisfy(race -> {
                assertThat(race.variable()).isEqualTo("stock");
                assertThat(race.verdict()).isEqualTo(Race.Verdict.POSSIBLE); // one thread did both
            });
        }
    }

    @Nested
    class BesideOpenTelemetry {
        private static final SpanContext SPAN = SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.builder().put("vendor", "1").build());

        private final Map<String, String> headers = new HashMap<>();
        private final Crossing<String> crossing = stock.crossing(TextCodec.create());

        private SpanContext read() {
            return Span.fromContext(
                            W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, new HeaderMap()))
                    .getSpanContext();
        }

        /** What OpenTelemetry reads the headers by. */
        private static final class HeaderMap implements TextMapGetter<Map<String, String>> {
            @Override
            public String get(Map<String, String> carrier, String key) {
                return carrier.get(key);
            }
        }

        @Test
        void itsTraceGoesOn() {
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(Span.wrap(SPAN)), headers, Map::put);
            try (Scope task = crossing.open("POST /orders", headers, Map::get)) {
                headers.clear();
                crossing.send("ledger", headers, Map::put);
            }
            RecordedTask task = stock.recording().tasks().get(0);
            assertThat(task.traceId()).isEqualTo(SPAN.getTraceId());
            SpanContext passedOn = read();
            assertThat(passedOn.isValid()).isTrue();
            assertThat(passedOn.getTraceId()).isEqualTo(SPAN.getTraceId());
            assertThat(passedOn.getSpanId()).isNotEqualTo(SPAN.getSpanId());
            assertThat(passedOn.getTraceFlags()).isEqualTo(SPAN.getTraceFlags());
            assertThat(passedOn.getTraceState()).isEqualTo(SPAN.getTraceState());
            assertThat(task.events())
                    .filteredOn(event -> event.message() != null)
                    .satisfiesExactly(
                            received -> assertThat(received.message())
                                    .hasToString(SPAN.getTraceId() + '-' + SPAN.getSpanId()),
                            sent -> assertThat(sent.message())
                                    .hasToString(passedOn.getTraceId() + '-' + passedOn.getSpanId()));
        }

        @Test
        void readsWhatARecorderBegan() {
            try (Scope trace = stock.openTrace("own")) {
                crossing.send("ledger", headers, Map::put);
            }
            assertThat(read().isValid()).isTrue();
            assertThat(read().isSampled()).isTrue();
            assertThat(read().getTraceId())
                    .isEqualTo(stock.recording().tasks().get(0).traceId());
        }
    }

    @Test
    void binaryMetadataOfGrpcHasTheNamesThatItWants() {
        Metadata metadata = new Metadata();
        try (Scope trace = shop.openTrace("order")) {
            shop.crossing(BinaryCodec.grpc())
                    .request("stock.Reserve", metadata, (m, name, value) -> m.put(key(name), value));
        }
        stock.crossing(BinaryCodec.grpc())
                .open("stock.Reserve", metadata, (m, name) -> m.get(key(name)))
                .close();
        assertThat(metadata.keys()).containsExactlyInAnyOrder("traceparent-bin", "causality-vc-bin");
        assertThat(log(shop, stock).diagnostics()).isEmpty();
        assertThat(log(shop, stock).traceCount()).isOne();
    }

    private static Metadata.Key<byte[]> key(String name) {
        return Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
    }
}
