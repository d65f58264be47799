package io.clockwork.analysis.format;

import io.clockwork.analysis.EventLogBuilder;
import java.io.IOException;
import java.io.InputStream;

/** Files of forms whose traces may be spread over several of them: all are read before any is used. */
final class ImportedLogs {
    private final RecordedLogs recorded = new RecordedLogs();
    private final JaegerReader jaeger = new JaegerReader();
    private final ZipkinReader zipkin = new ZipkinReader();
    private final OtlpReader otlp = new OtlpReader();
    private final RacewayReader raceway = new RacewayReader();

    /** Reads a file of a format that is one of these. */
    void read(LogFormat format, String file, InputStream in) throws IOException {
        switch (format) {
            case EVENTS -> recorded.read(file, in);
            case JAEGER -> {
                jaeger.faults().reading(file);
                jaeger.read(in);
            }
            case ZIPKIN -> {
                zipkin.faults().reading(file);
                zipkin.read(in);
            }
            case OTLP -> {
                otlp.faults().reading(file);
                otlp.read(in);
            }
            case RACEWAY -> raceway.read(in);
            default -> throw new IllegalArgumentException(format + " is read file by file");
        }
    }

    void addTo(EventLogBuilder log) {
        recorded.addTo(log);
        jaeger.addTo(log);
        zipkin.addTo(log);
        otlp.addTo(log);
        raceway.addTo(log);
    }
}
