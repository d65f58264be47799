package io.clockwork.analysis;

/** Why an operation is on a critical path. */
public enum PathReason {
    /** The log says that its end was waited for: a join, or the program order of one task; also the root itself. */
    RECORDED,
    /** It was called, and the times say that the caller may have waited; that it did is not in the log. */
    INFERRED,
    /** Nothing on the path ran: what comes next had been set off and had not started, or gone on. Not on a response path. */
    WAITING
}
