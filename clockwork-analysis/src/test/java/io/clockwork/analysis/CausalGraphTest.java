package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.record.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CausalGraphTest {
    @Property
    void answersAsTheClosureOfTheEdges(@ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int length) {
        RandomProgram program = new RandomProgram(seed, length);
        CausalGraph graph = CausalGraph.of(program.log);
        List<BitSet> causality = program.causality();
        List<BitSet> happensBefore = program.happensBefore();
        long concurrent = 0;
        for (int b = 0; b < program.log.size(); b++) {
            for (int a = 0; a < program.log.size(); a++) {
                boolean before = happensBefore.get(b).get(a);
                assertThat(graph.causes(a, b)).isEqualTo(causality.get(b).get(a));
                assertThat(graph.happensBefore(a, b)).isEqualTo(before);
                CausalityRelation expected = a == b
                        ? CausalityRelation.EQUAL
                        : before
                                ? CausalityRelation.HAPPENS_BEFORE
                                : happensBefore.get(a).get(b)
                                        ? CausalityRelation.HAPPENS_AFTER
                                        : CausalityRelation.CONCURRENT;
                assertThat(graph.relation(a, b)).isEqualTo(expected);
                concurrent += a < b && expected == CausalityRelation.CONCURRENT ? 1 : 0;
            }
        }
        CausalOrder order = graph.orders().get(0);
        assertThat(order.concurrentPairs()).isEqualTo(concurrent);
        assertThat(order.longestChain()).isEqualTo(longestChain(happensBefore));
        assertThat(order.events()).isEqualTo(program.log.size());
    }

    private static int longestChain(List<BitSet> before) {
        int[] lengths = new int[before.size()];
        int longest = 0;
        for (int e = 0; e < lengths.length; e++) {
            int here = 0;
            for (int cause = before.get(e).nextSetBit(0);
                    cause >= 0;
                    cause = before.get(e).nextSetBit(cause + 1)) {
                here = Math.max(here, lengths[cause]);
            }
            lengths[e] = here + 1;
            longest = Math.max(longest, lengths[e]);
        }
        return longest;
    }

    @Test
    void isAsWideAsTheLogWasEverConcurrent() {
        EventLogBuilder log = EventLog.builder();
        int trace = log.trace("many short tasks");
        int main = log.task(trace, "s", "main");
        for (int i = 0; i < 1000; i++) {
            int child = log.task(trace, "s", "child " + i);
            log.origin(child, log.event(main, EventKind.FORK, "child"), Link.FORK);
            int end = log.event(child, EventKind.CUSTOM, "work");
            log.causes(end, log.event(main, EventKind.JOIN, "child"));
        }
        CausalGraph graph = CausalGraph.of(log.build());
        assertThat(graph.width()).isEqualTo(2);
        assertThat(graph.orders().get(0).concurrentPairs()).isZero();
    }

    @Test
    void countsOnlyATracesOwnEventsWhenAnEdgeComesFromAnother() {
        EventLogBuilder log = EventLog.builder();
        int before = log.trace("before");
        int after = log.trace("after");
        int cause = log.event(log.task(before, "a", "a"), EventKind.CUSTOM, "cause");
        log.causes(cause, log.event(log.task(after, "b", "b"), EventKind.CUSTOM, "effect"));
        CausalGraph graph = CausalGraph.of(log.build());
        assertThat(graph.orders().get(1)).isEqualTo(new CausalOrder("after", 1, 1, 0, 1));
        assertThat(graph.causes(0, 1)).isTrue();
    }

    @Property
    void answersForArbitraryEdgesToo(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int length) {
        Random random = new Random(seed);
        EventLogBuilder builder = EventLog.builder();
        int trace = builder.trace("t");
        int tasks = 1 + random.nextInt(7);
        for (int t = 0; t < tasks; t++) {
            builder.task(trace, "s" + t, "t" + t);
        }
        List<BitSet> before = new ArrayList<>();
        int[] last = new int[tasks];
        Arrays.fill(last, -1);
        for (int e = 0; e < length; e++) {
            int task = random.nextInt(tasks);
            builder.event(task, EventKind.CUSTOM, "e" + e);
            BitSet past = new BitSet();
            learn(past, before, last[task]);
            for (int edges = e == 0 ? 0 : random.nextInt(3); edges > 0; edges--) {
                int from = random.nextInt(e);
                learn(past, before, from);
                if (random.nextBoolean()) {
                    builder.precedes(from, e);
                } else {
                    builder.causes(from, e);
                }
            }
            before.add(past);
            last[task] = e;
        }
        CausalGraph graph = CausalGraph.of(builder.build());
        for (int b = 0; b < length; b++) {
            for (int a = 0; a < length; a++) {
                assertThat(graph.happensBefore(a, b)).isEqualTo(before.get(b).get(a));
            }
        }
        assertThat(graph.width()).isLessThanOrEqualTo(tasks);
    }

    private static void learn(BitSet past, List<BitSet> before, int cause) {
        if (cause >= 0) {
            past.or(before.get(cause));
            past.set(cause);
        }
    }

    @Test
    void countsEachTraceByItself() {
        EventLogBuilder log = EventLog.builder();
        for (int t = 0; t < 3; t++) {
            int trace = log.trace("trace " + t);
            int left = log.task(trace, "left", "left");
            int right = log.task(trace, "right", "right");
            int sent = log.event(left, EventKind.CUSTOM, "send");
            log.event(left, EventKind.CUSTOM, "goes on");
            log.causes(sent, log.event(right, EventKind.CUSTOM, "receive"));
        }
        CausalGraph graph = CausalGraph.of(log.build());
        assertThat(graph.orders().get(1)).isEqualTo(new CausalOrder("trace 1", 2, 3, 1, 2));
    }
}
