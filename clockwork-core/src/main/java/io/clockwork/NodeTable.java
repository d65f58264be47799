package io.clockwork;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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
    static final NodeTable EMPTY = new NodeTable(new String[0], RetiredNodes.NONE);

    final String[] ids;
    /** The ids as a list, always the same one: codecs know a table again by it. */
    final List<String> nodes;
    /** What the clock whose timestamps share this table has retired. */
    final RetiredNodes retired;

    private final long[] words;
    /** Where id {@code i} starts in {@link #words}; one entry more than ids. */
    private final int[] starts;

    private NodeTable(String[] sortedIds, RetiredNodes retired) {
        this.retired = retired;
        ids = sortedIds;
        nodes = Collections.unmodifiableList(Arrays.asList(sortedIds));
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

    private NodeTable(String[] sortedIds, List<String> nodes, long[] words, int[] starts, RetiredNodes retired) {
        this.retired = retired;
        ids = sortedIds;
        this.nodes = nodes;
        this.words = words;
        this.starts = starts;
    }

    /** {@return a table of {@code sortedIds}, which are legal, ascending, distinct and not kept by the caller} */
    static NodeTable ofSorted(String[] sortedIds) {
        return sortedIds.length == 0 ? EMPTY : new NodeTable(sortedIds, RetiredNodes.NONE);
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

    /**
     * Returns how many ids from index {@code i} on are those of the other table from {@code j} on. Tables of one system
     * differ in few ids, so passes over two of them go from run to run: one vectorised mismatch each.
     */
    int commonRun(int i, NodeTable other, int j) {
        int a = starts[i];
        int b = other.starts[j];
        int mismatch = Arrays.mismatch(words, a, words.length, other.words, b, other.words.length);
        int equalWords = mismatch < 0 ? words.length - a : mismatch;
        int limit = Math.min(ids.length - i, other.ids.length - j);
        int run = 0;
        while (run < limit) {
            // Equal words are equal ids only where they are cut alike: "12345678" + "9" is not "123456789".
            int end = starts[i + run + 1] - a;
            if (end > equalWords || end != other.starts[j + run + 1] - b) {
                break;
            }
            run++;
        }
        return run;
    }

    /** {@return a table with {@code id} inserted at {@code index}} */
    NodeTable insert(int index, String id) {
        String[] more = new String[ids.length + 1];
        System.arraycopy(ids, 0, more, 0, index);
        more[index] = id;
        System.arraycopy(ids, index, more, index + 1, ids.length - index);
        return new NodeTable(more, retired);
    }

    /** {@return a table without the id at {@code index}} */
    NodeTable remove(int index) {
        String[] fewer = new String[ids.length - 1];
        System.arraycopy(ids, 0, fewer, 0, index);
        System.arraycopy(ids, index + 1, fewer, index, fewer.length - index);
        return new NodeTable(fewer, retired);
    }

    /** {@return a table of the same ids for a clock that has retired {@code others}} */
    NodeTable withRetired(RetiredNodes others) {
        return others == retired ? this : new NodeTable(ids, nodes, words, starts, others);
    }

    /** {@return a table of the ids of both: one of the two itself when it holds the other's} */
    NodeTable union(NodeTable other) {
        if (sameIds(other)) {
            return this;
        }
        int common = 0;
        for (int i = 0, j = 0; i < size() && j < other.size(); ) {
            int run = commonRun(i, other, j);
            common += run;
            i += run;
            j += run;
            if (i < size() && j < other.size()) {
                if (compareIds(i, other, j) < 0) {
                    i++;
                } else {
                    j++;
                }
            }
        }
        return common == other.size() ? this : common == size() ? other : merged(other, size() + other.size() - common);
    }

    /** Copies the words along with the ids: to encode them again would cost more than all the rest. */
    private NodeTable merged(NodeTable other, int count) {
        String[] union = new String[count];
        List<String> list = Collections.unmodifiableList(Arrays.asList(union));
        NodeTable result = new NodeTable(
                union, list, new long[words.length + other.words.length], new int[count + 1], RetiredNodes.NONE);
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < size() && j < other.size()) {
            int run = commonRun(i, other, j);
            if (run > 0) {
                size = result.append(size, this, i, run);
                i += run;
                j += run;
            } else if (compareIds(i, other, j) < 0) {
                size = result.append(size, this, i++, 1);
            } else {
                size = result.append(size, other, j++, 1);
            }
        }
        size = result.append(size, this, i, size() - i);
        size = result.append(size, other, j, other.size() - j);
        return new NodeTable(
                union, list, Arrays.copyOf(result.words, result.starts[size]), result.starts, RetiredNodes.NONE);
    }

    /** Adds {@code count} ids of {@code from} to a table in the making that has {@code size}; returns the new size. */
    private int append(int size, NodeTable from, int index, int count) {
        int shift = starts[size] - from.starts[index];
        int wordCount = from.starts[index + count] - from.starts[index];
        System.arraycopy(from.ids, index, ids, size, count);
        System.arraycopy(from.words, from.starts[index], words, starts[size], wordCount);
        for (int k = 1; k <= count; k++) {
            starts[size + k] = from.starts[index + k] + shift;
        }
        return size + count;
    }
}
