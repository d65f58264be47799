package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop", "JavaUtilDate"
}) // one step after the other is what is looked at
class TrackedConditionTest {
    private final Recorder recorder = Recorder.create("conditions");

    private Lock lock(boolean write) {
        return write ? recorder.readWriteLock("lock").writeLock() : recorder.lock("lock");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void releasesTheLockToWaitAndAcquiresItAfterTheSignaller(boolean write) throws Exception {
        Lock lock = lock(write);
        lock.newCondition();
        Condition condition = lock.newCondition();
        Recorded.Running<Boolean> waiter = Recorded.start(recorder, "waiter", () -> {
            lock.lock();
            lock.lock();
            condition.await();
            lock.unlock();
            lock.unlock();
            return true;
        });
        Recorded.await(recorder, "waiter", EventKind.WAIT);
        Recorded.in(recorder, "signaller", () -> {
            lock.lock();
            condition.signal();
            lock.unlock();
            return true;
        });
        Recorded.end(waiter);
        assertThat(Recorded.kinds(recorder, "waiter"))
                .containsExactly(EventKind.ACQUIRE, EventKind.WAIT, EventKind.ACQUIRE, EventKind.RELEASE);
        List<RecordedEvent> signaller = Recorded.events(recorder, "signaller");
        assertThat(signaller)
                .extracting(RecordedEvent::kind)
                .containsSubsequence(EventKind.ACQUIRE, EventKind.NOTIFY, EventKind.RELEASE);
        assertThat(Recorded.event(recorder, "signaller", EventKind.ACQUIRE).cause())
                .isEqualTo(Recorded.event(recorder, "waiter", EventKind.WAIT).dot());
        assertThat(Recorded.event(recorder, "signaller", EventKind.NOTIFY).value())
                .isEqualTo(2L);
        assertThat(Recorded.events(recorder, "waiter").get(2).cause())
                .isEqualTo(
                        Recorded.event(recorder, "signaller", EventKind.RELEASE).dot());
    }

    @Test
    void acquiresTheLockAgainHoweverTheWaitEnds() throws Exception {
        Lock lock = lock(false);
        Condition condition = lock.newCondition();
        Recorded.in(recorder, "waiter", () -> {
            lock.lock();
            assertThat(condition.await(1, TimeUnit.NANOSECONDS)).isFalse();
            assertThat(condition.awaitNanos(1)).isLessThanOrEqualTo(0);
            assertThat(condition.awaitUntil(new Date(0))).isFalse();
            Thread.currentThread().interrupt();
            assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
            lock.unlock();
            return true;
        });
        assertThat(Recorded.kinds(recorder, "waiter"))
                .containsExactly(
                        EventKind.ACQUIRE,
                        EventKind.WAIT,
                        EventKind.ACQUIRE,
                        EventKind.WAIT,
                        EventKind.ACQUIRE,
                        EventKind.WAIT,
                        EventKind.ACQUIRE,
                        EventKind.WAIT,
                        EventKind.ACQUIRE,
                        EventKind.RELEASE);
    }

    @Test
    void wakesAllAndOutlastsInterrupts() throws Exception {
        Lock lock = lock(false);
        Condition condition = lock.newCondition();
        Recorded.Running<Boolean> waiter = Recorded.start(recorder, "waiter", () -> {
            lock.lock();
            Thread.currentThread().interrupt();
            condition.awaitUninterruptibly();
            lock.unlock();
            return Thread.interrupted();
        });
        Recorded.await(recorder, "waiter", EventKind.WAIT);
        lock.lock();
        condition.signalAll();
        lock.unlock();
        assertThat(Recorded.end(waiter)).isTrue();
    }

    @Test
    void recordsNothingForWhoDoesNotHoldTheLock() {
        Condition condition = lock(false).newCondition();
        assertThatThrownBy(condition::await).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(condition::signal).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(condition::signalAll).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(recorder.recording().tasks()).isEmpty();
    }

    @Test
    void isNoneOfAReadLock() {
        assertThatThrownBy(() -> recorder.readWriteLock("lock").readLock().newCondition())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
