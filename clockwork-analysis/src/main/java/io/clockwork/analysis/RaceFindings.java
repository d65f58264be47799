package io.clockwork.analysis;

import java.util.Arrays;

/**
 * What races were found: one finding for a variable and an unordered pair of sites and kinds, with how many pairs of
 * accesses there are, and the best example.
 */
final class RaceFindings {
    /** The ints of an example: of the earlier access, then of the later one. */
    private static final int EXAMPLE = 8;

    private static final int STAMP = 0;
    private static final int TASK = 1;
    private static final int SITE = 2;
    private static final int LOCKS_AND_KIND = 3;
    private static final int LATER = 4;

    private final IntRecords keys = new IntRecords();
    private long[] counts = new long[16];
    /** Smaller is surer and worse. */
    private byte[] ranks = new byte[16];

    private int[] examples = new int[16 * EXAMPLE];
    private int lastFound = -1;

    int size() {
        return keys.size();
    }

    int variable(int finding) {
        return keys.items[finding << IntRecords.SHIFT];
    }

    long count(int finding) {
        return counts[finding];
    }

    int rank(int finding) {
        return ranks[finding];
    }

    private int of(int finding, boolean later, int field) {
        return examples[finding * EXAMPLE + (later ? LATER : 0) + field];
    }

    int stamp(int finding, boolean later) {
        return of(finding, later, STAMP);
    }

    int task(int finding, boolean later) {
        return of(finding, later, TASK);
    }

    int site(int finding, boolean later) {
        return of(finding, later, SITE);
    }

    int locks(int finding, boolean later) {
        return of(finding, later, LOCKS_AND_KIND) >>> 3;
    }

    int kind(int finding, boolean later) {
        return of(finding, later, LOCKS_AND_KIND) & 7;
    }

    /** {@return the finding of a variable and two places, each a site and a kind} */
    int find(int variable, int siteA, int kindA, int siteB, int kindB) {
        boolean swap = siteA != siteB ? siteA > siteB : kindA > kindB;
        int low = swap ? siteB : siteA;
        int high = swap ? siteA : siteB;
        int kinds = swap ? kindB << 3 | kindA : kindA << 3 | kindB;
        if (lastFound >= 0 && isKey(lastFound << IntRecords.SHIFT, variable, low, high, kinds)) {
            return lastFound;
        }
        int known = keys.size();
        int finding = keys.find(variable, low, high, kinds);
        if (finding == known) {
            if (finding == counts.length) {
                counts = Arrays.copyOf(counts, finding * 2);
                ranks = Arrays.copyOf(ranks, finding * 2);
                examples = Arrays.copyOf(examples, finding * 2 * EXAMPLE);
            }
            ranks[finding] = Byte.MAX_VALUE;
        }
        lastFound = finding;
        return finding;
    }

    private boolean isKey(int at, int variable, int low, int high, int kinds) {
        int[] items = keys.items;
        return items[at] == variable && items[at + 1] == low && items[at + 2] == high && items[at + 3] == kinds;
    }

    void count(int finding, int more) {
        counts[finding] += more;
    }

    /** {@return whether the example's later side is this access} */
    boolean isOf(int finding, int later) {
        return stamp(finding, true) == later;
    }

    /** {@return whether an example of this rank is better than the one there is} */
    boolean isBetter(int finding, int rank, int earlier, int later) {
        return rank < ranks[finding]
                || (rank == ranks[finding] && later == stamp(finding, true) && earlier > stamp(finding, false));
    }

    /** Makes the access of a record the earlier side of the example. */
    void earlier(int finding, int rank, int[] records, int at) {
        earlier(
                finding,
                rank,
                records[at + AccessHistory.LAST],
                records[at + AccessHistory.TASK],
                records[at + AccessHistory.SITE],
                records[at + AccessHistory.LOCKS_AND_KIND]);
    }

    /** Sets the earlier side of the example, and how bad it is. */
    void earlier(int finding, int rank, int stamp, int task, int site, int locksAndKind) {
        ranks[finding] = (byte) rank;
        int to = finding * EXAMPLE;
        examples[to + STAMP] = stamp;
        examples[to + TASK] = task;
        examples[to + SITE] = site;
        examples[to + LOCKS_AND_KIND] = locksAndKind;
    }

    /** Sets the later side of the example. */
    void later(int finding, int stamp, int task, int site, int locks, int kind) {
        int to = finding * EXAMPLE + LATER;
        examples[to + STAMP] = stamp;
        examples[to + TASK] = task;
        examples[to + SITE] = site;
        examples[to + LOCKS_AND_KIND] = locks << 3 | kind;
    }
}
