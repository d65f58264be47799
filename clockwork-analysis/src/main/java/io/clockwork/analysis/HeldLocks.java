package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which locks each task holds, as numbers of interned sets, in a pass over a log. */
final class HeldLocks {
    private static final int[] NONE = new int[0];

    private final int[] setOfTask;
    private final List<int[]> sets = new ArrayList<>(List.of(NONE));
    private final Map<List<Integer>, Integer> numbers = new HashMap<>(Map.of(List.of(), 0));

    HeldLocks(int tasks) {
        setOfTask = new int[tasks];
    }

    /** {@return the number of the set of locks that a task holds} */
    int of(int task) {
        return setOfTask[task];
    }

    /** {@return the locks of a set, ascending} */
    int[] locks(int set) {
        return sets.get(set);
    }

    void acquire(int task, int lock) {
        int[] held = sets.get(setOfTask[task]);
        int at = Arrays.binarySearch(held, lock);
        if (at < 0) {
            int[] more = new int[held.length + 1];
            System.arraycopy(held, 0, more, 0, -at - 1);
            more[-at - 1] = lock;
            System.arraycopy(held, -at - 1, more, -at, held.length + at + 1);
            setOfTask[task] = numberOf(more);
        }
    }

    void release(int task, int lock) {
        int[] held = sets.get(setOfTask[task]);
        int at = Arrays.binarySearch(held, lock);
        if (at >= 0) {
            int[] fewer = new int[held.length - 1];
            System.arraycopy(held, 0, fewer, 0, at);
            System.arraycopy(held, at + 1, fewer, at, fewer.length - at);
            setOfTask[task] = numberOf(fewer);
        }
    }

    private int numberOf(int[] set) {
        return numbers.computeIfAbsent(Arrays.stream(set).boxed().toList(), key -> {
            sets.add(set);
            return sets.size() - 1;
        });
    }

    /** {@return the locks in both sets, ascending} */
    static int[] common(int[] a, int[] b) {
        return Arrays.stream(a)
                .filter(lock -> Arrays.binarySearch(b, lock) >= 0)
                .toArray();
    }

    /** {@return whether some lock is in both sets} */
    boolean exclude(int setA, int setB) {
        return common(sets.get(setA), sets.get(setB)).length > 0;
    }
}
