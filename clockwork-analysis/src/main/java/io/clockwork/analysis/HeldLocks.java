package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which locks are held at each event, as numbers of interned sets, in a pass over a log.
 *
 * <p>Threads hold locks: a task that goes on where another one had the thread finds the locks that were taken there, and
 * may release them. Where a log does not tell threads apart, tasks hold locks.
 */
final class HeldLocks {
    private final EventColumns log;
    /** The thread of each task: a number that is given when a thread is first seen. */
    private int[] threadOfTask;
    /** The thread of each event that has been passed. */
    private int[] threadOfEvent;
    /** The thread on which a task was under a name. */
    private final Map<Long, Integer> threads = new HashMap<>();

    private final IntColumn setOfThread = new IntColumn();
    /** The thread that holds a lock exclusively. */
    private final Map<Integer, Integer> holders = new HashMap<>();

    /** The sets of holds, which have numbers. */
    final LockSets sets = new LockSets();

    HeldLocks(EventColumns log) {
        this.log = log;
        threadOfTask = new int[log.taskNames.length];
        threadOfEvent = new int[log.kinds.length];
        Arrays.fill(threadOfTask, -1);
    }

    /** Passes the next event; returns the number of the set of locks that are held after it. */
    int advance(int event) {
        int task = log.tasks[event];
        int lock = log.subjects[event];
        grow(event, task);
        switch (log.kind(event)) {
            case RESUME -> resume(event, task);
            case ACQUIRE -> acquire(threadOf(task), lock);
            case RELEASE, WAIT -> release(threadOf(task), lock);
            case ACQUIRE_SHARED -> add(threadOf(task), lock << 1);
            case RELEASE_SHARED -> remove(threadOf(task), lock << 1);
            default -> {
                // is none of a lock
            }
        }
        int thread = threadOf(task);
        threadOfEvent[event] = thread;
        return setOfThread.get(thread);
    }

    /** Says that {@code task} is on the thread of another one, and goes on with its locks. */
    void goOn(int other, int task) {
        grow(0, Math.max(other, task));
        threadOfTask[task] = threadOf(other);
    }

    private void grow(int event, int task) {
        if (event >= threadOfEvent.length) {
            threadOfEvent = Arrays.copyOf(threadOfEvent, Math.max(event + 1, event * 2));
        }
        int size = threadOfTask.length;
        if (task >= size) {
            threadOfTask = Arrays.copyOf(threadOfTask, Math.max(task + 1, task * 2));
            Arrays.fill(threadOfTask, size, threadOfTask.length, -1);
        }
    }

    /*
     * A task that goes on names the event that its thread ran before, if that was another task's. If it names none, it
     * is on a thread where it was itself the last one, or on a new one.
     */
    private void resume(int event, int task) {
        long named = (long) task << 32 | log.subjects[event];
        int thread = -1;
        for (int k = log.edgeStarts[event]; k < log.edgeStarts[event + 1]; k++) {
            if (log.edgeSync[k]) {
                thread = threadOfEvent[log.edgeFrom[k]];
            }
        }
        if (thread < 0) {
            thread = threads.getOrDefault(named, -1);
        }
        threadOfTask[task] = thread < 0 ? newThread() : thread;
        threads.put(named, threadOfTask[task]);
    }

    private int threadOf(int task) {
        if (threadOfTask[task] < 0) {
            threadOfTask[task] = newThread();
        }
        return threadOfTask[task];
    }

    private int newThread() {
        setOfThread.add(0);
        return setOfThread.size() - 1;
    }

    private void acquire(int thread, int lock) {
        Integer before = holders.put(lock, thread);
        if (before != null && before != thread) {
            // Its release is not in the log.
            remove(before, lock << 1 | 1);
        }
        add(thread, lock << 1 | 1);
    }

    /** Who releases may be another one than who acquired: what counts is that the lock is free now. */
    private void release(int thread, int lock) {
        Integer holder = holders.remove(lock);
        remove(holder == null ? thread : holder, lock << 1 | 1);
    }

    private void add(int thread, int hold) {
        setOfThread.set(thread, sets.plus(setOfThread.get(thread), hold));
    }

    private void remove(int thread, int hold) {
        setOfThread.set(thread, sets.minus(setOfThread.get(thread), hold));
    }

    /** {@return the number of a set of holds, which are ascending} */
    int numberOf(int[] set) {
        return sets.numberOf(set);
    }

    /** {@return the thread of an event that was passed} */
    int thread(int event) {
        return threadOfEvent[event];
    }

    /** {@return the holds of a set, ascending: the number of the lock times two, plus one if exclusive; not to be changed} */
    int[] holds(int set) {
        return sets.holds(set);
    }

    /** {@return whether a lock is in a set, in either mode} */
    boolean holds(int set, int lock) {
        int[] held = sets.holds(set);
        return Arrays.binarySearch(held, lock << 1) >= 0 || Arrays.binarySearch(held, lock << 1 | 1) >= 0;
    }

    /** {@return the locks of a set, in either mode, ascending} */
    int[] locks(int set) {
        return Arrays.stream(sets.holds(set)).map(hold -> hold >> 1).distinct().toArray();
    }

    /** {@return the names of the locks of a set, in order; those held in shared mode only say so} */
    List<String> names(int set) {
        int[] held = sets.holds(set);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            String name = log.names.get(held[i] >> 1);
            if ((held[i] & 1) == 1) {
                names.add(name);
            } else if (i + 1 == held.length || held[i + 1] != (held[i] | 1)) {
                names.add(name + " (shared)");
            }
        }
        return names.stream().sorted().toList();
    }

    /** {@return the locks in both sets of locks, ascending} */
    static int[] common(int[] a, int[] b) {
        return Arrays.stream(a)
                .filter(lock -> Arrays.binarySearch(b, lock) >= 0)
                .toArray();
    }

    /** {@return whether some lock is in both sets, exclusively in at least one of them} */
    boolean exclude(int setA, int setB) {
        return sets.exclude(setA, setB);
    }
}
