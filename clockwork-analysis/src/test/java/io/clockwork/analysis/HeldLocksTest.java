package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldLocksTest extends TwoTasks {
    /** {@return the names of the locks that are held after each event by the thread that ran it} */
    private List<List<String>> heldAfterEach() {
        EventColumns columns = log.build().columns();
        HeldLocks held = new HeldLocks(columns);
        return IntStream.range(0, columns.kinds.length)
                .mapToObj(e -> held.names(held.advance(e)))
                .toList();
    }

    @Test
    void namesAreInOrderAndSayWhatIsShared() {
        add(one, EventKind.ACQUIRE, "b");
        add(one, EventKind.ACQUIRE_SHARED, "c");
        add(one, EventKind.ACQUIRE_SHARED, "a");
        add(one, EventKind.ACQUIRE_SHARED, "b");
        add(one, EventKind.RELEASE, "b");
        add(one, EventKind.RELEASE_SHARED, "b");
        assertThat(heldAfterEach())
                .containsExactly(
                        List.of("b"),
                        List.of("b", "c (shared)"),
                        List.of("a (shared)", "b", "c (shared)"),
                        List.of("a (shared)", "b", "c (shared)"),
                        List.of("a (shared)", "b (shared)", "c (shared)"),
                        List.of("a (shared)", "c (shared)"));
    }

    @Test
    void whoWaitsHoldsTheLockNoMore() {
        add(one, EventKind.ACQUIRE, "a");
        add(one, EventKind.WAIT, "a");
        assertThat(heldAfterEach()).containsExactly(List.of("a"), List.of());
    }

    @Test
    void aLockThatAnotherTakesWasGivenBack() {
        add(one, EventKind.ACQUIRE, "a");
        add(other, EventKind.ACQUIRE, "a");
        add(one, EventKind.CUSTOM, "step");
        assertThat(heldAfterEach()).containsExactly(List.of("a"), List.of("a"), List.of());
    }

    @Test
    void aLockMayBeGivenBackByAnother() {
        add(one, EventKind.ACQUIRE, "a");
        add(other, EventKind.RELEASE, "a");
        add(one, EventKind.CUSTOM, "step");
        add(one, EventKind.RELEASE, "never taken");
        assertThat(heldAfterEach()).containsExactly(List.of("a"), List.of(), List.of(), List.of());
    }

    @Test
    void aTaskThatGoesOnWhereAnotherWasFindsItsLocks() {
        add(one, EventKind.RESUME, "thread");
        int last = add(one, EventKind.ACQUIRE, "a");
        log.precedes(last, add(other, EventKind.RESUME, "thread"));
        add(other, EventKind.RELEASE, "a");
        assertThat(heldAfterEach()).containsExactly(List.of(), List.of("a"), List.of("a"), List.of());
    }

    @Test
    void aTaskThatComesBackToAThreadFindsItsLocks() {
        add(one, EventKind.RESUME, "first");
        add(one, EventKind.ACQUIRE, "a");
        add(one, EventKind.RESUME, "second");
        add(one, EventKind.RESUME, "first");
        add(other, EventKind.RESUME, "first");
        assertThat(heldAfterEach()).containsExactly(List.of(), List.of("a"), List.of(), List.of("a"), List.of());
    }

    @Test
    void aTaskThatIsSaidToGoOnForAnotherHasItsLocks() {
        add(one, EventKind.ACQUIRE, "a");
        add(other, EventKind.CUSTOM, "step");
        EventColumns columns = log.build().columns();
        HeldLocks held = new HeldLocks(columns);
        int set = held.advance(0);
        held.goOn(0, 1);
        assertThat(held.advance(1)).isEqualTo(set).isNotZero();
        assertThat(held.thread(1)).isEqualTo(held.thread(0));
    }

    @Test
    void aSetTellsWhetherALockIsInItInEitherMode() {
        int a = add(one, EventKind.ACQUIRE, "a");
        int b = add(one, EventKind.ACQUIRE_SHARED, "b");
        int c = add(other, EventKind.ACQUIRE, "c");
        EventColumns columns = log.build().columns();
        HeldLocks held = new HeldLocks(columns);
        held.advance(a);
        int set = held.advance(b);
        held.advance(c);
        assertThat(held.holds(set, columns.subjects[a])).isTrue();
        assertThat(held.holds(set, columns.subjects[b])).isTrue();
        assertThat(held.holds(set, columns.subjects[c])).isFalse();
        assertThat(held.locks(set)).containsExactlyInAnyOrder(columns.subjects[a], columns.subjects[b]);
        assertThat(HeldLocks.common(new int[] {1, 3, 5}, new int[] {0, 3, 5})).containsExactly(3, 5);
        assertThat(HeldLocks.common(new int[] {1, 3}, new int[] {1})).containsExactly(1);
    }
}
