package io.clockwork.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The bounded memory of a recorder: gives segments to tasks and takes them back. Lock-free. */
final class Room {
    /** How many segments that cannot go are looked at before a new event is dropped instead. */
    private static final int MAX_TRIES = 16;

    private final int maxEvents;
    private final Overflow overflow;
    private final boolean timed;
    private final LongAdder dropped;
    private final AtomicLong reserved = new AtomicLong();
    /** Every segment that holds events, oldest first; a task is known by its segments alone. */
    private final Queue<Segment> kept = new ConcurrentLinkedQueue<>();

    Room(int maxEvents, Overflow overflow, boolean timed, LongAdder dropped) {
        this.maxEvents = maxEvents;
        this.overflow = overflow;
        this.timed = timed;
        this.dropped = dropped;
    }

    /** {@return a segment for about {@code wanted} events of {@code store} after its first {@code before}, if it gets one} */
    @Nullable
    Segment grant(EventStore store, int before, int wanted) {
        if (!store.trace.sampled || before > Integer.MAX_VALUE - 2 * wanted) {
            return null;
        }
        boolean recycles = overflow == Overflow.DROP_OLDEST;
        // A task that fills the room alone must have several segments, or its oldest would be the one it writes.
        int size = recycles ? Math.max(1, Math.min(wanted, maxEvents / 8)) : wanted;
        int granted = reserve(size);
        Segment segment = granted > 0 ? new Segment(granted, timed) : recycles ? oldest(size) : null;
        if (segment != null) {
            segment.begin(store, before);
        }
        return segment;
    }

    void keep(Segment segment) {
        kept.add(segment);
    }

    private int reserve(int wanted) {
        long before = reserved.get();
        while (before < maxEvents) {
            long after = Math.min(maxEvents, before + wanted);
            if (reserved.compareAndSet(before, after)) {
                return (int) (after - before);
            }
            before = reserved.get();
        }
        return 0;
    }

    private @Nullable Segment oldest(int wanted) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Segment segment = kept.poll();
            EventStore owner = segment == null ? null : segment.owner;
            if (segment == null || owner == null) {
                return null;
            }
            int events = owner.evict(segment);
            if (events < 0) {
                kept.add(segment);
                continue;
            }
            dropped.add(events);
            int capacity = segment.capacity();
            if (capacity <= 4 * wanted && segment.tryRecycle()) {
                return segment;
            }
            int taken = Math.min(capacity, wanted);
            reserved.addAndGet(taken - capacity);
            return new Segment(taken, timed);
        }
        return null;
    }

    /** {@return whether a trace that begins now is recorded} */
    boolean samples(int trace) {
        long free = maxEvents - reserved.get();
        if (overflow != Overflow.SAMPLE_TRACES || 2 * free >= maxEvents) {
            return true;
        }
        int halvings = Long.numberOfLeadingZeros(Math.max(1, free)) - Long.numberOfLeadingZeros(maxEvents);
        // The upper bits of a multiplicative hash: traces that come in a rhythm are not all kept or all left out.
        return (trace * 0x9E3779B97F4A7C15L) >>> (64 - Math.min(63, halvings)) == 0;
    }

    /** {@return the tasks that have events, in the order of their numbers} */
    List<Task> tasks() {
        List<Task> owners = new ArrayList<>();
        for (Segment segment : kept) {
            if (segment.owner instanceof Task task) {
                owners.add(task);
            }
        }
        owners.sort(Comparator.comparingInt(task -> task.id));
        List<Task> tasks = new ArrayList<>();
        Task last = null;
        for (Task task : owners) {
            if (task != last) {
                tasks.add(task);
            }
            last = task;
        }
        return tasks;
    }
}
