package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

@SuppressWarnings("LockNotBeforeTry") // one step after the other is what is looked at
class TrackedReadWriteLockTest {
    private final Recorder recorder = Recorder.create("locks");
    private final TrackedReadWriteLock lock = recorder.readWriteLock("lock");

    private void lockAndUnlock(String task, Lock mode) throws Exception {
        Recorded.in(recorder, task, () -> {
            mode.lock();
            mode.unlock();
            return true;
        });
    }

    private Dot cause(String task, EventKind kind) {
        return Recorded.event(recorder, task, kind).cause();
    }

    private Dot dot(String task, EventKind kind) {
        return Recorded.event(recorder, task, kind).dot();
    }

    @Test
    void chainsTheReadersReleasesForTheNextWriter() throws Exception {
        lockAndUnlock("writer", lock.writeLock());
        lockAndUnlock("reader 1", lock.readLock());
        lockAndUnlock("reader 2", lock.readLock());
        lockAndUnlock("next writer", lock.writeLock());
        lockAndUnlock("next reader", lock.readLock());

        Dot written = dot("writer", EventKind.RELEASE);
        assertThat(cause("reader 1", EventKind.ACQUIRE_SHARED)).isEqualTo(written);
        assertThat(cause("reader 2", EventKind.ACQUIRE_SHARED)).isEqualTo(written);
        assertThat(cause("reader 1", EventKind.RELEASE_SHARED)).isEqualTo(written);
        assertThat(cause("reader 2", EventKind.RELEASE_SHARED)).isEqualTo(dot("reader 1", EventKind.RELEASE_SHARED));
        assertThat(cause("next writer", EventKind.ACQUIRE)).isEqualTo(dot("reader 2", EventKind.RELEASE_SHARED));
        assertThat(cause("next reader", EventKind.ACQUIRE_SHARED)).isEqualTo(dot("next writer", EventKind.RELEASE));
    }

    @Test
    void isReadByManyAtATime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Recorded.Running<Boolean> other = Recorded.start(recorder, "other", () -> readTogether(both));
        assertThat(Recorded.in(recorder, "task", () -> readTogether(both))).isTrue();
        assertThat(Recorded.end(other)).isTrue();
        assertThat(Recorded.kinds(recorder, "other")).doesNotContain(EventKind.BLOCK);
    }

    private boolean readTogether(CountDownLatch both) throws InterruptedException {
        lock.readLock().lock();
        both.countDown();
        both.await();
        lock.readLock().unlock();
        return true;
    }

    @Test
    void canBeDowngraded() throws Exception {
        Recorded.in(recorder, "task", () -> {
            lock.writeLock().lock();
            lock.readLock().lock();
            lock.writeLock().unlock();
            lock.readLock().unlock();
            return true;
        });
        assertThat(Recorded.kinds(recorder, "task"))
                .containsExactly(
                        EventKind.ACQUIRE, EventKind.ACQUIRE_SHARED, EventKind.RELEASE, EventKind.RELEASE_SHARED);
        lockAndUnlock("writer", lock.writeLock());
        assertThat(cause("writer", EventKind.ACQUIRE)).isEqualTo(dot("task", EventKind.RELEASE_SHARED));
    }

    @Test
    void losesOneReaderOnlyWhenItsReleaseWasDropped() throws Exception {
        Recorder small = Recorder.builder("small").maxEvents(4 + 4 + 1).build();
        TrackedReadWriteLock shared = small.readWriteLock("lock");
        Task writer = small.newRoot("writer", false);
        writer.run(() -> {});
        Recorded.in(small, "kept", () -> readAndRelease(shared));
        Recorded.in(small, "dropped", () -> readAndRelease(shared));
        writer.run(() -> shared.writeLock().lock());
        assertThat(small.recording().dropped()).isEqualTo(2);
        assertThat(Recorded.event(small, "writer", EventKind.ACQUIRE).cause())
                .isEqualTo(
                        Recorded.event(small, "kept", EventKind.RELEASE_SHARED).dot());
    }

    private static boolean readAndRelease(TrackedReadWriteLock shared) {
        shared.readLock().lock();
        shared.readLock().unlock();
        return true;
    }
}
