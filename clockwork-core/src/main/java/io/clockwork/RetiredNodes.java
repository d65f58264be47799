package io.clockwork;

import java.util.Arrays;

/** The ids that a clock has dropped and does not learn of again: immutable, bounded, the longest retired forgotten first. */
final class RetiredNodes {
    static final int MAX = 1_024;
    static final RetiredNodes NONE = new RetiredNodes(new String[0]);

    private final String[] oldestFirst;
    /** The same, for look-up. */
    private final String[] sorted;

    private RetiredNodes(String[] oldestFirst) {
        this.oldestFirst = oldestFirst;
        sorted = oldestFirst.clone();
        Arrays.sort(sorted);
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    boolean contains(String id) {
        return Arrays.binarySearch(sorted, id) >= 0;
    }

    /** {@return these and {@code id} as the last one} */
    RetiredNodes with(String id) {
        if (contains(id)) {
            return this;
        }
        int forgotten = oldestFirst.length == MAX ? 1 : 0;
        String[] more = Arrays.copyOfRange(oldestFirst, forgotten, oldestFirst.length + 1);
        more[more.length - 1] = id;
        return new RetiredNodes(more);
    }
}
