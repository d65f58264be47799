package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionPathTest {
    private final SpanLog log = new SpanLog();

    private static CriticalPath only(EventLog log) {
        List<CriticalPath> paths = CriticalPath.completion(log);
        assertThat(paths).hasSize(1);
        CriticalPath path = paths.get(0);
        long at = path.startNanos();
        for (CriticalPath.Section section : path.sections()) {
            assertThat(section.startNanos()).isEqualTo(at);
            at = section.endNanos();
        }
        assertThat(at).isEqualTo(path.endNanos());
        return path;
    }

    private static List<String> sections(CriticalPath path) {
        List<String> sections = new ArrayList<>();
        path.sections()
                .forEach(s -> sections.add(s.operation() + " " + s.startNanos() + " " + s.endNanos()
                        + (s.reason() == PathReason.WAITING ? " waiting" : "")));
        return sections;
    }

    @Test
    void isTheResponsePathWhereNothingOutlivesTheRoot() {
        int root = log.root("r", 0, 100);
        log.child(log.child(root, "a", 20, 80), "b", 30, 50);

        EventLog built = log.build();

        assertThat(only(built).sections())
                .isEqualTo(CriticalPath.response(built).get(0).sections());
    }

    @Test
    void goesOnInACauseThatStillRan() {
        int root = log.root("r", 0, 100);
        log.child(root, "a", 10, 30);
        log.child(root, "outliving", 60, 300, Link.FOLLOWS);

        assertThat(sections(only(log.build()))).containsExactly("r 0 10", "a 10 30", "r 30 60", "outliving 60 300");
    }

    @Test
    void waitsSinceTheEndOfACauseThatWasOver() {
        int root = log.root("r", 0, 100);
        log.child(root, "consumer", 250, 300, Link.MESSAGE);

        CriticalPath path = only(log.build());

        assertThat(sections(path)).containsExactly("r 0 100", "consumer 100 250 waiting", "consumer 250 300");
        assertThat(path.byOperation())
                .extracting(CriticalPath.Contribution::name)
                .containsExactly("s-consumer: consumer (waiting)", "s-r: r", "s-consumer: consumer");
    }

    @Test
    void goesThroughRootsByWhatEndedLastBefore() {
        log.root("a", 0, 50);
        log.root("b", 40, 60);
        log.root("c", 90, 100);

        CriticalPath path = only(log.build());

        assertThat(sections(path)).containsExactly("a 0 40", "b 40 60", "c 60 90 waiting", "c 90 100");
        assertThat(path.warnings()).singleElement().asString().startsWith("NO_CAUSE: 2 times");
    }

    @Test
    void endsWithAChildThatStartsBeforeItsParent() {
        int root = log.root("r", 100, 200);
        int skewed = log.child(root, "skewed", 50, 150);
        log.child(skewed, "inner", 20, 300);

        assertThat(only(log.build()).elapsedNanos()).isEqualTo(280);
    }

    @Test
    void ofARecordedProgramFollowsJoinsMessagesAndLocks() {
        EventLogBuilder program = EventLog.builder();
        int trace = program.trace("t");
        int main = program.task(trace, "app", "main");
        int worker = program.task(trace, "app", "worker");
        at(program, main, EventKind.BEGIN, "request", 0);
        program.origin(worker, at(program, main, EventKind.FORK, "worker", 10), Link.FORK);
        at(program, worker, EventKind.BEGIN, "query", 30);
        int end = at(program, worker, EventKind.END, "query", 70);
        program.causes(end, at(program, main, EventKind.JOIN, "worker", 75));
        at(program, main, EventKind.END, "request", 100);

        assertThat(sections(only(program.build())))
                .containsExactly(
                        "request 0 10",
                        "query 10 30 waiting",
                        "query 30 70",
                        "request 70 75 waiting",
                        "request 75 100");
    }

    @Test
    void ofALogWithoutTimesCountsEvents() {
        EventLogBuilder vectors = EventLog.builder();
        int trace = vectors.trace("t");
        int a = vectors.task(trace, "a", "a");
        int b = vectors.task(trace, "b", "b");
        vectors.event(a, EventKind.CUSTOM, "x");
        int sent = vectors.event(a, EventKind.CUSTOM, "y");
        vectors.event(b, EventKind.CUSTOM, "alone");
        vectors.causes(sent, vectors.event(b, EventKind.CUSTOM, "z"));

        CriticalPath path = only(vectors.build());

        assertThat(path.elapsedNanos()).isEqualTo(3);
        assertThat(path.warnings()).singleElement().asString().startsWith("UNTIMED");
        assertThat(path.byService())
                .extracting(part -> part.name() + part.nanos())
                .containsExactly("a2", "b1");
    }

    private static int at(EventLogBuilder program, int task, EventKind kind, String subject, long nanos) {
        int event = program.event(task, kind, subject);
        program.nanos(event, nanos);
        return event;
    }
}
