package io.clockwork.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A sink, the thread that feeds it, and what it has not been fed yet. */
final class SinkLane {
    private static final int MAX_BATCH = 4096;
    private static final long MIN_REST = 5_000_000;
    private static final long MAX_REST = 40_000_000;

    private record Stretch(TaskView events, long batch) {}

    private final Sinks sinks;
    private final EventSink sink;
    private final String name;
    /** Added to by whoever collects; what is being written is still in it. */
    private final Queue<Stretch> queue = new ConcurrentLinkedQueue<>();

    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile long written;
    private volatile long failures;
    private volatile @Nullable String lastFailure;
    private volatile long done;
    private volatile boolean ended;
    private volatile boolean abandoned;
    private volatile @Nullable Thread thread;

    private boolean opened;
    private boolean dirty;

    SinkLane(Sinks sinks, EventSink sink, String name) {
        this.sinks = sinks;
        this.sink = sink;
        this.name = name;
    }

    void start() {
        try {
            Thread fresh = new Thread(null, this::run, name, 0, false);
            fresh.setDaemon(true);
            fresh.setContextClassLoader(null);
            thread = fresh;
            fresh.start();
        } catch (Throwable e) {
            fail(e);
            ended = true;
        }
    }

    /** Gives the lane events, which it loses if it is too far behind. */
    void offer(TaskView events, long batch, int limit) {
        if (isReady(limit)) {
            queued.addAndGet(events.size());
            queue.add(new Stretch(events, batch));
        } else if (!ended) {
            lost.addAndGet(events.size());
        }
    }

    boolean isReady(int limit) {
        return !ended && queued.get() <= limit;
    }

    private void run() {
        long rest = MIN_REST;
        try {
            while (!ended && !abandoned) {
                long before = sinks.batches();
                boolean failed = !round();
                rest = sinks.batches() > before && !failed ? MIN_REST : Math.min(MAX_REST, 2 * rest);
                if (done == sinks.tickets() || failed) {
                    // A sink that leaves its thread interrupted must not make it run hot.
                    Thread.interrupted();
                    if (!abandoned) {
                        LockSupport.parkNanos(this, rest);
                    }
                }
            }
        } finally {
            end();
            sinks.signal();
        }
    }

    /** Writes what was recorded before; returns whether it went as it should. */
    private boolean round() {
        try {
            sinks.rest();
            long ticket = sinks.tickets();
            boolean closing = sinks.isClosing();
            long limit = sinks.segments();
            boolean complete = false;
            while (!complete && !abandoned) {
                complete = sinks.collect(limit);
                write(sinks.batches());
            }
            flush();
            if (closing) {
                end();
            }
            if (complete) {
                done = ticket;
                sinks.signal();
            }
            return true;
        } catch (Throwable e) {
            fail(e);
            return false;
        }
    }

    /** Writes all that is queued, up to a batch. */
    private void write(long last) {
        List<RecordedTask> batch = new ArrayList<>();
        Stretch next = queue.peek();
        while (next != null && next.batch <= last && !abandoned) {
            batch.clear();
            int events = 0;
            int taken = 0;
            for (Stretch stretch : queue) {
                if (stretch.batch > last || (taken > 0 && events + stretch.events.size() > MAX_BATCH)) {
                    break;
                }
                batch.add(stretch.events);
                events += stretch.events.size();
                taken++;
            }
            write(List.copyOf(batch), events);
            for (int i = 0; i < taken; i++) {
                queue.poll();
            }
            queued.addAndGet(-events);
            next = queue.peek();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes it
    private void write(List<RecordedTask> batch, int events) {
        try {
            open();
            sink.write(batch);
            dirty = true;
            written += events;
        } catch (Throwable e) {
            lost.addAndGet(events);
            fail(e);
        }
    }

    private void open() throws Exception {
        if (!opened) {
            sink.open(sinks.source());
            opened = true;
        }
    }

    private void flush() {
        if (dirty) {
            dirty = false;
            try {
                sink.flush();
            } catch (Throwable e) {
                fail(e);
            }
        }
    }

    /** Ends the lane; what is still queued is lost. */
    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            open();
            sink.close();
        } catch (Throwable e) {
            fail(e);
        }
        lost.addAndGet(queued.getAndSet(0));
        queue.clear();
    }

    /* Errors too: the thread must live, or the sink would lose all that comes. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes it
    private void fail(Throwable e) {
        failures++;
        try {
            lastFailure = String.valueOf(e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError secondary) {
            lastFailure = e.getClass().getName();
        }
    }

    void unpark() {
        LockSupport.unpark(thread);
    }

    void abandon() {
        Thread running = thread;
        if (!ended && running != null) {
            abandoned = true;
            running.interrupt();
        }
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    boolean hasDone(long ticket) {
        return done >= ticket || (ended && !abandoned);
    }

    boolean isAbandoned() {
        return abandoned;
    }

    long troubles() {
        return failures + lost.get();
    }

    SinkStatus status(long uncollected) {
        return new SinkStatus(
                description(),
                written,
                lost.get(),
                ended ? 0 : queued.get() + uncollected,
                failures,
                lastFailure,
                ended);
    }

    private String description() {
        try {
            return String.valueOf(sink);
        } catch (RuntimeException | StackOverflowError e) {
            return sink.getClass().getName();
        }
    }
}
