package io.clockwork.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clockwork.analysis.TextStyle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo's output, but for what differs from run to run: who comes first, pools, lines and times. */
class DemoTest {
    private static final String UNLOCKED = """
        ==== Without a lock ============================================================
        Balance afterwards: N (700 is right)
        Found 2 certain races; the first: a lost update on alice.balance.
        17 events, 3 tasks, 1 trace

        RACES   2 certain, 0 likely, 0 possible
        1. LOST UPDATE on alice.balance   CERTAIN
           task 1: transfer 100                  task 2: transfer 200
           thread pool-P-thread-1                thread pool-P-thread-2
           ────────────────────────────────────  ────────────────────────────────────
                                                 read 1000               Demo.java:NN
                                                 write 800               Demo.java:NN
           read 1000               Demo.java:NN
           write 900               Demo.java:NN
           1000→900 and 1000→800: both started from the same value, so one of the
           updates is lost.
           Nothing orders them: no fork, join, message or lock leads from one to the
           other.
        """;
    private static final String LOCKED = """
        ==== With a lock ===============================================================
        Balance afterwards: 700 (700 is right)
        Found no race, split step or deadlock among NN events of 3 tasks.
        NN events, 3 tasks, 1 trace

        NO RACES

        SHARED WITHOUT A RACE
           alice.balance: 4 accesses by 2 tasks
              ordered by the lock alice.lock, held at every access

        CAUSAL ORDER
           two transfers: 1 host, NN events
        """;

    /** Sorts the rows of each table, which are in the order in which the threads came. */
    private static String normalized(String out) {
        List<String> lines = new ArrayList<>();
        int table = -1;
        for (String line : out.replaceAll("pool-\\d+", "pool-P")
                .replaceAll("Demo\\.java:\\d+", "Demo.java:NN")
                .replaceAll("afterwards: [89]00", "afterwards: N")
                .replaceAll("\\b2[12] events", "NN events") // one more where a thread had to wait for the lock
                .split("\n", -1)) {
            boolean row = table >= 0 && line.contains("Demo.java:NN");
            if (table >= 0 && !row) {
                lines.subList(table, lines.size()).sort(null);
                table = -1;
            }
            lines.add(line);
            if (line.contains("────")) {
                table = lines.size();
            }
        }
        return String.join("\n", lines);
    }

    @Test
    void showsTheLostUpdateAndThatTheLockOrders() {
        CommandLineRun run = CommandLineRun.of("demo");
        assertThat(run.status()).isZero();
        assertThat(normalized(run.out()))
                .startsWith("Two transfers, of 100 and of 200, leave an account that holds 1000.\n\n" + UNLOCKED)
                .contains("\n" + LOCKED);
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void coloursVerdictsNamesAndBars() {
        String out = CommandLineRun.of(new byte[0], new TextStyle(true, false), true, true, "demo")
                .out();
        assertThat(out)
                .contains(
                        "1. LOST UPDATE on \u001B[1malice.balance\u001B[0m   \u001B[1;31mCERTAIN\u001B[0m",
                        "\u001B[1mRACES\u001B[0m   2 certain",
                        "\u001B[36m█");
    }
}
