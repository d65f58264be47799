package io.clockwork.benchmarks;

import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.EventLogBuilder;
import io.clockwork.analysis.Link;
import io.clockwork.analysis.SpanKind;
import io.clockwork.record.EventKind;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/**
 * A trace of services that call each other at random: every call is a client's span with a server's span in it; the same
 * for the same arguments.
 */
public final class RandomCalls {
    private static final int SERVICES = 24;
    private static final long BEGIN_MICROS = 1_700_000_000_000_000L;
    private static final String[] METHODS = {"GET", "POST", "PUT"};

    private final long number;
    private final int[] parents;
    private final int[] services;
    private final long[] starts;
    private final long[] durations;

    private RandomCalls(int spans, long number) {
        this.number = number;
        parents = new int[spans];
        services = new int[spans];
        starts = new long[spans];
        durations = new long[spans];
    }

    /** Writes one trace: the form, which is {@code jaeger} or {@code zipkin}, the number of spans and the file. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("give jaeger or zipkin, the number of spans and a file");
        }
        RandomCalls trace = of(Integer.parseInt(args[1]), 0);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[2])), 1 << 16);
                Writer json = new OutputStreamWriter(out, StandardCharsets.US_ASCII)) {
            if (args[0].equals("jaeger")) {
                trace.writeJaeger(json);
            } else {
                json.append('[');
                trace.writeZipkin(json);
                json.append(']');
            }
        }
    }

    /** {@return the {@code number}th trace of that many spans} */
    static RandomCalls of(int spans, long number) {
        RandomCalls trace = new RandomCalls(spans, number);
        Random random = new Random(7 + number);
        trace.parents[0] = -1;
        trace.durations[0] = 1_000L * spans;
        for (int span = 1; span < spans; span += 2) {
            int caller = random.nextInt((span + 1) / 2) * 2; // the root or a server
            trace.call(span, caller, random, 0.9);
            trace.services[span] = trace.services[caller];
            if (span + 1 < spans) {
                trace.call(span + 1, span, random, 0.1);
                trace.services[span + 1] = random.nextInt(SERVICES);
            }
        }
        return trace;
    }

    private void call(int span, int parent, Random random, double late) {
        parents[span] = parent;
        long delay = (long) (durations[parent] * late * random.nextDouble());
        starts[span] = starts[parent] + delay;
        durations[span] = (long) ((durations[parent] - delay) * (0.5 + 0.5 * random.nextDouble()));
    }

    private boolean isClient(int span) {
        return span % 2 == 1;
    }

    private String service(int span) {
        return String.format(Locale.ROOT, "service-%02d", services[span]);
    }

    private String operation(int span) {
        return (isClient(span) ? "call-" : "serve-") + span / 2 % 50;
    }

    private String traceId() {
        return HexFormat.of().toHexDigits(0x9E3779B97F4A7C15L ^ number)
                + HexFormat.of().toHexDigits((number + 1) * 0xD6E8FEB86659FD93L);
    }

    private static String spanId(int span) {
        return HexFormat.of().toHexDigits((span + 1) * 0x9E3779B97F4A7C15L);
    }

    void writeJaeger(Writer out) throws IOException {
        String trace = traceId();
        out.append("{\"data\":[{\"traceID\":\"").append(trace).append("\",\"spans\":[");
        for (int span = 0; span < parents.length; span++) {
            out.append(span == 0 ? "" : ",").append("{\"traceID\":\"").append(trace);
            out.append("\",\"spanID\":\"").append(spanId(span));
            out.append("\",\"operationName\":\"").append(operation(span)).append("\",\"references\":[");
            if (span > 0) {
                out.append("{\"refType\":\"CHILD_OF\",\"traceID\":\"").append(trace);
                out.append("\",\"spanID\":\"").append(spanId(parents[span])).append("\"}");
            }
            out.append("],\"startTime\":").append(String.valueOf(BEGIN_MICROS + starts[span]));
            out.append(",\"duration\":").append(String.valueOf(durations[span]));
            out.append(",\"tags\":[{\"key\":\"span.kind\",\"type\":\"string\",\"value\":\"");
            out.append(isClient(span) ? "client" : "server").append("\"}],\"logs\":[],\"processID\":\"p");
            out.append(String.valueOf(services[span])).append("\"}");
        }
        out.append("],\"processes\":{");
        for (int service = 0; service < SERVICES; service++) {
            out.append(service == 0 ? "" : ",").append("\"p").append(String.valueOf(service));
            out.append(String.format(Locale.ROOT, "\":{\"serviceName\":\"service-%02d\",\"tags\":[]}", service));
        }
        out.append("}}]}\n");
    }

    /** Writes the spans one after the other; both spans of a call share an id. */
    void writeZipkin(Writer out) throws IOException {
        String trace = traceId();
        for (int span = 0; span < parents.length; span++) {
            int half = span > 0 && !isClient(span) ? span - 1 : span;
            out.append(span == 0 ? "" : ",").append("{\"traceId\":\"").append(trace);
            if (span > 0) {
                int parent = parents[half];
                int parentHalf = parent > 0 ? parent - 1 : 0;
                out.append("\",\"parentId\":\"").append(spanId(parentHalf));
            }
            out.append("\",\"id\":\"").append(spanId(half));
            out.append("\",\"kind\":\"").append(isClient(span) ? "CLIENT" : "SERVER");
            out.append("\",\"name\":\"").append(operation(span));
            out.append("\",\"timestamp\":").append(String.valueOf(BEGIN_MICROS + starts[span]));
            out.append(",\"duration\":").append(String.valueOf(Math.max(1, durations[span])));
            out.append(",\"localEndpoint\":{\"serviceName\":\"").append(service(span));
            out.append("\",\"ipv4\":\"10.0.0.")
                    .append(String.valueOf(1 + services[span]))
                    .append("\"}");
            out.append(",\"tags\":{\"http.method\":\"").append(METHODS[span % 3]);
            out.append("\",\"http.path\":\"/api/").append(operation(span)).append("\"}");
            out.append(half == span ? "}" : ",\"shared\":true}");
        }
    }

    /** {@return a list of traces in Zipkin's form} */
    static byte[] zipkin(int traces, int spans) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.US_ASCII)) {
            out.append('[');
            for (int trace = 0; trace < traces; trace++) {
                out.append(trace == 0 ? "" : ",");
                of(spans, trace).writeZipkin(out);
            }
            out.append(']');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** {@return the trace as a log} */
    EventLog log() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace(traceId());
        for (int span = 0; span < parents.length; span++) {
            log.task(trace, service(span), spanId(span));
            log.spanKind(span, isClient(span) ? SpanKind.CLIENT : SpanKind.SERVER);
            log.nanos(log.event(span, EventKind.BEGIN, operation(span)), starts[span] * 1_000);
            log.nanos(log.event(span, EventKind.END, operation(span)), (starts[span] + durations[span]) * 1_000);
            if (span > 0) {
                log.origin(span, 2 * parents[span], Link.CALL);
            }
        }
        return log.build();
    }
}
