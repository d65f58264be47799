package io.clockwork.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** The vector clock that most projects write themselves: an immutable value over a {@code HashMap<String, Long>}. */
final class HashMapClock {
    private final String self;
    private final Map<String, Long> counters;

    /** Keeps {@code counters}, which its maker no longer changes. */
    HashMapClock(String self, Map<String, Long> counters) {
        this.self = self;
        this.counters = counters;
    }

    long get(String node) {
        return counters.getOrDefault(node, 0L);
    }

    HashMapClock tick() {
        Map<String, Long> next = new HashMap<>(counters);
        next.merge(self, 1L, Long::sum);
        return new HashMapClock(self, next);
    }

    HashMapClock receive(HashMapClock remote) {
        Map<String, Long> next = new HashMap<>(counters);
        remote.counters.forEach((node, counter) -> next.merge(node, counter, Math::max));
        next.merge(self, 1L, Long::sum);
        return new HashMapClock(self, next);
    }
}
