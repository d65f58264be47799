package io.clockwork.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean releasing = new AtomicBoolean();
    private final AtomicLong segments = new AtomicLong();
    /** Every segment that holds events and is not sealed, oldest first; a task is known by its segments alone. */
    private final Queue<Segment> kept = new ConcurrentLinkedQueue<>();
    /** Sealed segments, oldest first. */
    private final Queue<Segment> sealed = new ConcurrentLinkedQueue<>();
    /** Whom to tell that more than half of the room is taken, if anybody can do something about it. */
    private final @Nullable Runnable drain;

    Room(int maxEvents, Overflow overflow, boolean timed, LongAdder dropped, @Nullable Runnable drain) {
        this.drain = drain;
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
        if (drain != null && 2L * reserved.get() > maxEvents) {
            drain.run();
            if (granted == 0) {
                release(maxEvents - size);
                granted = reserve(size);
            }
        }
        Segment segment = granted > 0 ? new Segment(granted, timed) : recycles ? oldest(size) : null;
        if (segment != null) {
            segment.begin(store, before);
        }
        return segment;
    }

    void keep(Segment segment) {
        if (drain != null) {
            segment.number = segments.incrementAndGet();
        }
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
            int events = drain == null ? owner.evict(segment) : evictUnread(owner, segment);
            if (events < 0) {
                if (!segment.isSealed()) {
                    kept.add(segment);
                }
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

    /** {@return how many events were taken away before sinks were given them, or -1 when the segment stays} */
    private static int evictUnread(EventStore owner, Segment segment) {
        if (!segment.tryClaim()) {
            return -1;
        }
        int events = owner.evict(segment);
        if (events < 0) {
            segment.endClaim();
            return -1;
        }
        int read = owner.collected - segment.first;
        return events - Math.max(0, Math.min(events, read));
    }

    /** {@return how many segments have been begun} */
    long segments() {
        return segments.get();
    }

    /** {@return how many events wait for being collected; O(segments)} */
    long uncollected() {
        Set<EventStore> owners = Collections.newSetFromMap(new IdentityHashMap<>());
        long events = 0;
        for (Segment segment : kept) {
            EventStore owner = segment.owner;
            Segment[] all = owner == null || !owners.add(owner) ? new Segment[0] : owner.segments();
            if (owner != null && all.length > 0) {
                events += Math.max(0, owner.published() - Math.max(all[0].first, owner.collected));
            }
        }
        return events;
    }

    int maxEvents() {
        return maxEvents;
    }

    /** {@return all segments that are not sealed; those that are may be removed on the way} */
    Iterator<Segment> unsealed() {
        return kept.iterator();
    }

    void addSealed(Segment segment) {
        sealed.add(segment);
    }

    /** Makes room by sealed segments, oldest first, until at most {@code limit} events are there. */
    void release(int limit) {
        // Whoever comes second need not wait: the first one does it.
        if (releasing.compareAndSet(false, true)) {
            while (reserved.get() > limit && releaseOldest()) {}
            releasing.set(false);
        }
    }

    private boolean releaseOldest() {
        Segment segment = sealed.poll();
        EventStore owner = segment == null ? null : segment.owner;
        if (segment == null || owner == null) {
            return false;
        }
        owner.removeFirst(segment);
        reserved.addAndGet(-segment.capacity());
        return true;
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

    /** {@return what the tasks did that have events, in the order of their numbers} */
    List<RecordedTask> tasks() {
        List<Task> owners = new ArrayList<>();
        for (Queue<Segment> segments : List.of(kept, sealed)) {
            for (Segment segment : segments) {
                if (segment.owner instanceof Task task) {
                    owners.add(task);
                }
            }
        }
        owners.sort(Comparator.comparingInt(task -> task.id));
        List<RecordedTask> tasks = new ArrayList<>();
        Task last = null;
        for (Task task : owners) {
            if (task != last) {
                tasks.add(TaskView.of(task));
            }
            last = task;
        }
        return tasks;
    }
}
