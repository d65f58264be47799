package io.clockwork.analysis;

import java.util.List;
import java.util.Objects;

/**
 * How tasks waited for one lock, latch, semaphore or queue.
 *
 * @param lock its name
 * @param acquires how many times it was got
 * @param waits how many times it was waited for: blocked, and got or given up
 * @param givenUp how many of the waits were given up
 * @param waitNanos how long all waits took together
 * @param longestWaitNanos the longest one
 * @param heldNanos how long it was held, all holds together
 * @param mostWaiting how many tasks waited at the same time at most
 * @param convoys how many times two or more tasks waited at the same time, until at most one did
 * @param waiters who waited for whom, the longest together first
 * @param holders the longest holds, the longest first
 */
public record LockContention(
        String lock,
        long acquires,
        long waits,
        long givenUp,
        long waitNanos,
        long longestWaitNanos,
        long heldNanos,
        int mostWaiting,
        int convoys,
        List<Wait> waiters,
        List<Hold> holders) {
    /** Creates a result of copies of the lists. */
    public LockContention {
        Objects.requireNonNull(lock, "lock");
        waiters = List.copyOf(waiters);
        holders = List.copyOf(holders);
    }

    /**
     * Returns the contention of everything that tasks waited for or held, the longest waited for first, then by name; O(n log
     * n). Times are 0 in a log without times.
     */
    public static List<LockContention> of(EventLog log) {
        return ContentionReader.read(log);
    }

    /**
     * Waits of the same operation for the same one.
     *
     * @param waiter the operation that waited; its task if it was in none
     * @param holder the operation that held what it waited for, whose release let it go on; empty if that is not in the log
     * @param count how many times
     * @param nanos how long together
     * @param site where in the source code the longest one was over
     */
    public record Wait(String waiter, String holder, long count, long nanos, String site) {}

    /**
     * The time from an acquire to its release.
     *
     * @param operation the operation that held it; its task if it was in none
     * @param task the name of its task
     * @param nanos how long
     * @param site where in the source code it was acquired
     */
    public record Hold(String operation, String task, long nanos, String site) {}
}
