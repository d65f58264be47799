package io.clockwork.record;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A latch whose count-downs and waits are recorded.
 *
 * <p>Use it where the program would use a {@link CountDownLatch}, whose methods and behaviour it has. Whoever has seen it
 * open follows all the count-downs that opened it; count-downs are not ordered with each other, and those of an open latch
 * do nothing and are not recorded. Recording allocates nothing.
 */
public final class TrackedLatch {
    private final CountDownLatch latch;
    private final SyncPoint point;
    /** How many count-downs have still to be entered: this decides which ones count. */
    private final AtomicInteger missing;

    TrackedLatch(SyncPoint point, int count) {
        this.point = point;
        latch = new CountDownLatch(count);
        missing = new AtomicInteger(count);
    }

    /** Counts down, and opens the latch when the count gets to zero. */
    public void countDown() {
        if (missing.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
            point.releaseShared(EventKind.COUNT_DOWN);
            latch.countDown();
        }
    }

    /** Waits until the latch is open. */
    public void await() throws InterruptedException {
        blockIfClosed();
        try {
            latch.await();
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        }
        point.acquire(EventKind.AWAIT, point.last());
    }

    /** Waits until the latch is open or the time is up; returns whether it is open. */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        if (timeout > 0) {
            blockIfClosed();
        }
        boolean open;
        try {
            open = latch.await(timeout, unit);
        } catch (InterruptedException e) {
            point.giveUp();
            throw e;
        }
        if (open) {
            point.acquire(EventKind.AWAIT, point.last());
        } else {
            point.giveUp();
        }
        return open;
    }

    /** {@return how many count-downs the latch still waits for} */
    public long getCount() {
        return latch.getCount();
    }

    private void blockIfClosed() {
        if (latch.getCount() > 0) {
            point.block();
        }
    }

    @Override
    public String toString() {
        return latch.toString();
    }
}
