package io.clockwork.analysis;

import java.util.List;
import java.util.Objects;

/**
 * A service that may have brought about the difference between two sets of traces.
 *
 * @param service the service
 * @param score how much speaks for it; comparable inside one difference only
 * @param clues what speaks for it, the strongest first
 */
public record Suspect(String service, double score, List<Clue> clues) {
    /** Creates a suspect with a copy of the clues. */
    public Suspect {
        Objects.requireNonNull(service, "service");
        clues = List.copyOf(clues);
    }

    /** What a clue says about the later set of traces. */
    public enum Kind {
        /** It took longer by itself. */
        SLOWER,
        /** It was called less often, or the caller no longer comes to call it. */
        FEWER_CALLS,
        /** It was called more often: retries, or more at once. */
        MORE_CALLS,
        /** It failed more often. */
        MORE_ERRORS
    }

    /**
     * One thing that differs.
     *
     * @param kind what differs
     * @param caller the service that ran the operation
     * @param operation the operation that took longer or failed, or that called less or more often
     * @param callee the service that was called, which is the caller where the operation called nobody
     * @param shared whether it is the part that differs alike for all services that the caller called, which counts for
     *     the caller; otherwise it is the rest, which counts for the callee
     * @param before how many times the operation ran in the earlier set
     * @param after how many times it ran in the later set
     * @param significance by how many standard errors the means differ
     * @param nanosPerTrace how much time it is about, per trace of the later set
     */
    public record Clue(
            Kind kind,
            String caller,
            String operation,
            String callee,
            boolean shared,
            long before,
            long after,
            double significance,
            double nanosPerTrace) {
        double weight() {
            return significance * Math.sqrt(nanosPerTrace);
        }
    }
}
