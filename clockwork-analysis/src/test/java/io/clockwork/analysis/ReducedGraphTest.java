package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReducedGraphTest {
    @Property(tries = 500)
    void keepsTheMessagesThatNoOtherWayImplies(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 80) int length,
            @ForAll @IntRange(min = 1, max = 6) int tasks,
            @ForAll @IntRange(min = 2, max = 4) int rarity) {
        MessageLog random = new MessageLog(seed, length, tasks, rarity);
        ReducedGraph graph = ReducedGraph.of(random.log);
        int edges = 0;
        int messages = 0;
        for (int e = 0; e < length; e++) {
            assertThat(causes(graph, e)).isEqualTo(random.reduced(e));
            edges += graph.causeCount(e);
            messages += random.messages.get(e).size();
        }
        assertThat(graph.edgeCount()).isEqualTo(edges);
        assertThat(graph.impliedCount()).isEqualTo(messages - edges);
    }

    @Property(tries = 300)
    void leadsFromEachEventToAllThatFollowIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int length) {
        RandomProgram program = new RandomProgram(seed, length);
        ReducedGraph graph = ReducedGraph.of(program.log);
        List<BitSet> expected = program.happensBefore();
        List<BitSet> reached = new ArrayList<>();
        int[] last = new int[program.log.taskCount()];
        for (int e = 0; e < program.log.size(); e++) {
            BitSet past = new BitSet();
            List<Integer> from = causes(graph, e);
            int task = program.log.task(e);
            if (last[task] > 0) {
                from.add(last[task] - 1);
            }
            for (int cause : from) {
                past.or(reached.get(cause));
                past.set(cause);
            }
            last[task] = e + 1;
            reached.add(past);
        }
        assertThat(reached).isEqualTo(expected);
    }

    @Property(tries = 100)
    void knowsItsEdgesFromBothEnds(@ForAll long seed) {
        ReducedGraph graph = ReducedGraph.of(new MessageLog(seed, 60, 5, 2).log);
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (int e = 0; e < 60; e++) {
            for (int k = 0; k < graph.causeCount(e); k++) {
                in.add(graph.cause(e, k) + ">" + e);
            }
            for (int k = 0; k < graph.effectCount(e); k++) {
                assertThat(k == 0 || graph.effect(e, k - 1) < graph.effect(e, k))
                        .isTrue();
                out.add(e + ">" + graph.effect(e, k));
            }
        }
        assertThat(out).containsExactlyInAnyOrderElementsOf(in);
    }

    @Test
    void aHundredThousandTasksOfOneParentMeetInOneEvent() {
        int tasks = 100_000;
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int main = builder.task(trace, "s", "main");
        int collector = builder.task(trace, "s", "collector");
        int start = builder.event(main, EventKind.CUSTOM, "start");
        List<Integer> ends = new ArrayList<>();
        ends.add(start);
        for (int i = 0; i < tasks; i++) {
            int task = builder.task(trace, "s", "worker");
            builder.origin(task, builder.event(main, EventKind.FORK, "worker"), Link.FORK);
            ends.add(builder.event(task, EventKind.CUSTOM, "work"));
        }
        int meeting = builder.event(collector, EventKind.CUSTOM, "meet");
        ends.forEach(end -> builder.causes(end, meeting));
        ReducedGraph graph = ReducedGraph.of(builder.build());
        assertThat(graph.causeCount(meeting)).isEqualTo(tasks);
        assertThat(graph.edgeCount()).isEqualTo(2 * tasks);
        assertThat(graph.impliedCount()).isEqualTo(1);
        assertThatThrownBy(() -> graph.cause(meeting, tasks)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> graph.effect(meeting, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static List<Integer> causes(ReducedGraph graph, int event) {
        List<Integer> causes = new ArrayList<>();
        for (int k = 0; k < graph.causeCount(event); k++) {
            causes.add(graph.cause(event, k));
        }
        return causes;
    }
}
