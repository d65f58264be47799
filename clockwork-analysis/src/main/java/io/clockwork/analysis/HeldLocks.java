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
    private static final int[] NONE = new int[0];

    private final EventColumns log;
    /** The thread of each task: a number that is given when a thread is first seen. */
    private final int[] threadOfTask;
    /** The thread of each event that has been passed. */
    private final int[] threadOfEvent;
    /** The thread on which a task was under a name. */
    private final Map<Long, Integer> threads = new HashMap<>();

    private final IntColumn setOfThread = new IntColumn();
    /** The thread that holds a lock exclusively. */
    private final Map<Integer, Integer> holders = new HashMap<>();
    /** Sets of holds, ascending: the number of the lock times two, plus one if the hold is exclusive. */
    private final List<int[]> sets = new ArrayList<>(List.of(NONE));

    /** For a set and a hold the set with it, and without it. */
    private final LongIntMap more = new LongIntMap();

    private final LongIntMap fewer = new LongIntMap();
    /** For two sets, 1 if some hold of one excludes one of the other, otherwise 0. */
    private final LongIntMap exclusions = new LongIntMap();

    private final Map<List<Integer>, Integer> numbers = new HashMap<>(Map.of(List.of(), 0));

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
        int set = setOfThread.get(thread);
        long key = (long) set << 32 | hold;
        int result = more.getOrDefault(key, -1);
        if (result < 0) {
            result = with(set, hold);
            more.put(key, result);
        }
        setOfThread.set(thread, result);
    }

    private int with(int set, int hold) {
        int[] held = sets.get(set);
        int at = Arrays.binarySearch(held, hold);
        if (at >= 0) {
            return set;
        }
        int[] longer = new int[held.length + 1];
        System.arraycopy(held, 0, longer, 0, -at - 1);
        longer[-at - 1] = hold;
        System.arraycopy(held, -at - 1, longer, -at, held.length + at + 1);
        return numberOf(longer);
    }

    private void remove(int thread, int hold) {
        int set = setOfThread.get(thread);
        long key = (long) set << 32 | hold;
        int result = fewer.getOrDefault(key, -1);
        if (result < 0) {
            result = without(set, hold);
            fewer.put(key, result);
        }
        setOfThread.set(thread, result);
    }

    private int without(int set, int hold) {
        int[] held = sets.get(set);
        int at = Arrays.binarySearch(held, hold);
        if (at < 0) {
            return set;
        }
        int[] shorter = new int[held.length - 1];
        System.arraycopy(held, 0, shorter, 0, at);
        System.arraycopy(held, at + 1, shorter, at, shorter.length - at);
        return numberOf(shorter);
    }

    /** {@return the number of a set of holds, which are ascending} */
    int numberOf(int[] set) {
        return numbers.computeIfAbsent(Arrays.stream(set).boxed().toList(), key -> {
            sets.add(set);
            return sets.size() - 1;
        });
    }

    /** {@return the thread of an event that was passed} */
    int thread(int event) {
        return threadOfEvent[event];
    }

    /** {@return the holds of a set, ascending: the number of the lock times two, plus one if exclusive; not to be changed} */
    int[] holds(int set) {
        return sets.get(set);
    }

    /** {@return whether a lock is in a set, in either mode} */
    boolean holds(int set, int lock) {
        int[] held = sets.get(set);
        return Arrays.binarySearch(held, lock << 1) >= 0 || Arrays.binarySearch(held, lock << 1 | 1) >= 0;
    }

    /** {@return the locks of a set, in either mode, ascending} */
    int[] locks(int set) {
        return Arrays.stream(sets.get(set)).map(hold -> hold >> 1).distinct().toArray();
    }

    /** {@return the names of the locks of a set, in order; those held in shared mode only say so} */
    List<String> names(int set) {
        int[] held = sets.get(set);
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
        if (setA == 0 || setB == 0) {
            return false;
        }
        long key = (long) setA << 32 | setB;
        int result = exclusions.getOrDefault(key, -1);
        if (result < 0) {
            result = findExclusion(setA, setB) ? 1 : 0;
            exclusions.put(key, result);
        }
        return result == 1;
    }

    private boolean findExclusion(int setA, int setB) {
        int[] a = sets.get(setA);
        int[] b = sets.get(setB);
        for (int hold : a) {
            boolean exclusive = (hold & 1) == 1;
            if (Arrays.binarySearch(b, hold | 1) >= 0 || (exclusive && Arrays.binarySearch(b, hold - 1) >= 0)) {
                return true;
            }
        }
        return false;
    }
}
