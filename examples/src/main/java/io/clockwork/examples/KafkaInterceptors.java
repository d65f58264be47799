package io.clockwork.examples;

import io.clockwork.AtomicVectorClock;
import io.clockwork.HeaderCodec;
import io.clockwork.VectorTimestamp;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Clocks on Kafka records: one call for each record that is sent, one for each that is processed.
 *
 * <p>There is no consumer interceptor: Kafka shows it a whole batch before the first record is processed, and each
 * record's work would seem to be caused by the records after it.
 */
public final class KafkaInterceptors {
    private final AtomicVectorClock clock;
    private final HeaderCodec<byte[]> codec;

    /** Creates the interceptors of the service that {@code clock} belongs to; of consumers, with a lenient codec. */
    public KafkaInterceptors(AtomicVectorClock clock, HeaderCodec<byte[]> codec) {
        this.clock = clock;
        this.codec = codec;
    }

    /** {@return a stamped copy of {@code record}: the headers of one that was sent before are closed} */
    public <K, V> ProducerRecord<K, V> stamped(ProducerRecord<K, V> record) {
        ProducerRecord<K, V> copy = new ProducerRecord<>(
                record.topic(), record.partition(), record.timestamp(), record.key(), record.value(), record.headers());
        codec.inject(
                clock.send(), copy.headers(), (h, name, value) -> h.remove(name).add(name, value));
        return copy;
    }

    /** Learns from a record, when its turn has come. {@return the timestamp of its receipt} */
    public VectorTimestamp receive(ConsumerRecord<?, ?> record) {
        return codec.receive(clock, record.headers(), (h, name) -> {
            Header header = h.lastHeader(name);
            return header == null ? null : header.value();
        });
    }

    /**
     * Stamps all that a producer sends; for its {@code interceptor.classes}.
     *
     * <p>Kafka logs what an interceptor throws and sends the record without a clock. Where that must not be, call
     * {@link #stamped} instead.
     */
    public static final class OnSend implements ProducerInterceptor<Object, Object> {
        /** The producer's configuration has the {@code KafkaInterceptors} to use under this key. */
        public static final String CONFIG = "clockwork.interceptors";

        private KafkaInterceptors interceptors;

        /** Creates the interceptor; Kafka does, and configures it next. */
        @SuppressWarnings("NullAway.Init")
        public OnSend() {}

        @Override
        public void configure(Map<String, ?> configs) {
            Object configured = configs.get(CONFIG);
            interceptors = (KafkaInterceptors) Objects.requireNonNull(configured, CONFIG);
        }

        @Override
        public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
            return interceptors.stamped(record);
        }

        @Override
        public void close() {}
    }
}
