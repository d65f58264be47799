package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.record.EventKind;
import io.clockwork.record.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** What was recorded of programs on real threads has the order that they had: every pair of events is asked for. */
class RecordedProgramTest {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static int programs;
    private static long pairs;
    private static long causal;
    private static long ordered;
    private static long betweenServices;

    @AfterContainer
    static void stop() {
        THREADS.shutdownNow();
        System.out.printf(
                "%,d programs on real threads: %,d pairs of events, %,d in causal order (%,d of them in two services),"
                        + " %,d in the order of the run%n",
                programs, pairs, causal, betweenServices, ordered);
        assertThat(programs).isGreaterThanOrEqualTo(1_000);
        assertThat(List.of(causal, ordered, betweenServices)).allMatch(count -> count > programs);
    }

    @Property(tries = 600)
    void hasTheOrderOfTheProgram(@ForAll long seed) throws Exception {
        check(seed, node -> Recorder.builder(node).withoutTimes().build());
    }

    @Property(tries = 600)
    void hasTheOrderOfTheProgramWithTimesToo(@ForAll long seed) throws Exception {
        check(seed, Recorder::create);
    }

    private static void check(long seed, Function<String, Recorder> recorders) throws Exception {
        RecordedProgram program = new RecordedProgram(seed, recorders, THREADS);
        EventLog log = program.run();
        CausalGraph graph = CausalGraph.of(log);
        List<Integer> marks = new ArrayList<>();
        for (int e = 0; e < log.size(); e++) {
            if (log.kind(e) == EventKind.WRITE) {
                marks.add(e);
            }
        }
        assertThat(marks).hasSameSizeAs(program.timestamps.keySet());
        assertThat(log.diagnostics()).isEmpty();
        assertThat(log.traceCount()).isEqualTo(1);
        programs++;
        for (int a : marks) {
            for (int b : marks) {
                int from = node(log, a);
                int to = node(log, b);
                boolean causes = program.causes(from, to);
                pairs++;
                causal += causes ? 1 : 0;
                ordered += program.happensBefore(from, to) && !causes ? 1 : 0;
                boolean together = log.service(log.task(a)).equals(log.service(log.task(b)));
                betweenServices += causes && !together ? 1 : 0;
                assertThat(graph.causes(a, b)).as("%s causes %s", from, to).isEqualTo(causes);
                assertThat(graph.happensBefore(a, b))
                        .as("%s happened before %s", from, to)
                        .isEqualTo(program.happensBefore(from, to));
                CausalityRelation relation = program.timestamps.get(from).compare(program.timestamps.get(to));
                assertThat(relation)
                        .as("timestamps of %s and %s", from, to)
                        .isEqualTo(
                                a == b
                                        ? CausalityRelation.EQUAL
                                        : causes
                                                ? CausalityRelation.HAPPENS_BEFORE
                                                : program.causes(to, from)
                                                        ? CausalityRelation.HAPPENS_AFTER
                                                        : CausalityRelation.CONCURRENT);
            }
        }
    }

    private static int node(EventLog log, int event) {
        return log.value(event) instanceof Long node ? node.intValue() : -1;
    }
}
