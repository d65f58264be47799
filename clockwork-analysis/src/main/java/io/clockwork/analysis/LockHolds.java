package io.clockwork.analysis;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which thread holds each lock, and which locks each thread holds. */
final class LockHolds {
    /** Null where nobody asks for the locks of a thread. */
    private final @Nullable LockSets lockSets;

    private int[] lockSetOf = new int[16];
    /** The thread that holds a lock, plus one; 0 for none. */
    private int[] holderOf = new int[16];

    private int[] depthOf = new int[16];

    private int acquiresOfHeldLock;
    private int reentrantAcquires;
    private int releasesByNonHolder;

    LockHolds(@Nullable LockSets lockSets) {
        this.lockSets = lockSets;
    }

    /** {@return the number of the set of locks that a thread holds} */
    int lockSet(int thread) {
        return thread < lockSetOf.length ? lockSetOf[thread] : 0;
    }

    void acquire(int thread, int lock) {
        if (lock >= holderOf.length) {
            grow(lock);
        }
        int holder = holderOf[lock] - 1;
        if (holder == thread) {
            reentrantAcquires++;
            depthOf[lock]++;
            return;
        }
        if (holder >= 0) {
            acquiresOfHeldLock++;
            change(holder, lock, false);
        }
        change(thread, lock, true);
        holderOf[lock] = thread + 1;
        depthOf[lock] = 1;
    }

    void release(int thread, int lock) {
        if (lock >= holderOf.length || holderOf[lock] != thread + 1) {
            releasesByNonHolder++;
        } else if (--depthOf[lock] == 0) {
            holderOf[lock] = 0;
            change(thread, lock, false);
        }
    }

    private void change(int thread, int lock, boolean held) {
        if (lockSets != null) {
            if (thread >= lockSetOf.length) {
                lockSetOf = Arrays.copyOf(lockSetOf, Math.max(thread + 1, lockSetOf.length * 2));
            }
            int hold = lock << 1 | 1;
            lockSetOf[thread] = held ? lockSets.plus(lockSetOf[thread], hold) : lockSets.minus(lockSetOf[thread], hold);
        }
    }

    private void grow(int lock) {
        holderOf = Arrays.copyOf(holderOf, Math.max(lock + 1, holderOf.length * 2));
        depthOf = Arrays.copyOf(depthOf, holderOf.length);
    }

    void diagnose(List<Diagnostic> found) {
        RaceStream.diagnose(
                found, "ACQUIRE_OF_HELD_LOCK", acquiresOfHeldLock, "acquires of a lock that another thread held");
        RaceStream.diagnose(
                found, "REENTRANT_ACQUIRE", reentrantAcquires, "acquires of a lock that the thread itself held");
        RaceStream.diagnose(
                found, "RELEASE_BY_NON_HOLDER", releasesByNonHolder, "releases of a lock that the thread did not hold");
    }
}
