package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The response path of recorded programs, in which joins say who waited for whom. */
class RecordedCriticalPathTest {
    private final EventLogBuilder program = EventLog.builder();
    private final int trace = program.trace("t");
    private final int main = program.task(trace, "app", "main");
    private final int worker = program.task(trace, "app", "worker");

    private CriticalPath only() {
        List<CriticalPath> paths = CriticalPath.response(program.build());
        assertThat(paths).hasSize(1);
        return paths.get(0);
    }

    private int event(int task, EventKind kind, String subject, long nanos) {
        int event = program.event(task, kind, subject);
        program.nanos(event, nanos);
        return event;
    }

    private int forkAndRun() {
        event(main, EventKind.BEGIN, "request", 0);
        program.origin(worker, event(main, EventKind.FORK, "worker", 10), Link.FORK);
        event(worker, EventKind.RESUME, "thread-2", 15);
        event(worker, EventKind.BEGIN, "query", 20);
        event(worker, EventKind.END, "query", 70);
        return event(worker, EventKind.CUSTOM, "done", 72);
    }

    @Test
    void aForkThatIsJoinedIsOnThePathAndRecorded() {
        int last = forkAndRun();
        program.causes(last, event(main, EventKind.JOIN, "worker", 75));
        event(main, EventKind.END, "request", 100);

        CriticalPath path = only();

        assertThat(path.sections())
                .extracting(s -> s.operation() + " " + s.startNanos() + " " + s.endNanos() + " " + s.reason())
                .containsExactly("request 0 20 RECORDED", "query 20 70 RECORDED", "request 70 100 RECORDED");
        assertThat(path.warnings()).isEmpty();
    }

    @Test
    void aForkThatIsNotJoinedIsAsynchronous() {
        forkAndRun();
        event(main, EventKind.END, "request", 100);

        CriticalPath path = only();

        assertThat(path.sections()).hasSize(1);
        assertThat(path.warnings()).singleElement().asString().startsWith("ASYNCHRONOUS: 1 operation was not");
    }

    @Test
    void aForkThatIsJoinedAfterItsOperationEndedIsAsynchronous() {
        int last = forkAndRun();
        event(main, EventKind.END, "request", 71);
        program.causes(last, event(main, EventKind.JOIN, "worker", 75));

        assertThat(only().sections()).hasSize(1);
    }

    @Test
    void aSyncEdgeIsNoJoin() {
        int last = forkAndRun();
        program.precedes(last, event(main, EventKind.JOIN, "worker", 75));
        event(main, EventKind.END, "request", 100);

        assertThat(only().sections()).hasSize(1);
    }

    @Test
    void aForkJoinedByATaskThatIsJoinedIsOnThePath() {
        int last = forkAndRun();
        int next = program.task(trace, "app", "next");
        program.origin(next, event(main, EventKind.FORK, "next", 16), Link.FORK);
        program.causes(last, event(next, EventKind.JOIN, "worker", 73));
        int end = event(next, EventKind.CUSTOM, "combined", 74);
        program.causes(end, event(main, EventKind.JOIN, "next", 75));
        event(main, EventKind.END, "request", 100);

        assertThat(only().sections())
                .extracting(CriticalPath.Section::operation)
                .containsExactly("request", "query", "request");
    }

    @Test
    void aForkJoinedByATaskThatNobodyJoinsIsAsynchronous() {
        int last = forkAndRun();
        int next = program.task(trace, "app", "next");
        program.origin(next, event(main, EventKind.FORK, "next", 16), Link.FORK);
        program.causes(last, event(next, EventKind.JOIN, "worker", 73));
        event(main, EventKind.END, "request", 100);

        assertThat(only().sections()).hasSize(1);
    }

    @Test
    void nestedOperationsOfOneTaskAreRecorded() {
        event(main, EventKind.BEGIN, "request", 0);
        event(main, EventKind.BEGIN, "parse", 10);
        event(main, EventKind.END, "parse", 30);
        event(main, EventKind.END, "request", 40);

        assertThat(only().sections())
                .extracting(s -> s.operation() + " " + s.nanos() + " " + s.reason())
                .containsExactly("request 10 RECORDED", "parse 20 RECORDED", "request 10 RECORDED");
    }

    @Test
    void anOperationWithoutAnEndEndsWithItsTask() {
        event(main, EventKind.BEGIN, "request", 0);
        event(main, EventKind.READ, "x", 30);

        CriticalPath path = only();

        assertThat(path.elapsedNanos()).isEqualTo(30);
        assertThat(path.warnings()).singleElement().asString().startsWith("UNENDED: 1 operation has no end:");
    }
}
