package io.clockwork.benchmarks;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.ServiceGraph;
import io.clockwork.analysis.format.LogReader;
import io.clockwork.json.stream.JsonScanner;
import io.clockwork.json.stream.StringCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import zipkin2.DependencyLink;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.internal.DependencyLinker;

/**
 * Reading Zipkin's JSON and linking services, beside Zipkin's own decoder and linker. The claims: reading is at least as fast on
 * the same bytes; links take at most half the time a span, and no more in large traces than in small ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx2g"})
public class ZipkinBenchmark {
    private static final int SPANS = 20_000;

    /** In each trace; there are {@value #SPANS} in all. */
    @Param({"20", "1000", "20000"})
    int spansOfTrace;

    private final StringCache texts = StringCache.withSlots(4096);
    private byte[] json = new byte[0];
    private Path file = Path.of("");
    private List<List<Span>> traces = List.of();
    private EventLog log = EventLog.builder().build();

    @Setup
    public void generate() throws IOException {
        json = RandomCalls.zipkin(SPANS / spansOfTrace, spansOfTrace);
        file = Files.createTempFile("zipkin", ".json");
        Files.write(file, json);
        Map<String, List<Span>> byTrace = new LinkedHashMap<>();
        for (Span span : SpanBytesDecoder.JSON_V2.decodeList(json)) {
            byTrace.computeIfAbsent(span.traceId(), id -> new ArrayList<>()).add(span);
        }
        traces = List.copyOf(byTrace.values());
        log = read();
        Map<String, Long> ours = new TreeMap<>();
        services().calls().forEach(call -> ours.put(call.caller() + ' ' + call.callee(), call.count()));
        Map<String, Long> theirs = new TreeMap<>();
        zipkinLinks().forEach(link -> theirs.put(link.parent() + ' ' + link.child(), link.callCount()));
        if (log.taskCount() != SPANS || !ours.equals(theirs)) {
            throw new IllegalStateException(log.taskCount() + " spans, links " + ours + ", theirs " + theirs);
        }
        System.out.println(json.length + " bytes");
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    /** A span object for each span. */
    @Benchmark
    public List<Span> zipkinDecoder() {
        return SpanBytesDecoder.JSON_V2.decodeList(json);
    }

    /** All names, strings and numbers, each handed out. */
    @Benchmark
    public void scanner(Blackhole sink) {
        JsonScanner scanner = JsonScanner.of(json);
        int depth = 0;
        do {
            switch (scanner.peek()) {
                case BEGIN_ARRAY -> {
                    scanner.beginArray();
                    depth++;
                }
                case BEGIN_OBJECT -> {
                    scanner.beginObject();
                    depth++;
                }
                case END_ARRAY -> {
                    scanner.endArray();
                    depth--;
                }
                case END_OBJECT -> {
                    scanner.endObject();
                    depth--;
                }
                case NAME -> sink.consume(scanner.nextName(texts));
                case STRING -> sink.consume(scanner.nextString(texts));
                case NUMBER -> sink.consume(scanner.nextLong());
                case BOOLEAN -> sink.consume(scanner.nextBoolean());
                default -> scanner.skipValue();
            }
        } while (depth > 0);
    }

    /** The whole log, from a file: spans with their parents, in an order that agrees with all causes. */
    @Benchmark
    public EventLog read() throws IOException {
        return LogReader.create().read(List.of(file));
    }

    @Benchmark
    public List<DependencyLink> zipkinLinks() {
        DependencyLinker linker = new DependencyLinker();
        traces.forEach(linker::putTrace);
        return linker.link();
    }

    /** The links with latencies, errors and their shares of the response paths, which are found for that. */
    @Benchmark
    public ServiceGraph services() {
        return ServiceGraph.of(log);
    }
}
