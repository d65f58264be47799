package io.clockwork.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands what was recorded to the sinks, each of which has a lane with a thread of its own.
 *
 * <p>Threads that record publish their events as they do without sinks, and never wait. Whichever lane runs out of work
 * looks through the segments for events that are new, for all lanes. Lanes wait for each other only while one looks.
 */
/*
 * A segment is sealed when all its events were collected and no more will come. Sealed segments make room, oldest first;
 * an eighth of the room is kept for what was written lately.
 *
 * A lane may be a quarter of the room behind, which is memory beside the room. A lane further behind is left out while
 * others can go on; when none can, the events stay where they are, until the recorder is full.
 */
final class Sinks {
    private static final int MAX_STRETCH = 1024;
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private final Recorder recorder;
    private final EventSource source;
    private final List<SinkLane> lanes = new ArrayList<>();
    private final ReentrantLock collecting = new ReentrantLock();
    private final AtomicLong tickets = new AtomicLong();
    private final Object progress = new Object();
    /** How many failures a flush has told of. */
    private final AtomicLong told = new AtomicLong();

    private volatile long batches;
    private volatile boolean closing;
    private volatile boolean woken;

    Sinks(Recorder recorder, List<EventSink> sinks, EventSource source) {
        this.recorder = recorder;
        this.source = source;
        for (EventSink sink : sinks) {
            lanes.add(new SinkLane(this, sink, "clockwork sink " + (lanes.size() + 1) + " of " + source.node()));
        }
    }

    /** {@return what to run when room gets scarce; null when there are no sinks} */
    @Nullable
    Runnable waker() {
        return lanes.isEmpty() ? null : this::wake;
    }

    void start() {
        lanes.forEach(SinkLane::start);
    }

    EventSource source() {
        return source;
    }

    /** {@return how many batches have been made} */
    long batches() {
        return batches;
    }

    long tickets() {
        return tickets.get();
    }

    boolean isClosing() {
        return closing;
    }

    private void wake() {
        if (!woken) {
            woken = true;
            lanes.forEach(SinkLane::unpark);
        }
    }

    void rest() {
        woken = false;
    }

    /** Tells those who wait for a lane to look again. */
    void signal() {
        synchronized (progress) {
            progress.notifyAll();
        }
    }

    /** {@return the number of the segment that was begun last} */
    long segments() {
        return recorder.room().segments();
    }

    /**
     * {@return whether all that had been recorded when the segment of number {@code last} was the last one has been given
     * to the lanes}
     */
    boolean collect(long last) {
        collecting.lock();
        try {
            boolean complete = true;
            for (Iterator<Segment> all = recorder.room().unsealed();
                    all.hasNext() && (complete || isAnyLaneReady()); ) {
                Segment segment = all.next();
                EventStore owner = segment.owner;
                if (segment.isSealed()) {
                    all.remove();
                } else if (owner != null && segment.number <= last) {
                    // A task that did nothing since the last time is not likely to need its segment soon.
                    boolean quiet = owner.collected == owner.published();
                    complete &= collect(owner);
                    seal(owner, quiet);
                }
            }
            recorder.room().release(recorder.room().maxEvents() / 8);
            return complete;
        } finally {
            collecting.unlock();
        }
    }

    private boolean collect(EventStore owner) {
        int end = owner.published();
        while (owner.collected < end) {
            Segment[] segments = owner.segments();
            if (segments.length == 0) {
                return true;
            }
            if (!isAnyLaneReady()) {
                return false;
            }
            int from = Math.max(owner.collected, segments[0].first);
            int i = EventStore.indexOf(segments, from + 1);
            int last = i + 1 < segments.length ? segments[i + 1].first : end;
            int to = Math.min(Math.min(last, end), from + MAX_STRETCH);
            if (to > from && !offer(owner, segments[i], from, to)) {
                return false;
            }
            if (to <= from) {
                return true;
            }
        }
        return true;
    }

    /** {@return whether the events are still there} */
    private boolean offer(EventStore owner, Segment segment, int from, int to) {
        if (!segment.tryClaim()) {
            return false;
        }
        owner.collected = to;
        segment.endClaim();
        String thread = owner.collectedThread == 0 ? "" : recorder.nameAt(owner.collectedThread);
        for (int i = to - segment.first - 1; i >= from - segment.first; i--) {
            if (segment.kind(i) == EventKind.RESUME) {
                owner.collectedThread = segment.subject(i);
                break;
            }
        }
        if (owner instanceof Task task) {
            long batch = batches + 1;
            TaskView events = new TaskView(task, new Segment[] {segment}, from, to, thread);
            int limit = recorder.room().maxEvents() / 4;
            lanes.forEach(lane -> lane.offer(events, batch, limit));
            batches = batch;
        }
        return true;
    }

    private void seal(EventStore owner, boolean quiet) {
        boolean settled = quiet ? owner.settle() : owner.isSettled();
        int published = owner.published();
        Segment[] segments = owner.segments();
        for (int i = 0; i < segments.length; i++) {
            boolean last = i + 1 == segments.length;
            int end = last ? published : segments[i + 1].first;
            if (owner.collected < end || (last && !settled)) {
                return;
            }
            if (!segments[i].isSealed() && segments[i].tryClaim()) {
                segments[i].seal();
                recorder.room().addSealed(segments[i]);
            }
        }
    }

    private boolean isAnyLaneReady() {
        for (SinkLane lane : lanes) {
            if (lane.isReady(recorder.room().maxEvents() / 4)) {
                return true;
            }
        }
        return false;
    }

    boolean flush(Duration deadline) {
        long end = end(deadline);
        long before = told.get();
        long ticket = tickets.incrementAndGet();
        lanes.forEach(SinkLane::unpark);
        boolean all = true;
        for (SinkLane lane : lanes) {
            all &= await(lane, ticket, end);
        }
        long failures = failures();
        told.accumulateAndGet(failures, Math::max);
        return all && failures == before;
    }

    boolean close(Duration deadline) {
        closing = true;
        boolean all = flush(deadline);
        if (!all) {
            lanes.forEach(SinkLane::abandon);
        }
        return all;
    }

    private boolean await(SinkLane lane, long ticket, long end) {
        synchronized (progress) {
            while (!lane.hasDone(ticket)) {
                long left = end - System.nanoTime();
                if (left <= 0 || lane.isOwnThread() || lane.isAbandoned()) {
                    return false;
                }
                try {
                    progress.wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    private static long end(Duration deadline) {
        long nanos = deadline.compareTo(Duration.ofNanos(LONGEST)) > 0 ? LONGEST : deadline.toNanos();
        return System.nanoTime() + nanos;
    }

    private long failures() {
        long failures = 0;
        for (SinkLane lane : lanes) {
            failures += lane.troubles();
        }
        return failures;
    }

    List<SinkStatus> status() {
        List<SinkStatus> all = new ArrayList<>();
        if (!lanes.isEmpty()) {
            long waiting = recorder.room().uncollected();
            lanes.forEach(lane -> all.add(lane.status(waiting)));
        }
        return all;
    }
}
