package io.clockwork.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServiceGraphTest {
    private final SpanLog log = new SpanLog();

    private int task(int begin) {
        return log.builder.tasks.get(begin);
    }

    @Test
    void oneCallIsOneEdge() {
        log.child(log.root("a", 0, 100), "b", 20, 60);

        ServiceGraph graph = ServiceGraph.of(log.build());

        assertThat(graph.calls()).singleElement().satisfies(calls -> {
            assertThat(calls.caller() + calls.callee()).isEqualTo("s-as-b");
            assertThat(calls.count()).isEqualTo(1);
            assertThat(calls.errors() + calls.inferred()).isZero();
            assertThat(calls.pathShare()).isEqualTo(0.4);
            assertThat(calls.callerSide().count()).isEqualTo(1);
        });
        assertThat(graph.services())
                .containsExactly(
                        new ServiceGraph.Service("s-a", true, 1, 0, 0.6),
                        new ServiceGraph.Service("s-b", true, 1, 0, 0.4));
    }

    @Test
    void whatIsOnlyNamedIsNotRecorded() {
        int client = log.root("a", 0, 100);
        log.builder.spanKind(task(client), SpanKind.CLIENT);
        log.builder.peer(task(client), "db");
        log.builder.error(task(client));

        ServiceGraph graph = ServiceGraph.of(log.build());

        assertThat(graph.services())
                .containsExactly(
                        new ServiceGraph.Service("db", false, 0, 0, 0), new ServiceGraph.Service("s-a", true, 1, 1, 1));
        assertThat(graph.calls().get(0).errors()).isEqualTo(1);
        assertThat(graph.calls().get(0).callerSide().median()).isBetween(99L, 101L);
    }

    @Test
    void whatIsBetweenAClientAndAnAncestorOfAnotherServiceIsInferred() {
        int server = log.root("a", 0, 100);
        log.builder.spanKind(task(server), SpanKind.SERVER);
        int client = log.child(server, "b", 10, 20);
        log.builder.spanKind(task(client), SpanKind.CLIENT);
        log.builder.peer(task(client), "db");

        assertThat(ServiceGraph.of(log.build()).calls())
                .extracting(calls -> calls.caller() + " " + calls.callee() + " " + calls.inferred())
                .containsExactly("s-a s-b 1", "s-b db 0");
    }

    @Nested
    class Trees {
        @Test
        void haveEachOperationBelowItsCause() {
            int root = log.root("r", 0, 100);
            log.child(log.child(root, "a", 10, 40), "b", 20, 30);
            log.child(root, "later", 50, 300, Link.MESSAGE);
            log.root("r2", 60, 70);

            List<TraceTree> trees = TraceTree.of(log.build());

            assertThat(trees)
                    .singleElement()
                    .satisfies(tree -> assertThat(tree.nodes())
                            .extracting(node -> node.depth() + " " + node.parent() + " " + node.operation() + " "
                                    + node.selfNanos() + " " + node.awaited())
                            .containsExactly(
                                    "0 -1 r 70 true",
                                    "1 0 a 20 true",
                                    "2 1 b 10 true",
                                    "1 0 later 250 false",
                                    "0 -1 r2 10 true"));
        }
    }

    @Nested
    class Cuts {
        @Test
        void areConsistentWithAllThatHappenedBefore() {
            int root = log.root("r", 0, 100);
            log.child(root, "a", 10, 40);
            EventLog built = log.build();
            CausalGraph graph = CausalGraph.of(built);
            int childBegin = 1;

            assertThat(graph.cut(List.of(childBegin))).containsExactly(0, childBegin);
            assertThat(graph.isConsistentCut(List.of(0, childBegin))).isTrue();
            assertThat(graph.isConsistentCut(List.of(childBegin))).isFalse();
            assertThat(graph.isConsistentCut(List.of())).isTrue();
        }
    }
}
