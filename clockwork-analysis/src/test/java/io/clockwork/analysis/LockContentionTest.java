package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import org.junit.jupiter.api.Test;

class LockContentionTest {
    private final EventLogBuilder program = EventLog.builder();
    private final int trace = program.trace("t");
    private final int a = program.task(trace, "app", "a");
    private final int b = program.task(trace, "app", "b");
    private final int c = program.task(trace, "app", "c");

    private int at(long nanos, int task, EventKind kind, String subject) {
        int event = program.event(task, kind, subject);
        program.nanos(event, nanos);
        program.site(event, "Bank.java:" + nanos);
        return event;
    }

    private LockContention lock() {
        assertThat(LockContention.of(program.build())).hasSize(1);
        return LockContention.of(program.build()).get(0);
    }

    @Test
    void saysWhoWaitedForWhomAndWhoHeldLongest() {
        at(0, a, EventKind.BEGIN, "transfer");
        at(10, a, EventKind.ACQUIRE, "lock");
        at(20, b, EventKind.BLOCK, "lock");
        at(30, c, EventKind.BLOCK, "lock");
        int releaseA = at(60, a, EventKind.RELEASE, "lock");
        int acquireB = at(62, b, EventKind.ACQUIRE, "lock");
        program.precedes(releaseA, acquireB);
        int releaseB = at(70, b, EventKind.RELEASE, "lock");
        program.precedes(releaseB, at(71, c, EventKind.ACQUIRE, "lock"));
        at(72, c, EventKind.RELEASE, "lock");

        LockContention lock = lock();

        assertThat(lock.acquires()).isEqualTo(3);
        assertThat(lock.waits()).isEqualTo(2);
        assertThat(lock.waitNanos()).isEqualTo(42 + 41);
        assertThat(lock.longestWaitNanos()).isEqualTo(42);
        assertThat(lock.heldNanos()).isEqualTo(50 + 8 + 1);
        assertThat(lock.mostWaiting()).isEqualTo(2);
        assertThat(lock.convoys()).isEqualTo(1);
        assertThat(lock.waiters())
                .containsExactly(
                        new LockContention.Wait("b", "transfer", 1, 42, "Bank.java:62"),
                        new LockContention.Wait("c", "b", 1, 41, "Bank.java:71"));
        assertThat(lock.holders().get(0)).isEqualTo(new LockContention.Hold("transfer", "a", 50, "Bank.java:10"));
    }

    @Test
    void countsWhatWasGivenUp() {
        at(0, a, EventKind.BLOCK, "queue");
        at(5, a, EventKind.GIVE_UP, "queue");
        at(6, b, EventKind.GIVE_UP, "queue");

        LockContention queue = lock();

        assertThat(queue.givenUp()).isEqualTo(1);
        assertThat(queue.waitNanos()).isEqualTo(5);
        assertThat(queue.convoys()).isZero();
    }

    @Test
    void countsConvoysApart() {
        for (int start = 0; start < 200; start += 100) {
            at(start, a, EventKind.BLOCK, "lock");
            at(start + 10, b, EventKind.BLOCK, "lock");
            at(start + 20, a, EventKind.ACQUIRE, "lock");
            at(start + 25, a, EventKind.RELEASE, "lock");
            at(start + 30, b, EventKind.ACQUIRE, "lock");
            at(start + 35, b, EventKind.RELEASE, "lock");
        }

        assertThat(lock().convoys()).isEqualTo(2);
        assertThat(lock().mostWaiting()).isEqualTo(2);
    }

    @Test
    void isNoneWithoutLocks() {
        at(0, a, EventKind.CUSTOM, "x");

        assertThat(LockContention.of(program.build())).isEmpty();
    }
}
