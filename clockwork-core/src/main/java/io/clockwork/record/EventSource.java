package io.clockwork.record;

/** What an {@link EventSink} may ask of the recorder whose events it gets; safe for use by any thread. */
public interface EventSource {
    /** {@return the name of the recorded process or service} */
    String node();

    /** {@return whether the events have times} */
    boolean isTimed();

    /** {@return how many events were dropped so far because the recorder was full} */
    long dropped();

    /** {@return how often so far a scope or a task was used in a way that could not be followed} */
    long misuses();

    /** {@return how many headers from other services could not be used so far} */
    long malformed();
}
