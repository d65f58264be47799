package io.clockwork.analysis;

import io.clockwork.analysis.LockRequests.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The cycles of requests in which each asks for a lock that the next one holds, in a mode that keeps it out, all for
 * different locks, and no lock keeps any two of them apart. Each cycle once, from its first group on; no recursion.
 */
final class LockCycles {
    private final List<Group> groups;
    private final HeldLocks held;
    /** The groups that hold a lock, by number, ascending. */
    private final Map<Integer, IntColumn> holders = new HashMap<>();

    private long stepsLeft;

    LockCycles(LockRequests requests, long maxSteps) {
        groups = requests.groups();
        held = requests.held();
        stepsLeft = maxSteps;
        for (int g = 0; g < groups.size(); g++) {
            for (int lock : held.locks(groups.get(g).set)) {
                holders.computeIfAbsent(lock, l -> new IntColumn()).add(g);
            }
        }
    }

    /** Gives all cycles until one is refused; returns whether all were given. */
    boolean forEach(Predicate<List<Group>> consumer) {
        BitSet alive = alive();
        for (int start = alive.nextSetBit(0); start >= 0; start = alive.nextSetBit(start + 1)) {
            if (!from(start, alive, consumer)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the groups that can be in a cycle: someone waits for them, and they for someone} */
    private BitSet alive() {
        BitSet alive = new BitSet();
        alive.set(0, groups.size());
        BitSet requested = new BitSet();
        boolean changed = true;
        while (changed) {
            requested.clear();
            BitSet offered = new BitSet();
            for (int g = alive.nextSetBit(0); g >= 0; g = alive.nextSetBit(g + 1)) {
                requested.set(groups.get(g).lock());
                Arrays.stream(held.locks(groups.get(g).set)).forEach(offered::set);
            }
            int before = alive.cardinality();
            for (int g = alive.nextSetBit(0); g >= 0; g = alive.nextSetBit(g + 1)) {
                boolean awaited = Arrays.stream(held.locks(groups.get(g).set)).anyMatch(requested::get);
                if (!awaited || !offered.get(groups.get(g).lock())) {
                    alive.clear(g);
                }
            }
            changed = alive.cardinality() < before;
        }
        return alive;
    }

    private boolean from(int start, BitSet alive, Predicate<List<Group>> consumer) {
        List<Group> path = new ArrayList<>(List.of(groups.get(start)));
        IntColumn places = new IntColumn();
        places.add(0);
        while (!path.isEmpty()) {
            if (--stepsLeft < 0) {
                return false;
            }
            Group last = path.get(path.size() - 1);
            IntColumn next = holders.getOrDefault(last.lock(), new IntColumn());
            int place = places.removeLast();
            if (place == next.size()) {
                path.remove(path.size() - 1);
                continue;
            }
            places.add(place + 1);
            int g = next.get(place);
            if (g == start && path.size() > 1 && waitsFor(last, groups.get(g))) {
                if (!consumer.test(List.copyOf(path))) {
                    return false;
                }
            } else if (g > start && alive.get(g) && fits(path, groups.get(g))) {
                path.add(groups.get(g));
                places.add(0);
            }
        }
        return true;
    }

    private boolean waitsFor(Group asking, Group holding) {
        int exclusively = asking.lock() << 1 | 1;
        int[] holds = held.holds(holding.set);
        return Arrays.binarySearch(holds, exclusively) >= 0
                || (asking.hold == exclusively && Arrays.binarySearch(holds, exclusively - 1) >= 0);
    }

    private boolean fits(List<Group> path, Group next) {
        if (!waitsFor(path.get(path.size() - 1), next)) {
            return false;
        }
        for (Group group : path) {
            if (group.lock() == next.lock() || held.exclude(group.set, next.set)) {
                return false;
            }
        }
        return true;
    }
}
