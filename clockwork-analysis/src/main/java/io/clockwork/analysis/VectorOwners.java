package io.clockwork.analysis;

import io.clockwork.CausalityRelation;
import io.clockwork.VectorTimestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds whose event each timestamp is where the timestamps do not say: an event is the only one that counts a dot of its
 * node without having learned it, so its timestamp is before all others that count the dot.
 */
final class VectorOwners {
    private final List<VectorTimestamp> timestamps;
    /** Whose each event is; null when it is nobody's. */
    final @Nullable String[] owners;
    /** How many were guessed: the events that would tell are missing. */
    int guessed;

    /** For each dot the event that counts it and knows least. */
    private final Map<Dot, Integer> least = new HashMap<>();

    private final double[] sums;

    private record Dot(String node, long counter) {}

    private VectorOwners(List<VectorTimestamp> timestamps) {
        this.timestamps = timestamps;
        owners = new String[timestamps.size()];
        sums = new double[owners.length];
    }

    static VectorOwners of(List<VectorTimestamp> timestamps) {
        VectorOwners owners = new VectorOwners(timestamps);
        owners.find();
        return owners;
    }

    private void find() {
        for (int e = 0; e < owners.length; e++) {
            VectorTimestamp timestamp = timestamps.get(e);
            owners[e] = timestamp.owner().orElse(null);
            for (int i = 0; i < timestamp.size(); i++) {
                sums[e] += timestamp.counterAt(i);
            }
        }
        BitSet unknown = new BitSet();
        for (int e = 0; e < owners.length; e++) {
            if (owners[e] == null) {
                unknown.set(e);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        findLeast();
        Map<Integer, List<String>> open = new HashMap<>();
        for (int e = unknown.nextSetBit(0); e >= 0; e = unknown.nextSetBit(e + 1)) {
            List<String> candidates = candidates(e);
            if (candidates.size() == 1) {
                owners[e] = candidates.get(0);
            } else if (candidates.size() > 1) {
                open.put(e, candidates);
            }
        }
        if (!open.isEmpty()) {
            decide(open);
        }
    }

    private void findLeast() {
        for (int e = 0; e < owners.length; e++) {
            VectorTimestamp timestamp = timestamps.get(e);
            for (int i = 0; i < timestamp.size(); i++) {
                if (timestamp.counterAt(i) > 0) {
                    Dot dot = new Dot(timestamp.nodeAt(i), timestamp.counterAt(i));
                    Integer before = least.get(dot);
                    boolean owned = dot.node.equals(owners[e]);
                    boolean beforeOwned = before != null && dot.node.equals(owners[before]);
                    if (before == null || (!beforeOwned && (owned || sums[e] < sums[before]))) {
                        least.put(dot, e);
                    }
                }
            }
        }
    }

    private List<String> candidates(int event) {
        VectorTimestamp timestamp = timestamps.get(event);
        List<String> candidates = new ArrayList<>();
        for (int i = 0; i < timestamp.size(); i++) {
            Integer first = least.get(new Dot(timestamp.nodeAt(i), timestamp.counterAt(i)));
            if (first != null && first == event) {
                candidates.add(timestamp.nodeAt(i));
            }
        }
        return candidates;
    }

    /** Some dots of others were learned from events that are not here, and look like own ones. */
    private void decide(Map<Integer, List<String>> open) {
        Set<Dot> disputed = new HashSet<>();
        for (int e = 0; e < owners.length; e++) {
            VectorTimestamp timestamp = timestamps.get(e);
            for (int i = 0; i < timestamp.size(); i++) {
                Dot dot = new Dot(timestamp.nodeAt(i), timestamp.counterAt(i));
                Integer first = least.get(dot);
                if (first != null && first != e && open.containsKey(first) && !isBefore(first, e)) {
                    disputed.add(dot);
                }
            }
        }
        Map<String, Integer> known = new HashMap<>();
        Arrays.stream(owners).filter(owner -> owner != null).forEach(owner -> known.merge(owner, 1, Integer::sum));
        for (int e = 0; e < owners.length; e++) {
            List<String> candidates = open.get(e);
            if (candidates == null) {
                continue;
            }
            VectorTimestamp timestamp = timestamps.get(e);
            List<String> left = candidates.stream()
                    .filter(node -> !disputed.contains(new Dot(node, timestamp.get(node))))
                    .toList();
            if (left.size() != 1) {
                guessed++;
            }
            owners[e] = best(left.isEmpty() ? candidates : left, timestamp, known);
        }
    }

    private boolean isBefore(int a, int b) {
        CausalityRelation relation = timestamps.get(a).compare(timestamps.get(b));
        return relation == CausalityRelation.HAPPENS_BEFORE || relation == CausalityRelation.EQUAL;
    }

    /** {@return the node whose event before this one is here, or else that has most events here} */
    private String best(List<String> candidates, VectorTimestamp timestamp, Map<String, Integer> known) {
        String best = candidates.get(0);
        long bestScore = -1;
        for (String node : candidates) {
            Integer before = least.get(new Dot(node, timestamp.get(node) - 1));
            boolean follows = before != null && node.equals(owners[before]);
            long score = known.getOrDefault(node, 0) + (follows ? (long) Integer.MAX_VALUE : 0);
            if (score > bestScore) {
                best = node;
                bestScore = score;
            }
        }
        return best;
    }
}
