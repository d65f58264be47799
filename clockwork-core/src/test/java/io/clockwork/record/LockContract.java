package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

/** What all recorded locks owe: the behaviour of the JDK's, and one acquire and one release a hold. */
@SuppressWarnings("LockNotBeforeTry") // one step after the other is what is looked at
abstract class LockContract {
    final Recorder recorder = Recorder.create("locks");

    /** The lock under test, and one that excludes it: itself if it is exclusive. */
    record Pair(Lock lock, Lock excluding) {}

    abstract Pair newLock(Recorder on);

    abstract EventKind acquire();

    abstract EventKind release();

    /** {@return the JDK's lock that the lock under test stands in for} */
    abstract Lock ofJdk();

    private final Pair pair = newLock(recorder);
    private final Lock lock = pair.lock;

    private Boolean lockAndUnlock() {
        lock.lock();
        lock.unlock();
        return true;
    }

    @Test
    void recordsTheOutermostHoldOnly() throws Exception {
        Recorded.in(recorder, "task", () -> {
            lock.lock();
            assertThat(lock.tryLock()).isTrue();
            lock.lockInterruptibly();
            assertThat(lock.tryLock(1, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 4; i++) {
                lock.unlock();
            }
            return lockAndUnlock();
        });
        assertThat(Recorded.kinds(recorder, "task")).containsExactly(acquire(), release(), acquire(), release());
    }

    @Test
    void followsTheReleaseThatItWaitedFor() throws Exception {
        pair.excluding.lock();
        Recorded.Running<Boolean> waiting = Recorded.start(recorder, "task", this::lockAndUnlock);
        Recorded.await(recorder, "task", EventKind.BLOCK);
        Dot before = new Dot(0, recorder.recording().tasks().get(0).events().size());
        pair.excluding.unlock();
        Recorded.end(waiting);
        assertThat(Recorded.kinds(recorder, "task")).containsExactly(EventKind.BLOCK, acquire(), release());
        Dot cause = Recorded.event(recorder, "task", acquire()).cause();
        assertThat(cause).isEqualTo(new Dot(before.task(), before.sequence() + 1));
        RecordedEvent released = recorder.recording().tasks().get(0).events().get(before.sequence());
        assertThat(released.kind()).isEqualTo(EventKind.RELEASE);
        assertThat(released.subject()).isEqualTo("the lock");
    }

    @Test
    void givesUpWhatItDoesNotGet() throws Exception {
        pair.excluding.lock();
        Recorded.in(recorder, "task", () -> {
            assertThat(lock.tryLock()).isFalse();
            assertThat(lock.tryLock(0, TimeUnit.SECONDS)).isFalse();
            assertThat(lock.tryLock(1, TimeUnit.MILLISECONDS)).isFalse();
            return true;
        });
        assertThat(Recorded.kinds(recorder, "task"))
                .containsExactly(EventKind.GIVE_UP, EventKind.GIVE_UP, EventKind.BLOCK, EventKind.GIVE_UP);
        pair.excluding.unlock();
        assertThat(Recorded.in(recorder, "next", this::lockAndUnlock)).isTrue();
    }

    @Test
    void givesUpWhenInterrupted() throws Exception {
        pair.excluding.lock();
        Recorded.Running<Boolean> plain = Recorded.start(recorder, "plain", () -> {
            lock.lockInterruptibly();
            return true;
        });
        Recorded.Running<Boolean> timed = Recorded.start(recorder, "timed", () -> lock.tryLock(1, TimeUnit.HOURS));
        Recorded.await(recorder, "plain", EventKind.BLOCK);
        Recorded.await(recorder, "timed", EventKind.BLOCK);
        plain.thread().interrupt();
        timed.thread().interrupt();
        assertThatThrownBy(() -> Recorded.end(plain)).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> Recorded.end(timed)).isInstanceOf(InterruptedException.class);
        assertThat(Recorded.kinds(recorder, "plain")).containsExactly(EventKind.BLOCK, EventKind.GIVE_UP);
        assertThat(Recorded.kinds(recorder, "timed")).containsExactly(EventKind.BLOCK, EventKind.GIVE_UP);
        pair.excluding.unlock();
        assertThat(Recorded.in(recorder, "next", this::lockAndUnlock)).isTrue();
    }

    @Test
    void failsAsTheJdksWhenItIsNotHeld() {
        Throwable ofJdk = org.assertj.core.api.Assertions.catchThrowable(ofJdk()::unlock);
        assertThatThrownBy(lock::unlock).hasSameClassAs(ofJdk).hasMessage(ofJdk.getMessage());
        assertThat(recorder.recording().tasks()).isEmpty();
    }

    @Test
    void refusesNullAsTheJdksDoes() {
        assertThatThrownBy(() -> lock.tryLock(0, null)).isInstanceOf(NullPointerException.class);
        assertThat(recorder.recording().tasks()).isEmpty();
    }

    @Test
    void locksWhenNothingMoreCanBeRecorded() throws Exception {
        Recorder full = Recorder.builder("full").maxEvents(1).build();
        Pair other = newLock(full);
        for (int i = 0; i < 3; i++) {
            Recorded.in(full, "task", () -> {
                other.lock.lock();
                other.lock.unlock();
                return true;
            });
        }
        assertThat(full.recording().tasks()).hasSize(1);
        assertThat(full.recording().dropped()).isEqualTo(3 * 3 - 1);
        assertThat(other.excluding.tryLock()).isTrue();
    }

    @Test
    void isReleasedInAnotherTaskOfTheThreadThatAcquiredIt() throws Exception {
        Task first = recorder.newRoot("first", false);
        Task second = recorder.newRoot("second", false);
        first.run(lock::lock);
        second.run(lock::unlock);
        assertThat(Recorded.kinds(recorder, "first")).containsExactly(acquire());
        assertThat(Recorded.kinds(recorder, "second")).containsExactly(release());
        pair.excluding.lock();
        pair.excluding.unlock();
        assertThat(recorder.recording().misuses()).isZero();
    }
}
