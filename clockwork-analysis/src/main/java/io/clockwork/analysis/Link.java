package io.clockwork.analysis;

/** How a task came to be set off by an event of another one. */
public enum Link {
    /** Nothing set it off: the first task of a trace, or one whose origin is not in the log. */
    NONE,
    /** A call: whoever called waits for the end, as in a span that is a child of another. */
    CALL,
    /** A fork: whoever forked goes on, and may wait for the end by a join that is in the log. */
    FORK,
    /** One follows from the other, which may or may not have waited for it: a span's FOLLOWS_FROM. */
    FOLLOWS,
    /** A message was left for it: the sender does not wait. */
    MESSAGE
}
