package io.clockwork.examples;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.clockwork.binary.BinaryCodec;
import io.clockwork.record.Crossing;
import io.clockwork.record.Recorder;
import io.clockwork.record.Scope;
import io.clockwork.record.Tracked;
import io.clockwork.record.TrackedLock;
import io.clockwork.text.TextCodec;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A service under a recorder: its handler, its executor, its lock, what it asks of others and what it consumes. */
@SuppressWarnings("try") // scopes are there to be closed
public final class RecordedService implements AutoCloseable {
    private final Recorder recorder;
    private final Crossing<String> http;
    private final Crossing<byte[]> kafka;
    private final ExecutorService workers;
    private final TrackedLock lock;
    private final Tracked<Integer> stock;

    /** Creates the service, with so much in stock. */
    public RecordedService(Recorder recorder, int initialStock) {
        this.recorder = recorder;
        http = recorder.crossing(TextCodec.create());
        kafka = recorder.crossing(BinaryCodec.create());
        workers = recorder.wrap(Executors.newFixedThreadPool(4));
        lock = recorder.lock("stock");
        stock = recorder.tracked("stock", initialStock);
    }

    /** Answers a request by two pieces of work that go on at a time. */
    public void handle(HttpExchange exchange) throws IOException {
        try (Scope task = http.open("POST /orders", exchange.getRequestHeaders(), Headers::getFirst)) {
            CompletableFuture<Void> first = recorder.runAsync(this::takeOne, workers);
            CompletableFuture<Void> second = recorder.runAsync(this::takeOne, workers);
            recorder.allOf(first, second).join();
            http.send("POST /orders", exchange.getResponseHeaders(), Headers::set);
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private void takeOne() {
        lock.lock();
        try {
            stock.update(left -> left - 1);
        } finally {
            lock.unlock();
        }
    }

    /** Asks another service. */
    public HttpResponse<Void> ask(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        http.request("POST /orders", request, HttpRequest.Builder::setHeader);
        HttpResponse<Void> response = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        http.response(
                "POST /orders",
                response.headers(),
                (h, name) -> h.firstValue(name).orElse(null));
        return response;
    }

    /** {@return {@code record}, on its way out} */
    public <K, V> ProducerRecord<K, V> produced(ProducerRecord<K, V> record) {
        kafka.send(
                record.topic(),
                record.headers(),
                (h, name, value) -> h.remove(name).add(name, value));
        return record;
    }

    /** Does what a record is about, when its turn has come. */
    public void consume(ConsumerRecord<String, Integer> record) {
        try (Scope task = kafka.open(record.topic(), record.headers(), RecordedService::header)) {
            stock.update(left -> left + record.value());
        }
    }

    private static byte @Nullable [] header(org.apache.kafka.common.header.Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }

    /** Lets the work that was begun come to its end. */
    @Override
    public void close() {
        workers.shutdown();
    }
}
