package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.analysis.CausalStep.Via;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CausalPathsTest {
    @Property(tries = 300)
    void pathsAreChainsOfEdgesOfTheOrderThatHolds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int length) {
        RandomProgram program = new RandomProgram(seed, length);
        CausalGraph graph = CausalGraph.of(program.log);
        for (int b = 0; b < program.log.size(); b++) {
            for (int a = 0; a < program.log.size(); a++) {
                List<CausalStep> path = graph.path(a, b);
                assertThat(path.isEmpty()).isEqualTo(!graph.happensBefore(a, b));
                int at = a;
                for (CausalStep step : path) {
                    assertThat(step.from()).isEqualTo(at);
                    assertThat(isStep(program, step)).isTrue();
                    at = step.to();
                }
                assertThat(path.isEmpty() || at == b).isTrue();
                assertThat(path).extracting(CausalStep::via).doesNotContain(graph.causes(a, b) ? Via.SYNC : null);
            }
        }
    }

    private static boolean isStep(RandomProgram program, CausalStep step) {
        EventLog log = program.log;
        if (step.via() == Via.TASK) {
            return log.task(step.from()) == log.task(step.to()) && step.from() < step.to();
        }
        EventColumns columns = log.columns();
        for (int k = columns.edgeStarts[step.to()]; k < columns.edgeStarts[step.to() + 1]; k++) {
            if (columns.edgeFrom[k] == step.from() && columns.edgeSync[k] == (step.via() == Via.SYNC)) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 300)
    void frontiersAreTheMaximaOfThePastByChain(@ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int length) {
        RandomProgram program = new RandomProgram(seed, length);
        CausalGraph graph = CausalGraph.of(program.log);
        List<BitSet> before = program.happensBefore();
        for (int e = 0; e < program.log.size(); e++) {
            BitSet past = new BitSet();
            List<Integer> frontier = graph.frontier(e);
            for (int last : frontier) {
                past.or(before.get(last));
                past.set(last);
            }
            BitSet expected = (BitSet) before.get(e).clone();
            assertThat(graph.pastSize(e)).isEqualTo(expected.cardinality());
            expected.set(e);
            assertThat(past).isEqualTo(expected);
            assertThat(frontier).isSorted().contains(e).hasSizeLessThanOrEqualTo(graph.width());
        }
    }

    @Test
    void showTheEdgesBetweenTheTasks() {
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int main = builder.task(trace, "s", "main");
        int child = builder.task(trace, "s", "child");
        int other = builder.task(trace, "s", "other");
        int start = builder.event(main, EventKind.CUSTOM, "start");
        int fork = builder.event(main, EventKind.FORK, "child");
        builder.origin(child, fork, Link.FORK);
        int release = builder.event(child, EventKind.RELEASE, "lock");
        builder.precedes(release, builder.event(other, EventKind.ACQUIRE, "lock"));
        int end = builder.event(other, EventKind.CUSTOM, "end");
        CausalGraph graph = CausalGraph.of(builder.build());
        assertThat(graph.path(start, end))
                .containsExactly(
                        new CausalStep(0, 1, Via.TASK),
                        new CausalStep(1, 2, Via.CAUSE),
                        new CausalStep(2, 3, Via.SYNC),
                        new CausalStep(3, 4, Via.TASK));
        assertThat(graph.path(end, start)).isEmpty();
        assertThat(graph.path(start, start)).isEmpty();
        assertThat(graph.frontier(end)).containsExactly(2, 4);
    }

    @Test
    void askOnlyForEventsThatThereAre() {
        CausalGraph graph = CausalGraph.of(EventLog.builder().build());
        assertThatThrownBy(() -> graph.frontier(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> graph.path(0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> graph.pastSize(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aHundredThousandTasksThatAreNeverJoinedShareALock() {
        int tasks = 100_000;
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int main = builder.task(trace, "s", "main");
        int released = -1;
        List<Integer> accesses = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            int task = builder.task(trace, "s", "worker");
            builder.origin(task, builder.event(main, EventKind.FORK, "worker"), Link.FORK);
            int acquire = builder.event(task, EventKind.ACQUIRE, "lock");
            if (released >= 0) {
                builder.precedes(released, acquire);
            }
            accesses.add(builder.event(task, EventKind.WRITE, "x"));
            released = builder.event(task, EventKind.RELEASE, "lock");
        }
        CausalGraph graph = CausalGraph.of(builder.build());
        assertThat(graph.width()).isEqualTo(tasks + 1);
        int first = accesses.get(0);
        int last = accesses.get(tasks - 1);
        assertThat(graph.happensBefore(first, last)).isTrue();
        assertThat(graph.causes(first, last)).isFalse();
        assertThat(graph.happensBefore(last, first)).isFalse();
        assertThat(graph.path(first, last)).hasSize(2 * tasks - 1);
        assertThat(graph.pastSize(last)).isEqualTo(4 * (tasks - 1) + 2);
        assertThat(graph.frontier(last)).hasSize(tasks + 1);
        assertThat(graph.orders().get(0).longestChain()).isEqualTo(3 * tasks + 1);
    }

    @Test
    void aHundredThousandTracesStayApart() {
        int traces = 100_000;
        EventLogBuilder builder = EventLog.builder();
        int released = -1;
        for (int t = 0; t < traces; t++) {
            int trace = builder.trace("t");
            int main = builder.task(trace, "s", "main");
            int child = builder.task(trace, "s", "child");
            builder.origin(child, builder.event(main, EventKind.FORK, "child"), Link.FORK);
            int acquire = builder.event(child, EventKind.ACQUIRE, "lock");
            if (released >= 0) {
                builder.precedes(released, acquire);
            }
            released = builder.event(child, EventKind.RELEASE, "lock");
            builder.causes(released, builder.event(main, EventKind.JOIN, "child"));
        }
        CausalGraph graph = CausalGraph.of(builder.build());
        assertThat(graph.orders())
                .hasSize(traces)
                .allSatisfy(order -> assertThat(order.concurrentPairs()).isZero())
                .allSatisfy(order -> assertThat(order.longestChain()).isEqualTo(4));
        assertThat(graph.happensBefore(1, 4 * traces - 1)).isTrue();
        assertThat(graph.causes(1, 4 * traces - 1)).isFalse();
        assertThat(graph.happensBefore(3, 4 * traces - 1)).isFalse();
    }
}
