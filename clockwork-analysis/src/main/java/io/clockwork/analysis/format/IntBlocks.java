package io.clockwork.analysis.format;

import java.util.Arrays;

/** A growing list of many ints, in blocks: growing copies none of them. */
final class IntBlocks {
    private static final int BITS = 16;
    private static final int MASK = (1 << BITS) - 1;

    private int[][] blocks = {new int[16]};
    private int size;

    void add(int item) {
        int block = size >>> BITS;
        int place = size & MASK;
        if (block == blocks.length) {
            blocks = Arrays.copyOf(blocks, block + 1); // one word for each 65,536 ints
            blocks[block] = new int[MASK + 1];
        } else if (place == blocks[block].length) { // only the first block begins small
            blocks[block] = Arrays.copyOf(blocks[block], Math.min(place * 4, MASK + 1));
        }
        blocks[block][place] = item;
        size++;
    }

    int get(int index) {
        return blocks[index >>> BITS][index & MASK];
    }

    int size() {
        return size;
    }
}
