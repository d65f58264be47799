package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where two tasks can stand at a time. */
class ReorderingTest extends TwoTasks {
    private static final long ENOUGH = 1_000;

    private int step(int task) {
        return add(task, EventKind.CUSTOM, "step");
    }

    private Reordering reordering(long work) {
        return new Reordering(log.build().columns(), work);
    }

    private static IntColumn anyOf(int... events) {
        IntColumn column = new IntColumn();
        Arrays.stream(events).forEach(column::add);
        return column;
    }

    /** {@return whether two tasks can stand before these events, whichever is asked for first} */
    private boolean canStand(boolean syncPreserving, int a, int b) {
        Reordering reordering = reordering(ENOUGH);
        boolean ab = reordering.standBefore(List.of(anyOf(a), anyOf(b)), syncPreserving) != null;
        boolean ba = reordering.standBefore(List.of(anyOf(b), anyOf(a)), syncPreserving) != null;
        assertThat(ba).isEqualTo(ab);
        return ab;
    }

    @Test
    void allTasksCanStandAtTheirStart() {
        int a = step(one);
        int b = step(other);
        assertThat(canStand(true, a, b)).isTrue();
    }

    @Test
    void whatIsNotReadNeedsNoEvent() {
        int first = step(one);
        step(other);
        add(other, EventKind.READ, "x");
        assertThat(canStand(true, first, step(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ACQUIRE, ACQUIRE, false",
        "ACQUIRE_SHARED, ACQUIRE, false",
        "ACQUIRE, ACQUIRE_SHARED, false",
        "ACQUIRE_SHARED, ACQUIRE_SHARED, true"
    })
    void holdersOfALockStandInsideItOnlyIfTheyShareIt(EventKind first, EventKind second, boolean together) {
        int inside = locked(one, first);
        assertThat(canStand(true, inside, locked(other, second))).isEqualTo(together);
        assertThat(canStand(false, inside, locked(other, second))).isTrue();
    }

    /** {@return an event of a task that holds the lock} */
    private int locked(int task, EventKind kind) {
        add(task, kind, "lock");
        int inside = step(task);
        add(task, kind == EventKind.ACQUIRE ? EventKind.RELEASE : EventKind.RELEASE_SHARED, "lock");
        return inside;
    }

    @Test
    void eachReaderKeepsAWriterOut() {
        int writer = log.task(trace, "s", "writer");
        add(one, EventKind.ACQUIRE_SHARED, "lock");
        add(other, EventKind.ACQUIRE_SHARED, "lock");
        int inOther = step(other);
        add(other, EventKind.RELEASE_SHARED, "lock");
        int inOne = step(one);
        add(one, EventKind.RELEASE_SHARED, "lock");
        int writing = locked(writer, EventKind.ACQUIRE);
        assertThat(canStand(true, inOne, inOther)).isTrue();
        assertThat(canStand(true, inOther, writing)).isFalse();
        assertThat(canStand(true, inOne, writing)).isFalse();
    }

    @Test
    void aReaderThatEntersAgainLeavesWithItsRelease() {
        add(one, EventKind.ACQUIRE_SHARED, "lock");
        add(one, EventKind.ACQUIRE_SHARED, "lock");
        int inside = step(one);
        add(one, EventKind.RELEASE_SHARED, "lock");
        int outside = step(one);
        int writing = locked(other, EventKind.ACQUIRE);
        assertThat(canStand(true, inside, writing)).isFalse();
        assertThat(canStand(true, outside, writing)).isTrue();
    }

    @Test
    void nobodyFollowsALockThatIsNeverGivenBack() {
        step(one);
        add(one, EventKind.ACQUIRE, "lock");
        int holding = step(one);
        assertThat(canStand(true, holding, locked(other, EventKind.ACQUIRE))).isFalse();
    }

    @Test
    void aReadNeedsTheWriteThatItSaw() {
        int write = add(one, EventKind.WRITE, "x");
        add(other, EventKind.READ, "x");
        int after = step(other);
        assertThat(canStand(true, write, after)).isFalse();
        assertThat(canStand(false, write, after)).isTrue();
    }

    @Test
    void whatLeadsToTheEventItselfIsNeeded() {
        int cause = step(one);
        int effect = step(other);
        log.causes(cause, effect);
        assertThat(canStand(false, cause, effect)).isFalse();
    }

    @Test
    void aSyncEdgeHoldsInRunsThatPreserveSyncUnlessItIsOneOfALock() {
        int release = add(one, EventKind.RELEASE, "a");
        int acquire = add(other, EventKind.ACQUIRE, "b");
        log.precedes(release, acquire);
        assertThat(canStand(true, release, step(other))).isFalse();
        assertThat(canStand(false, release, step(other))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            names = {"RELEASE", "RELEASE_SHARED", "WAIT"})
    void theEdgeOfALockMayTurnRound(EventKind release) {
        EventKind acquire = release == EventKind.RELEASE_SHARED ? EventKind.ACQUIRE_SHARED : EventKind.ACQUIRE;
        int first = add(one, acquire, "lock");
        int given = add(one, release, "lock");
        int taken = add(other, acquire, "lock");
        log.precedes(given, taken);
        add(other, release, "lock");
        assertThat(canStand(true, first, step(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CUSTOM, true", // has not waited just before
        "BLOCK, false",
        "GIVE_UP, false",
        "RESUME, false"
    })
    void whoWakesUpNeedsTheSignal(EventKind between, boolean withoutSignal) {
        add(other, EventKind.WAIT, "monitor");
        add(other, between, "monitor");
        int signal = add(one, EventKind.NOTIFY, "monitor");
        add(other, EventKind.ACQUIRE, "monitor");
        assertThat(canStand(true, signal, step(other))).isEqualTo(withoutSignal);
    }

    @Test
    void whoHasNotWaitedNeedsNoSignal() {
        int signal = add(one, EventKind.NOTIFY, "monitor");
        add(other, EventKind.ACQUIRE, "monitor");
        assertThat(canStand(true, signal, step(other))).isTrue();
    }

    @Test
    void aLaterEventOfATaskIsTakenWhereAnEarlierOneHasToHaveHappened() {
        int early = step(one);
        int needed = step(one);
        int write = add(other, EventKind.WRITE, "x");
        log.causes(needed, write);
        add(one, EventKind.READ, "x");
        int late = step(one);
        int last = step(other);
        Reordering reordering = reordering(ENOUGH);
        List<IntColumn> sides = List.of(anyOf(early, late), anyOf(write, last));
        assertThat(reordering.standBefore(sides, false)).containsExactly(late, write);
        assertThat(reordering.standBefore(sides, true)).containsExactly(late, last);
        assertThat(reordering.standBefore(List.of(anyOf(early), anyOf(write, last)), true))
                .isNull();
    }

    @Test
    void oneUnitOfWorkIsOneEvent() {
        for (int i = 0; i < 10; i++) {
            step(one);
        }
        int a = step(one);
        int b = step(other);
        Reordering enough = reordering(10);
        assertThat(enough.standBefore(List.of(anyOf(a), anyOf(b)), true)).containsExactly(a, b);
        assertThat(enough.isExhausted()).isFalse();
        Reordering tooLittle = reordering(9);
        assertThat(tooLittle.standBefore(List.of(anyOf(a), anyOf(b)), true)).isNull();
        assertThat(tooLittle.isExhausted()).isTrue();
    }
}
