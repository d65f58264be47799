package io.clockwork.record;

/** What a recorder gives up when it holds as many events as it may; each event given up is counted. */
public enum Overflow {
    /** The events that come then. What was recorded before stays complete. */
    DROP_NEWEST,
    /** The oldest events, a stretch of a task at a time, never those that a task is just adding to. */
    DROP_OLDEST,
    /**
     * Whole traces, before it is too late: from half full on, every second trace that begins is recorded, from three
     * quarters on every fourth one, and so on. Those that are recorded stay complete until there is no room at all.
     */
    SAMPLE_TRACES
}
