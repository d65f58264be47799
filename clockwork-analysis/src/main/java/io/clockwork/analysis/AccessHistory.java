package io.clockwork.analysis;

import java.util.Arrays;

/**
 * Who accessed each variable where, so that whoever races with an access can be told and counted.
 *
 * <p>Of each variable there is one list of records in the order of time. A record stands for accesses by one slot, at one
 * site, of one kind and under one set of locks, that nobody else can tell apart: between them is no event of the slot
 * that others know, or will. A list is made shorter whenever it has doubled, so its length depends on how many such
 * combinations there are, not on how many accesses.
 */
final class AccessHistory {
    /** The ints of a record, and what they are. */
    static final int RECORD = 8;

    static final int LAST = 0;
    static final int FIRST = 1;
    static final int COUNT = 2;
    static final int SLOT = 3;
    static final int SITE = 4;
    /** The number of the set of locks, times eight, plus the kind. */
    static final int LOCKS_AND_KIND = 5;
    /** Who made the last of the accesses. */
    static final int TASK = 6;

    private static final int FIRST_LIMIT = 4 * RECORD;
    private static final int SHORTEN_FROM = 32 * RECORD;
    private static final int MIX = 0x9E3779B9;

    /** Tells what is still known of a slot. */
    interface KnownStamps {
        /** {@return all stamps of {@code slot} that somebody knows, ascending} */
        int[] of(int slot);

        /** {@return how many events it takes until asking again is worth its cost} */
        int interval();
    }

    private final KnownStamps knownStamps;
    /** Whether each access has a record of its own. */
    private final boolean each;

    private int[] sizes = new int[64];
    private int[][] lists = new int[64][];

    /** By slot: what was known of it when that was asked last, and the stamp of then; nothing between came up since. */
    private int[][] knownOf = new int[16][];

    private int[] askedAt = new int[16];
    private int[] table = new int[256];

    AccessHistory(KnownStamps knownStamps, boolean each) {
        this.knownStamps = knownStamps;
        this.each = each;
    }

    void grow(int variables) {
        if (variables > lists.length) {
            lists = Arrays.copyOf(lists, Math.max(variables, lists.length * 2));
            sizes = Arrays.copyOf(sizes, lists.length);
        }
    }

    /** {@return the records of a variable, up to {@link #size}; not to be changed} */
    int[] records(int variable) {
        return lists[variable];
    }

    /** {@return how many ints the records of a variable take} */
    int size(int variable) {
        return sizes[variable];
    }

    /** Enters an access; {@code sent} is the stamp of the last event of {@code slot} that others may learn of. */
    void add(int variable, int kind, int slot, int task, int site, int locks, int stamp, int sent) {
        int size = sizes[variable];
        int locksAndKind = locks << 3 | kind;
        int[] records = lists[variable];
        if (!each && size > 0) {
            int at = size - RECORD;
            if (!isLike(records, at, slot, site, locksAndKind) && at > 0) {
                at -= RECORD;
            }
            if (isLike(records, at, slot, site, locksAndKind) && sent < records[at + LAST]) {
                records[at + LAST] = stamp;
                records[at + COUNT]++;
                records[at + TASK] = task;
                return;
            }
        }
        if (records == null) {
            records = new int[FIRST_LIMIT];
            lists[variable] = records;
        } else if (size == records.length) {
            size = makeRoom(variable, stamp);
            records = lists[variable];
        }
        records[size + LAST] = stamp;
        records[size + FIRST] = stamp;
        records[size + COUNT] = 1;
        records[size + SLOT] = slot;
        records[size + SITE] = site;
        records[size + LOCKS_AND_KIND] = locksAndKind;
        records[size + TASK] = task;
        sizes[variable] = size + RECORD;
    }

    private static boolean isLike(int[] records, int at, int slot, int site, int locksAndKind) {
        return records[at + SLOT] == slot && records[at + SITE] == site && records[at + LOCKS_AND_KIND] == locksAndKind;
    }

    /** {@return the size of the list, which is less than its length now} */
    private int makeRoom(int variable, int now) {
        int[] records = lists[variable];
        int size = records.length;
        if (size >= SHORTEN_FROM && !each) {
            size = shorten(records, size, now);
        }
        if (size > records.length / 2) {
            lists[variable] = Arrays.copyOf(records, records.length * 2);
        }
        return size;
    }

    /** Makes one of the records of each combination that no known stamp tells apart; returns the new size. */
    private int shorten(int[] records, int size, int now) {
        int capacity = Integer.highestOneBit(size / RECORD) << 2;
        if (table.length < capacity) {
            table = new int[capacity];
        } else {
            Arrays.fill(table, 0, capacity, 0);
        }
        int to = 0;
        for (int from = 0; from < size; from += RECORD) {
            int slot = records[from + SLOT];
            int site = records[from + SITE];
            int locksAndKind = records[from + LOCKS_AND_KIND];
            int at = hash(slot, site, locksAndKind) & capacity - 1;
            while (table[at] != 0 && !isLike(records, table[at] - 1, slot, site, locksAndKind)) {
                at = at + 1 & capacity - 1;
            }
            int before = table[at] - 1;
            if (before >= 0 && !isToldApart(slot, records[before + LAST], records[from + FIRST], now)) {
                records[before + LAST] = records[from + LAST];
                records[before + COUNT] += records[from + COUNT];
                records[before + TASK] = records[from + TASK];
            } else {
                System.arraycopy(records, from, records, to, RECORD);
                table[at] = to + 1;
                to += RECORD;
            }
        }
        return to;
    }

    private static int hash(int slot, int site, int locksAndKind) {
        int h = ((slot * MIX ^ site) * MIX ^ locksAndKind) * MIX;
        return h ^ h >>> 15;
    }

    /** {@return whether somebody knows of the event at {@code last} but not of that at {@code first}, now or later} */
    private boolean isToldApart(int slot, int last, int first, int now) {
        if (slot >= knownOf.length) {
            knownOf = Arrays.copyOf(knownOf, Math.max(slot + 1, slot * 2));
            askedAt = Arrays.copyOf(askedAt, knownOf.length);
        }
        if (knownOf[slot] == null || now - askedAt[slot] > knownStamps.interval()) {
            knownOf[slot] = knownStamps.of(slot);
            askedAt[slot] = now;
        }
        if (first > askedAt[slot]) {
            return true;
        }
        int at = Arrays.binarySearch(knownOf[slot], last);
        int next = at >= 0 ? at : -at - 1;
        return next < knownOf[slot].length && knownOf[slot][next] < first;
    }
}
