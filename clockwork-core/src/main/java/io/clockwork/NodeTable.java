package io.clockwork;

import java.util.Arrays;

/**
 * The sorted node ids of a vector, shared by every timestamp that came from one another without learning a new id.
 *
 * <p>Immutable. Two tables of equal content may exist, for each side of a connection builds its own: identity is the
 * fast path, never the meaning.
 */
final class NodeTable {
    /*
     * Beside the strings, the ids stand as their UTF-8 bytes in big-endian words padded with zeros. No id holds U+0000,
     * so unsigned comparison of the words is comparison of the bytes, which is code point order, and whole tables
     * compare by one vectorised Arrays.mismatch. Look-up is a binary search: a hash table keyed by ids that peers
     * choose could be flooded.
     */
    static final NodeTable EMPTY = new NodeTable(new String[0]);

    final String[] ids;
    private final long[] words;
    /** Where id {@code i} starts in {@link #words}; one entry more than ids. */
    private final int[] starts;

    private NodeTable(String[] sortedIds) {
        ids = sortedIds;
        starts = new int[sortedIds.length + 1];
        long[][] pieces = new long[sortedIds.length][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = NodeIds.words(sortedIds[i]);
            starts[i + 1] = starts[i] + pieces[i].length;
        }
        words = new long[starts[pieces.length]];
        for (int i = 0; i < pieces.length; i++) {
            System.arraycopy(pieces[i], 0, words, starts[i], pieces[i].length);
        }
    }

    /** {@return a table of {@code sortedIds}, which are legal, ascending, distinct and not kept by the caller} */
    static NodeTable ofSorted(String[] sortedIds) {
        return sortedIds.length == 0 ? EMPTY : new NodeTable(sortedIds);
    }

    int size() {
        return ids.length;
    }

    /** {@return the index of {@code id}, or {@code -(insertion point) - 1} when it is not here; O(log n)} */
    int indexOf(String id) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = NodeIds.compare(ids[middle], id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** {@return whether both tables hold the same ids} */
    boolean sameIds(NodeTable other) {
        return this == other || (Arrays.equals(words, other.words) && Arrays.equals(starts, other.starts));
    }

    /** Orders id {@code i} of this table against id {@code j} of the other. */
    int compareIds(int i, NodeTable other, int j) {
        int a = starts[i];
        int b = other.starts[j];
        int aEnd = starts[i + 1];
        int bEnd = other.starts[j + 1];
        while (a < aEnd && b < bEnd) {
            int order = Long.compareUnsigned(words[a++], other.words[b++]);
            if (order != 0) {
                return order;
            }
        }
        return (aEnd - a) - (bEnd - b);
    }

    /** {@return a table with {@code id} inserted at {@code index}} */
    NodeTable insert(int index, String id) {
        String[] more = new String[ids.length + 1];
        System.arraycopy(ids, 0, more, 0, index);
        more[index] = id;
        System.arraycopy(ids, index, more, index + 1, ids.length - index);
        return new NodeTable(more);
    }

    /** {@return a table of the ids of both: one of the two itself when it holds the other's} */
    NodeTable union(NodeTable other) {
        if (sameIds(other)) {
            return this;
        }
        String[] merged = new String[size() + other.size()];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < size() || j < other.size()) {
            int order = i == size() ? 1 : j == other.size() ? -1 : compareIds(i, other, j);
            merged[count++] = order <= 0 ? ids[i] : other.ids[j];
            if (order <= 0) {
                i++;
            }
            if (order >= 0) {
                j++;
            }
        }
        if (count == size()) {
            return this;
        }
        return count == other.size() ? other : new NodeTable(Arrays.copyOf(merged, count));
    }
}
