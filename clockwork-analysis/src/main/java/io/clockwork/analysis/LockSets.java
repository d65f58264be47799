package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets of holds of locks, each with a number; 0 is the empty one. A hold is the number of a lock times two, plus one if
 * it is exclusive.
 *
 * <p>What was asked once is known from then on: adding, removing and whether two sets exclude each other are O(1) but for
 * the first time.
 */
final class LockSets {
    private static final int MAX_INTS = 1 << 22;
    private static final int[] NONE = new int[0];

    private final List<int[]> sets = new ArrayList<>(List.of(NONE));
    private final Map<List<Integer>, Integer> numbers = new HashMap<>(Map.of(List.of(), 0));
    /** By two ints what was found out about them. */
    private static final int RESULT = 2;

    private final IntRecords changes = new IntRecords();
    private final IntRecords pairs = new IntRecords();
    private final IntRecords commons = new IntRecords();
    private final IntRecords locks = new IntRecords();
    private final BitSet withExclusive = new BitSet();
    private int ints;
    private long notAdded;

    /** {@return the set with {@code hold} too} */
    int plus(int set, int hold) {
        return change(set, hold << 1 | 1);
    }

    /** {@return the set without {@code hold}} */
    int minus(int set, int hold) {
        return change(set, hold << 1);
    }

    /** {@return what could not be kept} */
    List<Diagnostic> diagnostics() {
        return notAdded == 0
                ? List.of()
                : List.of(new Diagnostic(
                        "LOCK_SETS_TOO_MANY",
                        "there are too many different sets of held locks: some count as empty, and more races are shown"
                                + " as possible than there are",
                        0));
    }

    private int change(int set, int change) {
        int known = changes.size();
        int number = changes.find(set, change);
        int at = (number << IntRecords.SHIFT) + RESULT;
        if (number == known) {
            changes.items[at] = numberOf(changed(sets.get(set), change >> 1, (change & 1) == 1));
        }
        return changes.items[at];
    }

    private int[] changed(int[] set, int hold, boolean add) {
        int at = Arrays.binarySearch(set, hold);
        if (at >= 0 == add) {
            return set;
        }
        int[] result = new int[add ? set.length + 1 : set.length - 1];
        int before = add ? -at - 1 : at;
        System.arraycopy(set, 0, result, 0, before);
        if (add) {
            result[before] = hold;
            System.arraycopy(set, before, result, before + 1, set.length - before);
        } else {
            System.arraycopy(set, before + 1, result, before, result.length - before);
        }
        return result;
    }

    /** {@return the number of a set of holds, which are ascending} */
    int numberOf(int[] set) {
        List<Integer> key = Arrays.stream(set).boxed().toList();
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (ints + set.length > MAX_INTS) {
            notAdded++;
            return 0;
        }
        ints += set.length;
        sets.add(set);
        if (Arrays.stream(set).anyMatch(hold -> (hold & 1) == 1)) {
            withExclusive.set(sets.size() - 1);
        }
        numbers.put(key, sets.size() - 1);
        return sets.size() - 1;
    }

    /** {@return the set of the holds that are in both} */
    int common(int setA, int setB) {
        if (setA == 0 || setB == 0) {
            return 0;
        }
        int known = commons.size();
        int pair = commons.find(Math.min(setA, setB), Math.max(setA, setB));
        if (pair == known) {
            int[] b = sets.get(setB);
            int[] common = Arrays.stream(sets.get(setA))
                    .filter(hold -> Arrays.binarySearch(b, hold) >= 0)
                    .toArray();
            commons.items[(pair << IntRecords.SHIFT) + RESULT] = numberOf(common);
        }
        return commons.items[(pair << IntRecords.SHIFT) + RESULT];
    }

    /** {@return the set of exclusive holds of the locks that are in both, in whatever mode} */
    int commonLocks(int setA, int setB) {
        if (setA == 0 || setB == 0) {
            return 0;
        }
        int known = locks.size();
        int pair = locks.find(Math.min(setA, setB), Math.max(setA, setB));
        if (pair == known) {
            int[] b = sets.get(setB);
            int[] common = Arrays.stream(sets.get(setA))
                    .filter(hold -> Arrays.binarySearch(b, hold) >= 0 || Arrays.binarySearch(b, hold ^ 1) >= 0)
                    .map(hold -> hold | 1)
                    .distinct()
                    .toArray();
            locks.items[(pair << IntRecords.SHIFT) + RESULT] = numberOf(common);
        }
        return locks.items[(pair << IntRecords.SHIFT) + RESULT];
    }

    /** {@return the holds of a set, ascending; not to be changed} */
    int[] holds(int set) {
        return sets.get(set);
    }

    /** {@return whether some lock is in both sets, exclusively in at least one of them} */
    boolean exclude(int setA, int setB) {
        if (setA == 0 || setB == 0) {
            return false;
        }
        if (setA == setB && withExclusive.get(setA)) {
            return true;
        }
        int known = pairs.size();
        int pair = pairs.find(Math.min(setA, setB), Math.max(setA, setB));
        int at = (pair << IntRecords.SHIFT) + RESULT;
        if (pair == known) {
            pairs.items[at] = excludeEachOther(sets.get(setA), sets.get(setB)) ? 1 : 0;
        }
        return pairs.items[at] == 1;
    }

    /** {@return whether some lock is in both, exclusively in at least one of them} */
    private static boolean excludeEachOther(int[] a, int[] b) {
        for (int hold : a) {
            boolean isExclusive = (hold & 1) == 1;
            if (Arrays.binarySearch(b, hold | 1) >= 0 || (isExclusive && Arrays.binarySearch(b, hold - 1) >= 0)) {
                return true;
            }
        }
        return false;
    }
}
