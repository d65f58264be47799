package io.clockwork.analysis.format;

import io.clockwork.analysis.internal.Counted;

/** What can be wrong with spans without making it useless; the name is the code of the diagnostic. */
enum SpanFault {
    NO_TRACES("[document holds|documents hold] no trace"),
    MISSING_TRACE_ID("[trace has|traces have] no id: numbered instead"),
    MISSING_SPANS("[trace has|traces have] no spans"),
    MISSING_SPAN_ID("[span has|spans have] no id: numbered instead"),
    REPEATED_SPAN_ID(
            "[span has|spans have] an id that another span of [its|their] trace has: renamed to id_1, id_2, ..."),
    MISSING_OPERATION("[span has|spans have] no name: shown as \"unknown\""),
    UNKNOWN_PROCESS(
            "[span names|spans name] no process that [its|their] trace describes: [its|their] service is shown as"
                    + " \"unknown\""),
    MISSING_START(
            "[span has|spans have] no start that is a number: taken as [its parent's|their parents'] or the first one"
                    + " of the trace"),
    START_ZERO("[span starts|spans start] at time 0, so [its|their] start may not be known"),
    MISSING_DURATION("[span has|spans have] no duration that is a number: taken as 0"),
    NEGATIVE_DURATION("[span has|spans have] a negative duration: taken as 0"),
    TIME_OVERFLOW("[span has|spans have] times too large for nanoseconds: cut"),
    MISSING_LOG_TIME("[log|logs] of spans [has|have] no timestamp that is a number: left out"),
    UNKNOWN_REFERENCE(
            "[span has|spans have] references that are neither CHILD_OF nor FOLLOWS_FROM or name no span: left out"),
    MISSING_PARENT("[span refers|spans refer] to no span that is in [its|their] trace: taken as [root|roots]"),
    SELF_PARENT("[span is its|spans are their] own parent: [it is|they are] below no root"),
    MISSING_LINK("[span has|spans have] further references or links to spans that were not read: left out"),
    LINK_CYCLE("[span has|spans have] links that would make [it its|them their] own cause: left out"),
    SPAN_PIECES("[piece|pieces] of spans came apart from the rest of [its span|their spans]: joined"),
    DUPLICATE_SPAN("[span is|spans are] there more than once: taken once"),
    PARENT_CYCLE(
            "[group|groups] of spans [is|are] each other's ancestors: cut at the span that starts first, below no root");

    private final String sentence;

    SpanFault(String sentence) {
        this.sentence = sentence;
    }

    /** {@return how often it was found, what is wrong, and what was done about it} */
    String sentence(int count) {
        return Counted.of(count, sentence);
    }
}
