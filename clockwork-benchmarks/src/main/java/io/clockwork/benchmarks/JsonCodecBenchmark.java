package io.clockwork.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clockwork.EventIds;
import io.clockwork.TracedEvent;
import io.clockwork.VectorTimestamp;
import io.clockwork.json.JsonCodec;
import io.clockwork.json.JsonMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
 * Cost of causality in a JSON payload. The claims: injecting and extracting are one validating pass over the bytes, which
 * allocate the result and nothing else; a trusted payload costs little more than its copy.
 *
 * <p>Beside it Jackson 2, as one would use it: read a tree, change it, write it; and read the causality with its streaming
 * parser, which gives no payload. The payload is an order, {@code bytes} long; the vector has four nodes; events change
 * from call to call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JsonCodecBenchmark {
    private static final int EVENTS = 4;
    private static final int NODES = 4;

    /** The payload's length; with its causality the shorter one is about 650 bytes long. */
    @Param({"430", "650"})
    int bytes;

    private final JsonCodec codec = JsonCodec.create();
    private final JsonCodec trusted = JsonCodec.builder().trusted().build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory factory = new JsonFactory();
    private final TracedEvent[] events = new TracedEvent[EVENTS];
    private final byte[][] messages = new byte[EVENTS][];
    private byte[] payload;
    private int last;

    private int next() {
        last = (last + 1) & (EVENTS - 1);
        return last;
    }

    @Setup
    public void setup() throws IOException {
        payload = order(bytes);
        String[] ids = Peers.ids("orders", NODES);
        VectorTimestamp table = Peers.clockwork(ids, new long[NODES]);
        for (int e = 0; e < EVENTS; e++) {
            long[] counters = new long[NODES];
            for (int i = 0; i < NODES; i++) {
                counters[i] = 1000L + i * 7L + e;
            }
            VectorTimestamp causality = table.merge(Peers.clockwork(ids, counters));
            events[e] = TracedEvent.of(EventIds.system().nextString(), "order.created", payload, causality);
            messages[e] = codec.inject(events[e], payload);
        }
        Peers.agree(Arrays.equals(inject(), messages[last]), "inject");
        Peers.agree(Arrays.equals(injectTrusted(), messages[last]), "inject into a trusted payload");
        Peers.agree(Arrays.equals(injectJacksonTree(), messages[last]), "Jackson's tree with causality");
        Peers.agree(Arrays.equals(injectJacksonStream(), messages[last]), "Jackson's stream with causality");
        Peers.agree(isEvent(extract(), events[last]), "extract");
        Peers.agree(isEvent(extractJacksonTree(), events[last]), "what Jackson's tree extracts");
        Peers.agree(extractJacksonStream().equals(events[last].causality()), "what Jackson streams");
    }

    private static boolean isEvent(JsonMessage<byte[]> message, TracedEvent event) {
        return TracedEvent.of(message.id(), message.type(), message.payload(), message.causality())
                .equals(event);
    }

    /** {@return an order of some length, as services send them} */
    private static byte[] order(int length) {
        StringBuilder json = new StringBuilder(
                "{\"order_id\":421337,\"customer\":{\"id\":\"c-83a1\",\"name\":\"Ada Lovelace\","
                        + "\"email\":\"ada@example.com\",\"vip\":true},\"currency\":\"EUR\",\"total\":149.97,\"coupon\":null,\"items\":[");
        for (int i = 0; json.length() + 120 < length; i++) {
            json.append(i > 0 ? "," : "")
                    .append(String.format(
                            "{\"sku\":\"SKU-%05d\",\"title\":\"A thing of brass\",\"quantity\":%d,\"price\":49.99}",
                            i * 977, i + 1));
        }
        json.append("],\"note\":\"");
        json.append("x".repeat(Math.max(0, length - json.length() - 2))).append("\"}");
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public byte[] inject() {
        return codec.inject(events[next()], payload);
    }

    @Benchmark
    public byte[] injectTrusted() {
        return trusted.inject(events[next()], payload);
    }

    @Benchmark
    public byte[] injectJacksonTree() throws IOException {
        TracedEvent event = events[next()];
        ObjectNode tree = (ObjectNode) mapper.readTree(payload);
        ObjectNode causality = tree.putObject("_causality");
        ObjectNode vector = causality.putObject("vector");
        VectorTimestamp timestamp = event.causality();
        for (int i = 0; i < timestamp.size(); i++) {
            vector.put(timestamp.nodeAt(i), timestamp.counterAt(i));
        }
        causality.put("event_type", event.type());
        causality.put("event_id", event.id());
        return mapper.writeValueAsBytes(tree);
    }

    @Benchmark
    public JsonMessage<byte[]> extract() {
        return codec.extract(messages[next()]);
    }

    /** The result alone: what {@link #extract} may allocate. */
    @Benchmark
    public JsonMessage<byte[]> resultOfExtract() {
        int e = next();
        TracedEvent event = events[e];
        return new JsonMessage<>(
                payload.clone(),
                VectorTimestamp.builder(event.causality())
                        .putNext(1)
                        .putNext(2)
                        .putNext(3)
                        .putNext(4)
                        .build(),
                new String(messages[e], 0, 13, StandardCharsets.ISO_8859_1),
                new String(messages[e], 0, 36, StandardCharsets.ISO_8859_1));
    }

    @Benchmark
    public JsonMessage<byte[]> extractJacksonTree() throws IOException {
        ObjectNode tree = (ObjectNode) mapper.readTree(messages[next()]);
        JsonNode causality = tree.remove("_causality");
        VectorTimestamp.Builder vector = VectorTimestamp.builder();
        causality
                .get("vector")
                .properties()
                .forEach(e -> vector.put(e.getKey(), e.getValue().longValue()));
        return new JsonMessage<>(
                mapper.writeValueAsBytes(tree),
                vector.build(),
                causality.get("event_type").textValue(),
                causality.get("event_id").textValue());
    }

    /** The vector alone: neither payload nor type nor id. */
    @Benchmark
    public VectorTimestamp extractJacksonStream() throws IOException {
        VectorTimestamp.Builder vector = VectorTimestamp.builder();
        try (JsonParser parser = factory.createParser(messages[next()])) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("_causality");
                parser.nextToken();
                if (!found) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    found = parser.currentName().equals("vector");
                    parser.nextToken();
                    if (!found) {
                        parser.skipChildren();
                        continue;
                    }
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String id = parser.currentName();
                        parser.nextToken();
                        vector.put(id, parser.getLongValue());
                    }
                }
            }
        }
        return vector.build();
    }

    /** Copies all tokens and adds the member: Jackson's fastest way to inject into what it validates. */
    @Benchmark
    public byte[] injectJacksonStream() throws IOException {
        TracedEvent event = events[next()];
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 256);
        try (JsonParser parser = factory.createParser(payload);
                JsonGenerator generator = factory.createGenerator(out)) {
            parser.nextToken();
            generator.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                generator.copyCurrentStructure(parser);
            }
            generator.writeObjectFieldStart("_causality");
            generator.writeObjectFieldStart("vector");
            VectorTimestamp timestamp = event.causality();
            for (int i = 0; i < timestamp.size(); i++) {
                generator.writeNumberField(timestamp.nodeAt(i), timestamp.counterAt(i));
            }
            generator.writeEndObject();
            generator.writeStringField("event_type", event.type());
            generator.writeStringField("event_id", event.id());
            generator.writeEndObject();
            generator.writeEndObject();
        }
        return out.toByteArray();
    }
}
