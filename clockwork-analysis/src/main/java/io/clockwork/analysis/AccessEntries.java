package io.clockwork.analysis;

import java.util.Arrays;

/**
 * The accesses of all variables: an entry for each variable, chain, site, set of held locks and kind, with the places of all
 * such accesses on the chain.
 *
 * <p>Entries of one variable that differ in the chain only are a group, the latest chain first; the groups of a variable are
 * a list.
 */
final class AccessEntries {
    private static final int CHAIN = 1;
    private static final int COUNT = 4;
    private static final int LAST = 5;
    /** The number of the next entry of the group, plus one. */
    private static final int NEXT = 6;
    /** Where the places are, if there is more than one. */
    private static final int PLACES = 7;

    private static final int GROUP_SITE = 1;
    private static final int GROUP_HOLDS_AND_KIND = 2;
    /** The number of the first entry of a group, plus one. */
    private static final int GROUP_FIRST = 4;
    /** The number of the next group of the variable, plus one. */
    private static final int GROUP_NEXT = 5;

    private final Chains chains;
    private final IntRecords entries = new IntRecords();
    private final IntRecords groups = new IntRecords();
    private int[][] places = new int[16][];
    private int placesCount = 1;

    AccessEntries(Chains chains) {
        this.chains = chains;
    }

    /** Enters an access; returns the first group of the variable, which was {@code firstGroup}. */
    int add(int variable, int firstGroup, int chain, int site, int holdsAndKind, int event) {
        int known = entries.size();
        int entry = entries.find(variable, chain, site, holdsAndKind);
        int at = entry << IntRecords.SHIFT;
        int[] items = entries.items;
        int count = items[at + COUNT]++;
        if (count > 0) {
            place(at, count, chains.positions[event]);
        }
        items[at + LAST] = event;
        return entry < known ? firstGroup : addToGroup(variable, firstGroup, site, holdsAndKind, entry);
    }

    private int addToGroup(int variable, int firstGroup, int site, int holdsAndKind, int entry) {
        int known = groups.size();
        int group = groups.find(variable, site, holdsAndKind, 0);
        int at = group << IntRecords.SHIFT;
        entries.items[(entry << IntRecords.SHIFT) + NEXT] = groups.items[at + GROUP_FIRST];
        groups.items[at + GROUP_FIRST] = entry + 1;
        if (group < known) {
            return firstGroup;
        }
        groups.items[at + GROUP_NEXT] = firstGroup + 1;
        return group;
    }

    private void place(int at, int count, int position) {
        int number = entries.items[at + PLACES];
        if (number == 0) {
            if (placesCount == places.length) {
                places = Arrays.copyOf(places, placesCount * 2);
            }
            number = placesCount++;
            entries.items[at + PLACES] = number;
            places[number] = new int[4];
            places[number][0] = chains.positions[entries.items[at + LAST]];
        } else if (count == places[number].length) {
            places[number] = Arrays.copyOf(places[number], count * 2);
        }
        places[number][count] = position;
    }

    private int ofGroup(int group, int field) {
        return groups.items[(group << IntRecords.SHIFT) + field];
    }

    /** {@return the next group of the same variable, or -1} */
    int nextGroup(int group) {
        return ofGroup(group, GROUP_NEXT) - 1;
    }

    int site(int group) {
        return ofGroup(group, GROUP_SITE);
    }

    int holds(int group) {
        return ofGroup(group, GROUP_HOLDS_AND_KIND) >>> 3;
    }

    int kind(int group) {
        return ofGroup(group, GROUP_HOLDS_AND_KIND) & 7;
    }

    /** {@return the first entry of a group} */
    int first(int group) {
        return ofGroup(group, GROUP_FIRST) - 1;
    }

    private int of(int entry, int field) {
        return entries.items[(entry << IntRecords.SHIFT) + field];
    }

    /** {@return the next entry of the same group, or -1} */
    int next(int entry) {
        return of(entry, NEXT) - 1;
    }

    int chain(int entry) {
        return of(entry, CHAIN);
    }

    /** {@return the last of the accesses} */
    int last(int entry) {
        return of(entry, LAST);
    }

    /** {@return the place of the last of the accesses on its chain} */
    int lastPosition(int entry) {
        return chains.positions[of(entry, LAST)];
    }

    /** {@return how many of the accesses come after a place of their chain; O(log n)} */
    int countAfter(int entry, int position) {
        int number = of(entry, PLACES);
        int count = of(entry, COUNT);
        if (number == 0) {
            return lastPosition(entry) > position ? 1 : 0;
        }
        if (places[number][0] > position) {
            return count;
        }
        int at = Arrays.binarySearch(places[number], 0, count, position);
        return count - (at >= 0 ? at + 1 : -at - 1);
    }
}
