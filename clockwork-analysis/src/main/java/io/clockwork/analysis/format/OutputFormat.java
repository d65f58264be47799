package io.clockwork.analysis.format;

/** The formats that can be written. */
public enum OutputFormat {
    /** What recorders write: one JSON object a line. Holds everything. */
    EVENTS,
    /** A log with vector clocks, which begins with its own regular expression. */
    SHIVIZ,
    /** Spans as Jaeger's UI takes them. */
    JAEGER,
    /** Spans as Zipkin's API v2 takes them. */
    ZIPKIN,
    /** Spans of OpenTelemetry. */
    OTLP,
    /** Slices, instants and flow arrows, for Perfetto and Chrome. */
    PERFETTO,
    /** The causal graph for Graphviz. */
    DOT,
    /** A sequence diagram for Mermaid, as large as Mermaid takes it. */
    MERMAID,
    /** Time of each call stack, one a line, for flame graphs. */
    FOLDED
}
