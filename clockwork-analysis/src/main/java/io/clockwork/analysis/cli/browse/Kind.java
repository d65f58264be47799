package io.clockwork.analysis.cli.browse;

import java.util.List;

/** What a page shows. */
enum Kind {
    TRACES("traces"),
    EVENTS("events"),
    TREE("tree"),
    PATHS("paths"),
    ANOMALIES("anomalies"),
    SERVICES("services"),
    VARIABLES("audit"),
    FINDINGS("findings"),
    NOTES("notes"),
    TRACE_EVENTS(""),
    EVENT(""),
    PATH(""),
    SERVICE(""),
    TRAIL(""),
    FINDING(""),
    NOTE(""),
    HELP("");

    /** The views that digits and Tab lead to, in their order. */
    static final List<Kind> VIEWS = List.of(values()).subList(0, NOTES.ordinal() + 1);

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
