package io.clockwork.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edges from releases that are not ordered with each other, such as those of readers, to the acquires that follow all of
 * them.
 *
 * <p>Each such release names the one entered before it, and an acquire names the last one. One sweep over a chain serves
 * all its acquires; of each task only the last release gets an edge, and none that a later one is known to follow. O(chain
 * + edges).
 */
final class ReleaseChains {
    private final EventLogBuilder log;
    private final Map<Integer, Integer> next = new HashMap<>();
    /** The first release of each chain, to what it follows that is none of the chain; -1 when there is nothing. */
    private final Map<Integer, Integer> bases = new LinkedHashMap<>();

    private final Map<Integer, List<Integer>> acquiresAfter = new HashMap<>();
    /** For a release or an acquire, the release that its task's acquire before it followed: that far all is known. */
    private final Map<Integer, Integer> knownBefore = new HashMap<>();

    private final Map<Long, Integer> lastFollowed = new HashMap<>();

    /** Place of each release in the order of the sweep. */
    private final Map<Integer, Integer> places = new HashMap<>();

    ReleaseChains(EventLogBuilder log) {
        this.log = log;
    }

    /** Enters a release; {@code previous} is a release of the same chain. Events of one task come in their order. */
    void release(int event, int previous) {
        if (next.putIfAbsent(previous, event) != null) {
            bases.put(event, previous);
        }
        know(event);
    }

    /** Enters the first release of a chain, which follows {@code base}, or nothing if that is -1. */
    void firstRelease(int event, int base) {
        bases.put(event, base);
        know(event);
    }

    /** Enters an acquire that follows {@code release} and all releases that are chained to it. */
    void acquire(int event, int release) {
        acquiresAfter.computeIfAbsent(release, r -> new ArrayList<>(1)).add(event);
        know(event);
        lastFollowed.put(taskAndSubject(event), release);
    }

    private void know(int event) {
        Integer known = lastFollowed.get(taskAndSubject(event));
        if (known != null) {
            knownBefore.put(event, known);
        }
    }

    private long taskAndSubject(int event) {
        return (long) log.tasks.get(event) << 32 | log.subjects.get(event);
    }

    /** Adds the edges to the log. */
    void addEdges() {
        bases.forEach(this::sweep);
    }

    private void sweep(int first, int base) {
        int start = places.size();
        int covered = start - 1;
        Map<Integer, Integer> latest = new LinkedHashMap<>();
        for (Integer release = first; release != null && !places.containsKey(release); release = next.get(release)) {
            places.put(release, places.size());
            covered = Math.max(covered, placeKnown(release));
            Integer task = log.tasks.get(release);
            latest.remove(task);
            latest.put(task, release);
            List<Integer> acquires = acquiresAfter.get(release);
            if (acquires != null) {
                forgetUntil(covered, latest);
                for (int acquire : acquires) {
                    int known = Math.max(covered, placeKnown(acquire));
                    if (known < start && base >= 0) {
                        follow(base, acquire);
                    }
                    for (int seen : latest.values()) {
                        if (places.getOrDefault(seen, 0) > known) {
                            follow(seen, acquire);
                        }
                    }
                }
            }
        }
    }

    private int placeKnown(int event) {
        Integer known = knownBefore.get(event);
        return known == null ? -1 : places.getOrDefault(known, -1);
    }

    /** The releases stand in the order of their places. */
    private void forgetUntil(int covered, Map<Integer, Integer> latest) {
        for (Iterator<Integer> all = latest.values().iterator(); all.hasNext(); ) {
            if (places.getOrDefault(all.next(), 0) > covered) {
                return;
            }
            all.remove();
        }
    }

    private void follow(int release, int acquire) {
        if (log.tasks.get(release) != log.tasks.get(acquire)) {
            log.precedes(release, acquire);
        }
    }
}
