package io.clockwork.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.CausalityRelation;
import io.clockwork.analysis.CausalGraph;
import io.clockwork.analysis.CausalOrder;
import io.clockwork.analysis.EventLog;
import io.clockwork.analysis.ExecutionDifference;
import io.clockwork.analysis.Motif;
import io.clockwork.analysis.MotifPattern;
import io.clockwork.analysis.Motifs;
import io.clockwork.analysis.format.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guide to executions, docs/guides/executions.md. */
class ExecutionsGuideTest {
    @TempDir
    Path folder;

    @Test
    void findsPatternsAndDifferences() throws IOException {
        Path file = Files.writeString(folder.resolve("first.log"), """
                me {"me":1}
                order
                store {"store":1, "me":1}
                order came in
                bank {"bank":1, "store":1, "me":1}
                paid
                store {"store":2, "bank":1, "me":1}
                sent
                me {"me":2, "store":2, "bank":1}
                done
                """);
        Path other = Files.writeString(folder.resolve("second.log"), """
                me {"me":1}
                order
                store {"store":1, "me":1}
                order came in
                bank {"bank":1}
                paid
                store {"store":2, "me":1}
                sent
                me {"me":2, "store":2}
                done
                fraud {"fraud":1, "bank":1}
                checked
                """);

        EventLog log = LogReader.create().read(List.of(file)); // log.diagnostics(): what is wrong, by line
        CausalOrder order = CausalGraph.of(log).orders().get(0);
        System.out.println(order.concurrentPairs() + " concurrent pairs, longest chain " + order.longestChain());

        Motifs motifs = Motifs.of(log);
        List<Motif> calls = motifs.requestResponses(); // request, receipt, answer, arrival
        List<Motif> broadcasts = motifs.broadcasts(2, 5); // to 2 hosts or more, at most 5 events from one to the next
        List<Motif> gathers = motifs.gathers(2, 5);
        MotifPattern pattern = MotifPattern.of("client -> shop, shop -> pay, pay -> shop, shop -> client");
        List<Motif> orders = motifs.find(pattern.where("pay", "bank")); // only where "bank" is asked

        ExecutionDifference difference =
                ExecutionDifference.of(log, LogReader.create().read(List.of(other)));
        difference.hostsOnlyAfter(); // who took part only then
        difference.onlyAfter(); // what happened only then, by host and text
        difference.ordersOnlyBefore(); // what followed each other only in the first one

        assertThat(log.diagnostics()).isEmpty();
        assertThat(order).isEqualTo(new CausalOrder("", 3, 5, 0, 5));
        assertThat(orders).containsExactly(new Motif(List.of(0, 1, 2), List.of(0, 1, 2, 3, 4)));
        assertThat(calls).isEmpty(); // the store hears from the bank before it answers
        assertThat(broadcasts).isEmpty();
        assertThat(gathers).isEmpty();
        assertThat(difference.hostsOnlyAfter()).containsExactly("fraud");
        assertThat(difference.onlyAfter()).containsExactly(new ExecutionDifference.Event(5, "fraud", "checked", true));
        assertThat(difference.ordersOnlyBefore())
                .containsExactly(
                        new ExecutionDifference.Order(1, 2, CausalityRelation.CONCURRENT),
                        new ExecutionDifference.Order(2, 3, CausalityRelation.CONCURRENT));
    }
}
