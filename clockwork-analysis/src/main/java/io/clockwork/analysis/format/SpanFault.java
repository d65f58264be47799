package io.clockwork.analysis.format;

/** What can be wrong with spans without making it useless; the name is the code of the diagnostic. */
enum SpanFault {
    NO_TRACES("the document holds no trace"),
    MISSING_TRACE_ID("traces have no id: numbered instead"),
    MISSING_SPANS("traces have no spans"),
    MISSING_SPAN_ID("spans have no id: numbered instead"),
    REPEATED_SPAN_ID("spans have an id that another span of their trace has: renamed to id_1, id_2, ..."),
    MISSING_OPERATION("spans have no name: shown as \"unknown\""),
    UNKNOWN_PROCESS("spans name no process that their trace describes: their service is shown as \"unknown\""),
    MISSING_START("spans have no start that is a number: taken as their parent's or the first one of the trace"),
    START_ZERO("spans start at time 0, so their start may not be known"),
    MISSING_DURATION("spans have no duration that is a number: taken as 0"),
    NEGATIVE_DURATION("spans have a negative duration: taken as 0"),
    TIME_OVERFLOW("spans have times too large for nanoseconds: cut"),
    MISSING_LOG_TIME("logs of spans have no timestamp that is a number: left out"),
    UNKNOWN_REFERENCE("spans have references that are neither CHILD_OF nor FOLLOWS_FROM or name no span: left out"),
    MISSING_PARENT("spans refer to no span that is in their trace: taken as roots"),
    SELF_PARENT("spans are their own parent: they are below no root"),
    MISSING_LINK("spans have further references or links to spans that were not read: left out"),
    LINK_CYCLE("spans have links that would make them their own cause: left out"),
    SPAN_PIECES("pieces of spans came apart from the rest of their spans: joined"),
    DUPLICATE_SPAN("spans are there more than once: taken once"),
    PARENT_CYCLE("groups of spans are each other's ancestors: cut at the span that starts first, below no root");

    private final String sentence;

    SpanFault(String sentence) {
        this.sentence = sentence;
    }

    /** {@return what is wrong and what was done about it, after the number of times} */
    String sentence() {
        return sentence;
    }
}
