package io.clockwork.analysis;

import java.util.Arrays;

/**
 * The accesses of all variables: an entry for each variable, chain, site, set of held locks and kind, with the places of all
 * such accesses on the chain.
 *
 * <p>The entries of one variable are a list, the latest one first.
 */
final class AccessEntries {
    private static final int CHAIN = 1;
    private static final int SITE = 2;
    private static final int HOLDS_AND_KIND = 3;
    private static final int COUNT = 4;
    private static final int LAST = 5;
    /** The number of the next entry of the variable, plus one. */
    private static final int NEXT = 6;
    /** Where the places are, if there is more than one. */
    private static final int PLACES = 7;

    private final Chains chains;
    private final IntRecords entries = new IntRecords();
    private int[][] places = new int[16][];
    private int placesCount = 1;

    AccessEntries(Chains chains) {
        this.chains = chains;
    }

    /** Enters an access; returns the first entry of the variable, which was {@code first}. */
    int add(int variable, int first, int chain, int site, int holdsAndKind, int event) {
        int known = entries.size();
        int entry = entries.find(variable, chain, site, holdsAndKind);
        int at = entry << IntRecords.SHIFT;
        int[] items = entries.items;
        int count = items[at + COUNT]++;
        if (count > 0) {
            place(at, count, chains.positions[event]);
        }
        items[at + LAST] = event;
        if (entry < known) {
            return first;
        }
        items[at + NEXT] = first + 1;
        return entry;
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

    private int of(int entry, int field) {
        return entries.items[(entry << IntRecords.SHIFT) + field];
    }

    /** {@return the next entry of the same variable, or -1} */
    int next(int entry) {
        return of(entry, NEXT) - 1;
    }

    int chain(int entry) {
        return of(entry, CHAIN);
    }

    int site(int entry) {
        return of(entry, SITE);
    }

    int holdsAndKind(int entry) {
        return of(entry, HOLDS_AND_KIND);
    }

    int holds(int entry) {
        return of(entry, HOLDS_AND_KIND) >>> 3;
    }

    int kind(int entry) {
        return of(entry, HOLDS_AND_KIND) & 7;
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
