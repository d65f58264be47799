package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final EventLogBuilder log = EventLog.builder();
    private final int task = log.task(log.trace("t"), "s", "a");
    private long clock;

    private int event(int task, EventKind kind, String subject) {
        int event = log.event(task, kind, subject);
        log.nanos(event, ++clock);
        return event;
    }

    @Test
    void theParentIsTheOperationThatIsOpenInTheSameTask() {
        event(task, EventKind.BEGIN, "outer");
        event(task, EventKind.BEGIN, "first");
        event(task, EventKind.END, "first");
        event(task, EventKind.BEGIN, "second");
        event(task, EventKind.END, "second");
        event(task, EventKind.END, "outer");
        event(task, EventKind.BEGIN, "next");

        Operations operations = Operations.of(log.build());

        assertThat(operations.parents.toArray()).containsExactly(Operations.ROOT, 0, 0, Operations.ROOT);
        assertThat(operations.end(0)).isEqualTo(6);
    }

    @Test
    void everyOutermostOperationOfATaskBelongsToTheOneThatWasOpenAtItsOrigin() {
        event(task, EventKind.BEGIN, "outer");
        int fork = event(task, EventKind.FORK, "b");
        event(task, EventKind.END, "outer");
        int child = log.task(0, "s", "b");
        log.origin(child, fork, Link.FORK);
        event(child, EventKind.BEGIN, "first");
        event(child, EventKind.END, "first");
        event(child, EventKind.BEGIN, "second");

        assertThat(Operations.of(log.build()).parents.toArray()).containsExactly(Operations.ROOT, 0, 0);
    }

    @Test
    void theParentIsFoundThroughTasksWithoutOperations() {
        event(task, EventKind.BEGIN, "outer");
        int fork = event(task, EventKind.FORK, "b");
        int between = log.task(0, "s", "b");
        log.origin(between, fork, Link.FORK);
        int child = log.task(0, "s", "c");
        log.origin(child, event(between, EventKind.FORK, "c"), Link.FORK);
        event(child, EventKind.BEGIN, "inner");

        assertThat(Operations.of(log.build()).parents.toArray()).containsExactly(Operations.ROOT, 0);
    }

    @Test
    void anEndWithoutABeginIsCounted() {
        event(task, EventKind.END, "lost");
        event(task, EventKind.BEGIN, "a");

        Operations operations = Operations.of(log.build());

        assertThat(operations.size()).isEqualTo(1);
        assertThat(operations.strayEnds).containsExactly(1);
    }
}
