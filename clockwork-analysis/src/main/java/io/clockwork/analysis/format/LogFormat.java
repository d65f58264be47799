package io.clockwork.analysis.format;

/** The formats that can be read. */
public enum LogFormat {
    /** What recorders write into files: one JSON object a line. */
    EVENTS,
    /** Traces as Jaeger's API and UI export them: one JSON document. */
    JAEGER,
    /** Spans as Zipkin's API v2 gives and takes them: one JSON array. */
    ZIPKIN,
    /** Spans of OpenTelemetry: one JSON document, or one a line. */
    OTLP,
    /** Events as Raceway's server keeps them: one JSON document. */
    RACEWAY,
    /** Text with vector clocks, as GoVector writes and ShiViz shows it, read by a regular expression. */
    SHIVIZ,
    /** Executions of threads as RAPID reads them: a line an event, {@code thread|operation(target)|location}. */
    STD
}
