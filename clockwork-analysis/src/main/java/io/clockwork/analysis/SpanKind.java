package io.clockwork.analysis;

/** Which side of a call or a message a span is, as tracers record it. */
public enum SpanKind {
    /** Not recorded. */
    UNKNOWN,
    /** Work inside of a service. */
    INTERNAL,
    /** Whoever is called. */
    SERVER,
    /** Whoever calls another service, and waits. */
    CLIENT,
    /** Whoever sends a message, and does not wait. */
    PRODUCER,
    /** Whoever gets a message. */
    CONSUMER
}
