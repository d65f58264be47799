package io.clockwork.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TrackedSemaphoreTest {
    private final Recorder recorder = Recorder.create("semaphores");

    private void in(String task, Runnable work) throws Exception {
        Recorded.in(recorder, task, () -> {
            work.run();
            return true;
        });
    }

    private RecordedEvent acquire(String task) {
        return Recorded.event(recorder, task, EventKind.ACQUIRE_PERMITS);
    }

    private Dot release(String task) {
        return Recorded.event(recorder, task, EventKind.RELEASE_PERMITS).dot();
    }

    @Nested
    class AnAcquire {
        @Test
        void followsTheReleasesSinceThereWasNoPermit() throws Exception {
            TrackedSemaphore semaphore = recorder.semaphore("pool", 2);
            in("first", semaphore::release);
            in("second", semaphore::release);
            in("one of four", semaphore::acquireUninterruptibly);
            in("the rest", () -> semaphore.acquireUninterruptibly(3));
            in("third", semaphore::release);
            in("last", () -> assertThat(semaphore.tryAcquire()).isTrue());

            assertThat(acquire("one of four").cause()).isEqualTo(release("second"));
            assertThat(acquire("the rest").cause()).isEqualTo(release("second"));
            assertThat(Recorded.event(recorder, "second", EventKind.RELEASE_PERMITS)
                            .cause())
                    .isEqualTo(release("first"));
            assertThat(Recorded.event(recorder, "third", EventKind.RELEASE_PERMITS)
                            .cause())
                    .isNull();
            assertThat(acquire("last").cause()).isEqualTo(release("third"));
        }

        @Test
        void ofAFirstPermitFollowsNothing() throws Exception {
            TrackedSemaphore semaphore = recorder.semaphore("pool", 1);
            in("task", semaphore::acquireUninterruptibly);
            assertThat(acquire("task").cause()).isNull();
        }

        @Test
        void owesToEachReleaseThatMadeUpForADebt() throws Exception {
            TrackedSemaphore semaphore = recorder.semaphore("pool", -2);
            in("first", () -> semaphore.release(2));
            in("second", semaphore::release);
            in("task", semaphore::acquireUninterruptibly);
            assertThat(acquire("task").cause()).isEqualTo(release("second"));
            assertThat(Recorded.event(recorder, "second", EventKind.RELEASE_PERMITS)
                            .cause())
                    .isEqualTo(release("first"));
        }

        @Test
        void waitsForItsPermits() throws Exception {
            TrackedSemaphore semaphore = recorder.semaphore("pool", 1, true);
            Recorded.Running<Boolean> many = Recorded.start(recorder, "many", () -> {
                semaphore.acquire(2);
                return true;
            });
            Recorded.await(recorder, "many", EventKind.BLOCK);
            while (semaphore.getQueueLength() == 0) {
                Thread.onSpinWait();
            }
            assertThat(semaphore.hasQueuedThreads()).isTrue();
            assertThat(semaphore.isFair()).isTrue();
            Recorded.in(recorder, "fair", () -> semaphore.tryAcquire(1, TimeUnit.MILLISECONDS));
            assertThat(Recorded.kinds(recorder, "fair")).containsExactly(EventKind.GIVE_UP);
            in("releaser", semaphore::release);
            Recorded.end(many);
            assertThat(Recorded.kinds(recorder, "many")).containsExactly(EventKind.BLOCK, EventKind.ACQUIRE_PERMITS);
            assertThat(acquire("many").cause()).isEqualTo(release("releaser"));
        }

        @Test
        void isGivenUpWhenTheTimeIsUpOrAnInterruptComes() throws Exception {
            TrackedSemaphore semaphore = recorder.semaphore("pool", 0);
            Recorded.in(
                    recorder,
                    "impatient",
                    () -> semaphore.tryAcquire()
                            || semaphore.tryAcquire(0, TimeUnit.DAYS)
                            || semaphore.tryAcquire(2, 1, TimeUnit.NANOSECONDS));
            assertThat(Recorded.kinds(recorder, "impatient"))
                    .containsExactly(EventKind.GIVE_UP, EventKind.GIVE_UP, EventKind.BLOCK, EventKind.GIVE_UP);
            Recorded.Running<Boolean> plain = Recorded.start(recorder, "plain", () -> {
                semaphore.acquire();
                return true;
            });
            Recorded.Running<Boolean> timed =
                    Recorded.start(recorder, "timed", () -> semaphore.tryAcquire(1, TimeUnit.HOURS));
            plain.thread().interrupt();
            timed.thread().interrupt();
            assertThatThrownBy(() -> Recorded.end(plain)).isInstanceOf(InterruptedException.class);
            assertThatThrownBy(() -> Recorded.end(timed)).isInstanceOf(InterruptedException.class);
            assertThat(Recorded.kinds(recorder, "plain")).endsWith(EventKind.GIVE_UP);
            assertThat(Recorded.kinds(recorder, "timed")).endsWith(EventKind.GIVE_UP);
        }
    }

    /** Runs the same random steps on both. */
    @Property(tries = 200)
    void doesWhatTheJdksDoes(@ForAll long seed, @ForAll @IntRange(min = -3, max = 5) int initial) {
        Random random = new Random(seed);
        Semaphore expected = new Semaphore(initial);
        TrackedSemaphore actual = recorder.semaphore("pool", initial);
        for (int i = 0; i < 100; i++) {
            int count = random.nextInt(4);
            switch (random.nextInt(4)) {
                case 0, 1 -> assertThat(actual.tryAcquire(count)).isEqualTo(expected.tryAcquire(count));
                case 2 -> {
                    actual.release(count);
                    expected.release(count);
                }
                default -> {
                    if (random.nextInt(10) == 0) {
                        assertThat(actual.drainPermits()).isEqualTo(expected.drainPermits());
                    }
                }
            }
            assertThat(actual.availablePermits()).isEqualTo(expected.availablePermits());
        }
    }

    @Test
    void refusesWhatTheJdksRefuses() {
        TrackedSemaphore semaphore = recorder.semaphore("pool", Integer.MAX_VALUE);
        assertThatThrownBy(() -> semaphore.release(1)).isInstanceOf(Error.class).hasMessageContaining("Maximum permit");
        assertThatThrownBy(() -> semaphore.release(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> semaphore.acquire(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> semaphore.tryAcquire(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> semaphore.acquireUninterruptibly(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(recorder.recording().tasks()).isEmpty();
        assertThat(semaphore.toString()).contains("Permits = " + Integer.MAX_VALUE);
    }

    @Test
    void worksWhenNothingMoreCanBeRecorded() {
        Recorder full = Recorder.builder("full").maxEvents(1).build();
        TrackedSemaphore semaphore = full.semaphore("pool", 1);
        for (int i = 0; i < 3; i++) {
            assertThat(semaphore.tryAcquire()).isTrue();
            assertThat(semaphore.tryAcquire()).isFalse();
            semaphore.release();
        }
        assertThat(full.recording().tasks())
                .extracting(RecordedTask::events)
                .extracting(List::size)
                .containsExactly(1);
    }
}
