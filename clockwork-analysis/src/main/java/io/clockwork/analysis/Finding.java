package io.clockwork.analysis;

/** What a program can be found to do wrong. */
public enum Finding {
    /** A {@link Race}. */
    RACE,
    /** An {@link AtomicityViolation}. */
    ATOMICITY_VIOLATION,
    /** A {@link Deadlock}. */
    DEADLOCK
}
