package io.clockwork;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last few events that were applied to one key, each by its id and its dot; the oldest goes first. */
final class RecentEvents {
    /*
     * A ring that grows to its limit and is scanned: for the sizes that make sense here (16 by default) a hash set costs
     * more memory and time, and boxing beside. The dot (origin, counter) is kept only where the origin is known.
     */
    private static final int FIRST_CAPACITY = 2;

    private final int limit;
    private @Nullable String[] ids;
    private @Nullable String[] origins;
    private long[] counters;
    private int size;
    /** Where the next event goes once the ring is full. */
    private int oldest;

    RecentEvents(int limit) {
        this.limit = limit;
        int capacity = Math.min(limit, FIRST_CAPACITY);
        ids = new String[capacity];
        origins = new String[capacity];
        counters = new long[capacity];
    }

    /** {@return whether {@code event} is one of them, or one of the same origin counts at least as far} */
    boolean covers(TracedEvent event) {
        String origin = event.causality().owner().orElse(null);
        long counter = origin == null ? 0 : event.causality().get(origin);
        for (int i = 0; i < size; i++) {
            if (event.id().equals(ids[i])) {
                return true;
            }
            if (origin != null && counters[i] >= counter && origin.equals(origins[i])) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether the id of {@code event} is among them} */
    boolean containsId(String id) {
        for (int i = 0; i < size; i++) {
            if (id.equals(ids[i])) {
                return true;
            }
        }
        return false;
    }

    void add(TracedEvent event) {
        if (limit == 0 || containsId(event.id())) {
            return;
        }
        if (size == ids.length && size < limit) {
            int capacity = (int) Math.min(limit, size * 2L);
            ids = Arrays.copyOf(ids, capacity);
            origins = Arrays.copyOf(origins, capacity);
            counters = Arrays.copyOf(counters, capacity);
        }
        int at = size < limit ? size++ : oldest;
        if (size == limit) {
            oldest = at + 1 == limit ? 0 : at + 1;
        }
        String origin = event.causality().owner().orElse(null);
        ids[at] = event.id();
        origins[at] = origin;
        counters[at] = origin == null ? 0 : event.causality().get(origin);
    }
}
