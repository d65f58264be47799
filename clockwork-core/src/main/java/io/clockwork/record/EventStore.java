package io.clockwork.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The events of one task: written by the thread that runs the task, read by any. */
abstract class EventStore {
    private static final int MIN_CAPACITY = 4;
    private static final int MAX_CAPACITY = 1 << 14;
    private static final Segment[] NONE = new Segment[0];
    private static final VarHandle PUBLISHED;
    private static final VarHandle SEGMENTS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PUBLISHED = lookup.findVarHandle(EventStore.class, "published", int.class);
            SEGMENTS = lookup.findVarHandle(EventStore.class, "segments", Segment[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Recorder recorder;
    final Trace trace;
    final int id;

    /*
     * Arrays are never changed in place. The thread that runs the task appends; any thread may take away the first
     * segment when the recorder is full, but never the one that is being written.
     */
    private volatile Segment[] segments = NONE;
    private Segment tail = Segment.EMPTY;
    private int used;
    /** Read and written through PUBLISHED: the events below it are complete for every thread. */
    private int published;

    /** How many events sinks were given, and the thread then; whoever claimed a segment writes it. */
    int collected;

    int collectedThread;

    EventStore(Recorder recorder, Trace trace, int id) {
        this.recorder = recorder;
        this.trace = trace;
        this.id = id;
    }

    /** {@return whether no more events will come} */
    abstract boolean isFinished();

    /** Adds an event; by the thread that runs the task; returns its sequence number, or 0 when it was dropped. */
    final int append(EventKind kind, int subject, int site, long data, ValueType type, @Nullable Object object) {
        if (used == tail.capacity() && !grow()) {
            return 0;
        }
        int count = published + 1;
        tail.set(used++, kind, subject, site, data, type, object);
        PUBLISHED.setRelease(this, count);
        return count;
    }

    /** Goes on in a new segment; by the thread that runs the task. */
    final void leaveTail() {
        tail = Segment.EMPTY;
        used = 0;
    }

    /** {@return whether nothing more will come into the segments that are there} */
    abstract boolean isSettled();

    /** {@return whether nothing more will come into the last segment, because the task rests and was told so} */
    abstract boolean settle();

    /** {@return whether the next event will be kept}; to be called by the thread that runs the task. */
    final boolean hasRoom() {
        return used < tail.capacity() || grow();
    }

    /* A segment is at most an eighth of what is there, so that little room is set aside and not used. */
    private boolean grow() {
        int wanted = Math.max(MIN_CAPACITY, Math.min(published, Math.max(64, published / 8)));
        Segment fresh = recorder.room().grant(this, published, Math.min(MAX_CAPACITY, wanted));
        if (fresh == null) {
            return false;
        }
        Segment[] before;
        Segment[] after;
        do {
            before = segments;
            after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = fresh;
        } while (!SEGMENTS.compareAndSet(this, before, after));
        tail = fresh;
        used = 0;
        recorder.room().keep(fresh);
        return true;
    }

    /**
     * Takes away {@code segment} if it is the first one and will not be written any more.
     *
     * @return how many events it held, or -1 when it stays
     */
    final int evict(Segment segment) {
        boolean finished = isFinished();
        Segment[] before = segments;
        if (before.length == 0 || before[0] != segment || (before.length == 1 && !finished)) {
            return -1;
        }
        int end = before.length > 1 ? before[1].first : published();
        Segment[] after = Arrays.copyOfRange(before, 1, before.length);
        return SEGMENTS.compareAndSet(this, before, after) ? end - segment.first : -1;
    }

    /** Takes away the first segment, which is sealed; by one thread at a time. */
    final void removeFirst(Segment segment) {
        Segment[] before;
        Segment[] after;
        do {
            before = segments;
            if (before.length == 0 || before[0] != segment) {
                return;
            }
            after = Arrays.copyOfRange(before, 1, before.length);
        } while (!SEGMENTS.compareAndSet(this, before, after));
    }

    final Segment[] segments() {
        return segments;
    }

    final int published() {
        return (int) PUBLISHED.getAcquire(this);
    }

    /** {@return the packed dot of the last event kept, with sequence number 0 when there is none}; for the own thread. */
    final long position() {
        return Dot.pack(id, published);
    }

    /** {@return the segments that hold the events now, which stay as they are for the caller} */
    final Segment[] pinned() {
        while (true) {
            Segment[] all = segments;
            for (Segment segment : all) {
                segment.pin();
            }
            Segment[] now = segments;
            // Segments go from the front: the first one is still there, so none of them was written anew before its
            // pin.
            if (all.length == 0 || (now.length > 0 && now[0] == all[0])) {
                return all;
            }
        }
    }

    /** {@return the index of the segment that holds the event with this sequence number} */
    static int indexOf(Segment[] segments, int sequence) {
        int low = 0;
        int high = segments.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments[middle].first < sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** {@return the event with this sequence number, which is in one of {@code pinned}} */
    final RecordedEvent event(Segment[] pinned, int sequence) {
        Segment segment = pinned[indexOf(pinned, sequence)];
        int i = sequence - 1 - segment.first;
        ValueType type = segment.type(i);
        long data = segment.data(i);
        return new RecordedEvent(
                new Dot(id, sequence),
                segment.kind(i),
                segment.order(i),
                recorder.nameAt(segment.subject(i)),
                type.hasCause() && data != Dot.NONE ? new Dot(Dot.task(data), Dot.sequence(data)) : null,
                type.value(data, segment.object(i)),
                recorder.siteAt(segment.site(i)),
                segment.nanos(i),
                type.message(trace.context, data, segment.object(i)));
    }
}
