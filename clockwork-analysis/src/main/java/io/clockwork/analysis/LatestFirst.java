package io.clockwork.analysis;

/** Sorts the children of each operation by their ends, later first, without boxing. */
final class LatestFirst {
    /*
     * A merge sort, bottom up, that leaves alone what is in order. Children come in the reverse order of their beginnings,
     * in which most traces have them sorted already.
     */
    private final int[] children;
    private final long[] ends;
    private final int[] scratch;
    private final boolean firstBegunFirst;

    private LatestFirst(int[] children, long[] ends, boolean firstBegunFirst) {
        this.children = children;
        this.ends = ends;
        this.firstBegunFirst = firstBegunFirst;
        scratch = new int[children.length];
    }

    /**
     * Sorts the children of each operation.
     *
     * @param children by operation, those of one by descending number
     * @param firstChild where the children of each operation begin, and their number
     * @param ends per operation
     * @param firstBegunFirst whether of children that end together the one of smaller number comes first, or last
     */
    static void sort(int[] children, int[] firstChild, long[] ends, boolean firstBegunFirst) {
        LatestFirst sort = new LatestFirst(children, ends, firstBegunFirst);
        for (int op = 0; op < ends.length; op++) {
            sort.sort(firstChild[op], firstChild[op + 1]);
        }
    }

    private void sort(int from, int to) {
        for (int width = 1; width < to - from; width *= 2) {
            for (int left = from; left < to - width; left += 2 * width) {
                merge(left, left + width, Math.min(left + 2 * width, to));
            }
        }
    }

    private void merge(int from, int middle, int to) {
        if (!isBefore(children[middle], children[middle - 1])) {
            return;
        }
        System.arraycopy(children, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        for (int i = from; left < middle; i++) {
            boolean takeRight = right < to && isBefore(children[right], scratch[left]);
            children[i] = takeRight ? children[right++] : scratch[left++];
        }
    }

    /** {@return whether a child that stands behind another one belongs before it} */
    private boolean isBefore(int behind, int before) {
        return firstBegunFirst ? ends[behind] >= ends[before] : ends[behind] > ends[before];
    }
}
