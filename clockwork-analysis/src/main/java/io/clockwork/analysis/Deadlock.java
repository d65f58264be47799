package io.clockwork.analysis;

import io.clockwork.analysis.Race.Verdict;
import java.util.List;

/**
 * Tasks that can wait for each other in a circle: each holds a lock that the one before it asks for.
 *
 * @param verdict {@code CERTAIN} when there is an order of this run's events, with every read seeing the write that it saw
 *     and every lock taken in the order of the run, in which all sides stand before their requests; {@code POSSIBLE} when
 *     nothing but causality was held against it
 * @param sides what each task asks for and holds; the lock that a side asks for is held by the next one, and that of the
 *     last by the first
 * @param count how many combinations of tasks were found to meet like this; at least 1
 */
public record Deadlock(Verdict verdict, List<Side> sides, int count) {
    /** Creates a deadlock with a copy of {@code sides}. */
    public Deadlock {
        sides = List.copyOf(sides);
    }

    /**
     * One task of the circle.
     *
     * @param event the request: the event in the log at which the task got the lock in this run
     * @param taskNumber the number of the task in the log
     * @param task the name of the task
     * @param operation the innermost operation that went on in the task; empty when there was none
     * @param service the service that ran it
     * @param thread the thread that ran it; empty when that is not known
     * @param site where in the source code it asks for the lock; empty when that is not known
     * @param lock the lock that it asks for
     * @param shared whether it would share that lock with others
     * @param held the locks that it holds meanwhile, in order of name
     */
    public record Side(
            int event,
            int taskNumber,
            String task,
            String operation,
            String service,
            String thread,
            String site,
            String lock,
            boolean shared,
            List<HeldLock> held) {
        /** Creates a side with a copy of {@code held}. */
        public Side {
            held = List.copyOf(held);
        }
    }

    /**
     * A lock that a task holds.
     *
     * @param lock its name
     * @param shared whether others may share it
     * @param event the event in the log at which it was acquired, or -1 when that is not in the log
     * @param site where in the source code it was acquired; empty when that is not known
     */
    public record HeldLock(String lock, boolean shared, int event, String site) {}
}
