package io.clockwork.analysis;

import java.util.Arrays;

/**
 * Sparse vectors of counters that never change once made and share all the parts in which they are equal.
 *
 * <p>A vector is a tree of blocks of eight, no higher than the range of its entries needs. Taking the maximum of two
 * vectors copies only blocks that really mix both; changing one entry copies one block a level. Reading an entry costs
 * one step a level: at most 10, and 3 for 512 entries that stand together.
 */
final class SharedVectors {
    /** The vector of zeros. */
    static final int EMPTY = 0;
    /** Entries are numbered below this. */
    static final int LIMIT = 1 << 30;

    private static final int BITS = 3;
    private static final int FANOUT = 1 << BITS;
    private static final int MASK = FANOUT - 1;
    /** The sum of the entries below, then the entries or the numbers of the blocks below; 0 stands for none. */
    private static final int BLOCK = FANOUT + 1;

    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int LEVEL_SHIFT = 28;
    private static final int PREFIX = (1 << LEVEL_SHIFT) - 1;

    private int[][] chunks = {new int[16 * BLOCK]};
    private int blocks = 1;

    /** Per vector its topmost block. */
    private final IntColumn roots = new IntColumn();
    /** Per vector how high it is, and which range of that height its entries are in. */
    private final IntColumn shapes = new IntColumn();

    /** Blocks from here on belong to the vector that is being made, and may still be changed. */
    private int mark;

    private int begun;
    private int root;
    private int level;
    private int prefix;

    SharedVectors() {
        roots.add(0);
        shapes.add(0);
    }

    /** {@return an entry of a vector} */
    int get(int vector, int index) {
        int shape = shapes.get(vector);
        int height = shape >>> LEVEL_SHIFT;
        if (height == 0 || index >>> (height * BITS) != (shape & PREFIX)) {
            return 0;
        }
        int block = roots.get(vector);
        for (int l = height - 1; l > 0 && block != 0; l--) {
            block = child(block, index >>> (l * BITS) & MASK);
        }
        return block == 0 ? 0 : child(block, index & MASK);
    }

    /** {@return the sum of the entries from {@code from} on and below {@code to}} */
    int sum(int vector, int from, int to) {
        int shape = shapes.get(vector);
        int height = shape >>> LEVEL_SHIFT;
        return height == 0 ? 0 : sum(roots.get(vector), height, (long) (shape & PREFIX) << (height * BITS), from, to);
    }

    /* As those below, this goes down one level a call: ten calls deep at most. */
    private int sum(int block, int height, long start, int from, int to) {
        long size = 1L << (height * BITS);
        if (block == 0 || start >= to || start + size <= from) {
            return 0;
        }
        if (start >= from && start + size <= to) {
            return sumOf(block);
        }
        int total = 0;
        for (int i = 0; i < FANOUT; i++) {
            long first = start + ((long) i << ((height - 1) * BITS));
            if (height > 1) {
                total += sum(child(block, i), height - 1, first, from, to);
            } else if (first >= from && first < to) {
                total += child(block, i);
            }
        }
        return total;
    }

    /** Takes an entry that is not 0. */
    @FunctionalInterface
    interface EntryConsumer {
        void accept(int index, int value);
    }

    /** Gives all entries that are not 0, in order of their indexes. */
    void forEach(int vector, EntryConsumer consumer) {
        int shape = shapes.get(vector);
        if (shape != 0) {
            forEach(roots.get(vector), shape >>> LEVEL_SHIFT, shape & PREFIX, consumer);
        }
    }

    private void forEach(int block, int height, int start, EntryConsumer consumer) {
        for (int i = 0; i < FANOUT; i++) {
            int child = child(block, i);
            if (child != 0 && height == 1) {
                consumer.accept(start << BITS | i, child);
            } else if (child != 0) {
                forEach(child, height - 1, start << BITS | i, consumer);
            }
        }
    }

    /** Begins to make a vector that is like {@code vector}. */
    void begin(int vector) {
        begun = vector;
        mark = blocks;
        root = roots.get(vector);
        level = shapes.get(vector) >>> LEVEL_SHIFT;
        prefix = shapes.get(vector) & PREFIX;
    }

    /** Raises every entry of the vector being made to that of {@code vector}. */
    void merge(int vector) {
        int other = roots.get(vector);
        int otherLevel = shapes.get(vector) >>> LEVEL_SHIFT;
        int otherPrefix = shapes.get(vector) & PREFIX;
        if (other == root || otherLevel == 0) {
            return;
        }
        if (level == 0) {
            root = other;
            level = otherLevel;
            prefix = otherPrefix;
            return;
        }
        int top = Math.max(level, otherLevel);
        while (prefix >>> ((top - level) * BITS) != otherPrefix >>> ((top - otherLevel) * BITS)) {
            top++;
        }
        if (otherLevel == top && level < top) {
            root = merge(other, top, root, level, prefix);
            level = top;
            prefix = otherPrefix;
        } else {
            raiseTo(top);
            root = merge(root, top, other, otherLevel, otherPrefix);
        }
    }

    /** Raises one entry of the vector being made to {@code value}, which is more than 0. */
    void raise(int index, int value) {
        if (level == 0) {
            level = 1;
            prefix = index >>> BITS;
            root = allocate();
        }
        int top = level;
        while (prefix >>> ((top - level) * BITS) != index >>> (top * BITS)) {
            top++;
        }
        raiseTo(top);
        root = raise(root, level, index, value);
    }

    /** {@return the vector that was made: the very one that it was begun with if nothing rose} */
    int end() {
        if (root == roots.get(begun) && root < mark) {
            return begun;
        }
        roots.add(root);
        shapes.add(level << LEVEL_SHIFT | prefix);
        return roots.size() - 1;
    }

    private void raiseTo(int top) {
        root = wrap(root, level, prefix, top);
        prefix >>>= (top - level) * BITS;
        level = top;
    }

    /** {@return a block of level {@code top} above {@code block}} */
    private int wrap(int block, int blockLevel, int blockPrefix, int top) {
        int wrapped = block;
        for (int l = blockLevel; l < top; l++) {
            int above = allocate();
            setChild(above, blockPrefix >>> ((l - blockLevel) * BITS) & MASK, wrapped);
            setSum(above, sumOf(wrapped));
            wrapped = above;
        }
        return wrapped;
    }

    private int raise(int block, int height, int index, int value) {
        int place = index >>> ((height - 1) * BITS) & MASK;
        int old = child(block, place);
        if (height == 1) {
            if (old >= value) {
                return block;
            }
            int result = writable(block);
            setChild(result, place, value);
            setSum(result, sumOf(result) + value - old);
            return result;
        }
        int before = old == 0 ? 0 : sumOf(old);
        int below = raise(old == 0 ? allocate() : old, height - 1, index, value);
        int rise = sumOf(below) - before;
        if (rise == 0) {
            return block;
        }
        int result = writable(block);
        setChild(result, place, below);
        setSum(result, sumOf(result) + rise);
        return result;
    }

    /** {@return the maximum of a block and a lower one, which lies in its range} */
    private int merge(int block, int height, int other, int otherLevel, int otherPrefix) {
        if (height == otherLevel) {
            return mergeEqual(block, other, height);
        }
        int place = otherPrefix >>> ((height - 1 - otherLevel) * BITS) & MASK;
        int old = child(block, place);
        int before = old == 0 ? 0 : sumOf(old);
        int below = old == 0
                ? wrap(other, otherLevel, otherPrefix, height - 1)
                : merge(old, height - 1, other, otherLevel, otherPrefix);
        int rise = sumOf(below) - before;
        if (rise == 0) {
            return block;
        }
        int result = writable(block);
        setChild(result, place, below);
        setSum(result, sumOf(result) + rise);
        return result;
    }

    private int mergeEqual(int a, int b, int height) {
        if (a == b) {
            return a;
        }
        boolean aIsAll = true;
        boolean bIsAll = true;
        int result = a;
        for (int i = 0; i < FANOUT; i++) {
            int x = child(a, i);
            int y = child(b, i);
            int before = x == 0 || height == 1 ? x : sumOf(x);
            int merged =
                    x == y || y == 0 ? x : x == 0 ? y : height == 1 ? Math.max(x, y) : mergeEqual(x, y, height - 1);
            int after = merged == 0 || height == 1 ? merged : sumOf(merged);
            bIsAll &= merged == y;
            if (merged != x || after != before) {
                aIsAll = false;
                result = writable(result);
                setChild(result, i, merged);
                setSum(result, sumOf(result) + after - before);
            }
        }
        return bIsAll && !aIsAll ? b : result;
    }

    private int writable(int block) {
        if (block >= mark) {
            return block;
        }
        int copy = allocate();
        System.arraycopy(chunk(block), offset(block), chunk(copy), offset(copy), BLOCK);
        return copy;
    }

    private int allocate() {
        int chunk = blocks >>> CHUNK_BITS;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, chunk * 3 / 2));
        }
        if (chunk == 0 && (blocks + 1) * BLOCK > chunks[0].length) {
            chunks[0] = Arrays.copyOf(chunks[0], Math.min(chunks[0].length * 2, CHUNK * BLOCK));
        } else if (chunk > 0 && (blocks & (CHUNK - 1)) == 0) {
            chunks[chunk] = new int[CHUNK * BLOCK];
        }
        return blocks++;
    }

    private int[] chunk(int block) {
        return chunks[block >>> CHUNK_BITS];
    }

    private static int offset(int block) {
        return (block & (CHUNK - 1)) * BLOCK;
    }

    private int child(int block, int place) {
        return chunk(block)[offset(block) + 1 + place];
    }

    private void setChild(int block, int place, int value) {
        chunk(block)[offset(block) + 1 + place] = value;
    }

    private int sumOf(int block) {
        return chunk(block)[offset(block)];
    }

    private void setSum(int block, int sum) {
        chunk(block)[offset(block)] = sum;
    }
}
