package io.clockwork.examples;

import static io.clockwork.CausalityRelation.CONCURRENT;
import static io.clockwork.examples.CounterpartContract.assertChain;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.AtomicVectorClock;
import io.clockwork.CausalityCodecException;
import io.clockwork.HeaderCodec;
import io.clockwork.OwnCounterAheadException;
import io.clockwork.VectorTimestamp;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.Link;
import io.clockwork.binary.BinaryCodec;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kafka's producer and consumer against its broker. */
@Timeout(60) // for polls that would wait forever
class KafkaInterceptorsTest {
    private static KafkaClusterTestKit cluster;

    private final List<RuntimeException> malformed = new ArrayList<>();
    private final HeaderCodec<byte[]> codec = BinaryCodec.create().lenient(malformed::add);

    @BeforeAll
    static void startBroker() throws Exception {
        TestKitNodes nodes = new TestKitNodes.Builder()
                .setNumControllerNodes(1)
                .setNumBrokerNodes(1)
                .build();
        cluster = new KafkaClusterTestKit.Builder(nodes).build();
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)); // it says what it formats
        try {
            cluster.format();
        } finally {
            System.setOut(out);
        }
        cluster.startup();
        cluster.waitForReadyBrokers();
        try (Admin admin = cluster.admin()) {
            admin.createTopics(
                            Stream.of("orders", "billing", "ledger", "stock", "shop", "outside", "again", "deliveries")
                                    .map(topic -> new NewTopic(topic, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        cluster.close();
    }

    @Test
    void causesArriveOverThreeTopicsAndABranchStaysConcurrent() throws Exception {
        try (Service shop = new Service("shop");
                Service orders = new Service("orders");
                Service billing = new Service("billing");
                Service ledger = new Service("ledger");
                Service stock = new Service("stock")) {
            VectorTimestamp before = shop.clock.tick();
            shop.send("orders");
            VectorTimestamp meanwhile = shop.clock.tick();
            shop.send("stock");

            VectorTimestamp ordered = orders.receive(1).get(0);
            orders.send("billing");
            VectorTimestamp billed = billing.receive(1).get(0);
            billing.send("ledger");
            VectorTimestamp entered = ledger.receive(1).get(0);
            ledger.send("shop");
            VectorTimestamp picked = stock.receive(1).get(0);
            stock.send("shop");
            VectorTimestamp after = shop.receive(2).get(1);

            assertThat(ordered).hasToString("orders=1,shop=2");
            assertThat(billed).hasToString("billing=1,orders=2,shop=2");
            assertThat(entered).hasToString("billing=2,ledger=1,orders=2,shop=2");
            assertThat(picked).hasToString("shop=4,stock=1");
            assertThat(after).hasToString("billing=2,ledger=2,orders=2,shop=6,stock=2");
            assertChain(before, ordered, billed, entered, after);
            assertChain(before, meanwhile, picked, after);
            for (VectorTimestamp hop : List.of(ordered, billed, entered)) {
                assertThat(picked.compare(hop)).isEqualTo(CONCURRENT);
                assertThat(meanwhile.compare(hop)).isEqualTo(CONCURRENT);
            }
            assertThat(malformed).isEmpty();
        }
    }

    @Test
    void aMalformedHeaderFromOutsideStopsNoConsumer() throws Exception {
        try (KafkaProducer<String, String> stranger = new KafkaProducer<>(producerConfig());
                Service outside = new Service("outside")) {
            ProducerRecord<String, String> garbage = new ProducerRecord<>("outside", "garbage");
            garbage.headers().add("causality-vc", new byte[] {(byte) 0xc1});
            stranger.send(garbage).get();
            ProducerRecord<String, String> forged = new ProducerRecord<>("outside", "forged");
            BinaryCodec.create().inject(VectorTimestamp.parse("outside=99"), forged.headers(), Headers::add);
            stranger.send(forged).get();
            stranger.send(new ProducerRecord<>("outside", "without")).get();

            assertThat(outside.receive(3)).last().hasToString("outside=3");
        }
        assertThat(malformed)
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(CausalityCodecException.class),
                        second -> assertThat(second).isInstanceOf(OwnCounterAheadException.class));
    }

    @Test
    @SuppressWarnings("try") // the scope is there to be closed
    void recordedServicesAreOneTrace() throws Exception {
        Recorder shop = Recorder.create("shop");
        Recorder stock = Recorder.create("stock");
        try (RecordedService sender = new RecordedService(shop, 0);
                RecordedService receiver = new RecordedService(stock, 0);
                KafkaProducer<String, Integer> producer =
                        new KafkaProducer<>(producerConfig(), new StringSerializer(), new IntegerSerializer());
                KafkaConsumer<String, Integer> consumer =
                        new KafkaConsumer<>(consumerConfig(), new StringDeserializer(), new IntegerDeserializer())) {
            consumer.assign(List.of(new TopicPartition("deliveries", 0)));
            try (Scope trace = shop.openTrace("delivery")) {
                for (int i = 0; i < 2; i++) {
                    producer.send(sender.produced(new ProducerRecord<>("deliveries", i)))
                            .get();
                }
            }
            int consumed = 0;
            while (consumed < 2) {
                for (ConsumerRecord<String, Integer> record : consumer.poll(Duration.ofSeconds(1))) {
                    receiver.consume(record);
                    consumed++;
                }
            }
        }
        EventLog log = EventLog.of(List.of(shop.recording(), stock.recording()));
        assertThat(log.diagnostics()).isEmpty();
        assertThat(log.traceCount()).isOne();
        assertThat(log.taskCount()).isEqualTo(3);
        assertThat(log.link(1)).isEqualTo(Link.MESSAGE);
        assertThat(log.origin(1)).isLessThan(log.origin(2));
    }

    @Test
    void aRecordThatIsSentAgainGoesOutWithANewTimestamp() throws Exception {
        try (Service shop = new Service("shop");
                Service again = new Service("again")) {
            ProducerRecord<String, String> record = new ProducerRecord<>("again", "same");
            shop.producer.send(record).get();
            shop.producer.send(record).get();
            shop.producer.send(shop.interceptors.stamped(record)).get(); // as one that is passed on with its headers

            assertThat(again.receive(3))
                    .map(VectorTimestamp::toString)
                    .containsExactly("again=1,shop=1", "again=2,shop=2", "again=3,shop=4");
        }
    }

    private static Map<String, Object> producerConfig() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    }

    private static Map<String, Object> consumerConfig() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                cluster.bootstrapServers(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                50); // which close() waits for, too
    }

    /** A service that consumes the topic of its name and stamps what it produces. */
    private final class Service implements AutoCloseable {
        final AtomicVectorClock clock;
        final KafkaProducer<String, String> producer;
        private final KafkaConsumer<String, String> consumer;
        private final KafkaInterceptors interceptors;

        Service(String node) {
            clock = AtomicVectorClock.of(node);
            interceptors = new KafkaInterceptors(clock, codec);
            Map<String, Object> config = new HashMap<>(producerConfig());
            config.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, KafkaInterceptors.OnSend.class.getName());
            config.put(KafkaInterceptors.OnSend.CONFIG, interceptors);
            producer = new KafkaProducer<>(config);
            consumer = new KafkaConsumer<>(consumerConfig(), new StringDeserializer(), new StringDeserializer());
            consumer.assign(List.of(new TopicPartition(node, 0)));
        }

        void send(String topic) throws Exception {
            producer.send(new ProducerRecord<>(topic, "from " + clock.node())).get();
        }

        /** {@return the timestamps of the receipts of the next {@code count} records} */
        List<VectorTimestamp> receive(int count) {
            List<VectorTimestamp> received = new ArrayList<>();
            while (received.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    assertThat(record.headers().headers("causality-vc")).hasSizeLessThan(2);
                    received.add(interceptors.receive(record));
                }
            }
            return received;
        }

        @Override
        public void close() {
            producer.close();
            consumer.close();
        }
    }
}
