package io.clockwork.analysis.format;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;

/**
 * Who comes after whom on each host: events by the count of their own host.
 *
 * <p>Counts that occur twice name no event and order none: of events that were written twice one stands for all, but
 * where different events have the same count the host is not one sequence. It may have been restarted without its
 * clock, or two processes used one name. Then only the events before the first such count are in order, and all others
 * are <em>apart</em>.
 */
final class ShiVizHosts {
    private final ShiVizExecution events;
    /** For each host where its events begin in {@link #sorted}. */
    private final int[] starts;
    /** For each host where its events in order end in {@link #sorted}; from there on, they are apart. */
    private final int[] orderedEnds;

    private final int[] sorted;
    private final long[] lastCounts;
    private final BitSet apart = new BitSet();

    ShiVizHosts(ShiVizExecution events) {
        this.events = events;
        int hosts = events.hostCount();
        starts = new int[hosts + 1];
        orderedEnds = new int[hosts];
        lastCounts = new long[hosts];
        sorted = new int[events.size()];
        for (int e = 0; e < sorted.length; e++) {
            starts[events.host(e) + 1]++;
        }
        for (int h = 0; h < hosts; h++) {
            starts[h + 1] += starts[h];
        }
        int[] next = starts.clone();
        for (int e = 0; e < sorted.length; e++) {
            sorted[next[events.host(e)]++] = e;
        }
    }

    /** Sorts the events of a host and tells what is wrong with their counts. */
    void sort(int host, Findings findings) {
        int from = starts[host];
        int to = starts[host + 1];
        orderedEnds[host] = to;
        if (from == to) {
            return;
        }
        sortByCount(from, to);
        lastCounts[host] = events.own(sorted[to - 1]);
        if (events.own(sorted[from]) != 1 && findings.wants("START_NOT_1")) {
            findings.add(
                    "START_NOT_1",
                    "host " + Excerpt.of(events.hostName(host)) + " begins with " + events.own(sorted[from])
                            + " instead of 1",
                    events.line(sorted[from]));
        }
        int faults = 0;
        int first = 0;
        boolean repeats = false;
        for (int i = from + 1; i < to; i++) {
            long step = events.own(sorted[i]) - events.own(sorted[i - 1]);
            if (step != 1 && faults++ == 0) {
                first = i;
            }
            repeats |= step == 0;
        }
        long before = first == 0 ? 0 : events.own(sorted[first - 1]);
        long after = first == 0 ? 0 : events.own(sorted[first]);
        int line = events.line(sorted[first]);
        if (repeats) {
            setApart(host);
        }
        if (faults > 0 && findings.wants("NOT_CONSECUTIVE")) {
            findings.add("NOT_CONSECUTIVE", notConsecutive(host, before, after, faults), line);
        }
    }

    private String notConsecutive(int host, long before, long after, int faults) {
        StringBuilder out = new StringBuilder("host ")
                .append(Excerpt.of(events.hostName(host)))
                .append(" goes from ")
                .append(before)
                .append(" to ")
                .append(after);
        if (faults > 1) {
            out.append(", and ").append(faults - 1).append(" more times not to the next number");
        }
        int unordered = starts[host + 1] - orderedEnds[host];
        if (unordered > 0) {
            out.append("; ").append(unordered).append(" of its events are not ordered with later ones of the host");
        }
        return out.toString();
    }

    private void sortByCount(int from, int to) {
        boolean ascending = true;
        for (int i = from + 1; i < to && ascending; i++) {
            ascending = events.own(sorted[i - 1]) <= events.own(sorted[i]);
        }
        if (!ascending) {
            Integer[] boxed = new Integer[to - from];
            Arrays.setAll(boxed, i -> sorted[from + i]);
            Arrays.sort(boxed, Comparator.comparingLong(events::own));
            for (int i = 0; i < boxed.length; i++) {
                sorted[from + i] = boxed[i];
            }
        }
    }

    private void setApart(int host) {
        int from = starts[host];
        int to = starts[host + 1];
        int firstRepeated = -1;
        boolean differ = false;
        for (int i = from + 1, run = from; i < to; i++) {
            if (events.own(sorted[i]) != events.own(sorted[run])) {
                run = i;
            } else {
                firstRepeated = firstRepeated < 0 ? run : firstRepeated;
                differ |= !events.same(sorted[run], sorted[i]);
            }
        }
        int ordered = from;
        int[] rest = new int[to - from];
        int rests = 0;
        for (int i = from; i < to; i++) {
            int event = sorted[i];
            boolean copy = ordered > from && events.own(sorted[ordered - 1]) == events.own(event);
            if (differ ? i >= firstRepeated : copy) {
                apart.set(event);
                rest[rests++] = event;
            } else {
                sorted[ordered++] = event;
            }
        }
        System.arraycopy(rest, 0, sorted, ordered, rests);
        orderedEnds[host] = ordered;
    }

    /** {@return the number of events of a host} */
    int count(int host) {
        return starts[host + 1] - starts[host];
    }

    /** {@return the highest count that an event of a host has} */
    long lastCount(int host) {
        return lastCounts[host];
    }

    boolean isApart(int event) {
        return apart.get(event);
    }

    int start(int host) {
        return starts[host];
    }

    int orderedEnd(int host) {
        return orderedEnds[host];
    }

    int end(int host) {
        return starts[host + 1];
    }

    /** {@return an event, from {@link #start} to {@link #orderedEnd} in the order of the host} */
    int at(int place) {
        return sorted[place];
    }

    /** {@return the last event in order whose count is at most {@code count}, or -1; O(1) where there are no gaps} */
    int lastUpTo(int host, long count) {
        int low = starts[host];
        int high = orderedEnds[host] - 1;
        if (count > 0 && count <= high - low + 1) {
            int event = sorted[low + (int) count - 1];
            if (events.own(event) == count) {
                return event;
            }
        }
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (events.own(sorted[middle]) <= count) {
                found = sorted[middle];
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }
}
