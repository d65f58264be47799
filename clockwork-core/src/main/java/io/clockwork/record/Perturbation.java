package io.clockwork.record;

/**
 * Holds tasks up before their events, so that they meet in orders that are rare otherwise: some tasks more than others, and
 * each at places that follow from the seed, the task's number and the event's place in it.
 *
 * <p>After the idea of random priorities in S. Burckhardt, P. Kothari, M. Musuvathi, S. Nagarakatte, <i>A Randomized
 * Scheduler with Probabilistic Guarantees of Finding Bugs</i>, ASPLOS 2010; without the guarantee, for the threads' scheduler
 * is not replaced.
 */
final class Perturbation {
    private static final int PACES = 4;
    private static final long FIRST_NANOS = 300_000;
    private static final long MAX_NANOS = 200_000;

    private final long seed;

    Perturbation(long seed) {
        this.seed = mix(seed);
    }

    /** To be called by the thread that runs the task, before its next event. */
    void before(Task task) {
        holdUp(delay(task.id, task.published()));
    }

    /** {@return for how long the event after so many is held up, in nanoseconds; 0 to give way, negative for no delay} */
    long delay(int task, int events) {
        int pace = (int) (mix(seed ^ task) & (PACES - 1));
        if (events <= 1) {
            return pace * FIRST_NANOS;
        }
        // Rarer and rarer, so that long tasks are delayed by a time that grows with the logarithm of their length.
        long random = mix(seed ^ ((long) task << 32 | events));
        return Long.remainderUnsigned(random >>> 32, 4 + (events >> 6)) == 0
                ? pace * (random & 0xFFFF) * MAX_NANOS / 0xFFFF
                : -1;
    }

    /** By yielding: unlike parking and sleeping it takes no permit and sees no interrupt that is the application's. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it is to disturb
    private static void holdUp(long nanos) {
        if (nanos >= 0) {
            long start = System.nanoTime();
            do {
                Thread.yield();
            } while (System.nanoTime() - start < nanos);
        }
    }

    /** The finalizer of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014). */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
