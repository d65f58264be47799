package io.clockwork.analysis;

/**
 * One step on the way from a cause to its effect.
 *
 * @param from the event that it leaves
 * @param to the event that it comes to
 * @param via what leads there
 */
public record CausalStep(int from, int to, Via via) {
    /** What leads from one event to another. */
    public enum Via {
        /** The order of one task; there may be events in between. */
        TASK,
        /** A fork, join or message. */
        CAUSE,
        /** A sync edge that only this run had, as from a release to an acquire. */
        SYNC
    }
}
