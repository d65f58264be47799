package io.clockwork;

/**
 * What a {@link CausalGate} says about an event that was offered for a key.
 *
 * <p>Only {@link #NEW} is ever recorded without a further decision of the caller. Told a wrong verdict would be worse
 * than told none, so the gate says {@link #IN_PROGRESS} and {@link #UNKNOWN} where it cannot know.
 */
public enum Verdict {
    /** Happened after everything that was applied to the key: apply it. */
    NEW,
    /**
     * Was applied already: its id is among those remembered for the key, its timestamp is EQUAL to what was applied, or
     * an event of the same origin that was applied counts at least as far. Drop it.
     */
    DUPLICATE,
    /**
     * Happened before what was applied, and is not known to be a {@link #DUPLICATE}: a late first delivery of something
     * whose successor was applied in its stead, or a repeated delivery whose id is forgotten by now. Either way whoever
     * made the applied state knew of it. Do not apply it.
     */
    STALE,
    /**
     * Concurrent with what was applied: neither knew of the other. Nothing is recorded until the caller resolves the
     * conflict through an {@link Admission}.
     */
    CONFLICTING,
    /** An earlier event of the key is being applied this moment, and the answer hangs on whether it succeeds: retry. */
    IN_PROGRESS,
    /**
     * The gate has evicted keys, this may be one of them, and what it remembers of them all does not settle the matter.
     * Tell it with {@link CausalGate#restore} what was applied, and offer again.
     */
    UNKNOWN
}
