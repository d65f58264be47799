package io.clockwork;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link CausalGate#admit} gives: a verdict and, where it is NEW or CONFLICTING, the sole right to apply the event
 * to its key.
 *
 * <p>Until it is committed or closed, other events of the key that are not yet settled get
 * {@link Verdict#IN_PROGRESS}; no lock is held and nobody waits. Closed without a commit, it leaves the gate as if the
 * event had never come. Any thread may commit or close it.
 */
public final class Admission implements AutoCloseable {
    private final Verdict verdict;
    private final @Nullable VectorTimestamp applied;
    private final GateStripe<?>.@Nullable Claim claim;

    Admission(Verdict verdict, @Nullable VectorTimestamp applied, GateStripe<?>.@Nullable Claim claim) {
        this.verdict = verdict;
        this.applied = applied;
        this.claim = claim;
    }

    /** {@return what the gate says about the event} */
    public Verdict verdict() {
        return verdict;
    }

    /** {@return what had been applied to the key when the event came; empty for a key that the gate does not hold} */
    public Optional<VectorTimestamp> applied() {
        return Optional.ofNullable(applied);
    }

    /**
     * Records that the event was applied or, when it was CONFLICTING, that both sides were merged.
     *
     * @throws IllegalStateException if the verdict is neither NEW nor CONFLICTING, or the admission is over
     */
    public void commit() {
        claim().commit(null);
    }

    /**
     * Records that {@code resolution}, an event of its own, was applied in place of both sides of a conflict.
     *
     * @param resolution happened after the admitted event and after what had been applied
     * @throws IllegalArgumentException if it did not; the admission stays open
     * @throws IllegalStateException if the verdict is neither NEW nor CONFLICTING, or the admission is over
     */
    public void commit(TracedEvent resolution) {
        claim().commit(Objects.requireNonNull(resolution, "resolution"));
    }

    private GateStripe<?>.Claim claim() {
        if (claim == null) {
            throw new IllegalStateException("an event must be NEW or CONFLICTING to be committed, was " + verdict
                    + "; look at verdict() first");
        }
        return claim;
    }

    /** Gives the right back; without effect after a commit. */
    @Override
    public void close() {
        if (claim != null) {
            claim.release();
        }
    }
}
